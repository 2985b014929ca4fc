/** What a client sees of the tools, held for all of them at once. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enabledTools } from '../../src/context/toolsets.ts';
import { TOOLS } from '../../tools/index.ts';
import { ERAS, type System, startSystem } from '../harness/system.ts';

const LIBRARY_METHODS = `
albums.addEnrichment albums.batchAddMediaItems albums.batchRemoveMediaItems albums.create albums.get albums.list
albums.patch albums.share albums.unshare mediaItems.batchCreate mediaItems.batchGet mediaItems.get mediaItems.list
mediaItems.patch mediaItems.search sharedAlbums.get sharedAlbums.join sharedAlbums.leave sharedAlbums.list`
  .trim()
  .split(/\s+/);

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/[.\-/]/g, '_');

/** Tools lie in folders of `tools/`, one file each. */
const FILES = readdirSync(new URL('../../tools', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'support')
  .flatMap(({ name: folder }) =>
    readdirSync(new URL(`../../tools/${folder}`, import.meta.url)).map(
      (file) => `${folder}/${file.replace(/\.ts$/, '')}`,
    ),
  );

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema
const everySchema = (schema: any, visit: (schema: any, path: string) => void, path = ''): void => {
  visit(schema, path);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    everySchema(property, visit, `${path}.${name}`);
  if (schema.items) everySchema(schema.items, visit, `${path}[]`);
};

test('a tool is named by its path', () => {
  expect(TOOLS.map(({ name }) => name).sort()).toEqual(FILES.map(snake).sort());
});

test('each of the 19 methods of the Library API is a tool', () => {
  expect(TOOLS.map(({ name }) => name)).toEqual(expect.arrayContaining(LIBRARY_METHODS.map(snake)));
});

test('modes are filters', () => {
  const names = (toolsets: string, readOnly: boolean) =>
    enabledTools(TOOLS, { toolsets: toolsets.split(',') as never, readOnly }).map(({ name }) => name);
  expect(names('sharing', false)).toHaveLength(6);
  expect(names('library', false)).toHaveLength(13);
  expect(names('library', true)).toEqual([
    'albums_get',
    'albums_list',
    'media_items_batch_get',
    'media_items_get',
    'media_items_list',
    'media_items_search',
  ]);
});

describe.each(ERAS)('%s', (era) => {
  let system: System;
  let tools: Awaited<ReturnType<System['client']['listTools']>>['tools'];
  beforeAll(async () => {
    system = await startSystem({ era });
    ({ tools } = await system.client.listTools());
  });
  afterAll(() => system.stop());

  test('all tools are listed, in the order of the list', () => {
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
  });

  test.each(TOOLS.map(({ name }) => name))('%s is well described', (name) => {
    const tool = tools.find((listed) => listed.name === name);
    if (!tool) throw new Error('not listed');
    expect(tool.name).toMatch(/^[a-z_]{1,40}$/);
    expect(tool.title).toBeTruthy();
    expect(tool.description?.length).toBeGreaterThan(20);
    expect(tool.description?.length).toBeLessThan(600);
    const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint, title } = tool.annotations ?? {};
    expect(
      [readOnlyHint, destructiveHint, idempotentHint, openWorldHint].every((hint) => typeof hint === 'boolean'),
    ).toBe(true);
    expect(readOnlyHint && destructiveHint).toBe(false);
    expect(title).toBe(tool.title);
    expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    everySchema(tool.inputSchema, (schema, path) => {
      expect(schema, path).not.toHaveProperty('anyOf');
      expect(schema, path).not.toHaveProperty('oneOf');
      expect(schema, path).not.toHaveProperty('$ref');
      expect(typeof schema.type, path).toBe('string');
      if (schema.type === 'array') expect(schema.items, path).toBeDefined();
      // Inside lists of objects a good name is enough: words there are paid for in every conversation.
      const isTopLevel = /^\.\w+$/.test(path);
      if (isTopLevel) expect(schema.description, path).toBeTruthy();
    });
    expect(tool.outputSchema).toMatchObject({ type: 'object' });
  });

  test('the 19 methods cost at most 600 bytes each on average', () => {
    const methods = tools.filter(({ name }) => LIBRARY_METHODS.map(snake).includes(name));
    const bytes = methods.map(({ name, title, description, inputSchema }) =>
      jsonBytes({ name, title, description, inputSchema }),
    );
    expect(bytes.reduce((sum, each) => sum + each, 0) / methods.length).toBeLessThanOrEqual(600);
  });

  test('the whole surface stays small', () => {
    const words = tools.map(({ name, title, description, inputSchema }) =>
      jsonBytes({ name, title, description, inputSchema }),
    );
    expect(words.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(16_000);
    expect(jsonBytes({ tools })).toBeLessThanOrEqual(28_000);
  });

  test('instructions are short and say where to begin', () => {
    const instructions = system.client.getInstructions() ?? '';
    expect(instructions.length).toBeLessThanOrEqual(1500);
    for (const { name } of [{ name: 'results_read' }]) expect(instructions).toContain(name);
  });

  // Hosts find the policy of the photo grid in the list, and review there what servers want to show people.
  test('resources: three fixed, the photo grid, the skill, five templates, never a page of a result in the list', async () => {
    const { resources } = await system.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      'gphotos://account',
      'gphotos://albums',
      'gphotos://guide',
      'ui://google-photos/photo-grid.html',
      'skill://organize-google-photos/SKILL.md',
    ]);
    const { resourceTemplates } = await system.client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'gphotos://results/{result}/pages/{page}',
      'gphotos://albums/{albumId}',
      'gphotos://media/{mediaItemId}',
      'gphotos://media/{mediaItemId}/preview',
      'skill://{+path}',
    ]);
  });
});
