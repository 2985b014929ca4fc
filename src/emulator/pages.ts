/** The emulator's HTML, kept as real files in `pages/` beside this module (the build copies the folder beside the bundle). */
import { readFile } from 'node:fs/promises';

/** The text of `pages/<name>`. */
export async function page(name: string): Promise<string> {
  return readFile(new URL(`./pages/${name}`, import.meta.url), 'utf8');
}
