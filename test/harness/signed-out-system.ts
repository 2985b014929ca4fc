/** The program as people start it, and an emulator for Google. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { beforeAll, onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { type StartedEmulator, startEmulator } from '../../src/emulator/start.ts';
import { bundle, run } from './program.ts';
import { type Era, type Reply, toReply } from './system.ts';

const CLIENT_ID = '123456789-abc.apps.googleusercontent.com';

/** Addresses that `auth login` prints: ours, and Google's own for a browser elsewhere. */
export const LINK = /http:\/\/127\.0\.0\.1:\d+\/start/;
export const GOOGLE_PAGE = /http:\/\/127\.0\.0\.1:\d+\/o\/oauth2\/v2\/auth\S+/;

let program = '';

/** Call once in a test file. */
export function useProgram(): void {
  beforeAll(async () => {
    program = await bundle('src/main.ts');
  });
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'account-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function startGoogle(options: EmulatorOptions = {}): Promise<StartedEmulator> {
  const emulator = await startEmulator({ library: 'empty', ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

export interface Setting {
  origin: string;
  stateDir: string;
  args?: readonly string[];
  env?: Record<string, string>;
}

const argsOf = ({ origin, stateDir, args = [] }: Setting): string[] => [
  '--google-origin',
  origin,
  '--state-dir',
  stateDir,
  '--token-store',
  'file',
  ...args,
];

const envOf = ({ stateDir, env = {} }: Setting): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: stateDir,
  BROWSER: 'none',
  GOOGLE_PHOTOS_CLIENT_ID: CLIENT_ID,
  GOOGLE_PHOTOS_CLIENT_SECRET: 'client-secret',
  ...env,
});

export interface Server {
  call(tool: string, input?: Record<string, unknown>): Promise<Reply>;
  close(): Promise<void>;
}

export interface ServerSetting extends Setting {
  era?: Era;
  /** What happens when the server asks to open a link; without it the client cannot be asked. */
  onLink?: (url: string) => Promise<'accept' | 'decline' | 'cancel'>;
}

/** The server on stdio, and a client of either era. */
export async function startServer(setting: ServerSetting): Promise<Server> {
  const { era = '2026-07-28', onLink } = setting;
  const client = new Client(
    { name: 'test', version: '0' },
    {
      capabilities: onLink ? { elicitation: { url: {} } } : {},
      ...(era === '2026-07-28' && { versionNegotiation: { mode: 'auto' } }),
    },
  );
  if (onLink) {
    client.setRequestHandler('elicitation/create', async ({ params }) => ({
      action: await onLink('url' in params ? String(params.url) : ''),
    }));
  }
  const args = [program, ...argsOf(setting)];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, env: envOf(setting), stderr: 'inherit' }),
  );
  onTestFinished(() => client.close());
  return {
    call: async (name, input = {}) => toReply(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
  };
}

export interface Command {
  child: ChildProcess;
  /** What it has written so far. */
  out(): string;
  err(): string;
  /** Resolves when it has written this. */
  wrote(pattern: RegExp): Promise<RegExpExecArray>;
  status: Promise<number | null>;
}

/** A command at a terminal, such as `auth login`. */
export function runCommand(words: readonly string[], setting: Setting): Command {
  const child = run(program, [...words, ...argsOf(setting)], { env: envOf(setting), stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const texts = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => {
    texts.out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    texts.err += chunk;
  });
  return {
    child,
    out: () => texts.out,
    err: () => texts.err,
    async wrote(pattern) {
      for (;;) {
        const found = pattern.exec(texts.out);
        if (found) return found;
        await once(child.stdout ?? child, 'data');
      }
    },
    status: once(child, 'close').then(([status]) => status),
  };
}

/** Runs it to its end. */
export async function finish(words: readonly string[], setting: Setting) {
  const command = runCommand(words, setting);
  command.child.stdin?.end();
  const status = await command.status;
  return { status, out: command.out(), err: command.err() };
}

export interface Passed {
  target: string;
  sent: string;
  got: string;
  headers: IncomingHttpHeaders;
}

/** Everything to and from the emulator goes through it and is remembered. @param headers of every reply. */
export async function startProxy(origin: string, headers: Record<string, string> = {}) {
  const passed: Passed[] = [];
  const server = createServer(async (request, response) => {
    const sent = await textOf(request);
    const plain = { ...request.headers, 'accept-encoding': 'identity' };
    const onward = httpRequest(origin + request.url, { method: request.method, headers: plain });
    onward.on('error', () => response.destroy());
    onward.on('response', async (reply) => {
      const got = await textOf(reply);
      passed.push({ target: request.url ?? '', sent, got, headers: reply.headers });
      response.writeHead(reply.statusCode ?? 500, { ...reply.headers, ...headers }).end(Buffer.from(got, 'latin1'));
    });
    onward.end(Buffer.from(sent, 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, passed };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

/** Makes it look as if sign-ins had been made, and used last, that long ago. */
export async function age(stateDir: string, days: number): Promise<void> {
  for (const folder of ['accounts', 'tokens']) {
    for (const name of (await readdir(join(stateDir, folder))).filter((file) => file.endsWith('.json'))) {
      const path = join(stateDir, folder, name);
      const json = JSON.parse(await readFile(path, 'utf8'));
      for (const key of ['signedInAt', 'lastUsedAt', 'endsAt']) if (json[key]) json[key] -= days * 86_400_000;
      await writeFile(path, JSON.stringify(json));
    }
  }
}
