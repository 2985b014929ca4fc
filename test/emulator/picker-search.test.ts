/** What the picker's search makes of what people type (contract 8.4: keyword, date, place, album title). */
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/emulator/picker/query.ts';
import { findItems } from '../../src/emulator/picker/search.ts';
import { startHarness } from './harness.ts';

test.each([
  ['', [], []],
  ['2024', ['2024'], []],
  ['2024-07', ['2024-07'], []],
  ['2024-07-14', ['2024-07-14'], []],
  ['July 2024', ['2024-07'], []],
  ['jul 2024', ['2024-07'], []],
  ['14 July 2024', ['2024-07-14'], []],
  ['July 4th, 2024', ['2024-07-04'], []],
  ['14 July', ['--07-14'], []],
  ['December 24', ['--12-24'], []],
  ['May', ['--05'], []],
  ['beach July 2024', ['2024-07'], ['beach']],
  ['Belém 2023 2024', ['2023', '2024'], ['belem']],
  ['IMG_2024.jpg', [], ['img', '2024', 'jpg']],
  ['maybe marching', [], ['maybe', 'marching']],
])('%j', (text, days, words) => {
  expect(parseQuery(text)).toEqual({ days, words });
});

describe('finds', () => {
  const library = async () => {
    const self = await startHarness();
    const at = (captureTime: string, more: object = {}) => self.put({ captureTime, filename: 'x.jpg', ...more });
    const scene = (words: string) => ({ content: { kind: 'scene' as const, scene: words, seed: 1 } });
    const ids = {
      tram: at('2024-07-14T10:00:00Z', { ...scene('tram lisbon'), latitude: 38.7139, longitude: -9.1334 }),
      cake: at('2024-06-08T10:00:00Z', { ...scene('birthday cake'), description: 'Thirty-two' }),
      snow: at('2023-07-14T10:00:00Z', { ...scene('hut in snow'), archived: true, favorite: true }),
      film: at('2022-01-01T10:00:00Z', {
        ...scene('fireworks'),
        appProject: null,
        video: { durationSeconds: 9, readyAt: 0 },
      }),
    };
    await self.album('Best of Luna', [ids.cake]);
    const find = async (text: string) => {
      const { items } = await findItems({ state: self.emulator.state, elsewhere: emptyElsewhere }, text);
      return items.map(({ id }) => Object.entries(ids).find(([, known]) => known === id)?.[0]);
    };
    return find;
  };

  test.each([
    ['', ['tram', 'cake', 'snow', 'film']],
    ['2024', ['tram', 'cake']],
    ['July', ['tram', 'snow']],
    ['14 July 2023', ['snow']],
    ['Tram', ['tram']],
    ['birth', ['cake']],
    ['thirty', ['cake']],
    ['luna', ['cake']],
    ['Lisbon', ['tram']],
    ['lisbon 2023', []],
    ['favourites', ['snow']],
    ['videos', ['film']],
    ['photos 2023', ['snow']],
    ['nothing of the kind', []],
  ])('%j', async (text, expected) => {
    expect(await (await library())(text)).toEqual(expected);
  });
});

const emptyElsewhere = async () => {
  const { arraySource, createItemStore } = await import('../../src/emulator/items.ts');
  return createItemStore(arraySource([]));
};

test('pages go on where they stopped, through both halves of the library, newest first', async () => {
  const { emulator, origin, api } = await startHarness({ library: 'demo' });
  const { json } = await api('POST', '/v1/sessions', {}, { unchecked: true });
  const times: string[] = [];
  const ids = new Set<string>();
  const lastDays: string[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const query = new URLSearchParams({ q: '', after });
    const reply = await fetch(`${origin}/picker/${json.id}/items?${query}`);
    const page = (await reply.json()) as { items: { id: string; time: string }[]; next?: string };
    for (const { id, time } of page.items) {
      ids.add(id);
      times.push(time);
    }
    // A day is never torn apart: "Select all" means all of it.
    expect(page.items[0]?.time.slice(0, 10)).not.toBe(lastDays.at(-1));
    lastDays.push(page.items.at(-1)?.time.slice(0, 10) ?? '');
    after = page.next;
  }
  expect(ids.size).toBe(times.length);
  expect(ids.size).toBeGreaterThan(2000);
  expect(ids.size).toBeGreaterThan(emulator.state.items.count + 1500);
  expect(times).toEqual([...times].sort().reverse());
});
