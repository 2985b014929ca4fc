/** `upload` and `download`, for a person at a terminal. Ctrl-C stops in order: what is done is done, the rest goes on next time. */

import { startServices } from '../../app/services.ts';
import type { Config } from '../../context/config.ts';
import type { Transfers } from '../../context/context.ts';
import { errorText, explain } from '../../mcp/explain.ts';
import type { UploadArguments } from '../command-line.ts';
import { downloadCommand, type Terminal, uploadCommand } from '../transfers/transfers.ts';

/** Answers the exit status: 0, 1 with failures, 130 when interrupted. */
export const upload = (config: Config, args: UploadArguments): Promise<number> =>
  atTerminal(config, (transfers, terminal) => uploadCommand({ ...args, paths: [...args.paths] }, transfers, terminal));

export const download = (config: Config, args: { album: string; dir: string }): Promise<number> =>
  atTerminal(config, (transfers, terminal) => downloadCommand(args, transfers, terminal));

async function atTerminal(
  config: Config,
  run: (transfers: Transfers, terminal: Terminal) => Promise<number>,
): Promise<number> {
  const { services, close } = await startServices(config);
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  process.once('SIGTERM', () => interruption.abort());
  try {
    return await run(services.transfers(), {
      output: process.stderr,
      signal: interruption.signal,
      explain: (error) => errorText(explain(error)),
    });
  } finally {
    await close();
  }
}
