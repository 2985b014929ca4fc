import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LibraryFacts } from '../../src/organize/plan/facts.ts';
import type { AlbumPlan, PlanItem } from '../../src/organize/plan/input.ts';
import { makePlan } from '../../src/organize/plan/plan.ts';
import { renderPlan } from '../../src/organize/plan/preview-text.ts';
import type { AlbumEntry, ResultItem } from '../../src/results/types.ts';
import { photo } from './library.ts';
import { applyToModel, type ModelAlbum } from './model-album.ts';

/** Photo number n was taken on day n of January 2024, so numbers rise with time. */
const item = (n: number, facts = {}) => photo(n, `2024-01-${String(n).padStart(2, '0')}T12:00:00Z`, facts);
const named = (n: number): PlanItem => ({ name: `k7m2#${n}`, item: item(n) });
const id = (n: number) => `item-${n}`;

const album = (title: string, facts: Partial<AlbumEntry> = {}): AlbumEntry => ({
  kind: 'album',
  id: `album-${title}`,
  title,
  count: 0,
  isWriteable: true,
  ...facts,
});

function factsOf(facts: Partial<LibraryFacts> = {}): LibraryFacts {
  const items = new Map(Array.from({ length: 31 }, (_, n) => [id(n), item(n)]));
  return { albums: [], contents: new Map(), items, unavailable: new Set(), ...facts };
}

const planOf = (albums: AlbumPlan[], facts = factsOf()) =>
  makePlan({ albums }, facts, new Map([['album-Trip', 'a2b3#1']]));
const reasons = (plan: ReturnType<typeof planOf>) =>
  plan.problems.map(({ subject, reason }) => `${subject}: ${reason}`);

describe('a new album', () => {
  it('is created, filled in order, given its cover, then its captions', () => {
    const plan = planOf([
      {
        title: 'Lisbon',
        items: [named(3), named(2), named(1)],
        order: 'captured',
        cover: named(2),
        captions: [{ text: 'Day one' }, { text: 'Day two', after: [named(1)] }],
        places: [{ name: 'Alfama', latitude: 38.71, longitude: -9.13, after: [named(1)] }],
        maps: [{ origin: { name: 'Berlin' }, destination: { name: 'Lisbon' } }],
      },
    ]);
    const inAlbum = { album: '$album1', title: 'Lisbon' };
    expect(plan.problems).toEqual([]);
    expect(plan.steps).toEqual([
      { kind: 'createAlbum', ...inAlbum },
      { kind: 'addItems', ...inAlbum, mediaItemIds: [id(1), id(2), id(3)] },
      { kind: 'patchAlbum', ...inAlbum, change: { coverPhotoMediaItemId: id(2) }, before: {} },
      {
        kind: 'addEnrichment',
        ...inAlbum,
        newEnrichmentItem: {
          mapEnrichment: { origin: { locationName: 'Berlin' }, destination: { locationName: 'Lisbon' } },
        },
        albumPosition: { position: 'FIRST_IN_ALBUM' },
      },
      {
        kind: 'addEnrichment',
        ...inAlbum,
        newEnrichmentItem: { textEnrichment: { text: 'Day one' } },
        albumPosition: { position: 'FIRST_IN_ALBUM' },
      },
      {
        kind: 'addEnrichment',
        ...inAlbum,
        newEnrichmentItem: {
          locationEnrichment: { location: { locationName: 'Alfama', latlng: { latitude: 38.71, longitude: -9.13 } } },
        },
        albumPosition: { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: id(1) },
      },
      {
        kind: 'addEnrichment',
        ...inAlbum,
        newEnrichmentItem: { textEnrichment: { text: 'Day two' } },
        albumPosition: { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: id(1) },
      },
    ]);
    expect(plan).toMatchObject({ requests: 7, quotaShare: 0.0007 });
  });

  it('adds at most 50 items a request, each once', () => {
    const items = [...Array.from({ length: 120 }, (_, n) => named(n)), named(7)];
    const steps = planOf([{ title: 'Big', items }]).steps.slice(1);
    expect(steps.map((step) => step.kind === 'addItems' && step.mediaItemIds.length)).toEqual([50, 50, 20]);
  });

  it('tells what is wrong with items, and adds the others', () => {
    const local: ResultItem = { ...item(9), kind: 'localFile', path: '/a/b.jpg', size: 1 };
    const plan = planOf(
      [
        {
          title: 'Mixed',
          items: [
            named(1),
            { name: 'f3#1', item: local },
            { name: 'f3#2', item: { ...local, mediaItemId: id(5) } },
            { name: 'p4#1', item: { ...item(9), kind: 'pickedItem', sessionId: 's' } },
            { name: 'a2b3#1', item: album('Trip') },
            { name: 'gone', item: { kind: 'id', id: 'gone' } },
          ],
          cover: named(2),
        },
      ],
      factsOf({ unavailable: new Set(['gone']) }),
    );
    expect(plan.steps).toMatchObject([{ kind: 'createAlbum' }, { kind: 'addItems', mediaItemIds: [id(1), id(5)] }]);
    expect(reasons(plan)).toEqual([
      '"Mixed": a local file has to be uploaded first',
      '"Mixed": a picked photo has to be copied into the app’s library first',
      '"Mixed": that is an album, not a photo',
      '"Mixed": Google has no such item for this app: it was deleted, or another app made it',
      '"Mixed": the cover is not in the album',
    ]);
  });

  it.each<[string, AlbumPlan, string]>([
    ['exists', { title: 'Trip' }, '"Trip": an album of that name exists'],
    ['is too long', { title: 'x'.repeat(501) }, `"${'x'.repeat(40)}…": a title has more than 500 characters`],
    ['is empty', { title: ' ' }, '" ": a title is empty'],
    ['is missing', {}, 'albums: an album has neither albumId nor title'],
  ])('is impossible when its title %s', (_, wanted, reason) => {
    const plan = planOf([{ ...wanted, items: [named(1)] }], factsOf({ albums: [album('Trip')] }));
    expect(plan.steps).toEqual([]);
    expect(reasons(plan)).toEqual([reason]);
  });

  it('offers the album of the same name by reference', () => {
    const plan = planOf([{ title: 'Trip' }], factsOf({ albums: [album('Trip')] }));
    expect(plan.problems[0]?.next).toContain('"albumId": "a2b3#1"');
  });

  it('is impossible with more than 20,000 items', () => {
    const items = Array.from({ length: 20_001 }, (_, n) => named(n));
    const plan = planOf([{ title: 'Everything', items }]);
    expect(plan.steps).toEqual([]);
    expect(reasons(plan)).toEqual(['"Everything": an album holds at most 20,000 items; this would have 20,001']);
  });

  it('refuses captions that Google would refuse', () => {
    const plan = planOf([
      {
        title: 'A',
        items: [named(1)],
        captions: [
          { text: 'x'.repeat(1001) },
          { text: '' },
          { text: 'lost', after: [named(2)] },
          { text: 'x'.repeat(1000) },
        ],
        places: [{ name: 'Half', latitude: 1 }, { name: 'Far', latitude: 91, longitude: 0 }, { name: '' }],
      },
    ]);
    expect(plan.steps.filter(({ kind }) => kind === 'addEnrichment')).toHaveLength(1);
    expect(reasons(plan)).toEqual([
      '"A": a caption has more than 1000 characters',
      '"A": a caption is empty',
      '"A": a place has only one of latitude and longitude',
      '"A": a place is beyond ±90° latitude or ±180° longitude',
      '"A": a place has no name',
      '"A": a caption, place or map stands at an item that is not in the album',
    ]);
  });

  it('says that items given from new to old stay so', () => {
    const { notes } = planOf([{ title: 'A', items: [named(3), named(1)] }]);
    expect(notes[0]).toContain('newest to oldest');
    expect(planOf([{ title: 'A', items: [named(3), named(1)], order: 'given' }]).notes[0]).not.toContain('newest');
  });
});

describe('an existing album', () => {
  const trip = album('Trip', { count: 3, coverPhotoMediaItemId: id(1) });
  const facts = factsOf({ albums: [trip, album('Other')], contents: new Map([[trip.id, [id(1), id(2), id(3)]]]) });

  it('is pruned, extended at its end, renamed, given another cover and captions', () => {
    const plan = planOf(
      [
        {
          albumId: trip.id,
          title: 'Lisbon',
          items: [named(5), named(2), named(4)],
          remove: [named(1)],
          cover: named(4),
          captions: [{ text: 'New', before: [named(5)] }],
        },
      ],
      facts,
    );
    expect(plan.steps).toEqual([
      { kind: 'removeItems', album: trip.id, title: 'Trip', mediaItemIds: [id(1)] },
      { kind: 'addItems', album: trip.id, title: 'Trip', mediaItemIds: [id(5), id(4)] },
      {
        kind: 'patchAlbum',
        album: trip.id,
        title: 'Trip',
        change: { title: 'Lisbon', coverPhotoMediaItemId: id(4) },
        before: { title: 'Trip', coverPhotoMediaItemId: id(1) },
      },
      {
        kind: 'addEnrichment',
        album: trip.id,
        title: 'Trip',
        newEnrichmentItem: { textEnrichment: { text: 'New' } },
        albumPosition: { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: id(3) },
      },
    ]);
    expect(reasons(plan)).toEqual(['"Trip": an item is there already; it stays where it is']);
  });

  it.each<[AlbumPlan, string]>([
    [{ albumId: 'nope' }, 'albums: there is no such album for this app'],
    [{ albumId: trip.id, title: 'Other' }, '"Trip": it cannot be renamed: an album "Other" exists'],
    [{ albumId: trip.id, remove: [named(9)] }, '"Trip": an item to remove is not in the album'],
    [{ albumId: trip.id, cover: named(9) }, '"Trip": the cover is not in the album'],
    [
      { albumId: trip.id, captions: [{ text: 'x', after: [named(1)] }], remove: [named(1)] },
      '"Trip": a caption, place or map stands at an item that is not in the album',
    ],
  ])('%j is impossible', (wanted, reason) => {
    expect(reasons(planOf([wanted], facts))).toEqual([reason]);
  });

  it('needs nothing for what is so already', () => {
    expect(planOf([{ albumId: trip.id, title: 'Trip', cover: named(1) }], facts).steps).toEqual([]);
  });

  it('may be named once', () => {
    expect(reasons(planOf([{ albumId: trip.id }, { albumId: trip.id }], facts))).toEqual([
      '"Trip": the plan names this album twice',
    ]);
  });
});

describe('descriptions', () => {
  it('are set where they differ, with what they replace', () => {
    const items = new Map([
      [id(1), item(1)],
      [id(2), item(2, { description: 'Old' })],
      [id(3), item(3, { description: 'Dog' })],
    ]);
    const plan = makePlan(
      {
        descriptions: [
          { items: [named(1), named(2), named(3)], text: 'Dog' },
          { items: [named(2)], text: 'Cat' },
          { items: [named(1)], text: 'x'.repeat(1001) },
        ],
      },
      factsOf({ items }),
    );
    const facts = { kind: 'patchDescription', description: 'Dog' };
    expect(plan.steps).toEqual([
      { ...facts, mediaItemId: id(1), filename: 'IMG_0001.JPG', before: '' },
      { ...facts, mediaItemId: id(2), filename: 'IMG_0002.JPG', before: 'Old' },
    ]);
    expect(plan.descriptions).toEqual({ set: 2, replaced: 1 });
    expect(plan.problems.map(({ reason }) => reason)).toEqual([
      'an item is given two descriptions; the first counts',
      'a description has more than 1000 characters',
    ]);
  });
});

describe('words', () => {
  it('say what will happen, what cannot, and what to know', () => {
    const plan = planOf(
      [
        {
          title: 'Lisbon',
          items: [named(1), named(2)],
          order: 'captured',
          cover: named(2),
          captions: [{ text: 'Hi' }],
        },
        { title: 'Trip', items: [named(3)] },
      ],
      factsOf({ albums: [album('Trip')] }),
    );
    expect(renderPlan(plan, () => 'IMG_0002.JPG')).toEqual([
      "1 new album, 2 items added, 1 cover, 1 caption or place · 4 requests, 0.04 % of the day's 10,000",
      '+ "Lisbon": 2 items, oldest first · cover IMG_0002.JPG · 1 caption or place',
      'Impossible, left out:',
      '- "Trip": an album of that name exists; to extend it give "albumId": "a2b3#1" instead of the title, or choose another title',
      'Know:',
      '- Albums cannot be deleted or re-sorted through the API; undo empties them.',
      '- Captions, places and maps cannot be changed or removed through the API, only by hand in Google Photos.',
    ]);
  });

  it('say that there is nothing to do', () => {
    expect(renderPlan(makePlan({}, factsOf()), String)).toEqual(['Nothing to do.']);
  });
});

describe('positions', () => {
  it('put any captions where they were wanted, as Google puts them', () => {
    const anchor = fc.record({ at: fc.integer({ min: 1, max: 6 }), side: fc.constantFrom('after', 'before', 'start') });
    fc.assert(
      fc.property(fc.array(anchor, { maxLength: 12 }), (anchors) => {
        const captions = anchors.map(({ at, side }, index) => ({
          text: `c${index}`,
          ...(side !== 'start' && { [side]: [named(at)] }),
        }));
        const items = [1, 2, 3, 4, 5, 6].map(named);
        const plan = planOf([{ title: 'A', items, captions }]);
        const result: ModelAlbum = applyToModel(plan.steps);
        const expected: string[] = [];
        const at = (test: (anchor: (typeof anchors)[number]) => boolean) =>
          expected.push(...anchors.flatMap((wanted, index) => (test(wanted) ? [`c${index}`] : [])));
        at(({ side }) => side === 'start');
        for (let n = 1; n <= 6; n++) {
          at((wanted) => wanted.side === 'before' && wanted.at === n);
          expected.push(id(n));
          at((wanted) => wanted.side === 'after' && wanted.at === n);
        }
        expect(result.entries).toEqual(expected);
      }),
    );
  });

  it('at a run of items are its ends in the album, whatever the order of the run', () => {
    const items = [1, 2, 3, 4].map(named);
    const run = [named(3), named(2)];
    const captions = [
      { text: 'in front', before: run },
      { text: 'behind', after: run },
    ];
    const result: ModelAlbum = applyToModel(planOf([{ title: 'A', items, captions }]).steps);
    expect(result.entries).toEqual([id(1), 'in front', id(2), id(3), 'behind', id(4)]);
  });
});
