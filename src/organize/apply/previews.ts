/** Previews on disk, each with the journal of what became of it; shared by processes. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../app-error.ts';
import { newResultId } from '../../results/ids.ts';
import type { Plan } from '../plan/types.ts';
import { type Claim, claimFolder, type OwnClaims } from './claim.ts';
import { type Journal, openJournal, readJournal } from './journal.ts';
import type { StepRecord } from './records.ts';

export interface Preview {
  /** `plan-k7m2`. */
  id: string;
  /** RFC 3339. */
  createdAt: string;
  plan: Plan;
}

export interface Previews {
  save(plan: Plan): Promise<Preview>;
  /** Throws AppError `unknownPreview`. */
  read(id: string): Promise<Preview>;
  /** What became of it so far. */
  history(id: string): Promise<StepRecord[]>;
  /**
   * Runs `work` with the journal, alone among all processes on this state folder. Throws AppError `previewBusy` while
   * another call is at it.
   */
  work<Result>(id: string, work: (journal: Journal, claim: Claim) => Promise<Result>): Promise<Result>;
}

/** Undo is possible for so long. */
const LIFETIME_MS = 180 * 24 * 3600_000;
const ID = /^plan-[a-z0-9]{4,6}$/;

/** @param folder made when first needed. */
export function createPreviews(folder: string): Previews {
  const own: OwnClaims = new Set();
  const journalOf = (id: string) => join(folder, id, 'journal.ndjson');

  const read = async (id: string): Promise<Preview> => {
    if (!ID.test(id)) throw unknownPreview(id);
    try {
      return JSON.parse(await readFile(join(folder, id, 'preview.json'), 'utf8'));
    } catch (cause) {
      throw unknownPreview(id, cause);
    }
  };

  return {
    async save(plan) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await sweep(folder);
      const preview = { id: await newFolder(folder), createdAt: new Date().toISOString(), plan };
      const path = join(folder, preview.id, 'preview.json');
      const temporary = `${path}.${randomUUID()}.tmp`;
      await writeFile(temporary, JSON.stringify(preview), { mode: 0o600 });
      await rename(temporary, path);
      return preview;
    },
    read,
    async history(id) {
      await read(id);
      return await readJournal(journalOf(id));
    },
    async work(id, work) {
      await read(id);
      const claim = await claimFolder(join(folder, id), own);
      if (!claim) throw busy(id);
      try {
        const journal = await openJournal(journalOf(id));
        try {
          return await work(journal, claim);
        } finally {
          journal.close();
        }
      } finally {
        await claim.release();
      }
    },
  };
}

async function newFolder(folder: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const id = `plan-${newResultId(attempt)}`;
    try {
      await mkdir(join(folder, id), { mode: 0o700 });
      return id;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

async function sweep(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => ID.test(entry))) {
    const age = Date.now() - (await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > LIFETIME_MS) await rm(join(folder, name), { recursive: true, force: true });
  }
}

const unknownPreview = (id: string, cause?: unknown) =>
  new AppError(
    'unknownPreview',
    `There is no preview "${id.slice(0, 40)}".`,
    'Make one with organize_preview and use the id that it gives.',
    { cause },
  );

const busy = (id: string) =>
  new AppError('previewBusy', `${id} is being worked on by another call.`, 'Call again when that one is done.', {
    retryable: true,
  });
