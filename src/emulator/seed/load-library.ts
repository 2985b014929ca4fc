/** Loads the library an emulator starts with. */
import { arraySource } from '../items.ts';
import type { LibraryChoice } from '../options.ts';
import type { Library } from '../state.ts';

/** @param seed everything random follows from it. */
export async function loadLibrary(choice: LibraryChoice, seed: number): Promise<Library> {
  if (choice === 'empty') return { items: arraySource([]), albums: [] };
  throw new Error(`library ${JSON.stringify(choice)} with seed ${seed} is not there yet`);
}
