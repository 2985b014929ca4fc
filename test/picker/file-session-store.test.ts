/** Picker sessions in files: the contract, and what files alone can suffer. */
import { readdirSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createFilePickerSessionStore } from '../../src/picker/file-session-store.ts';
import { createFileLeases } from '../../src/storage/file-leases.ts';
import { pickerSessionsContract } from '../contracts/picker-sessions.ts';
import { session } from '../contracts/picker-sessions-worker.ts';
import { bundle } from '../harness/program.ts';
import { start, temporaryFolder } from '../storage/harness.ts';

let program: string;
beforeAll(async () => {
  program = await bundle('test/picker/programs/sessions.ts');
});

const storeIn = (folder: string, person = 'one', options = {}) =>
  createFilePickerSessionStore(join(folder, person), createFileLeases(join(folder, `${person}-leases`)), options);

pickerSessionsContract('picker sessions in files', async () => {
  const folder = temporaryFolder();
  return {
    open: (options) => storeIn(folder, 'one', options),
    openOther: () => storeIn(folder, 'other'),
    startProcess: async (handle) =>
      start(program, { folder: join(folder, 'one'), leases: join(folder, 'one-leases'), handle }),
    async close() {},
  };
});

/** As 0.1.0 wrote it. */
const OLD =
  '{"handle":"abcdef","sessionId":"s","pickerUri":"https://photos.google.com/picker/x","state":"picked",' +
  '"createdAt":1795000000000,"pollUntil":1795001800000,"expiresAt":1795604800000,"result":"k7m2","count":3,"copied":["a"]}';

async function storeWith(text: string) {
  const folder = temporaryFolder();
  await mkdir(join(folder, 'one'));
  await writeFile(join(folder, 'one', 'abcdef.json'), text);
  return { folder, store: storeIn(folder) };
}

describe('a session file', () => {
  test('of 0.1.0 is read', async () => {
    const { store } = await storeWith(OLD);
    expect(await store.read('abcdef')).toEqual(JSON.parse(OLD));
    expect(await store.all()).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['empty', ''],
    ['half', OLD.slice(0, 120)],
    ['zeros, as a disk leaves them after a power cut', '\0\0\0\0\0\0'],
    ['null', 'null'],
    ['a list', '[]'],
    ['of another handle', OLD.replace('abcdef', 'ghjkmn')],
    ['without a session', OLD.replace('"sessionId":"s",', '')],
    ['in a state that there is not', OLD.replace('"picked"', '"lost"')],
    ['with a time that is none', OLD.replace('1795604800000', '"soon"')],
    ['with a list that is none', OLD.replace('["a"]', '"a"')],
  ])('that is no whole session (%s) is none', async (_, text) => {
    const { folder, store } = await storeWith(text);
    await expect(store.read('abcdef')).rejects.toMatchObject({ code: 'unknownSession' });
    await expect(store.update('abcdef', (before) => before)).rejects.toMatchObject({ code: 'unknownSession' });
    expect(await store.all()).toEqual([]);
    expect(await readFile(join(folder, 'one', 'abcdef.json'), 'utf8')).toBe(text);
  });

  test.skipIf(process.platform === 'win32')('is its owner’s alone', async () => {
    const folder = temporaryFolder();
    const { handle } = await storeIn(folder).create(session());
    const modeOf = async (path: string) => ((await stat(join(folder, path))).mode & 0o777).toString(8);
    expect(await modeOf('one')).toBe('700');
    expect(await modeOf(join('one', `${handle}.json`))).toBe('600');
  });
});

test('a folder that cannot be written is told, in words', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'one'), 'not a folder');
  const refusal = {
    code: 'stateFolder',
    message: expect.stringMatching(/^The state folder cannot be written: E\w+\.$/),
  };
  await expect(storeIn(folder).prepare()).rejects.toMatchObject(refusal);
  await expect(storeIn(folder).create(session())).rejects.toMatchObject(refusal);
});

test('a handle that is none makes no lease', async () => {
  const folder = temporaryFolder();
  await expect(storeIn(folder).update('abcdef', (before) => before)).rejects.toMatchObject({ code: 'unknownSession' });
  expect(readdirSync(folder)).toEqual([]);
});
