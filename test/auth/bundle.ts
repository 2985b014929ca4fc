import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

/** A program of this folder as one file that any Node runs; beside `node_modules`, where it finds keytar's native part. */
export async function bundle(name: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`../../node_modules/.cache/${process.pid}-${name}.mjs`, import.meta.url));
  onTestFinished(() => rm(outfile, { force: true }));
  await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.html': 'text' },
  });
  return outfile;
}
