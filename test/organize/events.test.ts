import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEvents } from '../../src/organize/events.ts';
import { placeMedia } from '../../src/organize/media.ts';
import type { LocalFileEntry, ResultItem } from '../../src/results/types.ts';
import { makeLibrary, photo } from './library.ts';

/** Spreads `count` photos over a day from 9 to 20 o'clock. */
const day = (date: string, count: number, first: number) =>
  Array.from({ length: count }, (_, i) => {
    const minutes = 9 * 60 + Math.floor((i * 660) / count);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return photo(first + i, `${date}T${time}:00Z`);
  });

const eventsOf = (items: ResultItem[]) => findEvents(placeMedia(items));

/** Half a year with a photo every third day. */
function everyday(): ResultItem[] {
  return Array.from({ length: 60 }, (_, i) => {
    const date = new Date(Date.UTC(2024, 3, 1 + i * 3, 18)).toISOString();
    return photo(1000 + i, date);
  });
}

describe('events', () => {
  it('are the whole of a result that holds nothing but a journey', () => {
    const items = [...day('2024-06-01', 9, 1), ...day('2024-06-02', 4, 10), ...day('2024-06-03', 12, 14)];
    expect(eventsOf(items).map(({ positions }) => positions.length)).toEqual([25]);
  });

  it('cut a week of travel out of everyday photos', () => {
    const lisbon = [
      ...day('2024-07-13', 8, 1),
      ...day('2024-07-14', 12, 9),
      ...day('2024-07-15', 2, 21),
      ...day('2024-07-16', 20, 23),
      ...day('2024-07-17', 9, 43),
    ];
    const items = [
      ...everyday().filter(({ kind, ...item }) => !String(Object(item).creationTime).startsWith('2024-07-1')),
      ...lisbon,
    ];
    const first = items.length - lisbon.length + 1;
    expect(eventsOf(items)).toMatchObject([
      { from: '2024-07-13', to: '2024-07-17', positions: Array.from({ length: 51 }, (_, i) => first + i) },
    ]);
  });

  it('find a party of one day', () => {
    const items = [...everyday(), ...day('2024-05-05', 25, 1)];
    expect(eventsOf(items).map(({ from, to, positions }) => [from, to, positions.length])).toEqual([
      ['2024-05-05', '2024-05-05', 25],
    ]);
  });

  it('see no event in a steady habit', () => {
    expect(eventsOf(everyday())).toEqual([]);
  });

  it('tell two journeys apart that follow each other after a few days at home', () => {
    const items = [
      ...day('2024-06-01', 10, 1),
      ...day('2024-06-02', 10, 11),
      ...day('2024-06-07', 10, 21),
      ...day('2024-06-08', 10, 31),
    ];
    expect(eventsOf(items).map(({ from, to }) => [from, to])).toEqual([
      ['2024-06-01', '2024-06-02'],
      ['2024-06-07', '2024-06-08'],
    ]);
  });

  it('do not break at midnight in Greenwich', () => {
    const evening = Array.from({ length: 40 }, (_, i) =>
      photo(i, new Date(Date.UTC(2024, 4, 5, 20, i * 10)).toISOString()),
    );
    const events = eventsOf([...everyday(), ...evening]);
    expect(events.map(({ positions }) => positions.length)).toEqual([40]);
  });

  it('name positions of the result whatever its order', () => {
    const items = [...day('2024-06-01', 4, 1), ...day('2024-06-02', 4, 5)].reverse();
    expect(eventsOf(items).map(({ positions }) => positions)).toEqual([[8, 7, 6, 5, 4, 3, 2, 1]]);
  });

  it('know the place of local files and leave out what was taken at home', () => {
    const file = (n: number, creationTime: string, latitude: number, longitude: number): LocalFileEntry => ({
      kind: 'localFile',
      path: `/photos/${n}.jpg`,
      filename: `${n}.jpg`,
      size: 1,
      type: 'photo',
      mimeType: 'image/jpeg',
      creationTime,
      latitude,
      longitude,
    });
    const atHome = Array.from({ length: 40 }, (_, i) =>
      file(i, new Date(Date.UTC(2024, 3, 2 + i * 4, 18)).toISOString().slice(0, 19), 52.52, 13.405),
    );
    const trip = ['2024-07-12', '2024-07-13', '2024-07-14'].flatMap((date, d) =>
      Array.from({ length: 9 }, (_, i) => file(100 + d * 10 + i, `${date}T1${i}:00:00`, 38.71, -9.14)),
    );
    const leaving = file(99, '2024-07-12T07:00:00', 52.52, 13.405);
    const [event, ...others] = findEvents(placeMedia([...atHome, leaving, ...trip]));
    expect(others).toEqual([]);
    expect(event?.positions).toEqual(Array.from({ length: 27 }, (_, i) => 42 + i));
    expect(event?.place?.latitude).toBeCloseTo(38.71, 3);
    expect(event?.place?.longitude).toBeCloseTo(-9.14, 3);
  });

  it('are named by words that only their descriptions have', () => {
    const items = [
      ...day('2024-06-01', 12, 1).map((item) => ({ ...item, description: 'Tram in Lisbon, nice photo' })),
      ...Array.from({ length: 90 }, (_, i) =>
        photo(100 + i, new Date(Date.UTC(2024, 6, 1 + i)).toISOString(), { description: 'nice photo of a dog' }),
      ),
    ];
    expect(eventsOf(items)[0]?.words).toEqual(['Tram', 'Lisbon']);
  });

  it('hold every item at most once, and each journey of ten photos a day and more nearly whole', () => {
    const profile = fc.record({
      seed: fc.nat(1e6),
      offset: fc.integer({ min: -10, max: 12 }),
      perDay: fc.integer({ min: 10, max: 40 }),
    });
    fc.assert(
      fc.property(profile, ({ seed, offset, perDay }) => {
        const journeys = [60, 150, 260].map((start, i) => ({ start, days: 3 + i * 2, perDay }));
        const { items, truth } = makeLibrary({ days: 330, everyday: 0.3, journeys, offset, seed });
        const events = eventsOf(items);
        const positions = events.flatMap((event) => event.positions);
        expect(new Set(positions).size).toBe(positions.length);
        for (const [journey] of journeys.entries()) {
          const wanted = truth.flatMap((j, index) => (j === journey ? [index + 1] : []));
          const best = Math.max(
            ...events.map((event) => event.positions.filter((p) => truth[p - 1] === journey).length),
          );
          expect(best).toBeGreaterThanOrEqual(wanted.length * 0.9);
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
