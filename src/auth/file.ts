import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileNameOf, readPrivate, writePrivate } from './private-files.ts';
import { decodeGrant, encodeGrant, type TokenStore } from './token-store.ts';

/** One 0600 file for each key in a 0700 folder: readable by programs of this user alone. */
export function fileStore(folder: string): TokenStore {
  const path = (key: string) => join(folder, fileNameOf(key));
  return {
    kind: 'file',
    where: folder,
    async load(key) {
      const text = await readPrivate(path(key));
      return text === undefined ? undefined : decodeGrant(text);
    },
    save: (key, grant) => writePrivate(path(key), encodeGrant(grant)),
    clear: (key) => rm(path(key), { force: true }),
  };
}
