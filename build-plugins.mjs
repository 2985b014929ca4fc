/** Plugins for esbuild, used by `build.mjs`, and by the tests, which load files as the bundle does. */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * `import('a CommonJS package')` gives its named exports in Node, but only a default export in a bundle with splitting.
 * A small ES module between the two names them.
 * @type {import('esbuild').Plugin}
 */
export const namedExportsOfCommonJs = {
  name: 'named-exports-of-commonjs',
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

/** A page that must bring everything along: `.app.html` with its style sheets and scripts in it, as one text. */
export const pagesInOne = {
  name: 'pages-in-one',
  setup(build) {
    build.onLoad({ filter: /\.app\.html$/ }, async ({ path }) => ({ contents: await pageInOne(path), loader: 'text' }));
  },
};

const PART = /(<link rel="stylesheet" href="[^"]+" \/>|<script src="[^"]+"><\/script>)/;

/** @returns {Promise<string>} */
export async function pageInOne(path) {
  const parts = readFileSync(path, 'utf8').replace(/\n\s*/g, '\n').split(PART);
  const whole = parts.map(async (part) => {
    const [, kind, name] = /^<(link|script) .*?"([^"]+\.(?:css|ts))"/.exec(part) ?? [];
    if (name === undefined) return part;
    const element = kind === 'link' ? 'style' : 'script';
    return `<${element}>${await bundleForBrowser(join(dirname(path), name))}</${element}>`;
  });
  return (await Promise.all(whole)).join('');
}

async function bundleForBrowser(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: ['es2022', 'chrome123', 'safari17.5', 'firefox120'],
    logLevel: 'warning',
  });
  return outputFiles
    .map(({ text }) => text)
    .join('')
    .trim();
}

/**
 * `tools/support/tool-manifest.ts` as the data it computes: what clients see of the tools is known when the bundle is made, and listing them
 * at every start would take loading them all.
 * @param {import('esbuild').BuildOptions} options of the bundle
 * @returns {import('esbuild').Plugin}
 */
export const toolManifest = (options) => ({
  name: 'tool-manifest',
  setup({ onLoad, onStart }) {
    let listed;
    onStart(() => {
      listed = compute('tools/support/tool-manifest.ts', options).then(({ LISTED }) => JSON.stringify(LISTED));
    });
    onLoad({ filter: /[/\\]tool-manifest\.ts$/ }, async () => ({
      contents: `export const LISTED = JSON.parse(${JSON.stringify(await listed)});`,
    }));
  },
});

/** What a module exports, once it is bundled and run. It lies here meanwhile, where it finds the packages left outside. */
async function compute(entryPoint, options) {
  const outfile = join(import.meta.dirname, `computed.${process.pid}.mjs`);
  const single = { entryNames: undefined, chunkNames: undefined, outdir: undefined, splitting: false, metafile: false };
  try {
    await build({ ...options, ...single, entryPoints: [entryPoint], outfile, minify: false });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile, { force: true });
  }
}
