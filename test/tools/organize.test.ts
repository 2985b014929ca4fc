/** Preview, apply, undo through clients of both eras: consent, interruption, another process, and size. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ERAS, type System, type SystemOptions, startSystem } from '../harness/system.ts';

/** For an event; long, since machines may be busy. */
const WAIT = { timeout: 25_000, interval: 20 };

const items = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `item-${String(n).padStart(4, '0')}-${'x'.repeat(60)}`,
    filename: `IMG_${String(n).padStart(4, '0')}.jpg`,
    creationTime: new Date(Date.UTC(2024, 6, 14) + n * 60_000).toISOString(),
    scene: 'beach',
  }));

async function system(count: number, options: SystemOptions = {}): Promise<System> {
  const started = await startSystem({ emulator: { library: { mediaItems: items(count) } }, ...options });
  onTestFinished(() => started.stop());
  return started;
}

const idOf = (n: number) => `item-${String(n).padStart(4, '0')}-${'x'.repeat(60)}`;
const oldestFirst = async ({ ok }: System) =>
  (await ok('media_items_search', { dates: ['2024'], orderBy: 'oldest', pageSize: 100 })).data.result as string;
const entriesOf = async ({ library }: System, title: string): Promise<string[]> =>
  (await library()).albums
    .find((album: { title: string }) => album.title === title)
    ?.entries.map(({ mediaItemId, text }: { mediaItemId?: string; text?: string }) => mediaItemId ?? text);

const WRITES = [
  'albums.create',
  'albums.batchAddMediaItems',
  'albums.patch',
  'albums.addEnrichment',
  'mediaItems.patch',
];
const writes = async ({ requests }: System) => {
  const counts = await requests();
  return WRITES.reduce((sum, method) => sum + (counts[method] ?? 0), 0);
};

describe.each(ERAS)('%s', (era) => {
  test('a preview sends no write and says what is impossible', async () => {
    const running = await system(30, { era });
    const result = await oldestFirst(running);
    const reply = await running.ok('organize_preview', {
      albums: [
        {
          title: 'Beach',
          items: [`${result}#1-20`],
          cover: `${result}#25`,
          captions: [{ text: 'x', after: `${result}#29` }],
        },
        { title: 'Beach', items: [`${result}#1`] },
        { items: [`${result}#1`] },
      ],
    });
    expect(reply.text.split('\n')).toEqual([
      expect.stringMatching(/^Preview plan-\w+$/),
      "1 new album, 20 items added · 2 requests, 0.02 % of the day's 10,000",
      '+ "Beach": 20 items',
      'Impossible, left out:',
      `- "Beach": a caption, place or map stands at an item that is not in the album (${result}#29); add it to the album, or name another item`,
      `- "Beach": the cover is not in the album (${result}#25); add it, or choose one of the items`,
      '- "Beach": the plan makes two albums of that name; put their items into one',
      '- albums: an album has neither albumId nor title; give one of them',
      'Know:',
      '- Albums cannot be deleted or re-sorted through the API; undo empties them.',
      expect.stringMatching(/^To do it: organize_apply \{"preview": "plan-\w+"\}$/),
    ]);
    expect(reply.data.problems).toHaveLength(4);
    expect(await writes(running)).toBe(0);
  });

  test('where the client cannot ask, the preview id is the consent', async () => {
    const running = await system(10, { era });
    const result = await oldestFirst(running);
    const { preview } = (await running.ok('organize_preview', { albums: [{ title: 'A', items: [`${result}#all`] }] }))
      .data;
    const applied = await running.ok('organize_apply', { preview });
    expect(applied.text).toMatch(/^Done: 2 of 2 steps\.\n\w+#1 {2}"A" {2}https:\/\/photos\.google\.com\//);
    const album = /(\w+#1) {2}"A"/.exec(applied.text)?.[1];
    expect((await running.ok('albums_get', { albumId: album })).data.album).toMatchObject({ title: 'A', count: 10 });
    const before = await writes(running);
    expect((await running.ok('organize_apply', { preview })).data).toMatchObject({ done: 2, total: 2, finished: true });
    expect(await writes(running)).toBe(before);
  });

  test('where it can, the person is asked once, with the summary', async () => {
    const asked: string[] = [];
    const elicitForm = async (message: string) => {
      asked.push(message);
      return 'yes' as const;
    };
    const running = await system(10, { era, elicitForm });
    const result = await oldestFirst(running);
    const { preview } = (await running.ok('organize_preview', { albums: [{ title: 'A', items: [`${result}#all`] }] }))
      .data;
    await running.ok('organize_apply', { preview });
    await running.ok('organize_apply', { preview });
    expect(asked).toEqual([
      'Change your Google Photos? 1 new album, 10 items added · 2 requests, 0.02 % of the day\'s 10,000 · "A"',
    ]);
    expect(await entriesOf(running, 'A')).toHaveLength(10);
  });

  test.each(['no', 'decline', 'cancel'] as const)(
    '%s: nothing is changed, and asking again is possible',
    async (answer) => {
      const running = await system(10, { era, elicitForm: async () => answer });
      const result = await oldestFirst(running);
      const { preview } = (await running.ok('organize_preview', { albums: [{ title: 'A', items: [`${result}#all`] }] }))
        .data;
      const reply = await running.ok('organize_apply', { preview });
      expect(reply.text).toBe('The person said no; nothing was changed.');
      expect(reply.data).toEqual({ done: 0, total: 0, finished: false });
      expect(await writes(running)).toBe(0);
      expect((await running.call('organize_undo', { preview })).data.error).toMatchObject({ code: 'notApplied' });
    },
  );
});

test('interrupted in one process, another on the same state folder finishes it, and nothing is done twice', async () => {
  const running = await system(400);
  const result = await oldestFirst(running);
  const albums = [0, 1, 2, 3].map((n) => ({
    title: `Part ${n}`,
    items: [`${result}#${n * 100 + 1}-${n * 100 + 100}`],
    captions: [{ text: `Start ${n}` }, { text: `Middle ${n}`, before: `${result}#${n * 100 + 51}` }],
  }));
  const { preview, requests } = (await running.ok('organize_preview', { albums })).data;
  expect(requests).toBe(4 * (1 + 2 + 2));
  // The fourth request for items gets no answer; by then a caption has gone out, and others are still to come.
  const adding = 'albums.batchAddMediaItems';
  await running.control('faults', [
    { method: adding, latencyMs: 0, count: 3 },
    { method: adding, failure: 'hang', count: 1 },
  ]);
  const interruption = new AbortController();
  const call = { name: 'organize_apply', arguments: { preview } };
  const interrupted = running.client.callTool(call, { signal: interruption.signal });
  await vi.waitUntil(async () => (await running.requests())[adding] === 4, WAIT);
  interruption.abort();
  await expect(interrupted).rejects.toThrow();
  const halfway = await writes(running);
  expect(halfway).toBeGreaterThan(0);
  expect(halfway).toBeLessThan(requests);

  const other = await running.restart();
  onTestFinished(() => other.stop());
  // The first process holds the preview until it has noticed that it was cancelled.
  const report = await vi.waitUntil(async () => {
    const reply = await other.call('organize_apply', { preview });
    if (reply.isError) expect(reply.data.error).toMatchObject({ code: 'previewBusy' });
    return reply.isError ? undefined : reply;
  }, WAIT);
  expect(report.data).toMatchObject({ done: 20, total: 20, finished: true });
  for (const n of [0, 1, 2, 3]) {
    const ids = Array.from({ length: 100 }, (_, index) => idOf(n * 100 + index));
    expect(await entriesOf(other, `Part ${n}`)).toEqual([
      `Start ${n}`,
      ...ids.slice(0, 50),
      `Middle ${n}`,
      ...ids.slice(50),
    ]);
  }
  expect((await other.library()).albums).toHaveLength(4);

  const undone = await other.ok('organize_undo', { preview });
  expect(undone.data).toMatchObject({ finished: true });
  expect(await entriesOf(running, 'Part 1')).toEqual(['Start 1', 'Middle 1']);
});

test('40 albums of 100 items: one preview, one apply, exactly the plan', async () => {
  const running = await system(4000);
  const result = await oldestFirst(running);
  const albums = Array.from({ length: 40 }, (_, n) => ({
    title: `Album ${n}`,
    items: [`${result}#${n * 100 + 1}-${n * 100 + 100}`],
    cover: `${result}#${n * 100 + 7}`,
    captions: [{ text: `Caption ${n}` }],
  }));
  const preview = await running.ok('organize_preview', { albums });
  expect(preview.data.requests).toBe(40 * 5);
  expect(preview.text).toContain(
    "40 new albums, 4,000 items added, 40 covers, 40 captions and places · 200 requests, 2 % of the day's 10,000",
  );
  const told: number[] = [];
  const call = { name: 'organize_apply', arguments: { preview: preview.data.preview } };
  const applied = await running.client.callTool(call, { onprogress: ({ progress }) => told.push(progress) });
  expect(applied.structuredContent).toMatchObject({ done: 200, total: 200, finished: true });
  expect(told.at(-1)).toBe(200);
  const state = await running.library();
  expect(state.albums).toHaveLength(40);
  for (let n = 0; n < 40; n++) {
    const ids = Array.from({ length: 100 }, (_, index) => idOf(n * 100 + index));
    expect(await entriesOf(running, `Album ${n}`)).toEqual([`Caption ${n}`, ...ids]);
    const album = state.albums.find(({ title }: { title: string }) => title === `Album ${n}`);
    expect(album.coverPhotoMediaItemId).toBe(idOf(n * 100 + 6));
  }
}, 120_000);

test('an album of the same name in another writing is no second album', async () => {
  const running = await system(3);
  await running.ok('albums_create', { title: 'Z\u00fcrich' });
  const result = await oldestFirst(running);
  const album = { title: 'Zu\u0308rich', items: [`${result}#all`] };
  const { data, text } = await running.ok('organize_preview', { albums: [album] });
  expect(data).toMatchObject({ requests: 0, problems: [{ reason: 'an album of that name exists' }] });
  expect(text).not.toContain('organize_apply');
  expect((await running.ok('organize_apply', { preview: data.preview })).data).toMatchObject({ done: 0, total: 0 });
  expect((await running.library()).albums).toHaveLength(1);
});

describe('a preview that is', () => {
  const files = async ({ stateDir }: System, preview: string) => {
    const found = await readdir(stateDir, { recursive: true });
    const file = (name: string) => join(stateDir, found.find((path) => path.endsWith(join(preview, name))) ?? '');
    return { preview: file('preview.json'), journal: file('journal.ndjson') };
  };

  /** One that was applied. */
  async function applied() {
    const running = await system(10);
    const result = await oldestFirst(running);
    const plan = { albums: [{ title: 'A', items: [`${result}#all`] }] };
    const { preview } = (await running.ok('organize_preview', plan)).data;
    await running.ok('organize_apply', { preview });
    return { running, preview, paths: await files(running, preview), before: await writes(running) };
  }

  test.each<[string, 'preview' | 'journal', string, string]>([
    ['damaged', 'preview', '{"id":', 'damagedPreview'],
    ['damaged in its journal', 'journal', '{"phase":"apply","step":0,"state":"do\n', 'damagedPreview'],
    ['of a newer version', 'preview', '{"version":2}', 'newerPreview'],
    ['of a newer version in its journal', 'journal', '{"version":2}\n', 'newerPreview'],
  ])('%s is neither applied nor taken back', async (_, file, text, code) => {
    const { running, preview, paths, before } = await applied();
    await writeFile(paths[file], text);
    for (const tool of ['organize_apply', 'organize_undo']) {
      const reply = await running.call(tool, { preview });
      expect(reply).toMatchObject({ isError: true, data: { error: { code } } });
      expect(reply.text).toContain('Nothing was changed now.');
    }
    expect(await writes(running)).toBe(before);
    expect(running.unexpected).toEqual([]);
  });

  test.each(['plan-../../x', '../../etc/passwd', 'plan-zzzz', ''])('not there is told as such: %j', async (preview) => {
    const running = await system(0);
    for (const tool of ['organize_apply', 'organize_undo']) {
      expect((await running.call(tool, { preview })).data.error).toMatchObject({ code: 'unknownPreview' });
    }
  });
});
