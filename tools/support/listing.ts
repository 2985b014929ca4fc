import type { Context } from '../../src/context/context.ts';
import { forEachBatch } from '../../src/google/batches.ts';
import type { Reply } from '../../src/mcp/tool.ts';
import { resolveMediaItems } from '../../src/results/targets.ts';
import { pageReply } from './replies.ts';

export interface Listing {
  tool: string;
  /** In words, for the headline. */
  title: string;
  /** What is listed: "albums", "media items". */
  noun: string;
  /** Without page parameters, ids resolved. */
  input: Record<string, unknown>;
  pageSize: number;
  pageToken?: string;
}

/** The first page of a new result, or the page that a token of the same request names. */
export async function list({ pageToken, pageSize, tool, input, ...words }: Listing, context: Context): Promise<Reply> {
  const origin = { tool, input };
  const page =
    pageToken === undefined
      ? await context.results.open({ ...words, origin, pageSize }, context)
      : await context.results.pageOf(pageToken, origin, context);
  return pageReply(page);
}

/** Runs a call for all media items that ids and references name, 50 at a time, in order; answers how many there were. */
export async function forEachFifty(
  names: readonly string[],
  context: Context,
  run: (ids: string[]) => Promise<unknown>,
): Promise<number> {
  const targets = await resolveMediaItems(names, context.results, context);
  const ids = targets.map(({ id }) => id);
  await forEachBatch(ids, run, { signal: context.signal, onDone: context.progress });
  return ids.length;
}
