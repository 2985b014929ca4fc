/** Code cites the contract with Google, its design and what is known of Takeout: every cited section is there (`docs/`). */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenCitations, brokenInside, citationName, citationsIn, malformedIn, sectionsOf } from './citations.ts';

/** Citations that are wrong on purpose must not stand here as such: this file is read too. */
const CITE = 'contract';
const PLAN = 'design';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('every cited section is there', () => {
  expect(brokenCitations(ROOT)).toEqual([]);
});

test('sections that takeout.md names in itself are there', () => {
  expect(brokenInside(ROOT, 'docs/takeout.md')).toEqual([]);
});

describe('how citations are read', () => {
  test.each([
    [`(${CITE} 4.8)`, ['contract 4.8']],
    [`Contract 3.15.1, in words`, ['contract 3.15.1']],
    [`${CITE} 0.2, 3.7 and 8`, ['contract 0.2', 'contract 3.7', 'contract 8']],
    [`${CITE} 3.8, 3.16 to 3.19, 7; rule 1`, ['3.8', '3.16', '3.19', '7', '12.3 entry 1'].map((n) => `contract ${n}`)],
    [`${CITE} 4.6, 12.3 rule 15`, ['contract 4.6', 'contract 12.3 entry 15', 'contract 12.3 entry 15']],
    [`${CITE} 0.2 item 4`, ['contract 0.2 entry 4']],
    ['rules 34 to 38', ['contract 12.3 entry 34', 'contract 12.3 entry 38']],
    [` * broken (${CITE}\n * 6.4), and a takeout 1.5`, ['contract 6.4', 'takeout 1.5']],
    ['design 2', ['design 2']],
    ['a contract suite in 3 files', []],
  ])('%s', (text, expected) => {
    expect(citationsIn(text).map(citationName)).toEqual(expected);
  });

  test.each([`${CITE} section 4.8`, `${CITE}, section 4.8`, `${CITE} §4`, `${PLAN}, "One reply"`])(
    '%s is refused: a search for its number would not find it',
    (text) => {
      expect(malformedIn(text)).toHaveLength(1);
    },
  );

  test('a section is what a numbered heading names, up to the next', () => {
    expect([...sectionsOf('# Title\n## 1. One\ntext\n### 1.1 Two\n| 1 | a |\n')]).toEqual([
      ['1', ['text']],
      ['1.1', ['| 1 | a |', '']],
    ]);
  });
});

describe('in a copy of the tree', () => {
  let copy: string;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'citations-'));
    const isPart = (path: string): boolean =>
      !/node_modules|[/\\]dist|[/\\]\.git$|fixtures/.test(path.slice(ROOT.length));
    await cp(ROOT, copy, { recursive: true, filter: isPart });
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  /** What is broken while a document is changed. */
  async function brokenWith(document: string, change: (text: string) => string): Promise<string[]> {
    const file = join(copy, 'docs', document);
    const whole = await readFile(file, 'utf8');
    await writeFile(file, change(whole));
    try {
      return brokenCitations(copy);
    } finally {
      await writeFile(file, whole);
    }
  }

  test('nothing is broken to begin with', () => {
    expect(brokenCitations(copy)).toEqual([]);
  });

  test('a section that is taken out is missed by all that cite it', async () => {
    const broken = await brokenWith('google-photos-api.md', (text) =>
      text.replace('### 4.8 Base URLs', '### Base URLs'),
    );
    expect(broken).toContain('src/google/media.ts: contract 4.8');
    expect(new Set(broken.map((line) => line.split(': ')[1]))).toEqual(new Set(['contract 4.8']));
  });

  test('a rule that is taken out is missed', async () => {
    const broken = await brokenWith('google-photos-api.md', (text) => text.replace(/^\| 14 \| batchCreate .*\n/m, ''));
    expect(broken).toContain('test/emulator/writing.test.ts: contract 12.3 entry 14');
  });

  test('so are sections of the design', async () => {
    const broken = await brokenWith('design.md', (text) => text.replace('## 2. The command', '## The command'));
    expect(broken).toContain('src/emulator/clock.ts: design 2');
  });

  test('a citation of a section that never was is found', async () => {
    await writeFile(join(copy, 'src', 'note.ts'), `/** As ${CITE} 99.1 says. */\n`);
    expect(brokenCitations(copy)).toEqual([`src/note.ts: ${CITE} 99.1`]);
  });
});
