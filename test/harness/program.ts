/** Runs TypeScript of this project in a process of its own: Node 20 cannot read it, so it is bundled first. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const bundles = new Set<string>();
process.once('exit', () => {
  for (const path of bundles) rmSync(path, { force: true });
});

/**
 * Bundles a script (path from the project's root) for plain node, and answers where the JavaScript is. What `build.mjs`
 * leaves outside stays outside, hence a place where packages are found. It goes with this process.
 */
export async function bundle(script: string): Promise<string> {
  const outfile = join(ROOT, 'node_modules', '.cache', 'tests', `${basename(script, '.ts')}-${randomUUID()}.mjs`);
  bundles.add(outfile);
  await build({
    entryPoints: [join(ROOT, script)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    loader: { '.md': 'text', '.html': 'text', '.css': 'text', '.svg': 'text', '.client.js': 'text' },
    define: { __VERSION__: '"0.0.0-test"' },
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    external: Object.keys({ ...dependencies, ...optionalDependencies }),
    logLevel: 'error',
  });
  return outfile;
}

export const run = (program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess =>
  spawn(process.execPath, [program, ...args], options);
