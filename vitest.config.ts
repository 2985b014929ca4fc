import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { pageInOne } from './build-plugins.mjs';

/** Loads `.md`, `.html`, `.css`, `.svg` and `.client.js` (what browsers run) as text, as the bundle does. */
const textFiles: Plugin = {
  name: 'text-files',
  enforce: 'pre',
  // Under names of their own: Vite would make something else of a `.css`.
  resolveId(source, importer) {
    if (!importer || !/\.(md|html|css|svg|client\.js)$/.test(source)) return undefined;
    return `${MARK}${resolve(dirname(importer), source)}${MARK}`;
  },
  async load(id) {
    if (!id.startsWith(MARK)) return undefined;
    const file = id.replaceAll(MARK, '');
    const text = file.endsWith('.app.html') ? await pageInOne(file) : readFileSync(file, 'utf8');
    return `export default ${JSON.stringify(text)};`;
  },
};
const MARK = '\0text';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default defineConfig({
  plugins: [textFiles],
  define: { __VERSION__: JSON.stringify(version) },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What a test waits for comes when it comes: machines are busy.
    expect: { poll: { timeout: 20_000 } },
  },
});
