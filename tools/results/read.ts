import * as z from 'zod';
import type { Context } from '../../src/context.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { filterItems } from '../../src/organize/filter.ts';
import { identitySet } from '../../src/organize/media.ts';
import { page } from '../fields.ts';
import { pageReply } from '../replies.ts';

const filter = {
  from: z.string().describe('First day, month or year: 2024-07-14, 2024-07, 2024').optional(),
  to: z.string().describe('Last, included').optional(),
  mediaType: z.enum(['photo', 'video']).describe('Only these').optional(),
  camera: z.string().describe('Part of make or model').optional(),
  filename: z.string().describe('Part of it, or a pattern: IMG_*').optional(),
  description: z.string().describe('Part of it; * any, empty none').optional(),
  minWidth: z.int().min(1).describe('Pixels').optional(),
  minHeight: z.int().min(1).describe('Pixels').optional(),
  inResult: z.string().describe('Also in this result').optional(),
  notInResult: z.string().describe('Not in this result').optional(),
  sort: z.enum(['oldest', 'newest', 'name', 'largest']).describe('New order').optional(),
  limit: z.int().min(1).describe('At most so many').optional(),
};

const input = z.strictObject({
  result: z.string().describe('Result id, e.g. k7m2'),
  page: z.int().min(1).describe('Default 1').optional(),
  ...filter,
});

export default defineTool({
  name: 'results_read',
  title: 'Read or filter result',
  description: 'Shows a page of any result; with a filter, sort or limit makes a new, narrower result of it.',
  toolset: 'organize',
  access: 'read',
  input,
  output: page,
  async run({ result, page = 1, ...filter }, context) {
    const narrowed = Object.values(filter).some((value) => value !== undefined);
    if (!narrowed) return pageReply(await context.results.page(result, page, context));
    const made = await narrow(result, filter, context);
    return pageReply(page === 1 ? made : await context.results.page(made.result, page, context));
  },
});

type Filter = Omit<z.output<typeof input>, 'result' | 'page'>;

async function narrow(result: string, filter: Filter, context: Context) {
  const { page, items } = await loadAll(result, context);
  const identities = async (other: string | undefined) =>
    other === undefined ? undefined : identitySet((await loadAll(other, context)).items);
  const [inResult, notInResult] = [await identities(filter.inResult), await identities(filter.notInResult)];
  const origin = { tool: 'results_read', input: { result, ...filter } };
  const title = `${page.title}, ${Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}`;
  return context.results.keep(
    { title, noun: page.noun, origin },
    filterItems(items, { ...filter, inResult, notInResult }),
  );
}

const loadAll = (result: string, { results, signal, progress }: Context) =>
  results.all(result, { signal, onLoaded: (loaded) => progress(loaded, undefined, `${loaded} items read`) });
