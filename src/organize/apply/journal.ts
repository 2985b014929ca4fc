/** A journal on disk: one JSON record a line, whole or not there, whenever the process is killed. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { StepRecord } from './records.ts';

export interface Journal {
  /** Everything recorded so far, in order, also by processes before this one. */
  readonly records: readonly StepRecord[];
  /** On disk when it returns. Synchronous, so that nothing can come between it and the request that follows. */
  append(record: StepRecord): void;
  close(): void;
}

/** Opens the journal at `path`, making it when there is none; fragments of records that a kill cut off are passed over. */
export async function openJournal(path: string): Promise<Journal> {
  const records = await readJournal(path);
  const file = openSync(path, 'a', 0o600);
  return {
    records,
    append(record) {
      // The newline before it ends whatever a killed process left half written.
      writeSync(file, `\n${JSON.stringify(record)}\n`);
      records.push(record);
    },
    close: () => closeSync(file),
  };
}

export async function readJournal(path: string): Promise<StepRecord[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n').flatMap(parse);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function parse(line: string): StepRecord[] {
  try {
    return line === '' ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}
