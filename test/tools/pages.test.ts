/** Results, references and pages, through a real client of each era. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERAS, type System, startSystem } from '../harness/system.ts';

const SCRIPTS = ['Praça do Comércio ao pôr do sol', '鎌倉の大仏と桜の季節', 'Прогулка по набережной'];

/** Items as people have them: some described at length, in several scripts. */
const LIBRARY = {
  mediaItems: Array.from({ length: 130 }, (_, index) => ({
    filename: `PXL_20240714_1211${String(index).padStart(5, '0')}.jpg`,
    description: index % 2 === 0 ? `${SCRIPTS[index % 3]} `.repeat(1 + (index % 9)).trim() : '',
    creationTime: new Date(Date.UTC(2024, 6, 14, 12) - index * 60_000).toISOString(),
    scene: 'beach',
  })),
  albums: [
    { title: 'Lisbon', entries: [] },
    { title: 'Kyoto', entries: [] },
  ],
};

describe.each(ERAS)('%s', (era) => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ era, emulator: { library: LIBRARY } });
  });
  afterAll(() => system.stop());

  test('a page of 25: at most 6,000 bytes, 2,500 of them text', async () => {
    const reply = await system.ok('media_items_search', { dates: ['2024-07'] });
    expect(reply.data.items).toHaveLength(25);
    expect(Buffer.byteLength(reply.text)).toBeLessThanOrEqual(2500);
    expect(reply.bytes).toBeLessThanOrEqual(6000);
  });

  test('the reply: headline, a line an item, what continues, and no base URL', async () => {
    const reply = await system.ok('media_items_search', { dates: ['2024-07'], mediaType: 'PHOTO', pageSize: 2 });
    const { result } = reply.data;
    expect(reply.text.split('\n')).toEqual([
      `2 of 2+ media items · July 2024, photos · result ${result} page 1`,
      expect.stringMatching(/^#1 {2}2024-07-14 12:00 {2}PXL_20240714_121100000\.jpg {2}photo \d+×\d+ {2}"Praça/),
      expect.stringMatching(/^#2 {2}2024-07-14 11:59 {2}PXL_20240714_121100001\.jpg {2}photo \d+×\d+$/),
      `More: pageToken "${result}.2", or read gphotos://results/${result}/pages/2`,
    ]);
    expect(reply.data).toMatchObject({
      result,
      page: 1,
      nextPageToken: `${result}.2`,
      resource: `gphotos://results/${result}/pages/1`,
      nextResource: `gphotos://results/${result}/pages/2`,
      items: [
        { n: 1, filename: 'PXL_20240714_121100000.jpg', creationTime: '2024-07-14T12:00:00Z', type: 'photo' },
        { n: 2 },
      ],
    });
    expect(reply.links).toEqual([
      { uri: `gphotos://results/${result}/pages/1`, name: `${result} page 1` },
      { uri: `gphotos://results/${result}/pages/2`, name: `${result} page 2` },
    ]);
    expect(JSON.stringify(reply)).not.toContain('/lr/');
  });

  test('three ways to a page, one content; the resource in full detail', async () => {
    const { result } = (await system.ok('media_items_search', { dates: ['2024-07'], pageSize: 50 })).data;
    const byToken = await system.ok('media_items_search', { pageToken: `${result}.2` });
    const byRead = await system.ok('results_read', { result, page: 2 });
    const byResource = await system.read(`gphotos://results/${result}/pages/2`);
    expect(byToken.data).toEqual(byRead.data);
    expect(byResource).toMatchObject({ result, page: 2, nextPageToken: `${result}.3`, title: 'July 2024' });
    expect(byResource.items.map(({ n }: { n: number }) => n)).toEqual(
      byRead.data.items.map(({ n }: { n: number }) => n),
    );
    expect(byResource.items[0]).toMatchObject({
      n: 51,
      id: expect.stringMatching(/^[\w-]{55,}$/),
      description: expect.any(String),
      productUrl: expect.stringMatching(/^https:\/\/photos\.google\.com\//),
    });
    expect(byResource.items[0]).not.toHaveProperty('baseUrl');
  });

  test('an incomplete result becomes complete at its last page', async () => {
    const { result } = (await system.ok('media_items_search', { pageSize: 100 })).data;
    const last = await system.ok('results_read', { result, page: 2 });
    expect(last.text).toMatch(new RegExp(`^30 of 130 media items · everything · result ${result} page 2\\n#101 `));
    expect(last.data).toMatchObject({ total: 130 });
    expect(last.data).not.toHaveProperty('nextPageToken');
  });

  test('an empty list explains itself', async () => {
    const reply = await system.ok('media_items_search', { dates: ['1999'] });
    expect(reply.text).toMatch(/^0 media items/);
    expect(reply.text).toContain('picker_pick');
    expect(reply.text).toContain('media_upload');
    expect(reply.data).toMatchObject({ total: 0, items: [] });
  });

  test('references across batch limits, with ids among them', async () => {
    const { result, items } = (await system.ok('media_items_search', { pageSize: 100 })).data;
    const first = (await system.read(`gphotos://results/${result}/pages/1`)).items[0].id;
    expect(items).toHaveLength(100);
    const before = await system.requests();
    const { album } = (await system.ok('albums_create', { title: 'All of them' })).data;
    const added = await system.ok('albums_batch_add_media_items', {
      albumId: album.id,
      mediaItemIds: [`${result}#all`, first],
    });
    expect(added.data.added).toBe(130);
    const after = await system.requests();
    const key = 'albums.batchAddMediaItems';
    expect((after[key] ?? 0) - (before[key] ?? 0)).toBe(3);
    const inside = await system.ok('media_items_search', { albumId: album.id, pageSize: 100 });
    expect(inside.data.items[0].filename).toBe('PXL_20240714_121100000.jpg');
    const stored = (await system.library()).albums.find(({ title }: { title: string }) => title === 'All of them');
    expect(stored.entries).toHaveLength(130);
  });

  test('progress tells how many of the batches are done', async () => {
    const { result } = (await system.ok('media_items_list')).data;
    const { album } = (await system.ok('albums_create', { title: 'Progress' })).data;
    const told: number[] = [];
    await system.client.callTool(
      { name: 'albums_batch_add_media_items', arguments: { albumId: album.id, mediaItemIds: [`${result}#all`] } },
      { onprogress: ({ progress }) => told.push(progress) },
    );
    expect(told.at(-1)).toBe(130);
  });

  test('resources: album, item, preview, guide, account, albums', async () => {
    const albums = await system.read('gphotos://albums');
    const { id } = albums.albums.find(({ title }: { title: string }) => title === 'Kyoto');
    expect(await system.read(`gphotos://albums/${id}`)).toMatchObject({ album: { id, title: 'Kyoto', count: 0 } });
    const { result } = (await system.ok('media_items_list')).data;
    const item = (await system.read(`gphotos://results/${result}/pages/1`)).items[0];
    expect(await system.read(`gphotos://media/${item.id}`)).toMatchObject({ mediaItem: { id: item.id } });
    const [preview] = (await system.client.readResource({ uri: `gphotos://media/${item.id}/preview` })).contents;
    expect(preview).toMatchObject({ mimeType: 'image/jpeg' });
    const bytes = Buffer.from(preview && 'blob' in preview ? preview.blob : '', 'base64');
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(await system.read('gphotos://guide')).toContain('Delete photos or albums');
    expect(await system.read('gphotos://guide')).toContain(
      'Title 500 characters, description and album text 1,000, album 20,000 entries, photo 200 MB, video 20 GB, 10,000 requests a day',
    );
    expect(await system.read('gphotos://account')).toMatchObject({ state: 'accessToken', account: 'default' });
  });

  test('a page that is not there is a resource that is not found', async () => {
    await expect(system.read('gphotos://results/zzzz/pages/1')).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('There is no result zzzz'),
    });
  });

  test('album ids complete by title', async () => {
    const { completion } = await system.client.complete({
      ref: { type: 'ref/resource', uri: 'gphotos://albums/{albumId}' },
      argument: { name: 'albumId', value: 'kyo' },
    });
    const albums = await system.read('gphotos://albums');
    expect(completion.values).toEqual([albums.albums.find(({ title }: { title: string }) => title === 'Kyoto').id]);
  });
});
