/** What is not there, read as a resource: the protocol's "not found" with our two lines, never an internal error. */
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type System, startSystem } from '../harness/system.ts';

let system: System;
beforeEach(async () => {
  system = await startSystem({ emulator: { library: 60 } });
});
afterEach(() => system.stop());

const refusalOf = async (uri: string): Promise<{ code: number; message: string }> =>
  system.read(uri).then(
    () => Promise.reject(new Error(`${uri} was read`)),
    (error) => error,
  );

describe('not found', () => {
  test.each([
    ['gphotos://media/%', /is not what an address can hold/],
    ['gphotos://media/%E0%A4%A/preview', /is not what an address can hold/],
    ['gphotos://albums/%zz', /is not what an address can hold/],
    ['gphotos://results/k7m2/pages/%', /is not what an address can hold/],
    ['gphotos://results/zzzz/pages/1', /There is no result zzzz/],
    ['gphotos://results/..%2F..%2Fx/pages/1', /is not a page token/],
    ['gphotos://results/k7m2/pages/0', /is not a page token/],
  ])('%s', async (uri, words) => {
    const error = await refusalOf(uri);
    expect(error.code).not.toBe(ProtocolErrorCode.InternalError);
    expect(error.message).toMatch(words);
    expect(system.unexpected).toEqual([]);
  });

  test('a result that has expired, with the way to get it again', async () => {
    const { data } = await system.ok('media_items_list', { pageSize: 10 });
    const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
    const account = join(system.stateDir, 'accounts', 'default@emulator');
    await utimes(join(account, 'results', data.result), monthAgo, monthAgo);
    const later = await system.restart();
    try {
      const error = await later.read(`gphotos://results/${data.result}/pages/1`).catch((refusal) => refusal);
      expect(error.code).not.toBe(ProtocolErrorCode.InternalError);
      expect(error.message).toMatch(/expired: .*\nGet it again: media_items_list/);
    } finally {
      await later.stop();
    }
  });
});
