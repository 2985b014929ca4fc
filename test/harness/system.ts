/**
 * The whole thing in one process: a real MCP client of either era ↔ our server ↔ an emulator over HTTP. Only the socket
 * between client and server is left out; `stdio.test.ts` has that one too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Client,
  type ElicitResult,
  InMemoryTransport,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import { buildServer } from '../../src/app/server.ts';
import { startServices } from '../../src/app/services.ts';
import { surfaceFor } from '../../src/app/surface.ts';
import { toConfig } from '../../src/cli/config.ts';
import type { Config } from '../../src/context/config.ts';
import type { Services } from '../../src/context/context.ts';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { type StartedEmulator, startEmulator } from '../../src/emulator/start.ts';
import { jsonOf } from './json.ts';

export type Era = '2025-11-25' | '2026-07-28';
export const ERAS: readonly Era[] = ['2025-11-25', '2026-07-28'];

const TOKEN = 'test-token';

export interface SystemOptions {
  emulator?: EmulatorOptions;
  config?: Partial<Config>;
  era?: Era;
  /** A client that can ask the person to open an address; answers what they did. */
  elicitUrl?: (url: string, message: string) => Promise<'accept' | 'decline' | 'cancel'>;
  /** A client that can ask the person yes or no; answers what they said, or with an answer of its own making. */
  elicitForm?: (message: string) => Promise<'yes' | 'no' | 'decline' | 'cancel' | { content?: unknown }>;
}

export interface Reply {
  isError: boolean;
  /** All text blocks, in order. */
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every tool
  data: any;
  links: { uri: string; name: string }[];
  images: { data: string; mimeType: string }[];
  /** Bytes of the whole result as JSON. */
  bytes: number;
}

export interface System {
  emulator: StartedEmulator;
  services: Services;
  client: Client;
  stateDir: string;
  unexpected: unknown[];
  call(tool: string, input?: Record<string, unknown>): Promise<Reply>;
  /** Calls and insists that it went well. */
  ok(tool: string, input?: Record<string, unknown>): Promise<Reply>;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of every resource
  read(uri: string): Promise<any>;
  /** How often the emulator served each method. */
  requests(): Promise<Record<string, number>>;
  /** The emulator's library. */
  // biome-ignore lint/suspicious/noExplicitAny: design 2 has its form
  library(): Promise<any>;
  control(route: string, body: unknown): Promise<void>;
  /** Another server and client on the same state folder, as after a restart. */
  restart(config?: Partial<Config>): Promise<System>;
  stop(): Promise<void>;
}

export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const emulator = await startEmulator({ library: 'empty', accessToken: TOKEN, ...options.emulator });
  const stateDir = await mkdtemp(join(tmpdir(), 'state-'));
  const system = await connect(emulator, stateDir, options);
  return {
    ...system,
    async stop() {
      await system.stop();
      await emulator.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

async function connect(emulator: StartedEmulator, stateDir: string, options: SystemOptions): Promise<System> {
  const base = toConfig({ stateDir, googleOrigin: emulator.origin, tokenStore: 'memory' }, {});
  const config = { ...base, hasDesktop: false, accessToken: TOKEN, ...options.config };
  const { services, close } = await startServices(config);
  const unexpected: unknown[] = [];
  const surface = surfaceFor(config);
  const settings = { version: '0.0.0', onUnexpected: (_: string, error: unknown) => unexpected.push(error) };
  const makeServer = () => buildServer(surface, async () => services, settings);
  const client = await connectClient(makeServer, options);
  const control = async (route: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const reply = await fetch(`${emulator.origin}/_emulator/${route}`, init);
    if (!reply.ok) throw new Error(`${route}: ${reply.status} ${await reply.text()}`);
    return reply.status === 204 ? undefined : jsonOf(reply).catch(() => undefined);
  };
  const call = async (tool: string, input: Record<string, unknown> = {}) =>
    toReply(await client.callTool({ name: tool, arguments: input }));
  return {
    emulator,
    services,
    client,
    stateDir,
    unexpected,
    call,
    async ok(tool, input) {
      const reply = await call(tool, input);
      if (reply.isError) throw new Error(`${tool}: ${reply.text}`);
      return reply;
    },
    async read(uri) {
      const [content] = (await client.readResource({ uri })).contents;
      if (!content || !('text' in content)) throw new Error('no text');
      return content.mimeType === 'application/json' ? JSON.parse(content.text) : content.text;
    },
    requests: async () => (await control('requests')).methods,
    library: () => control('state'),
    control,
    restart: (config) => connect(emulator, stateDir, { ...options, config: { ...options.config, ...config } }),
    async stop() {
      await client.close();
      await close();
    },
  };
}

async function connectClient(makeServer: () => McpServer, options: SystemOptions) {
  const { era = '2026-07-28', elicitUrl, elicitForm } = options;
  const isModern = era === '2026-07-28';
  const client = new Client(
    { name: 'test', version: '0' },
    {
      ...(isModern && { versionNegotiation: { mode: 'auto' as const } }),
      ...(elicitUrl && { capabilities: { elicitation: { url: {} } } }),
      ...(elicitForm && { capabilities: { elicitation: { form: {} } } }),
    },
  );
  if (elicitUrl || elicitForm) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      if ('url' in params) return { action: (await elicitUrl?.(params.url, params.message)) ?? 'cancel' };
      const answer = (await elicitForm?.(params.message)) ?? 'cancel';
      if (answer === 'decline' || answer === 'cancel') return { action: answer };
      if (typeof answer === 'object') return { action: 'accept', ...answer } as ElicitResult;
      return { action: 'accept', content: { confirm: answer === 'yes' } };
    });
  }
  await client.connect(await transportTo(makeServer, isModern || !(elicitUrl || elicitForm)));
  return client;
}

/** Over stateless HTTP a server of the older era never learns what its client can; there a connection is needed. */
async function transportTo(makeServer: () => McpServer, isHttp: boolean) {
  if (isHttp) {
    const handler = createMcpHandler(makeServer);
    const fetch = (url: string | URL, init?: RequestInit) => handler.fetch(new Request(url, init));
    return new StreamableHTTPClientTransport(new URL('http://test.local/mcp'), { fetch });
  }
  const [near, far] = InMemoryTransport.createLinkedPair();
  await makeServer().connect(far);
  return near;
}

type ToolResult = Awaited<ReturnType<Client['callTool']>>;

export function toReply(result: ToolResult): Reply {
  const { content } = result;
  return {
    isError: result.isError === true,
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'),
    data: result.structuredContent,
    links: content.flatMap((block) => (block.type === 'resource_link' ? [{ uri: block.uri, name: block.name }] : [])),
    images: content.flatMap((block) =>
      block.type === 'image' ? [{ data: block.data, mimeType: block.mimeType }] : [],
    ),
    bytes: Buffer.byteLength(JSON.stringify(result)),
  };
}
