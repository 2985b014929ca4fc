/** Records of accounts as files: a small one each, so that processes which share the folder never overwrite each other's. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateText, replaceFile } from '../storage/atomic-file.ts';
import { hasCode } from '../storage/errors.ts';
import { fileNameOf } from './account-key.ts';
import { type AccountRecord, type AccountRecordStore, parseAccountRecord } from './account-record.ts';

const folderIn = (stateDir: string): string => join(stateDir, 'accounts');

/** @param key of one account (`accountKey`). */
export function createFileAccountRecord(stateDir: string, key: string): AccountRecordStore {
  const path = join(folderIn(stateDir), fileNameOf(key));
  return {
    read: () => readRecord(path),
    write: (record) => replaceFile(path, JSON.stringify(record), { durable: true, private: true }),
    remove: () => rm(path, { force: true }),
  };
}

/** Of all accounts, in the order of their names. Throws the system's errors. */
export async function listAccounts(stateDir: string): Promise<AccountRecord[]> {
  const folder = folderIn(stateDir);
  const names = (await filesIn(folder)).filter((name) => name.endsWith('.json')).sort();
  const records = await Promise.all(names.map((name) => readRecord(join(folder, name))));
  return records.filter((record) => record !== undefined);
}

async function readRecord(path: string): Promise<AccountRecord | undefined> {
  return parseAccountRecord((await readPrivateText(path)) ?? '');
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
