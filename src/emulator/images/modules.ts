/**
 * Finds what cannot be bundled: files of installed packages (WebAssembly), as Node itself would, and what the build lays
 * beside its chunks (fonts, the drawing thread's script).
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

const readPackageFile = (name: string): Promise<Buffer> => readFile(require.resolve(name));

/**
 * The path of a file that the build lays beside its chunks; undefined unbundled, under a test runner. This module itself
 * becomes part of a chunk, or of an entry in the folder above.
 */
export function builtFile(name: string): string | undefined {
  const places = [`./${name}`, `./chunks/${name}`].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((path) => existsSync(path));
}

/** A font file of the package `@fontsource/inter`, which is there only while the house is built and tested. */
export const readFont = (file: string): Promise<Buffer> => {
  const built = builtFile(file);
  return built ? readFile(built) : readPackageFile(`@fontsource/inter/files/${file}`);
};

export async function compileWasm(name: string): Promise<WebAssembly.Module> {
  // A copy: `readFile` may hand out a view of a shared pool, which `WebAssembly.compile` accepts but its types do not.
  return WebAssembly.compile(new Uint8Array(await readPackageFile(name)));
}

/** Runs an asynchronous function once and remembers its promise; a failure is forgotten so that the next call tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
