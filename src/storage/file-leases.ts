/**
 * Leases as files, for processes that share a folder. Each key has a folder of its own, each owner of the key a
 * numbered file in it, and the highest number counts. Why two cannot own a key at once:
 *
 * - No process replaces or removes a dead owner's file to get its place: two who both found it dead would take it from
 *   each other. The next owner creates the next number, which only one can, whole or not at all.
 * - Then it looks again. Between its first look and its file, others may have come and gone; it removes its file unless
 *   that is the highest and all below are still dead. An owner that was taken for dead beats first and looks then, so
 *   that of the two at least one sees the other.
 * - An owner that slept finds a higher number, or its own heart too old, in `assertHeld`, and stops.
 * - The last owner's file is never removed, also not when it lets go, so that the next number is higher.
 *
 * Nothing has to be cleaned up after a kill: a file whose owner is dead, or that is half written, holds no other owner
 * back. A key costs a folder with a few small files for good. A power cut may give a number twice, but ends its first
 * owner. Hosts that share the folder must agree on the time, to within a fraction of the lifetime.
 */
import { createHash } from 'node:crypto';
import { stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileOnce } from './atomic-file.ts';
import { epochPath, listEpochs, tidyEpochs } from './epoch-files.ts';
import { holdLease } from './held-lease.ts';
import type { Lease, Leases } from './lease.ts';
import { isAtWork, ownerText, readOwner } from './owner-file.ts';
import { identifyProcess } from './processes.ts';

export interface FileLeasesOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** How often an owner shows that it lives; by itself, without being renewed. */
  beatMs?: number;
  /** An owner is dead when its heart has not beaten for so long, whatever else is known of it. */
  lifetimeMs?: number;
}

/** So long a file without words may be one that is just being written. */
const WRITING_MS = 2_000;

/** Leases in `folder`, which is made when first needed. `take` throws the file system's errors. */
export function createFileLeases(folder: string, options: FileLeasesOptions = {}): Leases {
  const { now = Date.now, beatMs = 5_000, lifetimeMs = 60_000 } = options;
  const identity = identifyProcess();

  const isOwned = async (path: string): Promise<boolean> => {
    const owner = await readOwner(path);
    return owner ? isAtWork(owner, await identity, now(), lifetimeMs) : await isBeingWritten(path, now());
  };

  /** The second look. */
  const isAlone = async (place: string, epoch: number): Promise<boolean> => {
    const epochs = await listEpochs(place);
    const below = epochs.filter((other) => other < epoch);
    const owned = await Promise.all(below.map((other) => isOwned(epochPath(place, other))));
    return epochs.at(-1) === epoch && !owned.includes(true);
  };

  const begin = async (key: string, place: string, epoch: number): Promise<Lease | undefined> => {
    const bornAt = now();
    const text = ownerText({ ...(await identity), key, beatAt: bornAt });
    if (!(await createFileOnce(epochPath(place, epoch), text))) return undefined;
    let isOwner = false;
    try {
      isOwner = await isAlone(place, epoch);
    } finally {
      // As if it had never been: an owner that stood in the way may be at work, and must not find a higher number.
      if (!isOwner) await unlink(epochPath(place, epoch)).catch(() => undefined);
    }
    return isOwner ? holdLease({ key, folder: place, epoch, bornAt, now, beatMs, lifetimeMs }) : undefined;
  };

  return {
    async take(key) {
      const place = join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));
      const last = (await listEpochs(place)).at(-1) ?? 0;
      if (last > 0 && (await isOwned(epochPath(place, last)))) return undefined;
      const lease = await begin(key, place, last + 1);
      if (!lease) return undefined;
      await tidyEpochs(place, lease.epoch);
      // It may have slept since it looked.
      return (await isStillHeld(lease)) ? lease : undefined;
    },
  };
}

const isStillHeld = (lease: Lease): Promise<boolean> =>
  lease.assertHeld().then(
    () => true,
    () => false,
  );

/** On a disk without links a name is there before its content; taken for dead then, its owner would lose the lease. */
async function isBeingWritten(path: string, now: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Math.abs(now - found.mtimeMs) < WRITING_MS;
}
