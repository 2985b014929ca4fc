/**
 * Leases as files, for processes that share a folder. Each key has a folder of its own, each owner of the key a numbered
 * file in it, and the highest number counts. Why two cannot own a key at once:
 *
 * - No process replaces or removes a dead owner's file to get its place: two who both found it dead would take it from each
 *   other. The next owner creates the next number, which only one can, whole or not at all.
 * - Then it looks again. Between its first look and its file, others may have come and gone; it withdraws unless its number
 *   is the highest and all below are still dead. An owner that was taken for dead beats first and looks then, so that of
 *   the two at least one sees the other.
 * - An owner that slept finds a higher number, or its own heart too old, in `assertHeld`, and stops.
 * - The highest number is never removed, also not when its owner lets go, so that the next one is higher.
 *
 * Nothing has to be cleaned up after a kill: a file whose owner is dead, or that is half written, holds no other owner back. A key
 * costs a folder with a few small files for good. A power cut may give a number twice, but ends its first owner.
 * Hosts that share the folder must agree on the time, to within a fraction of the lifetime.
 */
import { createHash } from 'node:crypto';
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

/** Leases in `folder`, which is made when first needed. `take` throws the file system's errors. */
export function createFileLeases(folder: string, options: FileLeasesOptions = {}): Leases {
  const { now = Date.now, beatMs = 5_000, lifetimeMs = 60_000 } = options;
  const identity = identifyProcess();

  const isOwned = async (path: string): Promise<boolean> => {
    const owner = await readOwner(path);
    return owner !== undefined && isAtWork(owner, await identity, now(), lifetimeMs);
  };

  const create = async (key: string, place: string, epoch: number): Promise<Lease | undefined> => {
    const bornAt = now();
    const text = ownerText({ ...(await identity), key, beatAt: bornAt });
    if (!(await createFileOnce(epochPath(place, epoch), text))) return undefined;
    return holdLease({ key, folder: place, epoch, bornAt, now, beatMs, lifetimeMs });
  };

  /** The second look. */
  const isAlone = async (lease: Lease, place: string): Promise<boolean> => {
    const below = (await listEpochs(place)).filter((epoch) => epoch < lease.epoch);
    const owned = await Promise.all(below.map((epoch) => isOwned(epochPath(place, epoch))));
    const isHeld = !owned.includes(true) && (await isStillHeld(lease));
    if (isHeld) await tidyEpochs(place, below, lease.epoch);
    return isHeld;
  };

  return {
    async take(key) {
      const place = join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));
      const last = (await listEpochs(place)).at(-1) ?? 0;
      if (last > 0 && (await isOwned(epochPath(place, last)))) return undefined;
      const lease = await create(key, place, last + 1);
      if (!lease) return undefined;
      let isKept = false;
      try {
        isKept = await isAlone(lease, place);
      } finally {
        if (!isKept) await lease.release();
      }
      return isKept ? lease : undefined;
    },
  };
}

const isStillHeld = (lease: Lease): Promise<boolean> =>
  lease.assertHeld().then(
    () => true,
    () => false,
  );
