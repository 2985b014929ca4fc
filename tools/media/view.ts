import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import type { Context } from '../../src/context/context.ts';
import { GoogleError } from '../../src/google/errors.ts';
import { defineTool, type Reply } from '../../src/mcp/tool.ts';
import { MAX_TILES } from '../../src/media/sheets/layout.ts';
import { type FetchPicture, pictureSource } from '../../src/media/sheets/pictures.ts';
import { drawSheets, type Numbered } from '../../src/media/sheets/sheet.ts';
import { DEFAULT_EDGE, viewImage } from '../../src/media/sheets/single.ts';
import { fetchMediaItems } from '../../src/results/fetch-items.ts';
import { shortSize, shortTime } from '../../src/results/page-view.ts';
import { areOfOneResult, formatReference } from '../../src/results/reference.ts';
import { checkMediaItemId, resolveMedia, resolveNames, toMedia } from '../../src/results/targets.ts';
import type { MediaEntry, ResultItem } from '../../src/results/types.ts';
import { count, shorten } from '../../src/text/text.ts';
import { mediaItemIds } from '../support/fields.ts';
import { itemsOfPictures, itemsOnSheets, type Shown } from '../support/grid-items.ts';

/** So many are shown one by one unless told otherwise; more become a contact sheet. */
const SINGLE_ITEMS = 4;
/** Clients hold about a megabyte of a reply: three sheets of at most 300 kB. */
const MAX_SHEETS = 3;

const LAYOUTS = ['auto', 'single', 'sheet'] as const;

export default defineTool({
  name: 'media_view',
  title: 'Look at photos',
  description: 'Shows photos: up to 4 singly, more as contact sheets of 60; tile 17 of k7m2 is k7m2#17.',
  toolset: 'media',
  access: 'read',
  scopes: ['photoslibrary.readonly.appcreateddata'],
  ui: 'ui://google-photos/photo-grid.html',
  input: z.strictObject({
    mediaItemIds,
    layout: z.enum(LAYOUTS).describe('Default auto').optional(),
    size: z.int().min(64).max(2048).describe('Long edge, default 1024').optional(),
    sheets: z.int().min(1).max(MAX_SHEETS).describe('Default 1').optional(),
  }),
  output: z.object({ shown: z.string(), failed: z.array(z.string()), next: z.string().optional() }),
  async run({ mediaItemIds, layout = 'auto', size = DEFAULT_EDGE, sheets = 1 }, context) {
    const items = await resolveShown(mediaItemIds, context);
    const single = layout === 'single' || (layout === 'auto' && items.length <= SINGLE_ITEMS);
    return single ? viewSingly(items, size, context) : viewSheets(items, sheets, context);
  },
});

/** Tiles carry positions of one result; what comes from several, or by id, becomes a result of its own first. */
async function resolveShown(names: string[], context: Context): Promise<Shown[]> {
  const together = areOfOneResult(names) ? names : [await gather(names, context)];
  const found = await resolveMedia(together, context.results, { signal: context.signal });
  if (found.length === 0) throw new AppError('nothingNamed', 'There is no photo or video among them.', 'Name others.');
  return found.map(({ result, position, item }) => ({ result, n: position, entry: item }));
}

async function gather(names: string[], { results, google, signal }: Context): Promise<string> {
  const named = await resolveNames(names, results, { signal });
  const ids = named.filter((name) => typeof name === 'string').map(checkMediaItemId);
  const fetched = (await fetchMediaItems(ids, google, { signal })).values();
  const items = named.flatMap((name): ResultItem[] => {
    const item = typeof name === 'string' ? fetched.next().value : toMedia(name)?.item;
    return item === undefined ? [] : [item];
  });
  const origin = { tool: 'media_view', input: { mediaItemIds: names } };
  return `${(await results.keep({ title: 'shown together', noun: 'media items', origin }, items)).result}#all`;
}

const sourceOf = (items: readonly Shown[], { google, pictures, signal }: Context) =>
  pictureSource(
    items.map(({ entry }) => entry),
    { google, ...pictures() },
    signal,
  );

const nameOf = ({ result, n }: Shown): string => formatReference(result, [n]);

/** Pictures that are gone are shown as such; when none can be had for a reason of its own, that is the answer: quota gone, … */
function forgiving(fetchPicture: FetchPicture) {
  let reason: unknown;
  return {
    fetch: async (entry: MediaEntry, box: { width: number; height: number }) => {
      try {
        return await fetchPicture(entry, box);
      } catch (error) {
        if (!isGone(error)) reason ??= error;
        return undefined;
      }
    },
    check(failed: number, all: number): void {
      if (failed === all && reason !== undefined) throw reason;
    },
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof GoogleError && (error.reason === 'notFound' || error.reason === 'mediaExpired');

async function viewSingly(items: Shown[], size: number, context: Context): Promise<Reply> {
  const shown = items.slice(0, SINGLE_ITEMS);
  const pictures = forgiving(sourceOf(shown, context));
  const views = await Promise.all(
    shown.map(async (item) => {
      const bytes = await pictures.fetch(item.entry, { width: size, height: size });
      const image = bytes && (await viewImage(context.pictures().codecs, bytes, size).catch(() => undefined));
      return { item, image };
    }),
  );
  const failed = views.flatMap(({ item, image }) => (image ? [] : [nameOf(item)]));
  context.signal.throwIfAborted();
  pictures.check(failed.length, shown.length);
  const next = nextReference(items.slice(SINGLE_ITEMS));
  const lines = views.map(
    ({ item, image }) => `${nameOf(item)}  ${describe(item.entry)}${image ? '' : '  (no picture to be had)'}`,
  );
  return {
    text: [...lines, ...(next ? [`Next: media_view ["${next}"]`] : [])].join('\n'),
    data: { shown: reference(shown), failed, ...(next && { next }) },
    images: views.flatMap(({ image }) => (image ? [{ data: image.bytes, mimeType: image.mimeType }] : [])),
    forUi: itemsOfPictures(views.map(({ item, image }) => ({ ...item, hasPicture: image !== undefined }))),
  };
}

async function viewSheets(items: Shown[], sheets: number, context: Context): Promise<Reply> {
  const shown = items.slice(0, sheets * MAX_TILES);
  const pictures = forgiving(sourceOf(shown, context));
  const numbered: Numbered<Shown>[] = shown.map((item) => ({ n: item.n, item }));
  const drawn = drawSheets(numbered, {
    codecs: context.pictures().codecs,
    fetchTile: ({ entry }, box) => pictures.fetch(entry, box),
    onTile: (done) => context.progress(done, shown.length),
    signal: context.signal,
  });
  const images: Reply['images'] = [];
  const failed: number[] = [];
  for await (const sheet of drawn) {
    images.push({ data: sheet.bytes, mimeType: 'image/jpeg' });
    failed.push(...sheet.failed);
  }
  pictures.check(failed.length, shown.length);
  const [first] = shown;
  const names = failed.map((n) => formatReference(first?.result ?? '', [n]));
  const next = nextReference(items.slice(shown.length));
  const lines = [
    `${count(shown.length, 'photo')} on ${count(images.length, 'contact sheet')}: ${reference(shown)}. Tile ${first?.n} is ${first && nameOf(first)}.`,
    ...(names.length > 0 ? [`No picture to be had of ${names.join(', ')}.`] : []),
    ...(next ? [`Next: media_view ["${next}"]`] : []),
  ];
  return {
    text: lines.join('\n'),
    data: { shown: reference(shown), failed: names, ...(next && { next }) },
    images,
    forUi: itemsOnSheets(shown, new Set(failed)),
  };
}

const reference = (items: readonly Shown[]): string =>
  formatReference(
    items[0]?.result ?? '',
    items.map(({ n }) => n),
  );

const nextReference = (items: readonly Shown[]): string | undefined =>
  items.length > 0 ? reference(items) : undefined;

function describe(entry: MediaEntry): string {
  const text = entry.description ? `"${shorten(entry.description, 200)}"` : '';
  return [shortTime(entry.creationTime), shorten(entry.filename, 80), entry.type, shortSize(entry), text]
    .filter(Boolean)
    .join('  ');
}
