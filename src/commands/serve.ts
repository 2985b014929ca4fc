/** The MCP server on stdio, or on Streamable HTTP. */
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { enabledTools, TOOLS } from '../../tools/index.ts';
import type { Config } from '../config.ts';
import type { OnUnexpected } from '../mcp/adapter.ts';
import { RESOURCES } from '../resources/index.ts';
import { buildServer } from '../server.ts';
import { startServices } from '../services.ts';

export interface ServeOptions {
  httpPort?: number;
  version: string;
}

/** Serves until the client goes away or the process is told to stop. Answers the exit status. */
export async function serve(config: Config, { httpPort, version }: ServeOptions): Promise<number> {
  const { services, close } = await startServices(config);
  try {
    const surface = { tools: enabledTools(TOOLS, config), resources: RESOURCES };
    const factory = () => buildServer(surface, services, { version, onUnexpected });
    if (httpPort === undefined) await runStdio(factory);
    else await (await import('./http.ts')).runHttp(factory, httpPort, config);
  } finally {
    await close();
  }
  return 0;
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
