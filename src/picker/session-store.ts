/**
 * Pickings on disk, so that one that a person has begun goes on after a restart, in whichever process is asked. A small file
 * each, replaced as a whole by temporary file and rename.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../app-error.ts';
import { isResultId, newResultId } from '../results/ids.ts';

/**
 * `choosing`: the person has the page. `picked`: they pressed Done. The others are over, their session deleted or gone:
 * `declined` before it began, `givenUp` without Done, `empty` with nothing chosen, `expired` after its week, `copied`
 * because everything lies in the library.
 */
export type PickingState = 'choosing' | 'picked' | 'declined' | 'givenUp' | 'empty' | 'expired' | 'copied';

export interface Picking {
  /** How tools name it: `session`. */
  handle: string;
  /** Google's id. */
  sessionId: string;
  pickerUri: string;
  state: PickingState;
  /** Milliseconds since 1970, as all times here. */
  createdAt: number;
  /** Google's `timeoutIn`: nobody asks after this. */
  pollUntil: number;
  /** The end of the session and of the bytes. */
  expiresAt: number;
  maxItemCount?: number;
  /** What was picked, once it is kept. */
  result?: string;
  count?: number;
  /** Ids of picked items that have been copied into the library. */
  copied?: string[];
}

export interface PickingStore {
  /** Makes sure that pickings can be kept. Throws AppError `stateFolder`. */
  prepare(): Promise<void>;
  create(picking: Omit<Picking, 'handle'>): Promise<Picking>;
  /** Throws AppError `unknownSession`. */
  read(handle: string): Promise<Picking>;
  save(picking: Picking): Promise<Picking>;
  all(): Promise<Picking[]>;
  remove(handle: string): Promise<void>;
}

/** As after so many collisions: six characters, so many that no two pickings of a person meet. */
const COLLISIONS = 6;

export function createPickingStore(folder: string): PickingStore {
  const pathOf = (handle: string): string => join(folder, `${handle}.json`);

  const save = async (picking: Picking): Promise<Picking> => {
    const temporary = join(folder, `.${picking.handle}.${process.pid}.${randomUUID()}.tmp`);
    await writable(folder, async () => {
      await writeFile(temporary, JSON.stringify(picking), { mode: 0o600 });
      await rename(temporary, pathOf(picking.handle));
    });
    return picking;
  };

  return {
    prepare: () => writable(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }).then(() => undefined)),
    create: (picking) => save({ handle: newResultId(COLLISIONS), ...picking }),
    async read(handle) {
      const picking = isResultId(handle) ? await readPicking(pathOf(handle)) : undefined;
      if (!picking) throw unknown(handle);
      return picking;
    },
    save,
    async all() {
      const names = await readdir(folder).catch(() => []);
      const paths = names.filter((name) => /^\w+\.json$/.test(name)).map((name) => join(folder, name));
      const pickings = await Promise.all(paths.map(readPicking));
      return pickings.filter((picking) => picking !== undefined);
    },
    remove: (handle) => rm(pathOf(handle), { force: true }),
  };
}

/** Undefined when it is not there, or not whole. */
async function readPicking(path: string): Promise<Picking | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isPicking(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isPicking = (value: unknown): value is Picking =>
  typeof value === 'object' &&
  value !== null &&
  'handle' in value &&
  'sessionId' in value &&
  typeof value.sessionId === 'string' &&
  'state' in value &&
  'expiresAt' in value;

async function writable<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new AppError(
      'stateFolder',
      `The state folder cannot be written: ${reason}.`,
      `Make ${folder} writable, or start the server with --state-dir and a folder that is.`,
      { cause: error },
    );
  }
}

const unknown = (handle: string) =>
  new AppError(
    'unknownSession',
    `There is no picking "${handle.slice(0, 40)}".`,
    'Begin a new one: picker_pick without session.',
  );
