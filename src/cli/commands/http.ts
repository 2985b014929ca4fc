/** The MCP server on Streamable HTTP, until the process is told to stop. */
import { randomBytes } from 'node:crypto';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import type { Config } from '../../context/config.ts';
import { serveHttp } from '../../mcp/http.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

export async function runHttp(factory: McpServerFactory, port: number, config: Config): Promise<void> {
  const stop = toldToStop();
  const token = config.demo ? undefined : (config.httpToken ?? randomBytes(24).toString('base64url'));
  const server = await serveHttp(factory, { port, token });
  say(`listening on ${server.url}`);
  if (token !== undefined && config.httpToken === undefined) {
    say(`Authorization: Bearer ${token}`);
    say('Shown only now, and new at every start; GOOGLE_PHOTOS_HTTP_TOKEN sets one that stays.');
  }
  await stop;
  await server.close();
}

/** Listened to from the start: a signal while the port is being opened must not be lost. */
const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
