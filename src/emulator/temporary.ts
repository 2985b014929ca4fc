/** The folder for uploaded bytes that are too many for memory: made when first needed, removed when the emulator closes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  /** A path in the folder for a new file of this name; makes the folder on first use. */
  file(name: string): Promise<string>;
  /** Removes the folder with everything in it. */
  remove(): Promise<void>;
}

export function createTemporaryFolder(): TemporaryFolder {
  let made: Promise<string> | undefined;
  return {
    async file(name) {
      made ??= mkdtemp(join(tmpdir(), 'google-photos-emulator-'));
      return join(await made, name);
    },
    async remove() {
      if (made) await rm(await made, { recursive: true, force: true });
      made = undefined;
    },
  };
}
