/** The six sharing methods: refused by everybody's Google today, working in full on the API as it was. */
import { afterEach, expect, test } from 'vitest';
import { type System, startSystem } from '../harness/system.ts';

let system: System;
afterEach(() => system.stop());

test('today: the real refusal, explained, with a link where a person can do it', async () => {
  system = await startSystem();
  const { album } = (await system.ok('albums_create', { title: 'Lisbon' })).data;
  for (const tool of ['albums_share', 'albums_unshare']) {
    const reply = await system.call(tool, { albumId: album.id });
    expect(reply).toMatchObject({
      isError: true,
      data: { error: { code: 'removed', status: 'PERMISSION_DENIED', retryable: false } },
    });
    expect(reply.text).toMatch(/^PERMISSION_DENIED: .*2025-03-31/);
    expect(reply.text).toContain(album.productUrl);
  }
  const token = { shareToken: 'AOVP0rRt' };
  for (const [tool, input] of [
    ['shared_albums_get', token],
    ['shared_albums_join', token],
    ['shared_albums_leave', token],
    ['shared_albums_list', {}],
  ] as const) {
    const reply = await system.call(tool, input);
    expect(reply).toMatchObject({ isError: true, data: { error: { code: 'removed', status: 'PERMISSION_DENIED' } } });
    expect(reply.text).toContain('https://photos.google.com/sharing');
  }
  expect(await system.requests()).toMatchObject({
    'albums.share': 1,
    'albums.unshare': 1,
    'sharedAlbums.get': 1,
    'sharedAlbums.join': 1,
    'sharedAlbums.leave': 1,
    'sharedAlbums.list': 1,
  });
});

test('on an emulator with the API as it was, all six work', async () => {
  system = await startSystem({ emulator: { legacySharing: true } });
  const { album } = (await system.ok('albums_create', { title: 'Lisbon' })).data;
  const shared = await system.ok('albums_share', { albumId: album.id, isCollaborative: true });
  expect(shared.data.shareInfo).toMatchObject({
    shareableUrl: expect.stringMatching(/^https:/),
    shareToken: expect.any(String),
    sharedAlbumOptions: { isCollaborative: true },
    isOwned: true,
  });
  const listed = await system.ok('shared_albums_list');
  expect(listed.data.items.map(({ title }: { title: string }) => title)).toContain('Lisbon');
  const { shareToken } = shared.data.shareInfo;
  expect((await system.ok('shared_albums_get', { shareToken })).data.album).toMatchObject({ id: album.id, shareToken });
  await system.ok('albums_unshare', { albumId: album.id });
  expect((await system.call('shared_albums_get', { shareToken })).isError).toBe(true);

  const friend = [...system.emulator.state.albums.values()].find(
    ({ share }) => share && !share.ownedByUser && !share.joined,
  );
  const theirs = { shareToken: friend?.share?.shareToken ?? '' };
  const joined = await system.ok('shared_albums_join', theirs);
  expect(joined.data.album).toMatchObject({ title: friend?.title });
  expect(system.emulator.state.albums.get(friend?.id ?? '')?.share?.joined).toBe(true);
  await system.ok('shared_albums_leave', theirs);
  expect(system.emulator.state.albums.get(friend?.id ?? '')?.share?.joined).toBe(false);
});
