import { expect, test } from 'vitest';
import { startHarness } from './harness.ts';

// biome-ignore lint/suspicious/noExplicitAny: read as a client library reads it
async function discovery(path: string, headers: Record<string, string> = {}): Promise<any> {
  const { origin } = await startHarness();
  const response = await fetch(origin + path, { headers });
  return { status: response.status, origin, document: response.status === 200 ? await response.json() : undefined };
}

test.each(['/$discovery/rest?version=v1', '/discovery/v1/apis/photoslibrary/v1/rest'])(
  'client libraries find the API described at %s, without signing in',
  async (path) => {
    const { status, origin, document } = await discovery(path);
    expect(status).toBe(200);
    expect(document).toMatchObject({
      kind: 'discovery#restDescription',
      name: 'photoslibrary',
      version: 'v1',
      rootUrl: `${origin}/`,
      servicePath: '',
      baseUrl: `${origin}/`,
    });
    const methods = Object.values<{ methods: object }>(document.resources).flatMap((one) => Object.keys(one.methods));
    expect(methods).toHaveLength(19);
  },
);

test('methods say their verb, path, parameters and messages', async () => {
  const { document } = await discovery('/$discovery/rest?version=v1');
  expect(document.resources.albums.methods.patch).toEqual({
    id: 'photoslibrary.albums.patch',
    httpMethod: 'PATCH',
    path: 'v1/albums/{+id}',
    flatPath: 'v1/albums/{id}',
    parameters: {
      id: { type: 'string', required: true, location: 'path', pattern: '^[^/]+$' },
      updateMask: { type: 'string', format: 'google-fieldmask', location: 'query' },
    },
    parameterOrder: ['id'],
    request: { $ref: 'Album' },
    response: { $ref: 'Album' },
    scopes: ['https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata'],
  });
  expect(document.resources.mediaItems.methods.batchGet.parameters.mediaItemIds).toEqual({
    type: 'string',
    repeated: true,
    location: 'query',
  });
  expect(document.schemas.Album.properties.mediaItemsCount).toEqual({ type: 'string', format: 'int64' });
});

test('links lead back through a TLS proxy; other versions do not exist', async () => {
  const { document } = await discovery('/$discovery/rest?version=v1', { 'x-forwarded-proto': 'https' });
  expect(document.rootUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
  expect((await discovery('/$discovery/rest?version=v2')).status).toBe(404);
});
