/** `--library 1000000`: starts at once, pages, searches, and is never all in memory. */
import { expect, test } from 'vitest';
import { startHarness } from './harness.ts';

const LIBRARY = { library: 1_000_000 };

test('a million items page newest first, each once', async () => {
  const { api } = await startHarness(LIBRARY);
  const seen = new Set<string>();
  const times: string[] = [];
  let pageToken = '';
  for (let page = 0; page < 5; page += 1) {
    const { json } = await api('GET', `/v1/mediaItems?pageSize=100${pageToken && `&pageToken=${pageToken}`}`);
    for (const { id, mediaMetadata } of json.mediaItems) {
      seen.add(id);
      times.push(mediaMetadata.creationTime);
    }
    pageToken = json.nextPageToken;
  }
  expect(seen.size).toBe(500);
  expect(times).toEqual(times.toSorted().toReversed());
});

test('a search by date finds its place', async () => {
  const { api } = await startHarness(LIBRARY);
  const filters = { dateFilter: { dates: [{ year: 2012, month: 7 }] } };
  const { json } = await api('POST', '/v1/mediaItems:search', { filters, pageSize: 100 });
  expect(json.mediaItems).toHaveLength(100);
  for (const { mediaMetadata } of json.mediaItems) expect(mediaMetadata.creationTime).toMatch(/^2012-07-/);
});

test('a search that finds nothing looks at part of the library a page, and says that there is more', async () => {
  const { api } = await startHarness({ library: 120_000 });
  const filters = { contentFilter: { includedContentCategories: ['WEDDINGS'] } };
  const pages: number[] = [];
  let pageToken: string | undefined;
  do {
    const { json } = await api('POST', '/v1/mediaItems:search', { filters, pageSize: 100, pageToken });
    pages.push(json.mediaItems?.length ?? 0);
    pageToken = json.nextPageToken;
  } while (pageToken);
  expect(pages).toEqual([0, 0, 0]);
});

test('generated items can be read, described, put into albums', async () => {
  const { api, album } = await startHarness(LIBRARY);
  const { json } = await api('GET', '/v1/mediaItems?pageSize=3');
  const [a, b] = json.mediaItems.map(({ id }: { id: string }) => id);
  await api('PATCH', `/v1/mediaItems/${b}?updateMask=description`, { description: 'Ours' });
  const albumId = await album('From many', [b, a]);
  const inside = (await api('POST', '/v1/mediaItems:search', { albumId })).json.mediaItems;
  expect(inside.map(({ id, description }: Record<string, string>) => [id, description])).toEqual([
    [b, 'Ours'],
    [a, undefined],
  ]);
  expect((await api('GET', '/v1/mediaItems?pageSize=3')).json.mediaItems[1].description).toBe('Ours');
  const wrong = `${a.slice(0, -1)}${a.endsWith('A') ? 'B' : 'A'}`;
  expect((await api('GET', `/v1/mediaItems/${wrong}`)).status).toBe(404);
});
