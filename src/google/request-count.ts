/**
 * How many of the day's requests have been used (contract 6.3), as far as this machine can know: Google counts them for
 * the whole project and does not tell. Every process keeps a small file of its own, so that none overwrites another's.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord, tryJson } from './error-body.ts';
import { pacificDay, secondsUntilMidnightPacific } from './pacific.ts';

export interface Used {
  /** Pacific, `2026-11-23`. */
  readonly day: string;
  /** Library API and uploads, of 10,000. */
  readonly requests: number;
  /** Fetches of base URLs, of 75,000. */
  readonly mediaRequests: number;
  /** Until both start anew. */
  readonly secondsUntilReset: number;
}

export interface RequestCount {
  /** For `createGoogle`'s `onRequest`. */
  count(method: string): void;
  /** By all processes that share the folder. */
  today(): Promise<Used>;
  /** Writes what has been counted since; it is written every second as well. */
  flush(): Promise<void>;
}

type Tally = Pick<Used, 'requests' | 'mediaRequests'>;

const NOTHING: Tally = { requests: 0, mediaRequests: 0 };
const WRITE_EVERY_MS = 1000;

/** `folder` belongs to one OAuth project: quotas are the project's. */
export function createRequestCount(folder: string, now: () => number = Date.now): RequestCount {
  const own = `${process.pid}-${randomBytes(4).toString('hex')}.json`;
  let day = pacificDay(now());
  let tally = NOTHING;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function turnTheDay(): void {
    const current = pacificDay(now());
    if (current === day) return;
    day = current;
    tally = NOTHING;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (tally === NOTHING) return writing;
    const [at, text] = [day, JSON.stringify(tally)];
    // Counting is a courtesy: a full disk must not stop anybody's photos.
    writing = writing.then(() => write(folder, at, own, text)).catch(() => undefined);
    await writing;
  }

  return {
    count(method) {
      // The Picker API has a quota of its own, by the minute.
      if (method.startsWith('picker.')) return;
      turnTheDay();
      const isMedia = method === 'media';
      tally = {
        requests: tally.requests + (isMedia ? 0 : 1),
        mediaRequests: tally.mediaRequests + (isMedia ? 1 : 0),
      };
      timer ??= setTimeout(flush, WRITE_EVERY_MS).unref();
    },
    async today() {
      turnTheDay();
      const others = await readOthers(join(folder, day), own);
      const sum = [tally, ...others].reduce(add, NOTHING);
      return { day, ...sum, secondsUntilReset: secondsUntilMidnightPacific(now()) };
    },
    flush,
  };
}

function add(a: Tally, b: Tally): Tally {
  return { requests: a.requests + b.requests, mediaRequests: a.mediaRequests + b.mediaRequests };
}

/** Also clears away the days before. */
async function write(folder: string, day: string, own: string, text: string): Promise<void> {
  await mkdir(join(folder, day), { recursive: true, mode: 0o700 });
  const path = join(folder, day, own);
  await writeFile(`${path}.tmp`, text, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
  const gone = (await readdir(folder)).filter((name) => /^\d{4}-\d\d-\d\d$/.test(name) && name < day);
  await Promise.all(gone.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function readOthers(folder: string, own: string): Promise<Tally[]> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => name.endsWith('.json') && name !== own);
  return Promise.all(others.map((name) => readTally(join(folder, name))));
}

async function readTally(path: string): Promise<Tally> {
  const json = tryJson(await readFile(path, 'utf8').catch(() => ''));
  const number = (name: string) => {
    const value = isRecord(json) ? json[name] : undefined;
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  };
  return { requests: number('requests'), mediaRequests: number('mediaRequests') };
}
