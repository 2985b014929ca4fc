/** Asking a disk by trying, since permissions, quotas and mounts tell too little. */
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReplaceOptions, replaceFile } from './atomic-file.ts';
import { temporaryBeside } from './temporaries.ts';

/** Whether files can be written in a folder, in that way: makes one, and the folder where there is none, and removes it. */
export async function canWriteInto(folder: string, options?: ReplaceOptions): Promise<boolean> {
  const probe = temporaryBeside(join(folder, 'probe'));
  try {
    await replaceFile(probe, '', options);
    await unlink(probe);
    return true;
  } catch {
    return false;
  }
}
