/** Bundles the command (and the demo that drives it) to `dist/`. Packages that carry WebAssembly or native files stay outside. */
import { readFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { main: 'src/main.ts', demo: 'src/demo/demo.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  loader: { '.md': 'text', '.html': 'text', '.css': 'text', '.svg': 'text' },
  external: ['keytar', '@jsquash/*', '@resvg/resvg-wasm', '@fontsource/*', '@modelcontextprotocol/client'],
  define: { __VERSION__: JSON.stringify(version) },
  chunkNames: 'chunks/[name]-[hash]',
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
await chmod('dist/main.js', 0o755);
