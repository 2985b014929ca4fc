/** Bundles the command, the emulator for other people's tests and the demo to `dist/`. Packages that carry WebAssembly or native files stay outside. */
import { readFileSync } from 'node:fs';
import { chmod, copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { namedExportsOfCommonJs, pagesInOne, toolManifest } from './build-plugins.mjs';
import { thirdPartyNotices } from './scripts/notices.mjs';

const { version, dependencies, optionalDependencies } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
);
const installed = Object.keys({ ...dependencies, ...optionalDependencies });

const plugins = [namedExportsOfCommonJs, pagesInOne];

const staging = `dist.${process.pid}`;
/** @type {import('esbuild').BuildOptions} */
const options = {
  entryPoints: {
    main: 'src/main.ts',
    demo: 'src/cli/demo/demo.ts',
    emulator: 'src/emulator/index.ts',
    // A thread is started from a file of its own, which stands where its starter looks for it.
    'chunks/draw-worker': 'src/emulator/images/draw-worker.ts',
  },
  outdir: staging,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  loader: { '.md': 'text', '.html': 'text', '.css': 'text', '.svg': 'text', '.client.js': 'text' },
  external: [...installed, '@modelcontextprotocol/client'],
  metafile: true,
  define: { __VERSION__: JSON.stringify(version) },
  chunkNames: 'chunks/[name]-[hash]',
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins,
  logLevel: 'warning',
};
const { metafile } = await build({ ...options, plugins: [...plugins, toolManifest(options)] });
await chmod(`${staging}/main.js`, 0o755);
// The two faces that pictures are drawn with, out of a package of four hundred files.
for (const weight of [400, 700]) {
  const font = `inter-latin-${weight}-normal.woff2`;
  await copyFile(`node_modules/@fontsource/inter/files/${font}`, `${staging}/chunks/${font}`);
}
await copyFile('src/emulator/emulator.d.ts', `${staging}/emulator.d.ts`);
const notices = thirdPartyNotices(metafile, [...installed, '@fontsource/inter']);
await writeFile(`${staging}/THIRD-PARTY-NOTICES.txt`, notices);
// A build that failed, or that runs while a test starts the command, leaves the last one in place.
await rm('dist', { recursive: true, force: true });
await rename(staging, 'dist');
