/** Files that are written from the code. `npm run generate` writes them; here they must be as the code says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TOOLS } from '../tools/index.ts';
import { generateReadme } from './generated/readme.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test('README: tools and how to connect', async () => {
  await expect(generateReadme(read('README.md'), TOOLS)).toMatchFileSnapshot('../README.md');
});
