/**
 * What an owner writes about itself: a line with its last heartbeat, then one with who it is. The beat is rewritten in
 * place and is not the file's time, which some disks keep by local time, to two seconds, or refuse to set.
 */
import { open } from 'node:fs/promises';
import { readText } from './atomic-file.ts';
import { patiently } from './patience.ts';
import { isProcessAlive, type ProcessIdentity } from './processes.ts';

export interface Owner extends ProcessIdentity {
  /** Of the lease, for people who look into the folder. */
  readonly key: string;
  /** Milliseconds since 1970; 0 once it has let go. */
  readonly beatAt: number;
}

const BEAT_DIGITS = 16;

export function ownerText({ beatAt, ...owner }: Owner): string {
  return `${beatText(beatAt)}\n${JSON.stringify(owner)}\n`;
}

/** Undefined for what a killed process, or a power cut, left half written. */
function parseOwner(text: string): Owner | undefined {
  const [beat = '', rest = ''] = text.split('\n');
  try {
    const owner: unknown = JSON.parse(rest);
    return /^\d{16}$/.test(beat) && isOwner(owner) ? { ...owner, beatAt: Number(beat) } : undefined;
  } catch {
    return undefined;
  }
}

export async function readOwner(path: string): Promise<Owner | undefined> {
  return parseOwner((await patiently(() => readText(path))) ?? '');
}

export async function writeBeat(path: string, beatAt: number): Promise<void> {
  const file = await patiently(() => open(path, 'r+'));
  try {
    await file.write(beatText(beatAt), 0);
  } finally {
    await file.close();
  }
}

/** Whether the owner may still be at work, as far as `self` can tell at the time `now`. */
export function isAtWork(owner: Owner, self: ProcessIdentity, now: number, lifetimeMs: number): boolean {
  // A beat that lies as far ahead was made by a clock that was wrong; waiting for it to come true could take years.
  if (owner.beatAt === 0 || Math.abs(now - owner.beatAt) > lifetimeMs) return false;
  if (owner.host !== self.host) return true;
  if (owner.pid === self.pid) return owner.startedAt === self.startedAt;
  return isProcessAlive(owner.pid);
}

const beatText = (time: number): string => String(Math.max(0, Math.round(time))).padStart(BEAT_DIGITS, '0');

function isOwner(value: unknown): value is Omit<Owner, 'beatAt'> {
  if (typeof value !== 'object' || value === null) return false;
  const { key, host, pid, startedAt }: Partial<Record<keyof Owner, unknown>> = value;
  return (
    typeof key === 'string' && typeof host === 'string' && typeof pid === 'number' && typeof startedAt === 'number'
  );
}
