/** What `.ci/run` counts, on a real report. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const TESTS = `
import { beforeAll, describe, expect, test } from 'vitest';
test('passes', () => {});
test('fails', { retry: 1 }, () => expect(1).toBe(2));
test.fails('fails as it should', () => expect(1).toBe(2));
test.skip('is left out', () => {});
let tries = 0;
test('passes at the second try', { retry: 1 }, () => expect((tries += 1)).toBe(2));
`;
const BROKEN_BEFORE = `import './not-there.mjs';\n`;
const BROKEN_AROUND = `
import { beforeAll, test } from 'vitest';
beforeAll(() => { throw new Error('no'); });
test('never runs', () => {});
`;

test('passed, failed, and what passed at the second try', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'counts-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(await realpath(join(ROOT, 'node_modules')), join(folder, 'node_modules'));
  const files = { tests: TESTS, before: BROKEN_BEFORE, around: BROKEN_AROUND };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `${name}.test.mjs`), text);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const report = join(folder, 'report.json');
  spawnSync(process.execPath, [vitest, 'run', '--root', folder, '--reporter=json', `--outputFile=${report}`]);

  const counts = await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/test-counts.mjs'), report]);
  expect(counts).toEqual({ stdout: '3 3 1\n', stderr: 'flaky: passes at the second try\n' });
});

test('without a report it fails', async () => {
  const counting = promisify(execFile)(process.execPath, [join(ROOT, 'scripts/test-counts.mjs'), '/not/there']);
  await expect(counting).rejects.toThrow('ENOENT');
});
