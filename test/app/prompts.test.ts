/** Prompts: what is listed, what they say, what they suggest. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enabledTools } from '../../src/context/toolsets.ts';
import { enabledPrompts, PROMPTS } from '../../src/prompts/index.ts';
import { TOOLS } from '../../tools/index.ts';
import { ERAS, type System, startSystem } from '../harness/system.ts';

const NAMES = ['organize_trip', 'year_in_review', 'tidy_library', 'upload_folder', 'pick_album'];

describe.each(ERAS)('%s', (era) => {
  let system: System;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prompts-'));
    for (const name of ['Lisbon/raw', 'Kyoto', '.hidden']) await mkdir(join(folder, name), { recursive: true });
    system = await startSystem({ era, emulator: { library: 'demo' }, config: { allowDirs: [folder] } });
  });
  afterAll(async () => {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const complete = async (prompt: string, name: string, value: string) =>
    (await system.client.complete({ ref: { type: 'ref/prompt', name: prompt }, argument: { name, value } })).completion
      .values;

  test('five are listed, with titles and described arguments', async () => {
    const { prompts } = await system.client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(NAMES);
    for (const { title, description, arguments: given = [] } of prompts) {
      expect(title).toBeTruthy();
      expect(description).toBeTruthy();
      expect(given.length).toBeGreaterThan(0);
      for (const argument of given) expect(argument.description).toBeTruthy();
    }
    expect(prompts[0]?.arguments?.map(({ name, required }) => [name, required === true])).toEqual([
      ['trip', true],
      ['title', false],
    ]);
  });

  test('what they say names what was given, in at most 1,500 characters', async () => {
    const given = { trip: 'Lisbon, July 2024', title: 'Lisboa', year: '2024', folder: '/photos/x', what: 'albums' };
    for (const name of NAMES) {
      const { arguments: fields = [] } = (await system.client.listPrompts()).prompts.find((p) => p.name === name) ?? {};
      const values = Object.fromEntries(
        fields.map((field) => [field.name, given[field.name as keyof typeof given] ?? '']),
      );
      const { messages } = await system.client.getPrompt({ name, arguments: values });
      expect(messages).toHaveLength(1);
      const [{ role, content }] = messages as [(typeof messages)[0]];
      const text = content.type === 'text' ? content.text : '';
      expect(role).toBe('user');
      expect(text.length).toBeLessThanOrEqual(1500);
      expect(text).not.toMatch(/undefined|""/);
      for (const value of Object.values(values)) expect(text).toContain(value);
    }
  });

  test('a required argument that is missing is said', async () => {
    await expect(system.client.getPrompt({ name: 'organize_trip', arguments: {} })).rejects.toThrow(/trip/);
  });

  test('years of the library', async () => {
    expect(await complete('year_in_review', 'year', '')).toEqual(['2025', '2024', '2023']);
    expect(await complete('year_in_review', 'year', '2024')).toEqual(['2024']);
  });

  test('trips: the newest, those of a period, and by what was said', async () => {
    const newest = await complete('organize_trip', 'trip', '');
    expect(newest).toContainEqual(expect.stringMatching(/^2025-04-0[12] … 08: "First ramen"/));
    expect(await complete('organize_trip', 'trip', '2024-07')).toEqual([
      expect.stringMatching(/^2024-07-12 … 18: .*"Castelo de São Jorge"/),
    ]);
    expect(await complete('organize_trip', 'trip', 'ramen')).toEqual([expect.stringContaining('First ramen')]);
    expect(await complete('organize_trip', 'trip', '2024-99')).toEqual([]);
  });

  test('titles of albums', async () => {
    expect(await complete('organize_trip', 'title', 'kyo')).toEqual(['Kyoto, April 2025']);
  });

  test('folders: the allowed ones and what is in them, nothing outside', async () => {
    expect(await complete('upload_folder', 'folder', '')).toEqual([
      folder,
      join(folder, 'Kyoto'),
      join(folder, 'Lisbon'),
    ]);
    expect(await complete('upload_folder', 'folder', join(folder, 'Lisbon'))).toEqual([
      join(folder, 'Lisbon'),
      join(folder, 'Lisbon', 'raw'),
    ]);
    expect(await complete('upload_folder', 'folder', tmpdir().slice(0, 2))).not.toContain(tmpdir());
    expect(await complete('upload_folder', 'folder', '/etc')).toEqual([]);
  });

  test('nothing to suggest is no error: Google is not to be reached', async () => {
    const faults = [{ method: '*', status: 403, probability: 1 }];
    await system.control('faults', faults);
    expect(await complete('year_in_review', 'year', '')).toEqual([]);
    expect(await complete('organize_trip', 'title', '')).toEqual([]);
    await system.control('faults', [{ method: '*', failure: 'hang', probability: 1 }]);
    const start = performance.now();
    expect(await complete('organize_trip', 'trip', '')).toEqual([]);
    expect(performance.now() - start).toBeLessThan(6_000);
    await system.control('faults', []);
  });

  test('the guide as a skill: listed, and readable as a resource', async () => {
    const { resources } = await system.client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain('skill://organize-google-photos/SKILL.md');
    const skill = await system.read('skill://organize-google-photos/SKILL.md');
    expect(skill).toMatch(/^---\nname: organize-google-photos\n/);
    expect(skill).toContain('organize_preview');
    const guide = await system.read('gphotos://guide');
    expect(guide).toContain(await system.read('skill://organize-google-photos/references/guide.md'));
    expect(guide).toContain('## Recipes');
  });
});

test('a prompt names the tools that it needs, and no others', () => {
  const tools = TOOLS.map(({ name }) => name);
  for (const prompt of PROMPTS) {
    const text = prompt.text({ trip: 'x', year: 'x', folder: 'x', title: 'x' });
    const named = tools.filter((tool) => new RegExp(`\\b${tool}\\b`).test(text));
    expect([...named].sort(), prompt.name).toEqual([...prompt.tools].sort());
  }
});

test('without its tools a prompt is not offered', () => {
  const names = (toolsets: string, readOnly: boolean) => {
    const tools = enabledTools(TOOLS, { toolsets: toolsets.split(',') as never, readOnly });
    return enabledPrompts(PROMPTS, tools).map(({ name }) => name);
  };
  expect(names('library,media,picker,organize', false)).toEqual(NAMES);
  expect(names('library,media,organize', false)).toEqual(NAMES.slice(0, 4));
  expect(names('library,media,organize', true)).toEqual([]);
  expect(names('library', false)).toEqual([]);
});
