/** A large file must never be in memory: built-in fetch keeps all of a streamed body unless redirects are an error. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { lowest } from '../harness/memory.ts';
import { bundle } from '../harness/program.ts';
import { startUploadServer } from './upload-server.ts';

const MEGABYTE = 1024 * 1024;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gphotos-memory-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test.each(['raw', 'resumable'])('200 MB go through, %s', { timeout: 600_000 }, async (mode) => {
  const folder = await temporaryFolder();
  const path = join(folder, 'film.mp4');
  const file = await open(path, 'w');
  await file.truncate(200 * MEGABYTE);
  await file.close();
  const program = await bundle('test/google/upload-child.ts');
  // In a process of its own, whose memory holds nothing else.
  const upload = async (): Promise<number> => {
    const server = await startUploadServer({}, { keep: false });
    const child = [program, server.origin, path, String(mode === 'raw' ? 300 * MEGABYTE : MEGABYTE)];
    const { stdout } = await promisify(execFile)(process.execPath, child);
    const { token, megabytes } = JSON.parse(stdout);
    expect(token).toBe('upload-token-1');
    expect(server.commands.at(-1)).toBe(mode === 'raw' ? 'raw' : 'upload, finalize 201326592');
    return megabytes;
  };
  expect(await lowest(upload, 180)).toBeLessThan(180);
});
