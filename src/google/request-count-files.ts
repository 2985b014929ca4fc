/** Counts of requests as files: one folder a day, in it one file for each process, so that none overwrites another's. */
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readText, replaceFile } from '../storage/atomic-file.ts';
import { hasCode } from '../storage/errors.ts';
import { createTurns } from '../storage/turns.ts';
import { isRecord, tryJson } from './error-body.ts';
import { addCounts, type Counts, type RequestCountStore } from './request-count.ts';

const NOTHING: Counts = { requests: 0, mediaRequests: 0 };
const DAY = /^\d{4}-\d\d-\d\d$/;

/** @param folder of one OAuth project; need not exist yet. */
export function createFileRequestCountStore(folder: string): RequestCountStore {
  const ownName = `${process.pid}-${randomBytes(4).toString('hex')}.json`;
  const inTurn = createTurns();
  let own = { day: '', counts: NOTHING };
  return {
    add: (day, counts) =>
      inTurn(async () => {
        const sum = { day, counts: own.day === day ? addCounts(own.counts, counts) : counts };
        await replaceFile(join(folder, day, ownName), JSON.stringify(sum.counts));
        own = sum;
        await dropDaysBefore(folder, day);
      }),
    async read(day) {
      const names = (await namesIn(join(folder, day))).filter((name) => name.endsWith('.json'));
      const each = await Promise.all(names.map((name) => readCounts(join(folder, day, name))));
      return each.reduce(addCounts, NOTHING);
    },
  };
}

/** What cannot be removed is for the next time: the counts are safe. */
async function dropDaysBefore(folder: string, day: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const gone = names.filter((name) => DAY.test(name) && name < day);
  await Promise.allSettled(gone.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** A damaged file counts as nothing. */
async function readCounts(path: string): Promise<Counts> {
  const json = tryJson((await readText(path)) ?? '');
  const number = (name: string) => {
    const value = isRecord(json) ? json[name] : undefined;
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
  };
  return { requests: number('requests'), mediaRequests: number('mediaRequests') };
}
