/** What each tool says it needs agrees with the scopes that are asked for. */
import { expect, test } from 'vitest';
import { type Scope, scopesFor } from '../../src/auth/scopes.ts';
import { TOOLSETS } from '../../src/context/toolsets.ts';
import { TOOLS } from '../../tools/index.ts';
import { isKnown, toolsLost } from '../../tools/support/required-scopes.ts';

const NAMES = TOOLS.map(({ name }) => name);
const ALL: Scope[] = [
  'photoslibrary.appendonly',
  'photoslibrary.readonly.appcreateddata',
  'photoslibrary.edit.appcreateddata',
  'photospicker.mediaitems.readonly',
];

test('it is known of every tool what it needs', () => {
  expect(TOOLS.filter((tool) => !isKnown(tool)).map(({ name }) => name)).toEqual([]);
});

test.each([
  ['photoslibrary.appendonly', ['albums_create', 'media_items_batch_create', 'media_upload', 'organize_apply']],
  [
    'photoslibrary.edit.appcreateddata',
    ['albums_batch_remove_media_items', 'albums_patch', 'media_items_patch', 'organize_apply', 'organize_undo'],
  ],
  ['photospicker.mediaitems.readonly', ['picker_pick']],
  ['photoslibrary.sharing', NAMES.filter((name) => /^shared_albums_|^albums_(un)?share$/.test(name))],
] as const)('without %s', (scope, lost) => {
  expect(toolsLost(TOOLS, [scope])).toEqual(lost);
});

test('adding to an album works with either of two scopes', () => {
  const both: Scope[] = ['photoslibrary.appendonly', 'photoslibrary.edit.appcreateddata'];
  expect(toolsLost(TOOLS, both)).toContain('albums_batch_add_media_items');
  for (const scope of both) expect(toolsLost(TOOLS, [scope])).not.toContain('albums_batch_add_media_items');
});

test.each(TOOLSETS)('what is asked for %s is enough for its tools, and without it some do not work', (toolset) => {
  const tools = TOOLS.filter((tool) => tool.toolset === toolset);
  const asked = scopesFor({ toolsets: [toolset], readOnly: false });
  const others = ALL.filter((scope) => !asked.includes(scope));
  expect(toolsLost(tools, others)).toEqual([]);
  if (toolset !== 'account') expect(toolsLost(tools, asked).length).toBeGreaterThan(0);
});
