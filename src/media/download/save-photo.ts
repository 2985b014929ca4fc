/** One photo → one file: recognised where it is there already, else fetched, named after its content, and remembered. */
import { isPlausibleExtension } from '../formats.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type FetchOptions, fetchPart, type Part } from './fetch-part.ts';
import { findKnown, moveIntoFolder, type Placed } from './move-into-folder.ts';
import { type SafeName, safeName } from './names.ts';
import type { Source } from './sources.ts';

export interface SaveOptions extends FetchOptions {
  ledger: Ledger;
}

/** Throws what `fetchPart` and the ledger throw, and the errors of the disk. */
export async function savePhoto(source: Source, folder: string, options: SaveOptions): Promise<Placed> {
  const { id, mediaItemId, facts } = source;
  const { ledger } = options;
  const name = safeName(facts.filename, `${facts.type}-${id.slice(-12)}`);
  const known = mediaItemId && (await findKnown(folder, alternatives(name), mediaItemId, ledger));
  if (known) return known;
  const part = await fetchPart(source, folder, options);
  const time = facts.creationTime === undefined ? undefined : new Date(facts.creationTime);
  const placed = await moveIntoFolder(part, folder, trueName(name, part), time, ledger);
  // Uploading the folder again finds these bytes in the library.
  if (mediaItemId) await ledger.rememberMediaItem(part.hash, mediaItemId);
  return placed;
}

/** Google gives JPEG for RAW, and MP4 for films of other kinds: then the name's end must say so. */
function trueName(name: SafeName, { found }: Part): SafeName {
  const extension = name.extension.slice(1).toLowerCase();
  return found === undefined || isPlausibleExtension(extension, found) ? name : { ...name, extension: `.${found}` };
}

/** Under which names an earlier download may have put it. */
const alternatives = (name: SafeName): SafeName[] => [
  name,
  { ...name, extension: '.jpg' },
  { ...name, extension: '.mp4' },
];
