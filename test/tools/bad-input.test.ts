/** What goes wrong says so in one clear line, with the next step, and nothing is sent or lost. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';
import { type System, startSystem } from '../harness/system.ts';

let system: System;
let result: string;
beforeAll(async () => {
  system = await startSystem({ emulator: { library: 60 } });
  result = (await system.ok('media_items_search', { pageSize: 25 })).data.result;
});
afterAll(() => system.stop());

const LONG = 'x'.repeat(501);

describe('is refused before any request', () => {
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['albums_get', { albumID: 'x' }, 'invalidInput', /^albums_get: Unknown parameter "albumID"\. It takes albumId\./],
    ['albums_get', {}, 'invalidInput', /^albums_get: Parameter "albumId" is missing/],
    [
      'media_items_list',
      { pageSize: '25' },
      'invalidInput',
      /^media_items_list: Parameter "pageSize": .*expected number, received string/,
    ],
    ['media_items_list', { pageSize: 101 }, 'invalidInput', /"pageSize"/],
    ['albums_list', { pageSize: 51 }, 'invalidInput', /"pageSize"/],
    ['albums_create', { title: LONG }, 'invalidInput', /"title": Google takes at most 500 characters/],
    ['albums_create', { title: '  ' }, 'invalidInput', /an album needs a title/],
    [
      'media_items_patch',
      { mediaItemId: 'a', description: 'x'.repeat(1001) },
      'invalidInput',
      /at most 1000 characters/,
    ],
    ['media_items_search', { dates: ['2023-02-29'] }, 'badSearch', /"2023-02-29" does not exist/],
    [
      'media_items_search',
      { dates: ['1', '2', '3', '4', '5', '6'].map((n) => `202${n}`) },
      'badSearch',
      /at most 5 dates, not 6/,
    ],
    ['media_items_search', { albumId: 'a', mediaType: 'PHOTO' }, 'badSearch', /cannot be combined/],
    ['media_items_search', { includedContentCategories: ['KITTENS'] }, 'invalidInput', /includedContentCategories/],
    ['albums_batch_add_media_items', { albumId: 'a', mediaItemIds: [] }, 'invalidInput', /mediaItemIds/],
    [
      'albums_batch_add_media_items',
      { albumId: 'a', mediaItemIds: ['zzzz#1'] },
      'unknownResult',
      /There is no result zzzz/,
    ],
    ['media_items_get', { mediaItemId: 'not an id!' }, 'badId', /neither a media item id nor a reference/],
    ['albums_add_enrichment', { albumId: 'a' }, 'notOne', /Exactly one of text, location and map/],
    ['albums_add_enrichment', { albumId: 'a', text: 'x', location: { name: 'y' } }, 'notOne', /Exactly one/],
    [
      'albums_add_enrichment',
      { albumId: 'a', location: { name: 'y', latitude: 91 } },
      'invalidInput',
      /from -90 to 90/,
    ],
    [
      'albums_add_enrichment',
      { albumId: 'a', text: 'x', position: 'AFTER_MEDIA_ITEM' },
      'badPosition',
      /does not go with/,
    ],
    ['albums_patch', { albumId: 'a' }, 'nothingToDo', /Nothing to change/],
    ['media_items_batch_create', { newMediaItems: [{}] }, 'notOne', /uploadToken or a path/],
    [
      'media_items_batch_create',
      { newMediaItems: [{ uploadToken: 't' }], position: 'FIRST_IN_ALBUM' },
      'badPosition',
      /needs an albumId/,
    ],
    ['results_read', { result: 'nope', page: 0 }, 'invalidInput', /page/],
  ])('%s %j', async (tool, input, code, line) => {
    const before = await system.requests();
    const reply = await system.call(tool, input);
    expect(reply).toMatchObject({ isError: true, data: { error: { code, retryable: false } } });
    const [first = '', next = '', ...more] = reply.text.split('\n');
    expect(first).toMatch(line);
    expect(next).toBeTruthy();
    expect(more).toEqual([]);
    expect(await system.requests()).toEqual(before);
  });

  test('references past the end, of the wrong kind, or of a whole result', async () => {
    const past = await system.call('media_items_get', { mediaItemId: `${result}#61` });
    expect(past.text).toMatch(/has 60 media items; #61 is past the end\.\nUse .*#1-60/);
    const whole = await system.call('media_items_get', { mediaItemId: result });
    expect(whole.text).toContain(`Say which: ${result}#1`);
    const many = await system.call('media_items_get', { mediaItemId: `${result}#1-2` });
    expect(many.text).toContain('names 2 items; one media item is wanted');
    await system.ok('albums_create', { title: 'A' });
    const albums = (await system.ok('albums_list')).data.result;
    const album = await system.call('media_items_get', { mediaItemId: `${albums}#1` });
    expect(album.text).toContain(`media_items_search {"albumId": "${albums}#1"}`);
    const item = await system.call('albums_get', { albumId: `${result}#1` });
    expect(item.text).toContain('is a media item, not an album');
  });

  test('a page token that is not ours, or another request’s', async () => {
    const foreign = await system.call('media_items_list', { pageToken: 'CkgKQnR5cGUuZ29vZ2xl' });
    expect(foreign.data.error.code).toBe('badPageToken');
    const other = await system.call('albums_list', { pageToken: `${result}.2` });
    expect(other.data.error.code).toBe('pageTokenMismatch');
  });
});

test('results: unknown, expired, damaged', async () => {
  expect((await system.call('results_read', { result: 'zzzz' })).data.error.code).toBe('unknownResult');
  const folder = join(system.stateDir, 'accounts', 'default@emulator', 'results');
  const fresh = await system.restart();

  const damaged = (await system.ok('media_items_list')).data.result;
  await writeFile(join(folder, damaged, '000001.json'), '{"it');
  expect((await fresh.call('results_read', { result: damaged })).text).toMatch(
    /is damaged on disk\.\nList or search again/,
  );

  const old = (await system.ok('media_items_search', { mediaType: 'PHOTO' })).data.result;
  const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
  await utimes(join(folder, old), monthAgo, monthAgo);
  const expired = await fresh.call('media_items_search', { pageToken: `${old}.2` });
  expect(expired.text).toMatch(/expired.*\nGet it again: media_items_search \{"mediaType":"PHOTO"\}/);
  await fresh.stop();
});

describe('Google says no', () => {
  afterEach(() => system.control('faults', []));

  const failing = async (fault: Record<string, unknown>, tool: string, input: Record<string, unknown>) => {
    await system.control('faults', [{ method: '*', probability: 1, ...fault }]);
    return system.call(tool, input);
  };

  test('an item that is not there', async () => {
    const reply = await system.call('media_items_get', { mediaItemId: 'A'.repeat(98) });
    expect(reply).toMatchObject({ isError: true, data: { error: { code: 'notFound', status: 'NOT_FOUND' } } });
    expect(reply.text).toMatch(/^NOT_FOUND: /);
  });

  test('the quota of the day is gone: no retry, and when it comes back', async () => {
    system.emulator.overrides.requestsPerDay = 0;
    const reply = await system.call('albums_list');
    system.emulator.overrides.requestsPerDay = 10_000;
    expect(reply.data.error).toMatchObject({ code: 'quotaDay', status: 'RESOURCE_EXHAUSTED' });
    expect(reply.text).toContain("Quota exceeded for quota metric 'All requests'");
    expect(reply.text).toContain('midnight Pacific');
  });

  test('an API that is not enabled', async () => {
    system.emulator.overrides.disabledApis = ['photoslibrary'];
    const reply = await system.call('albums_list');
    system.emulator.overrides.disabledApis = [];
    expect(reply.data.error).toMatchObject({ code: 'apiDisabled', status: 'PERMISSION_DENIED' });
    expect(reply.text).toMatch(/Enable the API/);
  });

  test('an HTML answer is not shown to anybody', async () => {
    const reply = await failing({ failure: 'html', count: 99 }, 'albums_create', { title: 'X' });
    expect(reply.data.error.code).toBe('unavailable');
    expect(reply.text).not.toContain('<');
  });
});

test('Google is not there', { timeout: 120_000 }, async () => {
  const gone = await startEmulator({ library: 'empty' });
  await gone.close();
  const lonely = await startSystem({ config: { googleOrigin: gone.origin } });
  const reply = await lonely.call('albums_create', { title: 'X' });
  expect(reply.data.error).toMatchObject({ code: 'network', retryable: true });
  expect(reply.text).toContain('Google was not reached');
  await lonely.stop();
});

test('a state folder that cannot be written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unwritable-'));
  await writeFile(join(folder, 'accounts'), 'in the way');
  const stuck = await system.restart({ stateDir: folder });
  const reply = await stuck.call('albums_list');
  expect(reply.data.error.code).toBe('stateFolder');
  expect(reply.text).toMatch(/cannot be written.*\nMake .* writable, or start the server with --state-dir/);
  const before = await system.requests();
  expect((await stuck.call('albums_create', { title: 'Lost' })).data.error.code).toBe('stateFolder');
  expect(await system.requests()).toEqual(before);
  await stuck.stop();
  await rm(folder, { recursive: true, force: true });
  expect(await readdir(system.stateDir)).toContain('accounts');
});

describe('sign-in', () => {
  test('before it, everything is listed and every tool says what to do', async () => {
    const out = await system.restart({ accessToken: undefined, clientId: 'desktop' });
    expect((await out.client.listTools()).tools.length).toBeGreaterThan(20);
    const reply = await out.call('albums_list');
    expect(reply).toMatchObject({ isError: true, data: { error: { code: 'notSignedIn' } } });
    expect(reply.text).toMatch(/account_sign_in/);
    await out.stop();
  });

  test('without an OAuth client: how to get one', async () => {
    const out = await system.restart({ accessToken: undefined });
    const reply = await out.call('albums_list');
    expect(reply.data.error.code).toBe('noClientId');
    expect(reply.text).toContain('Desktop');
    await out.stop();
  });

  test('a token that Google does not take', async () => {
    const out = await system.restart({ accessToken: 'unknown' });
    const reply = await out.call('albums_list');
    expect(reply.isError).toBe(true);
    expect(reply.text).not.toContain('unknown');
    await out.stop();
  });

  test('a scope that is missing', async () => {
    const [token] = system.emulator.state.accessTokens.values();
    if (!token) throw new Error('no token');
    const scopes = ['https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata'];
    system.emulator.state.accessTokens.set('reader', { ...token, token: 'reader', scopes: scopes as never });
    const out = await system.restart({ accessToken: 'reader' });
    await out.ok('albums_list');
    const reply = await out.call('albums_create', { title: 'X' });
    expect(reply.data.error).toMatchObject({ code: 'missingScope', status: 'PERMISSION_DENIED' });
    expect(reply.text).toMatch(
      /^PERMISSION_DENIED: Request had insufficient authentication scopes\.\n.*every box ticked/,
    );
    await out.stop();
  });
});

test('nothing unexpected happened on the way', () => {
  expect(system.unexpected).toEqual([]);
});
