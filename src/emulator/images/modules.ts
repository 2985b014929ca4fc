/**
 * Finds files of installed packages (WebAssembly, a font) as Node itself would: the same unbundled, under a test runner and bundled.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const readPackageFile = (name: string): Promise<Buffer> => readFile(require.resolve(name));

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
