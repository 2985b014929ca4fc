/** Which process owns something on disk, and whether it still runs. */
import { readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { hasCode } from './errors.ts';

export interface ProcessIdentity {
  /** Process ids of the same host can be compared. */
  readonly host: string;
  readonly pid: number;
  /**
   * Milliseconds since 1970. Tells this process from an earlier one that had its pid: in a container both are often 1.
   */
  readonly startedAt: number;
}

/** This process. Its threads get the same answer, and so does everybody who asks again after the clock was set. */
export async function identifyProcess(): Promise<ProcessIdentity> {
  // Containers on the host's network share its name but not its pids: a pid means something in one namespace only.
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return { host: `${hostname()} ${namespace}`.trim(), pid: process.pid, startedAt: Math.round(performance.timeOrigin) };
}

/**
 * Whether a process of this host has that pid. It may be another one by now, or a killed one whose parent has not
 * noticed, so that a living pid proves nothing; a dead one does.
 */
export function isProcessAlive(pid: number): boolean {
  // 0 and negative numbers name groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as another user.
    return hasCode(error, 'EPERM');
  }
}
