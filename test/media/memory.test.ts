import { openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lowest } from '../harness/memory.ts';
import { bundle } from '../harness/program.ts';
import { FILES, temporaryFolder, write } from './harness.ts';
import { start } from './programs/run.ts';

const GiB = 1024 ** 3;
const MiB = 1024 ** 2;

/** Takes bytes without keeping any, so that the file may be larger than memory; speaks the resumable protocol. */
async function sink(): Promise<{ origin: string; received(): number }> {
  let received = 0;
  const server: Server = createServer(async (request: IncomingMessage, response) => {
    const address = server.address() as AddressInfo;
    const command = String(request.headers['x-goog-upload-command'] ?? '');
    for await (const chunk of request) if (command.startsWith('upload')) received += chunk.length;
    if (command === 'start') {
      response.setHeader('x-goog-upload-url', `http://127.0.0.1:${address.port}/v1/uploads?upload_id=1`);
      response.setHeader('x-goog-upload-chunk-granularity', '262144');
    }
    response.setHeader('x-goog-upload-status', command.includes('finalize') ? 'final' : 'active');
    if (request.url === '/v1/mediaItems:batchCreate') {
      const mediaItem = { id: 'film', filename: 'film.mp4' };
      response.end(JSON.stringify({ newMediaItemResults: [{ status: { message: 'Success' }, mediaItem }] }));
    } else response.end(command === '' || command.includes('finalize') ? 'token' : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received: () => received };
}

/** The peak in KiB of a process that uploads this folder. */
async function peakOf(folder: string, program: string, origin: string): Promise<number> {
  const job = { origin, token: 't', stateDir: temporaryFolder(), folder, request: { from: [folder] } };
  const result = JSON.parse(await start(program, job).line((line) => line.startsWith('{')));
  expect(result).toMatchObject({ uploaded: 1, failed: 0, left: 0 });
  return result.peakKiB;
}

it('a film of a gigabyte takes no more than 64 MiB above what a small one takes', async () => {
  const { origin, received } = await sink();
  const program = await bundle('test/media/programs/upload.ts');
  const [small, large] = [temporaryFolder(), temporaryFolder()];
  const film = readFileSync(join(FILES, 'v.mp4'));
  write(join(small, 'film.mp4'), film);
  const path = write(join(large, 'film.mp4'), film);
  // A box without meaning, as large as it likes: the file is sparse and takes no room on the disk.
  const free = Buffer.alloc(16);
  free.writeUInt32BE(1, 0);
  free.write('free', 4, 'latin1');
  free.writeBigUInt64BE(BigInt(GiB), 8);
  writeSync(openSync(path, 'a'), free);
  truncateSync(path, film.length + GiB);
  const least = await peakOf(small, program, origin);
  const peakOfFilm = async (): Promise<number> => {
    const before = received();
    const peak = await peakOf(large, program, origin);
    expect(received() - before).toBe(statSync(path).size);
    return (peak - least) * 1024;
  };
  expect(await lowest(peakOfFilm, 64 * MiB)).toBeLessThan(64 * MiB);
}, 600_000);
