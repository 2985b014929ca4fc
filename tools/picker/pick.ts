import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import type { Context } from '../../src/context/context.ts';
import { BUDGETS } from '../../src/google/budgets.ts';
import { LIMITS } from '../../src/google/limits.ts';
import { defineTool, type Reply } from '../../src/mcp/tool.ts';
import type { EndState } from '../../src/picker/ending.ts';
import { selfClosing } from '../../src/picker/link.ts';
import type { PickerSession } from '../../src/picker/session-store.ts';
import { count } from '../../src/text/text.ts';
import { pageReply } from '../support/replies.ts';

export default defineTool({
  name: 'picker_pick',
  title: 'Pick photos',
  description:
    'The person chooses from their whole library on a page of Google; waits 50 seconds. ' +
    'The result goes into media_view, media_download, media_upload.',
  toolset: 'picker',
  // A session is the app's own and holds nothing but the person's consent: their photos and albums stay as they are.
  access: 'read',
  scopes: ['photospicker.mediaitems.readonly'],
  idempotent: false,
  input: z.strictObject({
    maxItemCount: z.int().min(1).max(LIMITS.pickedItems).describe(`Default ${LIMITS.pickedItems}`).optional(),
    session: z.string().describe('Go on waiting').optional(),
  }),
  output: z.looseObject({
    state: z.enum(['choosing', 'picked', 'declined', 'givenUp', 'empty', 'expired', 'copied']),
    session: z.string(),
    url: z.string().optional(),
    result: z.string().optional(),
    total: z.int().optional(),
  }),
  async run({ maxItemCount, session: handle }, context) {
    if (handle !== undefined && maxItemCount !== undefined) throw twoThings();
    await context.results.prepare();
    const session = await findOrStart(handle, maxItemCount, context);
    const isTold = handle !== undefined || session.state !== 'choosing';
    const way = isTold ? 'shown' : await show(session, context);
    if (way === 'declined') return report(await context.pickerSessions.end(session, 'declined'), context);
    if (way === 'unseen') return report(session, context, false);
    return report(await wait(session, isTold, context), context);
  },
});

/** A session that was begun before is found: in an earlier call, or in this one before the person was asked. */
function findOrStart(given: string | undefined, maxItemCount: number | undefined, context: Context) {
  const { pickerSessions, carried, signal } = context;
  const handle = given ?? carried;
  return handle === undefined ? pickerSessions.start({ maxItemCount }, signal) : pickerSessions.find(handle);
}

/** Brings the person to the page. `unseen`: they have to be given the link. */
async function show({ handle, pickerUri }: PickerSession, { ask, openInBrowser }: Context) {
  const url = selfClosing(pickerUri);
  const answer = ask('pick', { message: 'Choose photos in Google Photos, then press Done there.', url }, handle);
  if (answer === 'declined') return 'declined';
  return answer === 'accepted' || (await openInBrowser(url)) ? 'shown' : 'unseen';
}

async function wait(session: PickerSession, isTold: boolean, context: Context): Promise<PickerSession> {
  const { pickerSessions, signal, progress } = context;
  const onPoll = (elapsedMs: number) =>
    progress(Math.round(elapsedMs / 1000), undefined, `The person is choosing: ${session.pickerUri}`);
  try {
    // After this the person goes on choosing, and the next call goes on waiting.
    return await pickerSessions.wait(session, { budgetMs: BUDGETS.toolCall, signal, onPoll });
  } catch (error) {
    // The client has not been told the handle of a session whose first call ends like this.
    if (!isTold && signal.aborted) await pickerSessions.end(session, 'givenUp');
    throw error;
  }
}

async function report(session: PickerSession, context: Context, isShown = true): Promise<Reply> {
  const { state, handle, pickerUri: url } = session;
  if (state === 'choosing')
    return { text: isShown ? stillChoosing(session) : choosing(session), data: { state, session: handle, url } };
  if (session.result !== undefined) return picked(session, session.result, context);
  if (state === 'picked') return keep(session, context);
  return { text: ENDINGS[state], data: { state, session: handle } };
}

async function keep(session: PickerSession, context: Context): Promise<Reply> {
  const { pickerSessions, results, signal, progress } = context;
  const onListed = (listed: number) => progress(listed, undefined, `${listed} listed`);
  const items = await pickerSessions.items(session, signal, onListed);
  if (items.length === 0) return { text: ENDINGS.empty, data: { state: 'empty', session: session.handle } };
  const input = session.maxItemCount === undefined ? {} : { maxItemCount: session.maxItemCount };
  const { result } = await results.keep(
    { title: 'picked by the person', noun: 'picked items', origin: { tool: 'picker_pick', input } },
    items,
  );
  return picked(await pickerSessions.kept(session, result, items.length), result, context);
}

async function picked(session: PickerSession, result: string, context: Context): Promise<Reply> {
  const reply = pageReply(await context.results.page(result, 1, { signal: context.signal }));
  const { state, handle, count: total = 0, expiresAt } = session;
  const isOver = state === 'copied' || state === 'expired';
  const until = new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' ');
  const advice = isOver
    ? ENDINGS[state]
    : `Not in this app's library yet: media_upload {"from": ["${result}#all"]} copies them, into an album too; they become copies, but for those whose bytes Google knows. Bytes can be had until ${until} UTC.`;
  return {
    ...reply,
    text: `${count(total, 'item')} picked.\n${reply.text}\n${advice}`,
    data: { state, session: handle, ...reply.data, total },
  };
}

const choosing = ({ handle, pickerUri, maxItemCount }: PickerSession): string =>
  [
    `Give the person this link, where they choose ${maxItemCount ? `up to ${count(maxItemCount, 'photo')}` : 'photos'} and press Done: ${pickerUri}`,
    'They can search there by date, place, things, or the title of an album.',
    `Then call picker_pick {"session": "${handle}"}, which waits for them.`,
  ].join('\n');

const stillChoosing = ({ handle, pickerUri }: PickerSession): string =>
  [
    `The person is still choosing. To go on waiting: picker_pick {"session": "${handle}"}.`,
    `Should they not see the page: ${pickerUri}`,
  ].join('\n');

const AGAIN = 'Call picker_pick for a new link.';

const ENDINGS: Record<EndState, string> = {
  declined: 'The person did not want to choose photos. Nothing was shared.',
  givenUp: `The person left Google's page without Done, or its time ran out. Nothing was shared. ${AGAIN}`,
  empty: `The person pressed Done without choosing any photo. ${AGAIN}`,
  expired: `This picking has expired: Google keeps one for a week. ${AGAIN}`,
  copied: 'Everything has been copied into the library, and the picking is over: use the result of media_upload.',
};

const twoThings = () =>
  new AppError(
    'invalidInput',
    'picker_pick: maxItemCount is set when a picking begins, not while it waits.',
    'Give session alone to go on waiting, or maxItemCount alone to begin anew.',
  );
