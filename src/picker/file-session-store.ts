/** Picker sessions as files: a small one each, in a folder of one person, replaced as a whole. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../app-error.ts';
import { isResultId, newResultId } from '../results/ids.ts';
import { createFileOnce, readText, replaceFile } from '../storage/atomic-file.ts';
import { codeOf, isSystemError } from '../storage/errors.ts';
import type { Leases } from '../storage/lease.ts';
import { withLock } from '../storage/lock.ts';
import { sweepTemporaries } from '../storage/temporaries.ts';
import { PICKER_SESSION_STATES, type PickerSession, type PickerSessionStore, unknownSession } from './session-store.ts';

export interface FilePickerSessionOptions {
  /** A handle to be tried; for tests. */
  newId?: () => string;
}

/** Handles have six characters from the start, as ids have after so many collisions: few pickings of a person ever meet. */
const COLLISIONS = 6;
const HOUR_MS = 3_600_000;
const LOCK = 'picker-sessions';

/**
 * @param folder of one person; made when first needed.
 * @param leases of the same person, for changes that are made in the same instant.
 */
export function createFilePickerSessionStore(
  folder: string,
  leases: Leases,
  { newId = () => newResultId(COLLISIONS) }: FilePickerSessionOptions = {},
): PickerSessionStore {
  const pathOf = (handle: string): string => join(folder, `${handle}.json`);

  const find = async (handle: string): Promise<PickerSession | undefined> =>
    isResultId(handle) ? await readSession(pathOf(handle), handle) : undefined;

  const read = async (handle: string): Promise<PickerSession> => {
    const session = await find(handle);
    if (!session) throw unknownSession(handle);
    return session;
  };

  return {
    prepare: () =>
      writable(folder, async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await sweepTemporaries(folder, HOUR_MS);
      }),
    async create(session) {
      for (;;) {
        const created = { handle: newId(), ...session };
        const text = JSON.stringify(created);
        if (await writable(folder, () => createFileOnce(pathOf(created.handle), text))) return created;
      }
    },
    read,
    update: (handle, change) =>
      writable(folder, async () => {
        // Before the lock: a handle that is none makes no lease.
        await read(handle);
        return await withLock(leases, LOCK, {}, async (lease) => {
          const changed = change(await read(handle));
          await lease.assertHeld();
          await replaceFile(pathOf(handle), JSON.stringify(changed));
          return changed;
        });
      }),
    async all() {
      const names = await readdir(folder).catch(() => []);
      const handles = names.flatMap((name) => /^(\w+)\.json$/.exec(name)?.[1] ?? []);
      const sessions = await Promise.all(handles.map(find));
      return sessions.filter((session) => session !== undefined);
    },
    async remove(handle) {
      if (isResultId(handle)) await rm(pathOf(handle), { force: true });
    },
  };
}

/** Undefined when it is not there, cannot be read, or is not whole: the person then begins a new one. */
async function readSession(path: string, handle: string): Promise<PickerSession | undefined> {
  try {
    const value: unknown = JSON.parse((await readText(path)) ?? '');
    return isSession(value) && value.handle === handle ? value : undefined;
  } catch {
    return undefined;
  }
}

const STATES: readonly unknown[] = PICKER_SESSION_STATES;

function isSession(value: unknown): value is PickerSession {
  if (typeof value !== 'object' || value === null) return false;
  const { handle, sessionId, pickerUri, state, ...rest }: Partial<Record<keyof PickerSession, unknown>> = value;
  const { createdAt, pollUntil, expiresAt, maxItemCount, result, count, copied } = rest;
  return (
    [handle, sessionId, pickerUri].every((text) => typeof text === 'string') &&
    STATES.includes(state) &&
    [createdAt, pollUntil, expiresAt].every(Number.isFinite) &&
    [maxItemCount, count].every((number) => number === undefined || Number.isSafeInteger(number)) &&
    (result === undefined || typeof result === 'string') &&
    (copied === undefined || (Array.isArray(copied) && copied.every((id) => typeof id === 'string')))
  );
}

async function writable<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AppError(
      'stateFolder',
      `The state folder cannot be written: ${codeOf(error) ?? 'unknown'}.`,
      `Make ${folder} writable, or start the server with --state-dir and a folder that is.`,
      { cause: error },
    );
  }
}
