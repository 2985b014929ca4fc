import * as z from 'zod';
import type { Context } from '../../src/context/context.ts';
import { BUDGETS } from '../../src/google/budgets.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { filterItems } from '../../src/organize/filter.ts';
import { identitySet } from '../../src/organize/media.ts';
import { isPart, parsePart } from '../../src/results/reference.ts';
import { count } from '../../src/text/text.ts';
import { page } from '../support/fields.ts';
import { pageReply } from '../support/replies.ts';

const filter = {
  from: z.string().describe('2024-07-14, 2024').optional(),
  to: z.string().describe('Included').optional(),
  mediaType: z.enum(['photo', 'video']).describe('Only').optional(),
  camera: z.string().describe('Part of it').optional(),
  filename: z.string().describe('Part, or IMG_*').optional(),
  description: z.string().describe('Part; * any, empty none').optional(),
  minWidth: z.int().min(1).describe('Pixels').optional(),
  minHeight: z.int().min(1).describe('Pixels').optional(),
  inResult: z.string().describe('k7m2').optional(),
  notInResult: z.string().describe('k7m2').optional(),
  sort: z.enum(['oldest', 'newest', 'name', 'largest']).describe('New order').optional(),
  limit: z.int().min(1).describe('Items').optional(),
};

const input = z.strictObject({
  result: z.string().describe('k7m2'),
  page: z.int().min(1).describe('Default 1').optional(),
  ...filter,
});

export default defineTool({
  name: 'results_read',
  title: 'Read or filter result',
  description: 'A page of a result; with a filter, sort or limit a new result.',
  toolset: 'organize',
  access: 'read',
  scopes: [],
  input,
  output: page,
  async run({ result, page = 1, ...filter }, context) {
    const isNarrower = isPart(result) || Object.values(filter).some((value) => value !== undefined);
    const { signal } = context;
    if (!isNarrower) return pageReply(await context.results.page(parsePart(result).result, page, { signal }));
    const made = await narrow(result, filter, context);
    return pageReply(page === 1 ? made : await context.results.page(made.result, page, { signal }), '');
  },
});

type Filter = Omit<z.output<typeof input>, 'result' | 'page'>;

async function narrow(result: string, filter: Filter, context: Context) {
  const until = Date.now() + BUDGETS.toolCall;
  const whole = await load(result, until, context);
  const identities = async (other: string | undefined) =>
    other === undefined ? undefined : identitySet((await load(other, until, context)).items);
  const [inResult, notInResult] = [await identities(filter.inResult), await identities(filter.notInResult)];
  const origin = { tool: 'results_read', input: { result, ...filter } };
  const words = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`);
  const title = [whole.title, ...(isPart(result) ? [result] : []), ...words].join(', ');
  return context.results.keep(
    { title, noun: whole.noun, origin },
    filterItems(whole.items, { ...filter, inResult, notInResult }),
  );
}

/** @param until all that one call loads has one time. */
const load = (name: string, until: number, { results, signal, progress }: Context) =>
  results.select(name, {
    signal,
    until,
    onLoaded: (loaded) => progress(loaded, undefined, `${count(loaded, 'item')} read`),
  });
