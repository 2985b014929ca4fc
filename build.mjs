/** Bundles the command (and the demo that drives it) to `dist/`. Packages that carry WebAssembly or native files stay outside. */
import { existsSync, readFileSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { namedExportsOfCommonJs } from './build-plugins.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/**
 * `import('a CommonJS package')` with its named exports, as Node gives it: with splitting, esbuild keeps the default only.
 * @type {import('esbuild').Plugin}
 */
const commonJsOnDemand = {
  name: 'commonjs-on-demand',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ kind, path, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === 'resolving') return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: 'resolving' });
      if (found.external || !isCommonJs(found.path)) return found;
      return { path, namespace: 'commonjs', pluginData: { resolveDir } };
    });
    build.onLoad({ filter: /.*/, namespace: 'commonjs' }, async ({ path, pluginData: { resolveDir } }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default' && /^[\w$]+$/.test(name));
      return {
        contents: `const all = require('${path}'); export default all; export const { ${names.join(', ')} } = all;`,
        resolveDir,
      };
    });
  },
};

function isCommonJs(file) {
  if (/\.[cm]js$/.test(file)) return file.endsWith('.cjs');
  return JSON.parse(readFileSync(packageFileOf(file), 'utf8')).type !== 'module';
}

function packageFileOf(file) {
  const folder = dirname(file);
  const candidate = join(folder, 'package.json');
  return existsSync(candidate) ? candidate : packageFileOf(folder);
}

const staging = `dist.${process.pid}`;
await build({
  entryPoints: { main: 'src/main.ts', demo: 'src/demo/demo.ts' },
  outdir: staging,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  loader: { '.md': 'text', '.html': 'text', '.css': 'text', '.svg': 'text', '.client.js': 'text' },
  external: ['keytar', '@jsquash/*', '@resvg/resvg-wasm', '@fontsource/*', '@modelcontextprotocol/client'],
  define: { __VERSION__: JSON.stringify(version) },
  chunkNames: 'chunks/[name]-[hash]',
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [namedExportsOfCommonJs],
  plugins: [commonJsOnDemand],
  logLevel: 'warning',
});
await chmod(`${staging}/main.js`, 0o755);
// A build that failed, or that runs while a test starts the command, leaves the last one in place.
await rm('dist', { recursive: true, force: true });
await rename(staging, 'dist');
