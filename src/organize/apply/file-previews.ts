/** Previews in files: a folder for each, with the preview, its journal and the lease of whoever works on it. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newResultId } from '../../results/ids.ts';
import { readText, replaceFile } from '../../storage/atomic-file.ts';
import { hasCode, isSystemError } from '../../storage/errors.ts';
import { createFileLeases, type FileLeasesOptions } from '../../storage/file-leases.ts';
import { type Lease, LeaseLost } from '../../storage/lease.ts';
import { LockBusy, withLock } from '../../storage/lock.ts';
import { UnknownVersion } from '../../storage/log-lines.ts';
import { type JournalContent, openJournal, readJournal } from './file-journal.ts';
import { isNewer, parsePreview, VERSION } from './formats.ts';
import type { Journal } from './journal.ts';
import { damagedPreview, newerPreview, previewBusy, unknownPreview, workTakenOver } from './preview-errors.ts';
import type { Preview, PreviewStore } from './previews.ts';
import type { StepRecord } from './records.ts';

/** Undo is possible for so long. */
const LIFETIME_MS = 180 * 24 * 3_600_000;
const ID = /^plan-[a-z0-9]{4,6}$/;

export interface FilePreviewsOptions {
  /** Of the right to work on a preview. */
  lease?: FileLeasesOptions;
}

/** @param folder of one person; made when first needed. */
export function createFilePreviews(folder: string, { lease: leaseOptions }: FilePreviewsOptions = {}): PreviewStore {
  const pathOf = (id: string, name: string) => join(folder, id, name);

  const read = async (id: string): Promise<Preview> => {
    if (!ID.test(id)) throw unknownPreview(id);
    return await inWords(id, async () => parse(await readable(id, () => readText(pathOf(id, 'preview.json'))), id));
  };

  return {
    async save(plan) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await sweep(folder);
      const preview = { id: await newFolder(folder), createdAt: new Date().toISOString(), plan };
      const text = JSON.stringify({ version: VERSION, ...preview });
      await replaceFile(pathOf(preview.id, 'preview.json'), text, { durable: true });
      return preview;
    },
    read,
    async history(id) {
      const preview = await read(id);
      const path = pathOf(id, 'journal.ndjson');
      return await inWords(id, async () => recordsOf(preview, await readable(id, () => readJournal(path))));
    },
    async work(id, work) {
      const preview = await read(id);
      const path = pathOf(id, 'journal.ndjson');
      const leases = createFileLeases(pathOf(id, 'lease'), leaseOptions);
      return await inWords(id, () =>
        withLock(leases, id, { waitMs: 0 }, (lease) => withJournal(preview, path, lease, work)),
      );
    },
  };
}

async function withJournal<Result>(
  preview: Preview,
  path: string,
  lease: Lease,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const { id } = preview;
  await lease.assertHeld();
  const log = await readable(id, () => openJournal(path, lease));
  const records = recordsOf(preview, log.content);
  const append = async (record: StepRecord) => {
    await inWords(id, () => log.append(record));
    records.push(record);
  };
  return await work({ records, append });
}

function parse(text: string | undefined, id: string): Preview {
  if (text === undefined) throw unknownPreview(id);
  const value = parseJson(text, id);
  if (isNewer(value)) throw newerPreview(id);
  const preview = parsePreview(value, id);
  if (!preview) throw damagedPreview(id);
  return preview;
}

function parseJson(text: string, id: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damagedPreview(id, cause);
  }
}

/** A record of a step that the plan does not have belongs to another plan. */
function recordsOf({ id, plan }: Preview, { records, damaged }: JournalContent): StepRecord[] {
  const isForeign = ({ phase, step }: StepRecord) => phase === 'apply' && step >= plan.steps.length;
  if (damaged > 0 || records.some(isForeign)) throw damagedPreview(id);
  return records;
}

/** What the disk does not give is as good as damaged. */
async function readable<Result>(id: string, reading: () => Promise<Result>): Promise<Result> {
  try {
    return await reading();
  } catch (error) {
    throw isSystemError(error) ? damagedPreview(id, error) : error;
  }
}

/** What storage says of a file, said of a preview. */
async function inWords<Result>(id: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UnknownVersion) throw newerPreview(id, error);
    if (error instanceof LockBusy) throw previewBusy(id);
    if (error instanceof LeaseLost) throw workTakenOver(id, error);
    throw error;
  }
}

async function newFolder(folder: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const id = `plan-${newResultId(attempt)}`;
    try {
      await mkdir(join(folder, id), { mode: 0o700 });
      return id;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => ID.test(entry))) {
    const age = Date.now() - (await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > LIFETIME_MS) await rm(join(folder, name), { recursive: true, force: true });
  }
}
