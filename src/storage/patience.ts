/** Windows refuses to replace, remove or read a file while another program has it open: for milliseconds, as a rule. */
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from './errors.ts';

/** A second in all: virus scanners take their time. */
const WAITS_MS = [10, 20, 40, 80, 160, 300, 400];

/** Tries again while the disk says EPERM, EACCES or EBUSY; other errors, and the last of these, come through. */
export async function patiently<T>(action: () => Promise<T>): Promise<T> {
  for (const ms of WAITS_MS) {
    try {
      return await action();
    } catch (error) {
      if (!hasCode(error, 'EPERM', 'EACCES', 'EBUSY')) throw error;
      await sleep(ms);
    }
  }
  return await action();
}
