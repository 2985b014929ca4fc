import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateText, replaceFile } from '../storage/atomic-file.ts';
import { canWriteInto } from '../storage/probe.ts';
import { sweepTemporaries } from '../storage/temporaries.ts';
import { fileNameOf } from './account-key.ts';
import { decodeGrant, encodeGrant, type TokenStore } from './token-store.ts';

const HOUR_MS = 3_600_000;
const WRITING = { durable: true, private: true } as const;

/**
 * A 0600 file in a 0700 folder: readable by programs of this user alone.
 * @param key of one account (`accountKey`).
 */
export function createFileTokenStore(folder: string, key: string): TokenStore {
  const path = join(folder, fileNameOf(key));
  // What a killed process left half way to its place is a secret too.
  const sweep = () => sweepTemporaries(folder, HOUR_MS);
  return {
    kind: 'file',
    where: folder,
    async load() {
      const text = await readPrivateText(path);
      return text === undefined ? undefined : decodeGrant(text);
    },
    async save(grant) {
      await replaceFile(path, encodeGrant(grant), WRITING);
      await sweep();
    },
    async clear() {
      await rm(path, { force: true });
      await sweep();
    },
  };
}

/** Whether a file of such a store could be written. */
export const fileTokensWork = (folder: string): Promise<boolean> => canWriteInto(folder, WRITING);
