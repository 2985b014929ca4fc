import { appendFile, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFilePreviews } from '../../src/organize/apply/file-previews.ts';
import { latest } from '../../src/organize/apply/records.ts';
import { makePlan } from '../../src/organize/plan/plan.ts';
import { previewsContract } from '../contracts/previews.ts';
import { record } from '../contracts/previews-worker.ts';
import { bundle } from '../harness/program.ts';
import { start, temporaryFolder } from '../storage/harness.ts';

let program: string;
beforeAll(async () => {
  program = await bundle('test/organize/programs/previews.ts');
});

previewsContract('previews in files', async ({ lifetimeMs = 60_000 } = {}) => {
  const folder = temporaryFolder();
  const lease = { lifetimeMs, beatMs: lifetimeMs / 5 };
  return {
    open: () => createFilePreviews(join(folder, 'one'), { lease }),
    openOther: () => createFilePreviews(join(folder, 'other'), { lease }),
    async startWorker(id) {
      const worker = start(program, { folder: join(folder, 'one'), id, lease });
      return { ...worker, signal: (name) => void worker.process.kill(name) };
    },
    async close() {},
  };
});

const facts = { albums: [], contents: new Map(), items: new Map(), unavailable: new Set<string>() };
const plan = makePlan({ albums: [{ title: 'One' }, { title: 'Two' }] }, facts);

/** A preview of two steps whose first one is done, and its files. */
async function someWork() {
  const folder = temporaryFolder();
  const store = createFilePreviews(folder);
  const { id } = await store.save(plan);
  await store.work(id, (journal) => journal.append(record(0, 'done')));
  const preview = join(folder, id, 'preview.json');
  const journal = join(folder, id, 'journal.ndjson');
  const codes = async () => {
    const code = ({ code }: { code: string }) => code;
    const work = async () => 'worked';
    return [
      await store.read(id).then(() => 'read', code),
      await store.history(id).then((records) => records.map(({ state }) => state).join(), code),
      await store.work(id, work).catch(code),
    ];
  };
  return { folder, store, id, preview, journal, codes };
}

describe('a preview file', () => {
  it.each<[string, string]>([
    ['empty', ''],
    ['half', '{"version":1,"id":"plan-k7m2","createdAt":"2026-11-25T10:00:00Z","plan":{"steps":[{"kind":"crea'],
    ['no object', '"plan"'],
    ['without steps', '{"version":1,"plan":{}}'],
    ['null', 'null'],
    ['zeros, as a disk leaves them after a power cut', '\0\0\0\0\0\0\0\0'],
  ])('that is damaged (%s) is looked at, and not acted upon', async (_, text) => {
    const { preview, journal, codes, folder, id } = await someWork();
    await writeFile(preview, text);
    expect(await codes()).toEqual(['damagedPreview', 'damagedPreview', 'damagedPreview']);
    expect(await readFile(preview, 'utf8')).toBe(text);
    expect(await readFile(journal, 'utf8')).toContain('"done"');
    expect(await readdir(join(folder, id))).toContain('journal.ndjson');
  });

  it.each<[string, (step: Record<string, unknown>) => unknown]>([
    ['of a kind that does not exist', (step) => ({ ...step, kind: 'deleteAlbum' })],
    ['without an album', ({ album: _, ...step }) => step],
    ['with another title than text', (step) => ({ ...step, title: 7 })],
    ['that is none', () => null],
  ])('with a step %s is damaged', async (_, change) => {
    const { preview, codes } = await someWork();
    const { plan, ...rest } = JSON.parse(await readFile(preview, 'utf8'));
    await writeFile(preview, JSON.stringify({ ...rest, plan: { ...plan, steps: plan.steps.map(change) } }));
    expect(await codes()).toEqual(['damagedPreview', 'damagedPreview', 'damagedPreview']);
  });

  it('of another id is damaged', async () => {
    const [one, two] = [await someWork(), await someWork()];
    await writeFile(one.preview, await readFile(two.preview));
    expect(await one.codes()).toEqual(['damagedPreview', 'damagedPreview', 'damagedPreview']);
  });

  it('that cannot be read at all is damaged', async () => {
    const { folder, store } = await someWork();
    await mkdir(join(folder, 'plan-k7m2', 'preview.json'), { recursive: true });
    await expect(store.read('plan-k7m2')).rejects.toMatchObject({ code: 'damagedPreview' });
  });

  it('of a newer version is refused in words of its own', async () => {
    const { preview, codes } = await someWork();
    await writeFile(preview, '{"version":2,"whatever":"comes"}');
    expect(await codes()).toEqual(['newerPreview', 'newerPreview', 'newerPreview']);
  });

  it('of 0.1.0, which names no version, is good', async () => {
    const { preview, codes } = await someWork();
    const { version, ...rest } = JSON.parse(await readFile(preview, 'utf8'));
    expect(version).toBe(1);
    await writeFile(preview, JSON.stringify(rest));
    expect(await codes()).toEqual(['read', 'done', 'worked']);
  });

  it('that a killed process never wrote is no preview', async () => {
    const { folder, store } = await someWork();
    await mkdir(join(folder, 'plan-k7m2'));
    await expect(store.read('plan-k7m2')).rejects.toMatchObject({ code: 'unknownPreview' });
  });
});

describe('a journal', () => {
  it.each<[string, string]>([
    ['no JSON', '\n{"phase":"apply","step":1,"sta\n'],
    ['no record', '\n{"phase":"apply","step":"one","state":"done","at":1}\n'],
    ['an unknown state', '\n{"phase":"apply","step":1,"state":"perhaps","at":1}\n'],
    ['a step that the plan does not have', '\n{"phase":"apply","step":2,"state":"done","at":1}\n'],
    ['zeros', '\0\0\0\0\n'],
  ])('with a line that is %s is looked at, and not acted upon', async (_, line) => {
    const { store, id, journal, codes } = await someWork();
    await appendFile(journal, line);
    const before = await readFile(journal, 'utf8');
    expect(await codes()).toEqual(['read', 'damagedPreview', 'damagedPreview']);
    expect(await readFile(journal, 'utf8')).toBe(before);
    await expect(store.work(id, async () => 1)).rejects.toThrow(
      `What is kept of ${id} is damaged: what of it has been done is not known. Nothing was changed now.`,
    );
  });

  it('whose last line is half, as a kill leaves it, is as if that line had never been', async () => {
    const { store, id, journal, codes } = await someWork();
    await appendFile(journal, '\n{"phase":"apply","step":1,"sta');
    expect(await codes()).toEqual(['read', 'done', 'worked']);
    await store.work(id, (journal) => journal.append(record(1, 'sending')));
    expect((await store.history(id)).map(({ step, state }) => [step, state])).toEqual([
      [0, 'done'],
      [1, 'sending'],
    ]);
  });

  it('cut off anywhere is a part of what it was', async () => {
    const { store, id, journal } = await someWork();
    await store.work(id, (journal) => journal.append(record(1, 'sending')));
    const whole = await readFile(journal);
    const all = await store.history(id);
    for (let size = whole.length - 1; size >= 0; size--) {
      await truncate(journal, size);
      const found = await store.history(id);
      expect(found).toEqual(all.slice(0, found.length));
      expect(await store.work(id, async ({ records }) => records.length)).toBe(found.length);
    }
  });

  it('does not count what a process that slept has written behind the next one', async () => {
    const { store, id, journal } = await someWork();
    const [, line = ''] = (await readFile(journal, 'utf8')).split('\n').filter((each) => each !== '');
    const { epoch } = JSON.parse(line);
    expect(epoch).toBeGreaterThan(0);
    await store.work(id, (journal) => journal.append(record(1, 'done')));
    await appendFile(journal, `\n${JSON.stringify({ ...record(1, 'sending'), epoch })}\n`);
    expect((await store.history(id)).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(await store.work(id, async ({ records }) => records.length)).toBe(2);
  });

  it('counts what is written after its leases were removed', async () => {
    const { folder, store, id } = await someWork();
    for (let times = 0; times < 3; times++) await store.work(id, (journal) => journal.append(record(1, 'sending')));
    await rm(join(folder, id, 'lease'), { recursive: true });
    await store.work(id, (journal) => journal.append(record(1, 'done')));
    expect((await store.history(id)).map(({ state }) => state)).toEqual([
      'done',
      'sending',
      'sending',
      'sending',
      'done',
    ]);
  });

  it('of a newer version is refused in words of its own, and left alone', async () => {
    const { journal, codes } = await someWork();
    await appendFile(journal, '\n{"version":2}\n{"new":"things"}\n');
    const before = await readFile(journal, 'utf8');
    expect(await codes()).toEqual(['read', 'newerPreview', 'newerPreview']);
    expect(await readFile(journal, 'utf8')).toBe(before);
  });

  it('of 0.1.0, which names no version, is good', async () => {
    const { journal, codes } = await someWork();
    await writeFile(journal, '\n{"phase":"apply","step":0,"state":"presumed","at":1}\n');
    expect(await codes()).toEqual(['read', 'presumed', 'worked']);
  });

  it('has one last word on each step of a phase', () => {
    const records = [
      record(0, 'sending'),
      record(0, 'done'),
      record(1, 'sending'),
      record(0, 'sending', { phase: 'undo' }),
    ];
    expect([...latest(records, 'apply')]).toEqual([
      [0, record(0, 'done')],
      [1, record(1, 'sending')],
    ]);
  });
});

describe('previews in a folder', () => {
  it('go half a year after they were made', async () => {
    const { folder, store, id } = await someWork();
    await mkdir(join(folder, 'plan-k7m2'));
    const before = new Date(Date.now() - 181 * 24 * 3_600_000);
    await utimes(join(folder, 'plan-k7m2'), before, before);
    const { id: next } = await store.save(plan);
    expect((await readdir(folder)).sort()).toEqual([id, next].sort());
  });

  it.skipIf(process.platform === 'win32')('lie there for their owner only', async () => {
    const { folder, id, preview, journal } = await someWork();
    for (const path of [join(folder, id), preview, journal]) expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
