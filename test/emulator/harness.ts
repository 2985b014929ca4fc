/**
 * Starts a real emulator for a test and talks to it over real HTTP. Every reply of the Library API is checked against
 * Google's own schema: unknown fields, int64 as strings, enums (test/emulator/oracle.ts).
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import type { StoredMediaItem } from '../../src/emulator/model.ts';
import { type StartedEmulator, startEmulator } from '../../src/emulator/start.ts';
import { checkReply } from './oracle.ts';

export const TOKEN = 'test-token';
const SCOPE = 'https://www.googleapis.com/auth/';

export interface ApiReply {
  status: number;
  /** The JSON body; undefined when it is something else. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads replies as any client would
  json: any;
  text: string;
  headers: Headers;
}

export interface Harness {
  emulator: StartedEmulator;
  origin: string;
  /** Calls the API as the demo's app, or as whoever `token` is; checks the reply against the schema. */
  api(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiReply>;
  /** Calls `/_emulator/…`. */
  control(method: 'GET' | 'POST', name: string, body?: unknown): Promise<ApiReply>;
  /** A further access token. Scopes without the common prefix. */
  token(scopes: string[], project?: string): string;
  /** Uploads bytes by the raw protocol. @returns the upload token. */
  upload(bytes: Uint8Array, fileName?: string, token?: string): Promise<string>;
  /** Uploads and creates one item. @returns the item as batchCreate shows it. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  create(bytes: Uint8Array, fileName?: string, more?: object, token?: string): Promise<any>;
  /** Puts an item into the library without an upload, as the phone app or an earlier run would have. @returns its id. */
  put(item?: Partial<StoredMediaItem>): string;
  /** Makes an album. @returns its id. */
  album(title: string, itemIds?: string[]): Promise<string>;
}

export interface CallOptions {
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as it is instead of JSON. */
  raw?: string;
  /** For replies that no schema describes. */
  unchecked?: boolean;
}

/** A started emulator, `empty` unless the options say otherwise, closed when the test ends. */
export async function startHarness(options: EmulatorOptions = {}): Promise<Harness> {
  const emulator = await startEmulator({ library: 'empty', accessToken: TOKEN, ...options });
  onTestFinished(() => emulator.close());
  const { origin } = emulator;
  let tokens = 0;
  let puts = 0;
  const self: Harness = {
    emulator,
    origin,
    async api(method, path, body, { token = TOKEN, headers = {}, raw, unchecked } = {}) {
      const reply = await readReply(
        await fetch(origin + path, {
          method,
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            'content-type': 'application/json',
            ...headers,
          },
          body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
        }),
      );
      if (!unchecked) checkReply(method, path, reply.status, reply.json);
      return reply;
    },
    async control(method, name, body) {
      const init = { method, body: body === undefined ? undefined : JSON.stringify(body) };
      return readReply(await fetch(`${origin}/_emulator/${name}`, init));
    },
    token(scopes, project = 'demo-project') {
      tokens += 1;
      const token = `extra-${tokens}`;
      const full = scopes.map((scope) => SCOPE + scope);
      emulator.state.accessTokens.set(token, { token, project, clientId: 'test', scopes: full });
      return token;
    },
    async upload(bytes, fileName, token = TOKEN) {
      const name: Record<string, string> = fileName ? { 'x-goog-upload-file-name': fileName } : {};
      const headers = { authorization: `Bearer ${token}`, 'x-goog-upload-protocol': 'raw', ...name };
      const response = await fetch(`${origin}/v1/uploads`, { method: 'POST', headers, body: Uint8Array.from(bytes) });
      if (response.status !== 200) throw new Error(`upload: ${response.status} ${await response.text()}`);
      return response.text();
    },
    async create(bytes, fileName = 'a.png', more = {}, token = TOKEN) {
      const uploadToken = await self.upload(bytes, undefined, token);
      const newMediaItems = [{ simpleMediaItem: { uploadToken, fileName } }];
      const { json } = await self.api('POST', '/v1/mediaItems:batchCreate', { newMediaItems, ...more }, { token });
      return json.newMediaItemResults[0].mediaItem;
    },
    put(item) {
      puts += 1;
      const stored: StoredMediaItem = { ...storedItem(puts), ...item };
      emulator.state.items.add(stored);
      return stored.id;
    },
    async album(title, itemIds = []) {
      const { json } = await self.api('POST', '/v1/albums', { album: { title } });
      for (let i = 0; i < itemIds.length; i += 50) {
        await self.api('POST', `/v1/albums/${json.id}:batchAddMediaItems`, { mediaItemIds: itemIds.slice(i, i + 50) });
      }
      return json.id;
    },
  };
  return self;
}

async function readReply(response: Response): Promise<ApiReply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, json: isJson ? parse(text) : undefined, text, headers: response.headers };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function storedItem(n: number): StoredMediaItem {
  return {
    id: `item${String(n).padStart(6, '0')}${'-'.repeat(50)}`,
    filename: `IMG_${n}.jpg`,
    description: '',
    mimeType: 'image/jpeg',
    captureTime: '2024-07-14T12:11:47Z',
    uploadTime: '2024-07-15T00:00:00Z',
    width: 4032,
    height: 3024,
    sha256: `put-${n}`,
    appProject: 'demo-project',
    favorite: false,
    archived: false,
    categories: [],
    content: { kind: 'scene', scene: 'beach', seed: n },
    photo: {},
  };
}

/** A real PNG of one pixel, different for each number. */
export function png(n: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  const rgb = createHash('sha256').update(String(n)).digest().subarray(0, 3);
  const pixels = deflateSync(Buffer.concat([Buffer.from([0]), rgb]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
