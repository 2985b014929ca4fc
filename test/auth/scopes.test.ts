/** What is asked for at sign-in: what the enabled tool sets need, and no more (contract 2). */
import { expect, test } from 'vitest';
import { fromWire, missingScopes, type Scope, scopesFor, toWire } from '../../src/auth/scopes.ts';
import { METHODS } from '../../src/google/methods.ts';

const [A, R, E, P, S] = [
  'photoslibrary.appendonly',
  'photoslibrary.readonly.appcreateddata',
  'photoslibrary.edit.appcreateddata',
  'photospicker.mediaitems.readonly',
  'photoslibrary.sharing',
] as const;
const ALL = ['library', 'sharing', 'media', 'picker', 'organize', 'account'];

test.each([
  [ALL, false, false, [A, R, E, P]],
  [ALL, true, false, [R, P]],
  [ALL, false, true, [A, R, E, P, S]],
  [ALL, true, true, [R, P]],
  [['library'], false, false, [A, R, E]],
  [['library'], true, false, [R]],
  [['media'], false, false, [A, R]],
  [['picker'], false, false, [P]],
  [['sharing'], false, false, [R]],
  [['sharing'], false, true, [R, S]],
  [['library', 'account'], false, true, [A, R, E]],
  [['account'], false, false, [R]],
] as [string[], boolean, boolean, Scope[]][])(
  '%j, read-only %s, legacy %s',
  (toolsets, readOnly, legacySharing, scopes) => {
    expect(scopesFor({ toolsets, readOnly, legacySharing })).toEqual(scopes);
  },
);

test('the library tool set’s scopes are enough for each of its 13 methods', () => {
  const asked: readonly string[] = scopesFor({ toolsets: ['library'], readOnly: false });
  const live = Object.values(METHODS).filter(({ removed }) => !removed);
  expect(live).toHaveLength(13);
  for (const { scopes } of live) expect(scopes.some((scope) => asked.includes(scope))).toBe(true);
});

test('names on the wire', () => {
  expect(toWire([A, P])).toBe(
    'https://www.googleapis.com/auth/photoslibrary.appendonly https://www.googleapis.com/auth/photospicker.mediaitems.readonly',
  );
  const given = `openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/${P} https://evil.test/${A}`;
  expect(fromWire(given)).toEqual([P]);
  expect(fromWire('')).toEqual([]);
  expect(missingScopes([A, R], [R, E])).toEqual([A]);
});
