/** Albums that a tool made or filled, as a result, so that an assistant need not copy their ids. */
import type { Context } from '../../src/context/context.ts';
import { formatReference } from '../../src/results/reference.ts';
import type { AlbumEntry } from '../../src/results/types.ts';
import { oneLine } from '../../src/text/text.ts';

export type KnownAlbum = Pick<AlbumEntry, 'id' | 'title' | 'count' | 'productUrl'>;

/** A line for each: `k7m2#1  "Lisbon"  https://…`. */
export async function albumLines(
  albums: readonly KnownAlbum[],
  title: string,
  { results }: Pick<Context, 'results'>,
): Promise<string[]> {
  if (albums.length === 0) return [];
  const entries = albums.map((album): AlbumEntry => ({ kind: 'album', isWriteable: true, ...album }));
  const origin = { tool: 'albums_list', input: {} };
  const { result } = await results.keep({ title, noun: 'albums', origin }, entries);
  return albums.map(
    ({ title, productUrl }, index) =>
      `${formatReference(result, [index + 1])}  "${oneLine(title)}"${productUrl ? `  ${productUrl}` : ''}`,
  );
}
