import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vitest/config';

/** Loads `.md`, `.html`, `.css`, `.svg` and `.client.js` (what browsers run) as text, as the bundle does. */
const textFiles: Plugin = {
  name: 'text-files',
  enforce: 'pre',
  load(id) {
    if (/\.(md|html|css|svg|client\.js)$/.test(id))
      return `export default ${JSON.stringify(readFileSync(id, 'utf8'))};`;
  },
};

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default defineConfig({
  plugins: [textFiles],
  define: { __VERSION__: JSON.stringify(version) },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
