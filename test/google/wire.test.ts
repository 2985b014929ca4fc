/** Every method as it goes over the wire (contract 2 and 3), and the header that makes it ours. */
import { expect, test } from 'vitest';
import { METHODS } from '../../src/google/methods.ts';
import type { LibraryMethod, LibraryMethods } from '../../src/google/types.ts';
import { clientOf, rejection, startScripted } from './scripted.ts';

type Requests = { [M in LibraryMethod]: [LibraryMethods[M]['request'], verb: string, target: string, body: unknown] };

const position = { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: 'm1' } as const;
const newMediaItems = [{ description: 'Tram', simpleMediaItem: { uploadToken: 't', fileName: 'a.jpg' } }];
const enrichment = { textEnrichment: { text: 'Day one' } };

const requests: Requests = {
  'albums.addEnrichment': [
    { albumId: 'a1', newEnrichmentItem: enrichment, albumPosition: position },
    'POST',
    '/v1/albums/a1:addEnrichment',
    { newEnrichmentItem: enrichment, albumPosition: position },
  ],
  'albums.batchAddMediaItems': [
    { albumId: 'a1', mediaItemIds: ['m1', 'm2'] },
    'POST',
    '/v1/albums/a1:batchAddMediaItems',
    { mediaItemIds: ['m1', 'm2'] },
  ],
  'albums.batchRemoveMediaItems': [
    { albumId: 'a1', mediaItemIds: ['m1'] },
    'POST',
    '/v1/albums/a1:batchRemoveMediaItems',
    { mediaItemIds: ['m1'] },
  ],
  'albums.create': [{ album: { title: 'Lisboa' } }, 'POST', '/v1/albums', { album: { title: 'Lisboa' } }],
  'albums.get': [{ albumId: 'a1' }, 'GET', '/v1/albums/a1', undefined],
  'albums.list': [
    { pageSize: 50, pageToken: 'p/+', excludeNonAppCreatedData: true },
    'GET',
    '/v1/albums?pageSize=50&pageToken=p%2F%2B&excludeNonAppCreatedData=true',
    undefined,
  ],
  'albums.patch': [
    { id: 'a1', updateMask: 'title,coverPhotoMediaItemId', title: 'New', coverPhotoMediaItemId: 'm1' },
    'PATCH',
    '/v1/albums/a1?updateMask=title%2CcoverPhotoMediaItemId',
    { title: 'New', coverPhotoMediaItemId: 'm1' },
  ],
  'albums.share': [
    { albumId: 'a1', sharedAlbumOptions: { isCollaborative: true } },
    'POST',
    '/v1/albums/a1:share',
    { sharedAlbumOptions: { isCollaborative: true } },
  ],
  'albums.unshare': [{ albumId: 'a1' }, 'POST', '/v1/albums/a1:unshare', {}],
  'mediaItems.batchCreate': [
    { albumId: 'a1', newMediaItems, albumPosition: position },
    'POST',
    '/v1/mediaItems:batchCreate',
    { albumId: 'a1', newMediaItems, albumPosition: position },
  ],
  'mediaItems.batchGet': [
    { mediaItemIds: ['m1', 'm2'] },
    'GET',
    '/v1/mediaItems:batchGet?mediaItemIds=m1&mediaItemIds=m2',
    undefined,
  ],
  'mediaItems.get': [{ mediaItemId: 'm1' }, 'GET', '/v1/mediaItems/m1', undefined],
  'mediaItems.list': [{ pageSize: 100 }, 'GET', '/v1/mediaItems?pageSize=100', undefined],
  'mediaItems.patch': [
    { id: 'm1', updateMask: 'description', description: '' },
    'PATCH',
    '/v1/mediaItems/m1?updateMask=description',
    { description: '' },
  ],
  'mediaItems.search': [
    { pageSize: 100, filters: { includeArchivedMedia: true }, orderBy: 'MediaMetadata.creation_time' },
    'POST',
    '/v1/mediaItems:search',
    { pageSize: 100, filters: { includeArchivedMedia: true }, orderBy: 'MediaMetadata.creation_time' },
  ],
  'sharedAlbums.get': [{ shareToken: 's1' }, 'GET', '/v1/sharedAlbums/s1', undefined],
  'sharedAlbums.join': [{ shareToken: 's1' }, 'POST', '/v1/sharedAlbums:join', { shareToken: 's1' }],
  'sharedAlbums.leave': [{ shareToken: 's1' }, 'POST', '/v1/sharedAlbums:leave', { shareToken: 's1' }],
  'sharedAlbums.list': [{ pageSize: 20 }, 'GET', '/v1/sharedAlbums?pageSize=20', undefined],
};

const methods = Object.keys(requests) as LibraryMethod[];

test('the table has the 19 methods', () => {
  expect(Object.keys(METHODS).sort()).toEqual(methods.toSorted());
  expect(methods).toHaveLength(19);
});

test.each(methods)('%s', async (method) => {
  const server = await startScripted({ json: { id: 'x' } });
  const [request, verb, target, body] = requests[method];
  expect(await clientOf(server.origin).call(method, request)).toEqual({ id: 'x' });
  const [seen] = server.seen;
  expect(seen).toMatchObject({ verb, target });
  expect(seen?.headers.authorization).toBe('Bearer tok-1');
  expect(seen?.headers['accept-encoding']).toContain('gzip');
  expect(seen?.body.toString() ? JSON.parse(seen.body.toString()) : undefined).toEqual(body);
});

test('six methods are marked as gone', () => {
  const removed = methods.filter((method) => METHODS[method].removed);
  expect(removed).toEqual([
    'albums.share',
    'albums.unshare',
    'sharedAlbums.get',
    'sharedAlbums.join',
    'sharedAlbums.leave',
    'sharedAlbums.list',
  ]);
});

test.each(['', '.', '..', '../x'])('the id %j stays inside its segment', async (albumId) => {
  const server = await startScripted({ json: {} });
  if (albumId === '../x') {
    await clientOf(server.origin).call('albums.get', { albumId });
    expect(server.seen[0]?.target).toBe('/v1/albums/..%2Fx');
    return;
  }
  const error = await rejection(clientOf(server.origin).call('albums.get', { albumId }));
  expect(error).toMatchObject({ reason: 'invalid', message: 'albumId is not an id.' });
  expect(server.seen).toHaveLength(0);
});
