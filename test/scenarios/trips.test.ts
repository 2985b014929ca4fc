/** "An album of the Lisbon trip", "one album per trip", "my year": from events to albums. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SystemOptions } from '../harness/system.ts';
import {
  type Assistant,
  firstOf,
  previewOf,
  referenceIn,
  resultOf,
  type State,
  type StateAlbum,
  section,
  startAssistant,
} from './assistant.ts';
import { madeLibrary, type Trip } from './made-library.ts';

async function assistant(options: SystemOptions): Promise<Assistant> {
  const started = await startAssistant(options);
  onTestFinished(started.stop);
  return started;
}

const dayOf = ({ creationTime }: { creationTime: string }): string => creationTime.slice(0, 10);

const itemsIn = ({ mediaItems }: State, from: string, to: string) =>
  mediaItems
    .filter((item) => dayOf(item) >= from && dayOf(item) <= to)
    .sort((a, b) => a.creationTime.localeCompare(b.creationTime));

/** Caption and first item of each day as they stand in the album. */
function captionedDays(album: StateAlbum, { mediaItems }: State): [string, string][] {
  const days = new Map(mediaItems.map((item) => [item.id, dayOf(item)]));
  return album.entries.flatMap(({ text }, index) =>
    text === undefined ? [] : [[text, days.get(album.entries[index + 1]?.mediaItemId ?? '') ?? '']],
  );
}

test('an album of the Lisbon trip, in order, a caption for each day, a tram on the cover', async () => {
  const { ask, look, state, album, settle } = await assistant({ emulator: { library: 'demo' } });
  const everything = resultOf(await ask('media_items_search'));
  const overview = await ask('results_overview', { result: everything });
  const trip = referenceIn(overview, /Castelo de São Jorge/);
  const days = section(await ask('results_overview', { result: trip }), '## Days');
  const trams = await look([trip], /tram/, { sheets: 2 });
  const captions = days.map((line, index) => ({ text: `Day ${index + 1}`, before: referenceIn(line, /./) }));
  const preview = await ask('organize_preview', {
    albums: [{ title: 'Lisbon', items: [trip], order: 'captured', cover: firstOf(trams), captions }],
  });
  expect(preview).toContain('1 new album, 75 items added, 1 cover, 7 captions and places');
  await ask('organize_apply', { preview: previewOf(preview) });
  settle();

  const library = await state();
  const lisbon = await album('Lisbon');
  const expected = itemsIn(library, '2024-07-12', '2024-07-18').map(({ id }) => id);
  expect(lisbon.entries.flatMap(({ mediaItemId = [] }) => mediaItemId)).toEqual(expected);
  expect(captionedDays(lisbon, library)).toEqual([
    ['Day 1', '2024-07-12'],
    ['Day 2', '2024-07-13'],
    ['Day 3', '2024-07-14'],
    ['Day 4', '2024-07-15'],
    ['Day 5', '2024-07-16'],
    ['Day 6', '2024-07-17'],
    ['Day 7', '2024-07-18'],
  ]);
  expect(library.mediaItems.find(({ id }) => id === lisbon.coverPhotoMediaItemId)?.scene).toMatch(/tram/);
});

describe.each([1, 2, 3])('an unseen library, %i', (seed) => {
  const made = madeLibrary(seed);
  const library = { mediaItems: made.mediaItems };

  test('one album per trip of the last two years, named by place and month', async () => {
    const { ask, look, state, album, settle } = await assistant({ emulator: { library } });
    const both = resultOf(await ask('media_items_search', { ranges: ['2023/2024'], orderBy: 'oldest' }));
    const overview = await ask('results_overview', { result: both });
    const trips = section(overview, '## Events').filter((line) => /… .* in [\p{Lu}]/u.test(line));
    expect(trips).toHaveLength(made.trips.length);
    const samples = trips.map((line) => firstOf(referenceIn(line, /./)));
    await look([`${both}#${samples.map((sample) => sample.split('#')[1]).join(',')}`], /./);
    const albums = trips.map((line) => {
      const place = / in (\p{L}+)/u.exec(line)?.[1] ?? '';
      return { title: `${place} ${line.slice(0, 7)}`, items: [referenceIn(line, /./)], order: 'captured' };
    });
    const preview = await ask('organize_preview', { albums });
    await ask('organize_apply', { preview: previewOf(preview) });
    settle();

    const after = await state();
    expect(after.albums).toHaveLength(4);
    for (const { place, from, to } of made.trips as Trip[]) {
      const { entries } = await album(`${place} ${from.slice(0, 7)}`);
      const expected = itemsIn(after, from, to).map(({ id }) => id);
      expect(entries.map(({ mediaItemId }) => mediaItemId)).toEqual(expected);
    }
  });

  test('a year in review: the favourites and something of each trip, oldest first', async () => {
    const { ask, look, state, album, settle } = await assistant({ emulator: { library } });
    const year = resultOf(await ask('media_items_search', { dates: ['2024'] }));
    const favorites = await ask('media_items_search', { dates: ['2024'], favorites: true });
    const overview = await ask('results_overview', { result: year });
    const trips = section(overview, '## Events').filter((line) => / in [\p{Lu}]/u.test(line));
    const samples = trips.map((line) => referenceIn(line, /./));
    const nice = await look(samples, /beach|bridge|castle|mountain|market|boat|church|garden|ski|desert/);
    const items = [`${resultOf(favorites)}#all`, nice.split(',').slice(0, 10).join(',')];
    const preview = await ask('organize_preview', {
      albums: [{ title: 'Our 2024', items, order: 'captured', cover: firstOf(nice) }],
    });
    await ask('organize_apply', { preview: previewOf(preview) });
    settle();

    const { entries, coverPhotoMediaItemId } = await album('Our 2024');
    const ids = entries.map(({ mediaItemId }) => mediaItemId);
    const starred = made.mediaItems.filter((item) => item.favorite && item.creationTime.startsWith('2024'));
    expect(ids).toEqual(expect.arrayContaining(starred.map(({ id }) => id)));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(coverPhotoMediaItemId);
    const times = new Map((await state()).mediaItems.map(({ id, creationTime }) => [id, creationTime]));
    const shown = ids.map((id) => times.get(id ?? '') ?? '');
    expect(shown).toEqual([...shown].sort());
    expect(shown.every((time) => time.startsWith('2024'))).toBe(true);
  });
});
