/**
 * 200 JPEGs of 50 kB into a new album on an emulator that takes 50 ms for each answer: our pipeline beside the plainest
 * uploader there could be (8 at a time, batches of 50, nothing read, remembered or checked), by turns in one run.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createGoogle } from '../src/google/client.ts';
import { systemClock } from '../src/google/clock.ts';
import { loopbackHosts } from '../src/google/hosts.ts';
import { AllowedFolders } from '../src/media/allowed-folders.ts';
import { openLedger } from '../src/media/ledger/file-ledger.ts';
import { AlbumFinder, upload } from '../src/media/upload/upload.ts';
import { createFileLeases } from '../src/storage/file-leases.ts';

const COUNT = 200;
const SIZE = 50_000;
const LATENCY = 50;
const ROUNDS = 5;
const TOKEN = 'bench';
const PHOTO = resolve('test/fixtures/files/plain.jpg');

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'google-photos-bench-'));
  const { process: emulator, origin } = await startEmulator();
  const times: { plain: number[]; ours: number[] } = { plain: [], ours: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      // By turns first, so that neither profits from a warm machine.
      const turns = round % 2 === 0 ? (['plain', 'ours'] as const) : (['ours', 'plain'] as const);
      for (const turn of turns) {
        const photos = join(folder, `${turn}-${round}`);
        const files = await writePhotos(photos);
        const work = turn === 'plain' ? () => plainest(origin, files) : () => ours(origin, folder, photos, round);
        times[turn].push(await timed(work));
      }
    }
    const requests = await counted(origin, () =>
      writePhotos(join(folder, 'counted')).then(() => ours(origin, folder, join(folder, 'counted'), ROUNDS)),
    );
    report(times, requests);
  } finally {
    emulator.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

function report({ plain, ours }: { plain: number[]; ours: number[] }, requests: Record<string, number>): void {
  const total = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const line = (name: string, times: number[]) =>
    `${name.padEnd(18)} ${median(times).toFixed(0).padStart(6)} ms  (${times.map((time) => time.toFixed(0)).join(', ')})`;
  const lines = [
    `${COUNT} JPEGs of ${SIZE / 1000} kB into a new album, ${LATENCY} ms an answer, ${ROUNDS} rounds, median:`,
    line('plainest uploader', plain),
    line('google-photos-mcp', ours),
    `ratio ${(median(ours) / median(plain)).toFixed(2)}`,
    `requests ${total}: ${Object.entries(requests)
      .map(([method, count]) => `${method} ${count}`)
      .join(', ')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const median = (times: number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function counted(origin: string, work: () => Promise<unknown>): Promise<Record<string, number>> {
  await fetch(`${origin}/_emulator/reset`, { method: 'POST' });
  await work();
  const { methods } = (await (await fetch(`${origin}/_emulator/requests`)).json()) as {
    methods: Record<string, number>;
  };
  return methods;
}

/** In a process of its own, as Google is. */
async function startEmulator(): Promise<{ process: ChildProcess; origin: string }> {
  const args = [
    'dist/main.js',
    'emulator',
    '--library',
    'empty',
    '--access-token',
    TOKEN,
    '--latency',
    String(LATENCY),
  ];
  const emulator = spawn(process.execPath, [...args, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const data of emulator.stdout) {
    const origin = /http:\/\/\S+/.exec(String(data))?.[0];
    if (origin) return { process: emulator, origin };
  }
  throw new Error('the emulator did not start; run npm run build first');
}

/** Whole JPEGs whose comment makes each one different. */
async function writePhotos(folder: string): Promise<string[]> {
  const base = await readFile(PHOTO);
  await mkdir(folder, { recursive: true });
  const comment = Buffer.alloc(SIZE - base.length);
  comment.writeUInt16BE(0xfffe, 0);
  comment.writeUInt16BE(comment.length - 2, 2);
  const paths = Array.from({ length: COUNT }, (_, index) => join(folder, `${String(index).padStart(3, '0')}.jpg`));
  for (const path of paths) {
    randomBytes(16).copy(comment, 4);
    await writeFile(path, Buffer.concat([base.subarray(0, 2), comment, base.subarray(2)]));
  }
  return paths;
}

/** A fresh process would have an empty memory and an empty state folder. */
async function ours(origin: string, folder: string, photos: string, round: number): Promise<void> {
  const stateDir = join(folder, `state-${round}`);
  const tokens = { accessToken: async () => TOKEN, invalidate: () => undefined };
  const google = createGoogle({ hosts: loopbackHosts(origin), tokens });
  const ledger = openLedger({ stateDir, account: 'default' });
  const shared = { google, ledger, clock: systemClock };
  const albums = new AlbumFinder({ ...shared, leases: createFileLeases(join(stateDir, 'leases')) });
  const allowed = new AllowedFolders([folder], folder);
  const { counts } = await upload({ from: [photos], albumTitle: `Ours ${round}` }, { ...shared, albums, allowed });
  if (counts.uploaded !== COUNT) throw new Error(`uploaded ${counts.uploaded} of ${COUNT}`);
}

async function plainest(origin: string, paths: string[]): Promise<void> {
  const authorization = `Bearer ${TOKEN}`;
  const post = async (path: string, body: unknown) => {
    const headers = { authorization, 'content-type': 'application/json' };
    return (await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const send = async (path: string) => {
    const headers = { authorization, 'content-type': 'application/octet-stream', 'x-goog-upload-protocol': 'raw' };
    const body = new Uint8Array(await readFile(path));
    return (await fetch(`${origin}/v1/uploads`, { method: 'POST', headers, body })).text();
  };
  const { id: albumId } = (await post('/v1/albums', { album: { title: 'Plain' } })) as { id: string };
  for (let from = 0; from < paths.length; from += 50) {
    const batch = paths.slice(from, from + 50);
    const tokens: string[] = [];
    const next = batch.entries();
    const worker = async () => {
      for (const [index, path] of next) tokens[index] = await send(path);
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    const newMediaItems = tokens.map((uploadToken) => ({ simpleMediaItem: { uploadToken } }));
    await post('/v1/mediaItems:batchCreate', { albumId, newMediaItems });
  }
}
