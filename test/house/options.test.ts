/** What a call takes as options is named one by one: of a whole context, a member added later would silently take effect. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const CALLS =
  /\b(?:google|results|pickerSessions|picker)\.\w+$|^(?:resolve(?:Album|MediaItems?|Media)|fetchMediaItems|readPart|uploadOne)$/;

/** Calls whose last argument is the context, by name: `google.call`. */
function calledWithContext(text: string): string[] {
  const calls = [...text.matchAll(/([\w.]+)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\bcontext,?\s*\)/g)];
  return calls.map(([, name = '']) => name).filter((name) => CALLS.test(name));
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

test('no tool and no resource hands its context on as options', () => {
  const files = [...filesIn('tools'), ...filesIn('src/resources'), ...filesIn('src/prompts')];
  expect(files.length).toBeGreaterThan(40);
  expect(
    files.flatMap((file) => calledWithContext(readFileSync(file, 'utf8')).map((name) => `${file}: ${name}`)),
  ).toEqual([]);
});

test.each([
  ["await context.google.call('albums.get', { albumId: target.id }, context)", ['context.google.call']],
  ['resolveAlbum(input.albumId, context.results, context)', ['resolveAlbum']],
  ["google.call('albums.get', request(a(b)), { signal })", []],
  ['list({ tool, input }, context)', []],
])('which it would find: %s', (text, names) => {
  expect(calledWithContext(text)).toEqual(names);
});
