/** `npm run bench -- NAME`: bundles `bench/NAME.ts` for plain node and runs it. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
const [name = '', ...args] = process.argv.slice(2);

if (!names.includes(name)) {
  process.stderr.write(`Benchmarks: ${names.join(', ')}\n`);
  process.exit(2);
}
const temporary = await mkdtemp(join(tmpdir(), 'google-photos-bench-'));
try {
  const outfile = join(temporary, `${name}.mjs`);
  await build({
    entryPoints: [new URL(`${name}.ts`, folder).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
    logLevel: 'error',
  });
  const { run } = await import(pathToFileURL(outfile).href);
  await run(args);
} finally {
  await rm(temporary, { recursive: true, force: true });
}
