/** Limits of the API, and the words it refuses with: verified texts where the contract has them. */
import { invalidArgument } from '../errors.ts';

const MAX_BATCH = 50;
const MAX_ALBUM_ENTRIES = 20_000;

/** In characters, as a person counts them. */
const lengthOf = (value: string): number => [...value].length;

/** Contract 3.1: at most 500 characters. @param isRequired false for a patch that clears the title. */
export function checkTitle(title: string, isRequired = true): void {
  if (isRequired && title.trim() === '') throw invalidArgument('Album title must not be empty.');
  if (lengthOf(title) > 500) throw invalidArgument('Album title must not be longer than 500 characters.');
}

/** Contract 11: 1000 characters are fine, 1001 are not. */
export function checkDescription(description: string): void {
  if (lengthOf(description) > 1000) throw invalidArgument('Description must not be longer than 1000 characters.');
}

/** Contract 3.10: at most 255, extension included. */
export function checkFileName(fileName: string): void {
  if (lengthOf(fileName) > 255) throw invalidArgument('File name must not be longer than 255 characters.');
}

/** Contract 3.10, 3.11: 1 to 50; the wording says "less than", although 50 are allowed. */
export function checkBatch(values: readonly unknown[]): void {
  if (values.length === 0) throw invalidArgument('Request must have at least one item.');
  if (values.length > MAX_BATCH) throw invalidArgument('Request must have less than 50 items.');
}

/** Contract 3.6, 3.11: no id twice. */
export function checkNoRepeats(ids: readonly string[]): void {
  if (new Set(ids).size < ids.length) throw invalidArgument('Request must not contain duplicate media item ids.');
}

/** Contract 3.5. */
export function checkCapacity(entries: number): void {
  if (entries > MAX_ALBUM_ENTRIES) throw invalidArgument('An album can not contain more than 20000 items.');
}
