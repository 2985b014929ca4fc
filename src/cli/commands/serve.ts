/** The MCP server on stdio, or on Streamable HTTP. */
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { buildServer } from '../../app/server.ts';
import type { RunningServices } from '../../app/services.ts';
import { surfaceFor } from '../../app/surface.ts';
import type { Config } from '../../context/config.ts';
import type { OnUnexpected } from '../../mcp/call.ts';

export interface ServeOptions {
  httpPort?: number;
  version: string;
}

/** Serves until the client goes away or the process is told to stop. Answers the exit status. */
export async function serve(config: Config, { httpPort, version }: ServeOptions): Promise<number> {
  const running = whenNeeded(async () => (await import('../../app/services.ts')).startServices(config));
  const surface = surfaceFor(config);
  const services = async () => (await running.get()).services;
  const factory = () => buildServer(surface, services, { version, onUnexpected });
  try {
    if (httpPort === undefined) await runStdio(factory);
    else await (await import('./http.ts')).runHttp(factory, httpPort, config);
  } finally {
    await running.close();
  }
  return 0;
}

/** Services start with the first call: an assistant starts many servers and calls few. After a failure the next call tries again. */
function whenNeeded(start: () => Promise<RunningServices>) {
  let started: Promise<RunningServices> | undefined;
  return {
    get(): Promise<RunningServices> {
      started ??= start().catch((error) => {
        started = undefined;
        throw error;
      });
      return started;
    },
    close: async () => (await started?.catch(() => undefined))?.close(),
  };
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
