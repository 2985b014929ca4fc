/** What counts as the person's yes before something is changed. */
import { afterEach, describe, expect, test } from 'vitest';
import { type Era, type System, startSystem } from '../harness/system.ts';

let running: System | undefined;
afterEach(() => running?.stop());

const YES = [{ content: { confirm: true } }, {}];

/** What a schema would refuse too, and what it would let through. */
const NO = [
  { content: { confirm: false } },
  { content: { confirm: 'false' } },
  { content: { confirm: 'true' } },
  { content: { confirm: 'yes' } },
  { content: { confirm: '' } },
  { content: { confirm: 1 } },
  { content: { confirm: 0 } },
  { content: { CONFIRM: true } },
  { content: {} },
];

/** These no client of the SDK hands over. */
const MALFORMED = [
  { content: { confirm: null } },
  { content: { confirm: [true] } },
  { content: { confirm: { confirm: true } } },
  { content: [] },
  { content: [true] },
  { content: 'true' },
  { content: 'false' },
  { content: true },
  { content: false },
];

async function previewOn(system: System): Promise<{ preview: string }> {
  return { preview: (await system.ok('organize_preview', { albums: [{ title: 'A' }] })).data.preview };
}

async function albums(system: System): Promise<unknown[]> {
  return (await system.library()).albums;
}

describe.each<Era>(['2025-11-25', '2026-07-28'])('%s: an accepted question, by a client', (era) => {
  const applied = async (answer: { content?: unknown }) => {
    running = await startSystem({ era, elicitForm: async () => answer });
    await running.ok('organize_apply', await previewOn(running)).catch(() => undefined);
    return albums(running);
  };

  test.each(YES)('with %j is a yes', async (answer) => {
    expect(await applied(answer)).toHaveLength(1);
  });

  test.each(NO)('with %j is none', async (answer) => {
    expect(await applied(answer)).toEqual([]);
  });
});

describe('an accepted question, by a program that sends what it likes', () => {
  const applied = async (answer: { content?: unknown }) => {
    running = await startSystem({ era: '2026-07-28', elicitForm: async () => 'cancel' });
    const inputResponses = { apply: { action: 'accept', ...answer } };
    const params = { name: 'organize_apply', arguments: await previewOn(running), inputResponses };
    const reply = await running.client.callTool(params);
    return { reply, albums: await albums(running) };
  };

  test.each([...YES, { content: null }])('with %j is a yes', async (answer) => {
    expect((await applied(answer)).albums).toHaveLength(1);
  });

  test.each([...NO, ...MALFORMED])('with %j is none, and says so', async (answer) => {
    const { reply, albums } = await applied(answer);
    expect(reply.content).toEqual([{ type: 'text', text: 'The person said no; nothing was changed.' }]);
    expect(albums).toEqual([]);
  });
});
