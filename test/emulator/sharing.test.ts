/** The six sharing methods: dead today, whole with `legacySharing` (contract 3.8, 3.9, 3.16 to 3.19, 7; rule 1). */
import { expect, test } from 'vitest';
import { type Harness, png, startHarness } from './harness.ts';

const ID = 'x'.repeat(98);
const SIX = [
  ['POST', `/v1/albums/${ID}:share`, {}],
  ['POST', `/v1/albums/${ID}:unshare`, {}],
  ['GET', `/v1/sharedAlbums/${ID}`, undefined],
  ['POST', '/v1/sharedAlbums:join', { shareToken: ID }],
  ['POST', '/v1/sharedAlbums:leave', { shareToken: ID }],
  ['GET', '/v1/sharedAlbums', undefined],
] as const;

test.each(SIX)('rule 1: %s %s is 403 for everybody', async (verb, path, body) => {
  const { api, token } = await startHarness();
  const withAll = [
    'photoslibrary',
    'photoslibrary.readonly',
    'photoslibrary.sharing',
    'photoslibrary.readonly.appcreateddata',
  ];
  for (const bearer of ['test-token', token(withAll)]) {
    const { status, json } = await api(verb, path, body, { token: bearer });
    expect([status, json.error.status]).toEqual([403, 'PERMISSION_DENIED']);
  }
});

test('without legacy sharing no album carries shareInfo, and there are no other people’s albums', async () => {
  const { control, album, api } = await startHarness();
  const id = await album('A');
  expect((await api('GET', `/v1/albums/${id}`)).json.shareInfo).toBeUndefined();
  expect((await control('GET', 'state')).json.albums).toHaveLength(1);
});

const legacy = (): Promise<Harness> => startHarness({ legacySharing: true });

async function sharedTitles({ api }: Harness): Promise<string[]> {
  const { json } = await api('GET', '/v1/sharedAlbums');
  return (json.sharedAlbums ?? []).map(({ title }: { title: string }) => title);
}

test('legacy: the removed scopes live again', async () => {
  const { api, token, put } = await legacy();
  put({ appProject: null });
  const reader = token(['photoslibrary.readonly']);
  expect((await api('GET', '/v1/mediaItems', undefined, { token: reader })).json.mediaItems).toHaveLength(1);
  const filters = { excludeNonAppCreatedData: true };
  expect((await api('POST', '/v1/mediaItems:search', { filters }, { token: reader })).json).toEqual({});
  const appOnly = token(['photoslibrary.readonly.appcreateddata']);
  expect((await api('GET', '/v1/mediaItems', undefined, { token: appOnly })).json).toEqual({});
  const sharer = token(['photoslibrary.sharing']);
  expect((await api('POST', '/v1/albums', { album: { title: 'A' } }, { token: sharer })).status).toBe(200);
  expect((await api('GET', '/v1/albums', undefined, { token: sharer })).status).toBe(403);
});

test('legacy: share, see it shared, unshare', async () => {
  const self = await legacy();
  const { api, album } = self;
  const id = await album('Party');
  const options = { isCollaborative: 'true' };
  const { status, json } = await api('POST', `/v1/albums/${id}:share`, { sharedAlbumOptions: options });
  expect(status).toBe(200);
  expect(json).toEqual({
    shareInfo: {
      sharedAlbumOptions: { isCollaborative: true },
      shareableUrl: expect.stringMatching(/^https:\/\/photos\.app\.goo\.gl\//),
      shareToken: expect.stringMatching(/^[A-Za-z0-9_-]+$/),
      isJoined: true,
      isOwned: true,
      isJoinable: true,
    },
  });
  expect((await api('GET', `/v1/albums/${id}`)).json.shareInfo).toEqual(json.shareInfo);
  expect((await api('GET', `/v1/sharedAlbums/${json.shareInfo.shareToken}`)).json.id).toBe(id);
  expect(await sharedTitles(self)).toContain('Party');

  const unshared = await api('POST', `/v1/albums/${id}:unshare`, {});
  expect([unshared.status, unshared.json]).toEqual([200, {}]);
  expect((await api('GET', `/v1/albums/${id}`)).json.shareInfo).toBeUndefined();
  expect((await api('GET', `/v1/sharedAlbums/${json.shareInfo.shareToken}`)).status).toBe(404);
  expect(await sharedTitles(self)).not.toContain('Party');
});

test('legacy: shareInfo is for those with the sharing scope', async () => {
  const { api, album, token } = await legacy();
  const id = await album('Party');
  await api('POST', `/v1/albums/${id}:share`, {});
  const reader = token(['photoslibrary.readonly']);
  expect((await api('GET', `/v1/albums/${id}`, undefined, { token: reader })).json.shareInfo).toBeUndefined();
});

test('legacy: what others put in leaves with them when an album is unshared', async () => {
  const { api, put, album, emulator } = await legacy();
  const [mine, theirs] = [put(), put({ contributor: 'Mara Lind', appProject: null })];
  const id = await album('Party', [mine]);
  await api('POST', `/v1/albums/${id}:share`, { sharedAlbumOptions: { isCollaborative: true } });
  emulator.state.albums.get(id)?.entries.push({ mediaItemId: theirs });
  const search = async () => (await api('POST', '/v1/mediaItems:search', { albumId: id })).json.mediaItems;
  expect((await search()).map((item: { contributorInfo: object }) => item.contributorInfo)).toEqual([
    { displayName: 'Demo User', profilePictureBaseUrl: expect.stringMatching(/^http/) },
    { displayName: 'Mara Lind', profilePictureBaseUrl: expect.stringMatching(/^http/) },
  ]);
  expect((await api('GET', '/v1/mediaItems')).json.mediaItems).toHaveLength(1);
  await api('POST', `/v1/albums/${id}:unshare`, {});
  const left = await search();
  expect(left.map(({ id }: { id: string }) => id)).toEqual([mine]);
  expect(left[0].contributorInfo).toBeUndefined();
});

test('legacy: a friend’s album is joined by its token, filled, and left', async () => {
  const self = await legacy();
  const { api, control, create } = self;
  const listed = await api('GET', '/v1/sharedAlbums');
  const invitation = listed.json.sharedAlbums.find(({ title }: { title: string }) => title === 'Summer house');
  expect(invitation.shareInfo).toMatchObject({ isJoinable: true, sharedAlbumOptions: { isCollaborative: true } });
  expect([invitation.shareInfo.isJoined, invitation.shareInfo.isOwned, invitation.isWriteable]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect((await api('GET', `/v1/albums/${invitation.id}`)).status).toBe(404);
  const { shareToken } = invitation.shareInfo;

  const joined = await api('POST', '/v1/sharedAlbums:join', { shareToken });
  expect(joined.json.album).toMatchObject({ id: invitation.id, isWriteable: true, shareInfo: { isJoined: true } });
  expect((await api('GET', `/v1/albums/${invitation.id}`)).status).toBe(200);
  expect((await api('GET', '/v1/albums')).json).toEqual({});

  const mine = await create(png(1), 'mine.png', { albumId: invitation.id });
  const search = async () => (await api('POST', '/v1/mediaItems:search', { albumId: invitation.id })).json.mediaItems;
  expect(
    (await search()).map((item: { contributorInfo: { displayName: string } }) => item.contributorInfo.displayName),
  ).toEqual(['Mara Lind', 'Mara Lind', 'Mara Lind', 'Demo User']);

  const left = await api('POST', '/v1/sharedAlbums:leave', { shareToken });
  expect([left.status, left.json]).toEqual([200, {}]);
  expect(await sharedTitles(self)).toEqual(['Choir tour']);
  expect((await api('GET', `/v1/mediaItems/${mine.id}`)).status).toBe(200);
  const { json } = await control('GET', 'state');
  const entries = json.albums.find(({ title }: { title: string }) => title === 'Summer house').entries;
  expect(entries).toHaveLength(3);
  expect((await api('POST', '/v1/sharedAlbums:leave', { shareToken })).status).toBe(400);
});

test('legacy: one cannot choose a place in another person’s album, nor fill one that is not collaborative', async () => {
  const { api, upload } = await legacy();
  const { json } = await api('GET', '/v1/sharedAlbums');
  const byTitle = (wanted: string) => json.sharedAlbums.find(({ title }: { title: string }) => title === wanted);
  const house = byTitle('Summer house');
  await api('POST', '/v1/sharedAlbums:join', { shareToken: house.shareInfo.shareToken });
  const newMediaItems = [{ simpleMediaItem: { uploadToken: await upload(png(1)) } }];
  const albumPosition = { position: 'FIRST_IN_ALBUM' };
  const placed = await api('POST', '/v1/mediaItems:batchCreate', { albumId: house.id, newMediaItems, albumPosition });
  expect([placed.status, placed.json.error.status]).toEqual([400, 'INVALID_ARGUMENT']);
  const choir = await api('POST', '/v1/mediaItems:batchCreate', { albumId: byTitle('Choir tour').id, newMediaItems });
  expect(choir.json.error.message).toBe('No permission to add media items to this album.');
});

test('legacy: from a friend’s album one takes out only what one put in', async () => {
  const { api, create } = await legacy();
  const { json } = await api('GET', '/v1/sharedAlbums');
  const house = json.sharedAlbums.find(({ title }: { title: string }) => title === 'Summer house');
  await api('POST', '/v1/sharedAlbums:join', { shareToken: house.shareInfo.shareToken });
  const mine = await create(png(1), 'mine.png', { albumId: house.id });
  const items = (await api('POST', '/v1/mediaItems:search', { albumId: house.id })).json.mediaItems;
  const remove = (id: string) => api('POST', `/v1/albums/${house.id}:batchRemoveMediaItems`, { mediaItemIds: [id] });
  expect((await remove(items[0].id)).status).toBe(400);
  expect((await remove(mine.id)).status).toBe(200);
});

test('legacy: the owner cannot leave, joining twice changes nothing, unknown tokens are 404', async () => {
  const { api, album } = await legacy();
  const shared = await api('POST', `/v1/albums/${await album('Mine')}:share`, {});
  const { shareToken } = shared.json.shareInfo;
  expect((await api('POST', '/v1/sharedAlbums:leave', { shareToken })).status).toBe(400);
  expect((await api('POST', '/v1/sharedAlbums:join', { shareToken })).json.album.title).toBe('Mine');
  for (const verb of ['join', 'leave']) {
    expect((await api('POST', `/v1/sharedAlbums:${verb}`, { shareToken: ID })).status).toBe(404);
    expect((await api('POST', `/v1/sharedAlbums:${verb}`, {})).status).toBe(400);
  }
});

test('legacy: only albums that the app made can be shared', async () => {
  const { api, emulator } = await legacy();
  const id = 'f'.repeat(76);
  emulator.state.albums.set(id, { id, title: 'Phone', appProject: null, entries: [] });
  expect((await api('POST', `/v1/albums/${id}:share`, {})).status).toBe(403);
});
