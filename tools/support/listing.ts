import type { Context } from '../../src/context/context.ts';
import type { Reply } from '../../src/mcp/tool.ts';
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
export async function list(
  { pageToken, pageSize, tool, input, ...words }: Listing,
  { results, signal }: Pick<Context, 'results' | 'signal'>,
): Promise<Reply> {
  const origin = { tool, input };
  const page =
    pageToken === undefined
      ? await results.open({ ...words, origin, pageSize }, { signal })
      : await results.pageOf(pageToken, origin, { signal });
  return pageReply(page);
}
