import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { png, startHarness, TOKEN } from './harness.ts';

test('an album is made, read, listed', async () => {
  const { api } = await startHarness();
  const made = await api('POST', '/v1/albums', { album: { title: 'Lisbon' } });
  expect(made.status).toBe(200);
  expect(made.json).toEqual({
    id: expect.stringMatching(/^[A-Za-z0-9_-]{76}$/),
    title: 'Lisbon',
    productUrl: `https://photos.google.com/lr/album/${made.json.id}`,
    isWriteable: true,
    coverPhotoBaseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/lr\/[A-Za-z0-9_-]+$/),
  });
  expect((await api('GET', `/v1/albums/${made.json.id}`)).json.title).toBe('Lisbon');
  expect((await api('GET', '/v1/albums')).json).toEqual({ albums: [expect.objectContaining({ title: 'Lisbon' })] });
});

test('replies carry the headers that Google sends', async () => {
  const { api } = await startHarness();
  const { headers } = await api('GET', '/v1/albums');
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'private',
    vary: 'X-Origin,Referer,Origin,Accept-Encoding',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'x-xss-protection': '0',
    'transfer-encoding': 'chunked',
  });
});

test('an item has an id of 98 characters and its numbers as strings', async () => {
  const { api, create } = await startHarness();
  const item = await create(png(1), 'a.png');
  expect(item.id).toMatch(/^[A-Za-z0-9_-]{98}$/);
  const { json } = await api('GET', `/v1/mediaItems/${item.id}`);
  expect(json).toEqual({
    id: item.id,
    productUrl: `https://photos.google.com/lr/photo/${item.id}`,
    baseUrl: expect.stringMatching(/\/lr\//),
    mimeType: 'image/png',
    mediaMetadata: { creationTime: expect.stringMatching(/Z$/), width: '1', height: '1', photo: {} },
    filename: 'a.png',
  });
});

test('prettyPrint=false gives one line, the default many', async () => {
  const { api, create } = await startHarness();
  await create(png(1));
  expect((await api('GET', '/v1/mediaItems?prettyPrint=false')).text).not.toContain('\n');
  expect((await api('GET', '/v1/mediaItems')).text).toMatch(/^\{\n {2}"mediaItems": \[\n/);
});

test('gzip comes when asked for, not otherwise', async () => {
  const { origin } = await startHarness();
  const authorization = `Bearer ${TOKEN}`;
  const zipped = await fetch(`${origin}/v1/albums`, { headers: { authorization, 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(await zipped.json()).toEqual({});
  const plain = await fetch(`${origin}/v1/albums`, { headers: { authorization, 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
});

test('a gzipped request body is read', async () => {
  const { origin } = await startHarness();
  const response = await fetch(`${origin}/v1/albums`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-encoding': 'gzip' },
    body: gzipSync('{"album":{"title":"Zipped"}}'),
  });
  expect(await response.json()).toMatchObject({ title: 'Zipped' });
});

test('fields selects, looks through lists, and takes both notations', async () => {
  const { api, create } = await startHarness();
  await create(png(1), 'a.png');
  await create(png(2), 'b.png');
  const mask = encodeURIComponent('nextPageToken,mediaItems(filename,mediaMetadata(width,photo))');
  expect((await api('GET', `/v1/mediaItems?fields=${mask}`)).json.mediaItems[1]).toEqual({
    filename: expect.any(String),
    mediaMetadata: { width: '1', photo: {} },
  });
  const path = encodeURIComponent('mediaItems/mediaMetadata/height');
  expect((await api('GET', `/v1/mediaItems?fields=${path}`)).json).toEqual({
    mediaItems: [{ mediaMetadata: { height: '1' } }, { mediaMetadata: { height: '1' } }],
  });
  expect((await api('GET', '/v1/mediaItems?fields=mediaItems(id')).status).toBe(400);
});

test.each([
  ['header', (origin: string) => fetch(`${origin}/v1/albums`, { headers: { authorization: `Bearer ${TOKEN}` } })],
  ['access_token', (origin: string) => fetch(`${origin}/v1/albums?access_token=${TOKEN}`)],
  ['oauth_token', (origin: string) => fetch(`${origin}/v1/albums?oauth_token=${TOKEN}`)],
])('the token may come as %s', async (_, call) => {
  const { origin } = await startHarness();
  expect((await call(origin)).status).toBe(200);
});

test('no token, or an unknown one, is 401', async () => {
  const { api } = await startHarness();
  for (const token of [null, 'nonsense']) {
    const { status, json, headers } = await api('GET', '/v1/albums', undefined, { token });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('Bearer');
    expect(json).toEqual({
      error: {
        code: 401,
        message:
          'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
        status: 'UNAUTHENTICATED',
      },
    });
  }
});

test('alt=json adds the errors list of the older format', async () => {
  const { api } = await startHarness();
  const { json } = await api('GET', '/v1/albums/short?alt=json');
  expect(json.error).toEqual({
    code: 400,
    message: 'Invalid album ID.',
    errors: [{ message: 'Invalid album ID.', domain: 'global', reason: 'badRequest' }],
    status: 'INVALID_ARGUMENT',
  });
  expect((await api('GET', '/v1/albums/short')).json.error.errors).toBeUndefined();
});

test.each([
  ['DELETE', '/v1/albums/x'],
  ['GET', '/v1/nothing'],
  ['POST', '/v1/albums/x:reorder'],
])('%s %s is an HTML 404', async (verb, path) => {
  const { api } = await startHarness();
  const { status, text, headers } = await api(verb, path);
  expect(status).toBe(404);
  expect(headers.get('content-type')).toBe('text/html; charset=UTF-8');
  expect(text).toMatch(/^<!DOCTYPE html>/);
});

test.each([
  [
    'an unknown name',
    { album: { title: 'x' }, colour: 1 },
    'Invalid JSON payload received. Unknown name "colour": Cannot find field.',
  ],
  [
    'an unknown name further down',
    { album: { title: 'x', mood: 1 } },
    'Invalid JSON payload received. Unknown name "mood" at \'album\': Cannot find field.',
  ],
  ['a wrong type', { album: { title: 5 } }, "Invalid value at 'album.title' (TYPE_STRING), 5"],
])('%s in a body is 400', async (_, body, message) => {
  const { api } = await startHarness();
  const { status, json } = await api('POST', '/v1/albums', body);
  expect([status, json.error.status, json.error.message]).toEqual([400, 'INVALID_ARGUMENT', message]);
});

test.each(['{"album":', '[]', '"x"', '{"album": {"title": "x"}} x'])('the body %s is 400', async (raw) => {
  const { api } = await startHarness();
  const { status, json } = await api('POST', '/v1/albums', undefined, { raw });
  expect(status).toBe(400);
  expect(json.error.message).toMatch(/^Invalid JSON payload received\./);
});

test('bodies may say snake_case, numbers as strings, booleans as strings, enums as numbers, null for nothing', async () => {
  const { api, create } = await startHarness();
  await create(png(1));
  const body = {
    page_size: '100',
    albumId: '',
    orderBy: null,
    filters: { include_archived_media: 'true', media_type_filter: { media_types: [2] } },
  };
  expect((await api('POST', '/v1/mediaItems:search', body)).json.mediaItems).toHaveLength(1);
  const videos = { filters: { mediaTypeFilter: { mediaTypes: [1] } } };
  expect((await api('POST', '/v1/mediaItems:search', videos)).json).toEqual({});
});

test('an unknown query parameter is 400', async () => {
  const { api } = await startHarness();
  const { status, json } = await api('GET', '/v1/albums?nextPageToken=abc');
  expect(status).toBe(400);
  expect(json.error.message).toBe(
    'Invalid JSON payload received. Unknown name "nextPageToken": Cannot bind query parameter. Field \'nextPageToken\' could not be found in request message.',
  );
});

test('query parameters may be snake_case', async () => {
  const { api } = await startHarness();
  expect((await api('GET', '/v1/albums?page_size=5&exclude_non_app_created_data=true')).status).toBe(200);
  expect((await api('GET', '/v1/albums?pageSize=many')).json.error.message).toBe(
    'Invalid value at \'page_size\' (TYPE_INT32), "many"',
  );
});

test('a GET that came as POST with an override header is still a GET', async () => {
  const { origin, create } = await startHarness();
  const item = await create(png(1));
  const response = await fetch(`${origin}/v1/mediaItems:batchGet?fields=mediaItemResults%2FmediaItem%2Fid`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'x-http-method-override': 'GET',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ mediaItemIds: item.id }).toString(),
  });
  expect(await response.json()).toEqual({ mediaItemResults: [{ mediaItem: { id: item.id } }] });
});

test.each(['/v1/mediaItems/:search', '/v1/mediaItems%3Asearch'])('%s is mediaItems.search', async (path) => {
  const { api } = await startHarness();
  expect((await api('POST', path, {})).json).toEqual({});
});

test('behind a proxy that speaks TLS, links say https and the name the client called', async () => {
  const { api, create, emulator } = await startHarness();
  await create(png(1));
  const headers = { 'x-forwarded-proto': 'https' };
  const [item] = (await api('GET', '/v1/mediaItems', undefined, { headers })).json.mediaItems;
  expect(item.baseUrl).toMatch(new RegExp(`^https://127\\.0\\.0\\.1:${emulator.port}/lr/[A-Za-z0-9_-]+$`));
  const start = { ...headers, 'x-goog-upload-protocol': 'resumable', 'x-goog-upload-command': 'start' };
  const started = await api('POST', '/v1/uploads', undefined, { headers: start, unchecked: true });
  expect(started.headers.get('x-goog-upload-url')).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/v1\/uploads\?upload_id=/);
});

test('names that JavaScript objects are born with are unknown names like any other', async () => {
  const { api } = await startHarness();
  for (const name of ['constructor', 'toString', '__proto__']) {
    const inBody = await api('POST', '/v1/albums', undefined, { raw: `{"album":{"title":"a","${name}":"b"}}` });
    expect([inBody.status, inBody.json.error.message]).toEqual([
      400,
      `Invalid JSON payload received. Unknown name "${name}" at 'album': Cannot find field.`,
    ]);
    expect((await api('GET', `/v1/albums?${name}=1`)).status).toBe(400);
  }
});

test('booleans come in the words that protobuf reads', async () => {
  const { api } = await startHarness();
  for (const word of ['true', 'True', 'FALSE', '1', '0', 'yes']) {
    expect([word, (await api('GET', `/v1/albums?excludeNonAppCreatedData=${word}`)).status]).toEqual([word, 200]);
  }
  const { status, json } = await api('GET', '/v1/albums?excludeNonAppCreatedData=maybe');
  expect([status, json.error.message]).toEqual([
    400,
    'Invalid value at \'exclude_non_app_created_data\' (TYPE_BOOL), "maybe"',
  ]);
});
