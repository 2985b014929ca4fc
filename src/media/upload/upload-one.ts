/** One file → one upload token: what `media_items_batch_create` does with a path. Whole folders are `upload.ts`'s business. */
import { createReadStream } from 'node:fs';
import type { CallOptions, Google, UploadSource } from '../../google/google.ts';
import type { LocalFileEntry } from '../../results/types.ts';
import { type AllowedFolders, FileRefused } from '../allowed-folders.ts';
import { scanFiles } from '../scan/scan.ts';

/** Looks at a file that is to be uploaded. Throws FileRefused: outside, empty, too large, not taken by Google, … */
export async function examineOne(path: string, files: AllowedFolders): Promise<LocalFileEntry> {
  const { stats } = await files.resolve(path);
  if (stats.isDirectory()) throw new FileRefused(path, 'is a folder', 'Upload folders with media_upload.');
  const { items, skipped } = await scanFiles([path], { allowed: files, recursive: false });
  const [item] = items;
  if (item?.kind === 'localFile') return item;
  throw new FileRefused(path, item?.reason ?? skipped[0]?.reason ?? 'is not a photo or video');
}

/** Sends the bytes and answers the upload token. */
export const uploadOne = (file: LocalFileEntry, google: Google, options: CallOptions): Promise<string> =>
  google.upload(sourceOf(file), options);

const sourceOf = ({ path, size, mimeType, filename }: LocalFileEntry): UploadSource => ({
  open: (offset) => createReadStream(path, { start: offset }),
  size,
  mimeType,
  fileName: filename,
});
