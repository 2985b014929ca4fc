/** Files that are written from the code. `npm run generate` writes them; here they must be as the code says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROMPTS } from '../../src/prompts/index.ts';
import { TOOLS } from '../../tools/index.ts';
import { generateManifest } from './generated/manifest.ts';
import { generateReadme } from './generated/readme.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const { version, ...packageFile } = JSON.parse(read('package.json'));

test('README: tools and how to connect', async () => {
  await expect(generateReadme(read('README.md'), TOOLS)).toMatchFileSnapshot('../../README.md');
});

test('manifest.json: version, tools and prompts', async () => {
  const manifest = generateManifest(read('manifest.json'), { version, tools: TOOLS, prompts: PROMPTS });
  await expect(manifest).toMatchFileSnapshot('../../manifest.json');
});

/** The registry's schema of 2025-12-11, as far as this file uses it; the schema itself is not published as a package. */
test('server.json: what the registry asks for, and as package.json says', () => {
  const server = JSON.parse(read('server.json'));
  expect(server.$schema).toBe('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json');
  expect(server.name).toMatch(/^[a-zA-Z0-9.-]{1,100}\/[a-zA-Z0-9._-]{1,99}$/);
  expect(server.name).toBe(packageFile.mcpName);
  expect(server.description.length).toBeLessThanOrEqual(100);
  expect(server.title.length).toBeLessThanOrEqual(100);
  expect(server.version).toBe(version);
  expect(server.repository.source).toBe('github');
  expect(packageFile.repository.url).toBe(`git+${server.repository.url}.git`);
  const [npm, ...others] = server.packages;
  expect(others).toEqual([]);
  expect(npm).toMatchObject({
    registryType: 'npm',
    identifier: packageFile.name,
    version,
    transport: { type: 'stdio' },
  });
  for (const { name, description, isRequired, isSecret } of npm.environmentVariables) {
    expect(read('src/cli/config.ts')).toContain(`'${name}'`);
    expect(description).toBeTruthy();
    expect([typeof isRequired, typeof isSecret]).toEqual(['boolean', 'boolean']);
  }
  for (const { type, name } of npm.packageArguments) {
    expect(type).toBe('named');
    expect(read('src/cli/command-line.ts')).toContain(`'${name} `);
  }
});
