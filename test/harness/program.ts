/** Runs TypeScript of this project in a process of its own: Node 20 cannot read it, so it is bundled first. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Bundles a script (path from the project's root) and answers where the JavaScript is. */
export async function bundle(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  const outfile = join(folder, 'program.mjs');
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
      js: `import{createRequire as __createRequire}from'node:module';const require=__createRequire(${JSON.stringify(`${ROOT}package.json`)});`,
    },
    external: ['keytar'],
    logLevel: 'error',
  });
  return outfile;
}

export const run = (program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess =>
  spawn(process.execPath, [program, ...args], options);
