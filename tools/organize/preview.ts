import * as z from 'zod';
import type { Context } from '../../src/context/context.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { type LibraryFacts, readFacts } from '../../src/organize/plan/facts.ts';
import type { AlbumPlan, PlanInput, PlanItem, PlanPlace } from '../../src/organize/plan/input.ts';
import { makePlan } from '../../src/organize/plan/plan.ts';
import { renderPlan } from '../../src/organize/plan/preview-text.ts';
import { formatReference } from '../../src/results/reference.ts';
import { checkMediaItemId, type Named, resolveAlbum, resolveNames } from '../../src/results/targets.ts';
import * as fields from '../support/fields.ts';

const items = z.array(z.string()).min(1);
const anchor = { before: z.string().optional(), after: z.string().optional() };

/** A place in one string keeps the schema small: "Sintra", or "Sintra @38.8,-9.39" where the spot matters. */
const mapPlace = z.string().describe('Sintra, or Sintra @38.8,-9.39').transform(toPlace);

const album = z.strictObject({
  albumId: fields.albumId.optional(),
  title: fields.albumTitle.describe('New title').optional(),
  items: items.describe('References to add').optional(),
  order: z.enum(['captured', 'name', 'given']).describe('Default given').optional(),
  remove: items.optional(),
  cover: z.string().optional(),
  captions: z
    .array(z.strictObject({ text: z.string(), ...anchor }))
    .describe('before/after: reference; default start')
    .optional(),
  places: z.array(fields.place.extend(anchor)).optional(),
  maps: z.array(z.strictObject({ origin: mapPlace, destination: mapPlace, ...anchor })).optional(),
});

export default defineTool({
  name: 'organize_preview',
  title: 'Preview plan',
  description: 'What a plan of albums and descriptions would change, cannot do, costs. organize_apply does it.',
  toolset: 'organize',
  access: 'read',
  scopes: ['photoslibrary.readonly.appcreateddata'],
  input: z.strictObject({
    albums: z.array(album).describe('New: title; existing: albumId').optional(),
    descriptions: z
      .array(z.strictObject({ items: items, text: fields.text }))
      .describe('To set')
      .optional(),
  }),
  output: z.object({
    preview: z.string(),
    requests: z.int(),
    problems: z.array(z.looseObject({})),
  }),
  async run({ albums = [], descriptions = [] }, context) {
    await context.results.prepare();
    const plan: PlanInput = {
      albums: await inSequence(albums, (wish) => resolveAlbumPlan(wish, context)),
      descriptions: await inSequence(descriptions, async ({ items, text }) => ({
        items: await resolveItems(items, context),
        text,
      })),
    };
    const facts = await readFacts(plan, context.google, { signal: context.signal });
    const made = makePlan(plan, facts, await nameAlbums(facts, context));
    const { id } = await context.previews().save(made);
    const nameItem = (mediaItemId: string) => facts.items.get(mediaItemId)?.filename ?? 'the item named';
    return {
      text: [
        `Preview ${id}`,
        ...renderPlan(made, nameItem),
        ...(made.requests > 0 ? [`To do it: organize_apply {"preview": "${id}"}`] : []),
      ].join('\n'),
      data: { preview: id, requests: made.requests, problems: made.problems },
    };
  },
});

type AlbumWish = z.output<typeof album>;

async function resolveAlbumPlan(wish: AlbumWish, context: Context): Promise<AlbumPlan> {
  const { albumId, items, remove, cover, captions = [], places = [], maps = [], ...rest } = wish;
  const anchored = <T extends { before?: string; after?: string }>(list: readonly T[]) =>
    inSequence(list, async ({ before, after, ...content }) => ({
      ...content,
      before: before === undefined ? undefined : await resolveItems([before], context),
      after: after === undefined ? undefined : await resolveItems([after], context),
    }));
  return {
    ...rest,
    albumId:
      albumId === undefined ? undefined : (await resolveAlbum(albumId, context.results, { signal: context.signal })).id,
    items: items && (await resolveItems(items, context)),
    remove: remove && (await resolveItems(remove, context)),
    cover: await resolveOne(cover, context),
    captions: await anchored(captions),
    places: await anchored(places),
    maps: await anchored(maps),
  };
}

async function resolveItems(names: readonly string[], context: Context): Promise<PlanItem[]> {
  return (await resolveNames(names, context.results, { signal: context.signal })).map(toPlanItem);
}

function toPlanItem(named: Named): PlanItem {
  if (typeof named !== 'string') return { name: formatReference(named.result, [named.position]), item: named.item };
  const id = checkMediaItemId(named);
  return { name: id, item: { kind: 'id', id } };
}

/** The first, where a caption is to stand behind a run of items, is not meant: behind a run is behind its last. */
async function resolveOne(name: string | undefined, context: Context): Promise<PlanItem | undefined> {
  return name === undefined ? undefined : (await resolveItems([name], context)).at(-1);
}

/** Existing albums get references, so that the answer to "that title exists" is one that can be used. */
async function nameAlbums({ albums }: LibraryFacts, { results }: Context): Promise<Map<string, string>> {
  const origin = { tool: 'albums_list', input: {} };
  const { result } = await results.keep({ title: 'all albums', noun: 'albums', origin }, [...albums]);
  return new Map(albums.map(({ id }, index) => [id, formatReference(result, [index + 1])]));
}

async function inSequence<T, R>(list: readonly T[], map: (entry: T) => Promise<R>): Promise<R[]> {
  const mapped: R[] = [];
  for (const entry of list) mapped.push(await map(entry));
  return mapped;
}

function toPlace(text: string): PlanPlace {
  const match = /^(.+?)\s*@\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)$/.exec(text);
  return match ? { name: match[1] ?? '', latitude: Number(match[2]), longitude: Number(match[3]) } : { name: text };
}
