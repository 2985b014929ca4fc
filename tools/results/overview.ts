import * as z from 'zod';
import type { Context } from '../../src/context/context.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { hashPictures } from '../../src/media/sheets/hashes.ts';
import { identitiesOf, isMedia } from '../../src/organize/media.ts';
import { describeResult, type Overview } from '../../src/organize/overview.ts';
import { lineData, renderSummary, summarize } from '../../src/organize/summary.ts';
import { idsInAlbums } from '../../src/results/albums-of-items.ts';
import { formatReference } from '../../src/results/reference.ts';
import type { Selection } from '../../src/results/results.ts';
import type { MediaEntry, ResultItem } from '../../src/results/types.ts';
import { count } from '../../src/text/text.ts';

/** With its headline the reply stays under 6,000 bytes. */
const SUMMARY_BYTES = 5600;
/** A reference longer than this is no shorthand any more: its items become a result of their own. */
const REFERENCE_BYTES = 60;
/** What an overview names is read through, not leafed through. */
const PAGE_SIZE = 100;

export default defineTool({
  name: 'results_overview',
  title: 'Overview',
  description: 'A whole result at a glance, by reference: counts, events, bursts, duplicates.',
  toolset: 'organize',
  access: 'read',
  scopes: [],
  input: z.strictObject({
    result: z.string().describe('k7m2, k7m2#14-74'),
    albums: z.boolean().describe('What is in none').optional(),
    visual: z.boolean().describe('Compare pictures; slow').optional(),
  }),
  output: z.object({
    result: z.string(),
    items: z.int(),
    sections: z.array(z.looseObject({ heading: z.string() })),
  }),
  async run({ result, albums, visual }, context) {
    const selection = await context.results.select(result, {
      signal: context.signal,
      onLoaded: (loaded) => context.progress(loaded, undefined, `${count(loaded, 'item')} read`),
    });
    const { all, items, positions } = selection;
    const overview = describeResult(all, {
      only: positions && new Set(positions),
      albumItems: albums ? await findAlbumItems(context) : undefined,
      hashes: visual ? await hash(items, context) : undefined,
    });
    const ref = (positions: readonly number[], title: string) => nameItems(selection, positions, title, context);
    const sections = await summarize(overview, { ref, maxBytes: SUMMARY_BYTES });
    const data = sections.map(({ heading, lines }) => ({ heading, lines: lines.map(lineData) }));
    return {
      text: `${headline(selection, overview)}\n${renderSummary(sections)}`,
      data: { result: selection.result, items: overview.items, sections: data },
    };
  },
});

const headline = ({ title, result }: Selection, { items, from, to }: Overview): string =>
  `${count(items, 'item')} · ${title} · result ${result}${from ? ` · ${from} to ${to}` : ''}`;

const findAlbumItems = ({ google, signal, progress }: Context) =>
  idsInAlbums(google, {
    signal,
    onAlbum: (done, total) => progress(done, total, `${done} of ${count(total, 'album')} read`),
  });

function hash(items: readonly ResultItem[], { google, pictures, signal, progress }: Context) {
  const key = (entry: MediaEntry) => identitiesOf(entry)[0] ?? '';
  const deps = { google, ...pictures() };
  const onHash = (done: number, total: number) =>
    progress(done, total, `${done} of ${count(total, 'picture')} compared`);
  return hashPictures(items.filter(isMedia), key, deps, { signal, onHash });
}

async function nameItems(
  selection: Selection,
  positions: readonly number[],
  title: string,
  { results }: Context,
): Promise<string> {
  const { result, noun, title: whole } = selection;
  const reference = formatReference(result, positions);
  if (Buffer.byteLength(reference) <= REFERENCE_BYTES) return reference;
  const origin = { tool: 'results_overview', input: { result } };
  const meta = { title: `${whole}: ${title}`, noun, origin, pageSize: PAGE_SIZE };
  return `${await results.derive(selection, positions, meta)}#all`;
}
