/** Loads the library an emulator starts with. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LibraryChoice } from '../emulator.d.ts';
import { arraySource } from '../items.ts';
import type { Library } from '../state.ts';

/** @param seed everything random follows from it. @throws with one line that says what is wrong with a file. */
export async function loadLibrary(choice: LibraryChoice, seed: number): Promise<Library> {
  if (choice === 'empty') return { items: arraySource([]), albums: [] };
  if (choice === 'demo') return demo(seed);
  if (typeof choice === 'number')
    return { items: (await import('./generated.ts')).generatedItems(choice, seed), albums: [] };
  const { readLibraryFile } = await import('./library-file.ts');
  if ('file' in choice) return readLibraryFile(await readJson(choice.file), basename(choice.file));
  return readLibraryFile(choice);
}

async function demo(seed: number): Promise<Library> {
  const { demoLibrary } = await import('./demo/library.ts');
  const elsewhere = async () => (await import('./demo/picker-library.ts')).demoPickerLibrary(seed);
  return { ...demoLibrary(seed), elsewhere };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${basename(path)} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
