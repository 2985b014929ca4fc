/** Receipts, bursts, the dog, and albums to tidy or to bring up to date. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SystemOptions } from '../harness/system.ts';
import { type Assistant, previewOf, referenceIn, resultOf, startAssistant } from './assistant.ts';
import { madeLibrary } from './made-library.ts';

async function assistant(options: SystemOptions): Promise<Assistant> {
  const started = await startAssistant(options);
  onTestFinished(started.stop);
  return started;
}

describe.each([11, 12])('an unseen library, %i', (seed) => {
  const made = madeLibrary(seed);
  const { pet } = made;
  const dogs = made.mediaItems.filter(({ scene }) => /dog/.test(scene));
  const cats = made.mediaItems.filter(({ scene }) => /cat/.test(scene));
  const entry = ({ id }: { id: string }) => ({ mediaItemId: id });

  test('which receipts did I photograph this spring? put them into an album', async () => {
    const { ask, look, album, settle } = await assistant({ emulator: { library: made } });
    const found = await ask('media_items_search', {
      includedContentCategories: ['RECEIPTS'],
      ranges: ['2024-03/2024-05'],
    });
    const receipts = await look([`${resultOf(found)}#all`], /receipt/);
    const preview = await ask('organize_preview', {
      albums: [{ title: 'Receipts, spring 2024', items: [receipts], order: 'captured' }],
    });
    await ask('organize_apply', { preview: previewOf(preview) });
    settle();

    const { entries } = await album('Receipts, spring 2024');
    const expected = made.mediaItems.filter(
      ({ scene, creationTime }) => scene === 'receipt' && /^2024-0[345]/.test(creationTime),
    );
    expect(entries.map(({ mediaItemId }) => mediaItemId)).toEqual(expected.map(({ id }) => id));
  });

  test('find the burst shots and list all but the sharpest-named one of each', async () => {
    const { ask, settle } = await assistant({ emulator: { library: made } });
    const everything = resultOf(await ask('media_items_list'));
    const overview = await ask('results_overview', { result: everything });
    const extras = referenceIn(overview, /all but the best named/);
    const listed = await ask('results_read', { result: extras });
    settle();

    const names = [...listed.matchAll(/\b(?:BURST\w+|RUN_\w+|IMG_\w+)\.jpg/g)].map(([name]) => name);
    expect(names.sort()).toEqual(made.bursts.flatMap(({ others }) => others).sort());
  });

  test('caption every photo of the dog, and leave what is captioned already', async () => {
    const described = made.mediaItems.map((item, index) =>
      /dog/.test(item.scene) && index % 5 === 0 ? { ...item, description: 'At the vet' } : item,
    );
    const library = { mediaItems: described };
    const { ask, look, state, settle } = await assistant({ emulator: { library } });
    const pets = resultOf(await ask('media_items_search', { includedContentCategories: ['PETS'] }));
    const without = resultOf(await ask('results_read', { result: pets, description: '' }));
    const seen = await look([`${without}#all`], /dog/, { sheets: 3 });
    const preview = await ask('organize_preview', { descriptions: [{ items: [seen], text: pet }] });
    expect(preview).not.toContain('replacing');
    await ask('organize_apply', { preview: previewOf(preview) });
    settle();

    const after = new Map((await state()).mediaItems.map((item) => [item.id, item.description]));
    for (const { id, scene, description } of described) {
      expect(after.get(id)).toBe(/dog/.test(scene) && description === '' ? pet : description);
    }
  });

  test('add this year to the album of the dog without doubles, and take out the cats', async () => {
    const inside = [...dogs.slice(0, Math.ceil(dogs.length / 2)), ...cats.slice(0, 2)];
    const albums = [
      { title: pet, entries: inside.map(entry) },
      { title: 'Other', entries: [] },
    ];
    const library = { mediaItems: made.mediaItems, albums };
    const { ask, look, album, settle } = await assistant({ emulator: { library } });
    const albumId = referenceIn(await ask('albums_list'), new RegExp(`"${pet}"`));
    const content = resultOf(await ask('media_items_search', { albumId }));
    const wrong = await look([`${content}#all`], /cat/, { layout: 'sheet' });
    const recent = resultOf(await ask('media_items_search', { includedContentCategories: ['PETS'], dates: ['2024'] }));
    const right = await look([`${recent}#all`], /dog/, { layout: 'sheet' });
    const preview = await ask('organize_preview', {
      albums: [{ albumId, items: [right], order: 'captured', remove: [wrong] }],
    });
    await ask('organize_apply', { preview: previewOf(preview) });
    settle();

    const { entries } = await album(pet);
    const before = dogs.slice(0, Math.ceil(dogs.length / 2));
    const added = dogs.filter((dog) => dog.creationTime.startsWith('2024') && !before.includes(dog));
    expect(entries.map(({ mediaItemId }) => mediaItemId)).toEqual([...before, ...added].map(({ id }) => id));
  });

  test('tidy untitled and empty albums', async () => {
    const receipts = made.mediaItems.filter(({ scene }) => scene === 'receipt').slice(0, 4);
    const albums = [
      { title: 'Untitled', entries: receipts.map(entry) },
      { title: 'Untitled (2)', entries: [] },
      { title: pet, entries: dogs.slice(0, 3).map(entry) },
    ];
    const library = { mediaItems: made.mediaItems, albums };
    const { ask, look, state, settle } = await assistant({ emulator: { library } });
    const list = await ask('albums_list');
    const untitled = referenceIn(list, /"Untitled"/);
    const content = resultOf(await ask('media_items_search', { albumId: untitled }));
    const receiptTiles = await look([`${content}#all`], /receipt/);
    expect(receiptTiles).toBe(`${content}#1,2,3,4`);
    const byHand = await ask('albums_get', { albumId: referenceIn(list, /"Untitled \(2\)" {2}0 items/) });
    expect(byHand).toMatch(/https:\/\/photos\.google\.com\//);
    const preview = await ask('organize_preview', { albums: [{ albumId: untitled, title: 'Receipts' }] });
    await ask('organize_apply', { preview: previewOf(preview) });
    settle();

    const after = await state();
    expect(after.albums.map(({ title, entries }) => [title, entries.length])).toEqual([
      ['Receipts', 4],
      ['Untitled (2)', 0],
      [pet, 3],
    ]);
  });
});
