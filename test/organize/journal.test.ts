import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimFolder } from '../../src/organize/apply/claim.ts';
import { openJournal } from '../../src/organize/apply/journal.ts';
import { createPreviews } from '../../src/organize/apply/previews.ts';
import { latest, type StepRecord } from '../../src/organize/apply/records.ts';
import { makePlan } from '../../src/organize/plan/plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

const record = (step: number, state: StepRecord['state'], phase: StepRecord['phase'] = 'apply'): StepRecord => ({
  phase,
  step,
  state,
  at: 1,
});

describe('journal', () => {
  it('gives back what was recorded, also behind a record that a kill cut off', async () => {
    const path = join(folder, 'journal.ndjson');
    const first = await openJournal(path);
    first.append(record(0, 'sending'));
    first.close();
    await appendFile(path, '\n{"phase":"apply","step":1,"sta');
    const second = await openJournal(path);
    second.append(record(0, 'done'));
    second.close();
    expect((await openJournal(path)).records).toEqual([record(0, 'sending'), record(0, 'done')]);
  });

  it('has one last word on each step of a phase', () => {
    const records = [record(0, 'sending'), record(0, 'done'), record(1, 'sending'), record(0, 'sending', 'undo')];
    expect([...latest(records, 'apply')]).toEqual([
      [0, record(0, 'done')],
      [1, record(1, 'sending')],
    ]);
  });
});

describe('claim', () => {
  /** No process has this number: Linux and macOS stop far below. */
  const NOBODY = 2 ** 30;

  it('is one at a time', async () => {
    const own = new Set<string>();
    const first = await claimFolder(folder, own);
    expect(first).toBeDefined();
    expect(await claimFolder(folder, own)).toBeUndefined();
    await first?.release();
    expect(await readdir(folder)).toEqual([]);
    expect(await claimFolder(folder, own)).toBeDefined();
  });

  it.each([
    ['of a process that was killed', `${NOBODY} token`],
    ['of an earlier process with our own number', `${process.pid} token`],
    ['that is no claim', 'rubbish'],
  ])('takes over from one %s', async (_, text) => {
    await writeFile(join(folder, 'claim-000007'), text);
    const claim = await claimFolder(folder, new Set());
    expect(claim).toBeDefined();
    await claim?.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a living process its claim, for five minutes after it was renewed', async () => {
    const path = join(folder, 'claim-000001');
    await writeFile(path, `${process.ppid} token`);
    expect(await claimFolder(folder, new Set())).toBeUndefined();
    const before = new Date(Date.now() - 6 * 60_000);
    await utimes(path, before, before);
    expect(await claimFolder(folder, new Set())).toBeDefined();
  });

  it('goes to one of many that find it dead at once', async () => {
    await writeFile(join(folder, 'claim-000001'), `${NOBODY} token`);
    const own = new Set<string>();
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimFolder(folder, own)));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });
});

describe('previews', () => {
  const plan = makePlan({}, { albums: [], contents: new Map(), items: new Map(), unavailable: new Set() });

  it('are there for the next process', async () => {
    const { id } = await createPreviews(folder).save(plan);
    expect(id).toMatch(/^plan-[a-z0-9]{4,6}$/);
    expect((await createPreviews(folder).read(id)).plan).toEqual(plan);
    expect(await createPreviews(folder).history(id)).toEqual([]);
  });

  it('are told apart from what is none', async () => {
    const { id } = await createPreviews(folder).save(plan);
    await expect(readFile(join(folder, id, 'preview.json'), 'utf8')).resolves.toContain(id);
    await expect(createPreviews(folder).read('plan-2222')).rejects.toMatchObject({ code: 'unknownPreview' });
  });

  it('go half a year after they were made', async () => {
    await mkdir(join(folder, 'plan-k7m2'));
    const before = new Date(Date.now() - 181 * 24 * 3600_000);
    await utimes(join(folder, 'plan-k7m2'), before, before);
    const { id } = await createPreviews(folder).save(plan);
    expect(await readdir(folder)).toEqual([id]);
  });
});
