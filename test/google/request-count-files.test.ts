import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createFileRequestCountStore } from '../../src/google/request-count-files.ts';
import { requestCountContract } from '../contracts/request-count.ts';
import { bundle } from '../harness/program.ts';
import { start } from '../storage/harness.ts';

let program: string;
beforeAll(async () => {
  program = await bundle('test/google/count-child.ts');
});

const temporaryFolder = () => mkdtemp(join(tmpdir(), 'gphotos-count-'));

requestCountContract('request counts in files', async () => {
  const folder = await temporaryFolder();
  return {
    open: () => createFileRequestCountStore(join(folder, 'project')),
    openOther: () => createFileRequestCountStore(join(folder, 'other')),
    async startCounting(day) {
      const counting = start(program, { folder: join(folder, 'project'), day });
      let added = 0;
      return {
        async hasAdded(requests) {
          while (added < requests) added = Number(await counting.next());
        },
        kill: async () => Math.max(added, ...(await counting.kill()).map(Number)),
      };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
});

async function emptyStore() {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, store: createFileRequestCountStore(folder) };
}

test('the days before are cleared away, and nothing else', async () => {
  const { folder, store } = await emptyStore();
  await writeFile(join(folder, 'notes.txt'), '');
  await store.add('2026-11-23', { requests: 1, mediaRequests: 0 });
  await store.add('2026-11-24', { requests: 1, mediaRequests: 0 });
  expect((await readdir(folder)).sort()).toEqual(['2026-11-24', 'notes.txt']);
});

test.each(['{"requests":"many"', '{"requests":-4,"mediaRequests":1.5}', '[1]', ''])(
  'a damaged file counts as nothing: %s',
  async (text) => {
    const { folder, store } = await emptyStore();
    await store.add('2026-11-23', { requests: 1, mediaRequests: 0 });
    await writeFile(join(folder, '2026-11-23', 'x.json'), text);
    expect(await store.read('2026-11-23')).toEqual({ requests: 1, mediaRequests: 0 });
  },
);

test('a folder that cannot be written is an error of the system', async () => {
  const { folder } = await emptyStore();
  await writeFile(join(folder, 'file'), '');
  const store = createFileRequestCountStore(join(folder, 'file', 'x'));
  await expect(store.add('2026-11-23', { requests: 1, mediaRequests: 0 })).rejects.toMatchObject({
    code: expect.stringMatching(/^(ENOTDIR|EEXIST)$/),
  });
});
