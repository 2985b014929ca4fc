/** The emulator as a process of its own: one line on stdout, a clean end, a state file that survives a kill. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { bundle } from '../harness/program.ts';

let program: string;
let folder: string;
beforeAll(async () => {
  program = await bundle('test/emulator/programs/emulator.ts');
  folder = await mkdtemp(join(tmpdir(), 'emulator-process-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(options: object): Promise<{ child: ChildProcess; origin: string; lines: string[] }> {
  const argument = JSON.stringify({ library: 'empty', accessToken: 'T', ...options });
  const child = spawn(process.execPath, [program, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return {
    child,
    origin: /^emulator listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(lines[0] ?? '')?.[1] ?? '',
    lines,
  };
}

const createAlbum = (origin: string, title: string): Promise<Response> =>
  fetch(`${origin}/v1/albums`, {
    method: 'POST',
    headers: { authorization: 'Bearer T' },
    body: JSON.stringify({ album: { title } }),
  });

test.each(['SIGINT', 'SIGTERM'] as const)(
  'it says where it listens, serves, and ends cleanly on %s',
  async (signal) => {
    const { child, origin, lines } = await start({});
    expect(origin).toMatch(/^http/);
    const response = await fetch(`${origin}/v1/albums`, { headers: { authorization: 'Bearer T' } });
    expect(await response.json()).toEqual({});
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(lines).toEqual([`emulator listening on ${origin}`]);
  },
);

test('killed at any moment, it leaves a state file that can be read', async () => {
  const options = { stateFile: join(folder, 'killed', 'state.json') };
  for (let round = 0; round < 4; round += 1) {
    const { child, origin } = await start(options);
    const ended = once(child, 'exit');
    const response = await fetch(`${origin}/v1/albums`, { headers: { authorization: 'Bearer T' } });
    expect(response.status).toBe(200);
    setTimeout(() => child.kill('SIGKILL'), 190 + 25 * round);
    for (let n = 0; n < 1000; n += 1) {
      const made = await createAlbum(origin, `${round}-${n}`).catch(() => undefined);
      if (!made) break;
    }
    await ended;
  }
  const { origin } = await start(options);
  expect((await createAlbum(origin, 'after all')).status).toBe(200);
});
