/** What tests of uploads and downloads start from: an emulator, a signed-in client, a folder that may be used, a ledger. Only waiting is faked. */

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';
import { createGoogle, type GoogleOptions } from '../../src/google/client.ts';
import type { Clock } from '../../src/google/clock.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';
import { AllowedFolders } from '../../src/media/allowed-folders.ts';
import { type FileLedger, openLedger } from '../../src/media/ledger/file-ledger.ts';
import { AlbumFinder, type UploadDeps } from '../../src/media/upload/upload.ts';
import { createFileLeases } from '../../src/storage/file-leases.ts';

export const FILES = new URL('../fixtures/files/', import.meta.url).pathname;
export const MEDIA = new URL('../fixtures/media/', import.meta.url).pathname;
const TOKEN = 'fixture-token';

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'google-photos-mcp-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits are cut to a few milliseconds; the order of events stays. */
export const hastyClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(Math.min(ms, 5), undefined, { signal }),
  random: () => 0,
};

export interface FixtureOptions {
  emulator?: EmulatorOptions;
  google?: Partial<GoogleOptions>;
}

export async function openFixture({ emulator: options, google: client }: FixtureOptions = {}) {
  const emulator = await startEmulator({ library: 'empty', accessToken: TOKEN, ...options });
  onTestFinished(() => emulator.close());
  const folder = temporaryFolder();
  const stateDir = temporaryFolder();
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  const google = () =>
    createGoogle({ hosts: loopbackHosts(emulator.origin), clock: hastyClock, tokens: tokenOf(TOKEN), ...client });
  const deps = (state = stateDir): UploadDeps & { ledger: FileLedger } => {
    const ledger = openLedger({ stateDir: state, account: 'default' });
    const shared = { google: google(), ledger, clock: hastyClock };
    const albums = new AlbumFinder({ ...shared, leases: createFileLeases(join(state, 'leases')) });
    return { ...shared, albums, allowed: new AllowedFolders([folder], folder) };
  };
  return {
    emulator,
    /** Allowed. */
    folder,
    /** Inside it, for what is uploaded. */
    photos,
    stateDir,
    token: TOKEN,
    /** What a fresh process would have: the same state folder, nothing in memory. */
    deps,
    control: control(emulator.origin),
  };
}

const tokenOf = (token: string) => ({ accessToken: async () => token, invalidate: () => undefined });

export interface EmulatorState {
  mediaItems: { id: string; filename: string; description: string; sha256: string; mimeType: string }[];
  albums: { id: string; title: string; entries: { mediaItemId?: string; enrichmentId?: string }[] }[];
}

function control(origin: string) {
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${origin}/_emulator/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const get = async (path: string) => (await fetch(`${origin}/_emulator/${path}`)).json();
  const state = async (): Promise<EmulatorState> => (await get('state')) as EmulatorState;
  return {
    state,
    faults: (rules: unknown[]) => post('faults', rules),
    reset: () => post('reset', {}),
    requests: async () => ((await get('requests')) as { methods: Record<string, number> }).methods,
    /** File names in the album of that title, in its order. */
    async albumNames(title: string): Promise<string[]> {
      const { mediaItems, albums } = await state();
      const names = new Map(mediaItems.map(({ id, filename }) => [id, filename]));
      const album = albums.filter((each) => each.title === title);
      if (album.length !== 1) throw new Error(`${album.length} albums are called ${title}`);
      return album[0]?.entries.map(({ mediaItemId = '' }) => names.get(mediaItemId) ?? '?') ?? [];
    },
  };
}

const BASE = readFileSync(join(FILES, 'plain.jpg'));

/** A whole JPEG with content of its own, of at least `bytes`, taken at that time (`2024:07:14 12:11:33`) if one is given. */
export function jpeg(text: string, { bytes = 0, taken }: { bytes?: number; taken?: string } = {}): Buffer {
  const comments: Buffer[] = [segment(0xfe, Buffer.from(text))];
  for (let size = BASE.length; size < bytes; size += 60_000) {
    comments.push(segment(0xfe, Buffer.alloc(Math.min(60_000, bytes - size), text)));
  }
  return Buffer.concat([BASE.subarray(0, 2), ...(taken ? [exif(taken)] : []), ...comments, BASE.subarray(2)]);
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** IFD0 points to an Exif IFD whose one entry is DateTimeOriginal. */
function exif(taken: string): Buffer {
  const tiff = Buffer.alloc(64);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  entry(tiff, 10, 0x8769, 4, 1, 26);
  tiff.writeUInt16LE(1, 26);
  entry(tiff, 28, 0x9003, 2, 20, 44);
  tiff.write(taken, 44, 'latin1');
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}

function entry(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  tiff.writeUInt16LE(tag, at);
  tiff.writeUInt16LE(type, at + 2);
  tiff.writeUInt32LE(count, at + 4);
  tiff.writeUInt32LE(value, at + 8);
}

export function write(path: string, bytes: Buffer | string, mtime?: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  if (mtime) utimesSync(path, new Date(mtime), new Date(mtime));
  return path;
}

/** `0001.jpg`, `0002.jpg`, … taken a minute apart, in that order. */
export function writePhotos(folder: string, count: number, { bytes = 0, from = 1 } = {}): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const name = `${String(number).padStart(4, '0')}.jpg`;
    const hour = String(Math.floor(number / 60) % 24).padStart(2, '0');
    const taken = `2024:07:${String(14 + Math.floor(number / 1440)).padStart(2, '0')} ${hour}:${String(number % 60).padStart(2, '0')}:00`;
    write(join(folder, name), jpeg(`photo ${number}`, { bytes, taken }));
    return name;
  });
}
