/** `assets/icon.svg` → `assets/icon.png`, as Claude Desktop wants it. `npm run generate` writes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const assets = new URL('../assets/', import.meta.url);

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
writeFileSync(
  new URL('icon.png', assets),
  new Resvg(readFileSync(new URL('icon.svg', assets), 'utf8')).render().asPng(),
);
