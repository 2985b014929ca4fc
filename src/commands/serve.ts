/** The MCP server on stdio, or on Streamable HTTP. */
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { enabledTools, TOOLS } from '../../tools/index.ts';
import type { Config } from '../config.ts';
import type { OnUnexpected } from '../mcp/adapter.ts';
import { enabledPrompts, PROMPTS } from '../prompts/index.ts';
import { RESOURCES } from '../resources/index.ts';
import { buildServer, type Surface } from '../server.ts';
import { startServices } from '../services.ts';
import { loadSkills } from '../skills/index.ts';

export interface ServeOptions {
  httpPort?: number;
  version: string;
}

/** Serves until the client goes away or the process is told to stop. Answers the exit status. */
export async function serve(config: Config, { httpPort, version }: ServeOptions): Promise<number> {
  const { services, close } = await startServices(config);
  try {
    const surface = await surfaceFor(config);
    const factory = () => buildServer(surface, services, { version, onUnexpected });
    if (httpPort === undefined) await runStdio(factory);
    else await (await import('./http.ts')).runHttp(factory, httpPort, config);
  } finally {
    await close();
  }
  return 0;
}

async function surfaceFor(config: Config): Promise<Surface> {
  const tools = enabledTools(TOOLS, config);
  return { tools, resources: RESOURCES, prompts: enabledPrompts(PROMPTS, tools), skills: await loadSkills() };
}

async function runStdio(factory: () => McpServer): Promise<void> {
  const handle = serveStdio(factory);
  await stopped();
  await handle.close().catch(() => {});
}

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

const onUnexpected: OnUnexpected = (tool, error) => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${tool}: ${stack}\n`);
};
