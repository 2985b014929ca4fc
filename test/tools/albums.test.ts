import { afterAll, beforeAll, expect, test } from 'vitest';
import { type System, startSystem } from '../harness/system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

test('made, listed, read, renamed', async () => {
  const created = await system.ok('albums_create', { title: 'Lisbon' });
  expect(created.data.album).toMatchObject({ title: 'Lisbon', count: 0, isWriteable: true });
  const listed = await system.ok('albums_list');
  expect(listed.text).toMatch(/^1 album · all albums · result \w+ page 1\n#1 {2}"Lisbon" {2}0 items$/);
  const reference = `${listed.data.result}#1`;
  expect((await system.ok('albums_get', { albumId: reference })).data.album.id).toBe(created.data.album.id);
  const patched = await system.ok('albums_patch', { albumId: reference, title: 'Lisboa' });
  expect(patched.data.album.title).toBe('Lisboa');
  expect((await system.library()).albums).toMatchObject([{ title: 'Lisboa' }]);
});
