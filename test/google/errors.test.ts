/** Google's refusals sorted into causes; no word that Google did not say, and no secret (contract 5.2, 6.1, 6.2). */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { LibraryMethod } from '../../src/google/types.ts';
import { clientOf, rejection, type Step, startScripted, tokens } from './scripted.ts';

const error = (code: number, status: string, message: string, more: Record<string, unknown> = {}): Step => ({
  status: code,
  json: { error: { code, message, status, ...more } },
});

const SCOPES = 'Request had insufficient authentication scopes.';
const DISABLED =
  'Photos Library API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?project=123 then retry.';

const cases: [string, LibraryMethod, Step, Record<string, unknown>][] = [
  [
    'missing scope',
    'albums.list',
    error(403, 'PERMISSION_DENIED', SCOPES),
    { reason: 'missingScope', code: 7, status: 'PERMISSION_DENIED', message: SCOPES, retryable: false },
  ],
  [
    'removed method',
    'sharedAlbums.list',
    error(403, 'PERMISSION_DENIED', SCOPES),
    { reason: 'removed', httpStatus: 403 },
  ],
  [
    'API not enabled',
    'albums.list',
    error(403, 'PERMISSION_DENIED', DISABLED),
    {
      reason: 'apiDisabled',
      helpUrl: 'https://console.developers.google.com/apis/api/photoslibrary.googleapis.com/overview?project=123',
    },
  ],
  [
    'API not enabled, newer form',
    'albums.list',
    error(403, 'PERMISSION_DENIED', 'Disabled.', {
      details: [{ reason: 'SERVICE_DISABLED', metadata: { activationUrl: 'https://console.cloud.google.com/apis/x' } }],
    }),
    { reason: 'apiDisabled', helpUrl: 'https://console.cloud.google.com/apis/x' },
  ],
  [
    'a help link to somewhere else is dropped',
    'albums.list',
    error(403, 'PERMISSION_DENIED', 'it is disabled, see https://console.cloud.google.com.evil.test/x'),
    { reason: 'apiDisabled', helpUrl: undefined },
  ],
  [
    'no Google Photos',
    'albums.list',
    error(403, 'PERMISSION_DENIED', 'Google Photos is disabled for the user'),
    { reason: 'photosDisabled' },
  ],
  [
    'forbidden',
    'albums.list',
    error(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
    { reason: 'forbidden' },
  ],
  ['not found', 'albums.list', error(404, 'NOT_FOUND', 'Gone.'), { reason: 'notFound', code: 5 }],
  [
    'invalid',
    'albums.list',
    error(400, 'INVALID_ARGUMENT', 'Invalid album ID.'),
    { reason: 'invalid', code: 3, message: 'Invalid album ID.' },
  ],
  [
    'precondition',
    'albums.list',
    error(400, 'FAILED_PRECONDITION', 'Not yet.'),
    { reason: 'failedPrecondition', code: 9 },
  ],
  [
    'a page of HTML',
    'albums.list',
    { status: 404, text: '<html>secret intranet page</html>', headers: { 'content-type': 'text/html' } },
    { reason: 'notFound', message: 'Google answered HTTP 404.' },
  ],
  [
    'broken JSON',
    'albums.list',
    { status: 400, text: '{"error": {"mess' },
    { reason: 'invalid', message: 'Google answered HTTP 400.', status: 'INVALID_ARGUMENT' },
  ],
  [
    'a string for an error',
    'albums.list',
    { status: 403, json: { error: 'forbidden' } },
    { reason: 'forbidden', message: 'Google answered HTTP 403.' },
  ],
];

test.each(cases)('%s', async (_, method, step, expected) => {
  const server = await startScripted(step);
  const request = { albumId: 'a', pageSize: 20 } as never;
  const thrown = await rejection(clientOf(server.origin).call(method, request));
  expect(thrown).toMatchObject({ name: 'GoogleError', method, ...expected });
});

test('a token as short as an emulator takes is hidden as a word, not inside of others', async () => {
  const server = await startScripted(error(400, 'INVALID_ARGUMENT', 'The header Bearer T, To: T'));
  const client = clientOf(server.origin, { tokens: tokens('T') });
  const thrown = (await rejection(client.call('albums.list', {}))) as Error;
  expect(thrown.message).toBe('The header Bearer [token], To: [token]');
});

test('a server that echoes the token does not get it into an error', async () => {
  const server = await startScripted(error(400, 'INVALID_ARGUMENT', 'Bad header: Bearer ya29.marked-secret!'));
  const client = clientOf(server.origin, { tokens: tokens('ya29.marked-secret') });
  const thrown = (await rejection(client.call('albums.list', {}))) as Error;
  expect(thrown.message).toBe('Bad header: Bearer [token]!');
  expect(`${inspect(thrown, { depth: 9, showHidden: true })}${JSON.stringify(thrown)}${thrown.stack}`).not.toContain(
    'marked-secret',
  );
});

test('an endless error body is cut short', async () => {
  const server = await startScripted((_, response) => {
    response.writeHead(400, { 'content-type': 'text/plain' });
    const more = () => void (response.destroyed || response.write('x'.repeat(16_384), () => setImmediate(more)));
    more();
  });
  expect(await rejection(clientOf(server.origin).call('albums.list', {}))).toMatchObject({ reason: 'invalid' });
});
