/** Which sections of `docs/` the tree cites, and which of them are not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What a citation calls each document. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  contract: 'docs/google-photos-api.md',
  takeout: 'docs/takeout.md',
  design: 'docs/design.md',
};

/** "contract 4.8", "contract 12.3 rule 29": a section, and a numbered entry of it. */
export interface Citation {
  document: string;
  section: string;
  entry?: string;
}

export const citationName = ({ document, section, entry }: Citation): string =>
  `${document} ${section}${entry === undefined ? '' : ` entry ${entry}`}`;

const NUMBER = String.raw`\d+(?:\.\d+)*`;
const CITATION = new RegExp(
  String.raw`\b(${Object.keys(DOCUMENTS).join('|')}) (${NUMBER}(?:(?:, (?:and )?| and | to )${NUMBER})*)(?: (?:rule|item) (\d+))?`,
  'gi',
);
/** The emulator's rules are known by their number alone. */
const RULE = /\brules? (\d+)(?: (?:to|and) (\d+))?/gi;
/** How citations may not be written, since nobody would find them by searching for a number. */
const MALFORMED =
  /\b(?:contract|takeout|design)(?:\.md)?\)?,? (?:(?:sections?|chapter|part) \d|§)|\b(?:contract|takeout|design)[,:] ["“]|google-photos-api(?:\.md)?\)? (?:section|§)/gi;

/** A comment that is broken into lines, as one line. */
const unwrap = (text: string): string => text.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ');

/** All citations of a text, in order; of "3.16 to 3.19" the two ends. */
export function citationsIn(text: string): Citation[] {
  const flat = unwrap(text);
  const sections = [...flat.matchAll(CITATION)].flatMap(([, document = '', numbers = '', entry]) => {
    const all = numbers.match(new RegExp(NUMBER, 'g')) ?? [];
    return all.map((section, index) => ({
      document: document.toLowerCase(),
      section,
      ...(entry !== undefined && index === all.length - 1 && { entry }),
    }));
  });
  const rules = [...flat.matchAll(RULE)].flatMap(([, first, last]) =>
    [first, last].flatMap((entry) => (entry === undefined ? [] : [{ document: 'contract', section: '12.3', entry }])),
  );
  return [...sections, ...rules];
}

export const malformedIn = (text: string): string[] => unwrap(text).match(MALFORMED) ?? [];

const HEADING = /^#+ (\d+(?:\.\d+)*)\.? /;

/** The numbered sections of a document, each with its own lines up to the next heading. */
export function sectionsOf(markdown: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let body: string[] = [];
  for (const line of markdown.split('\n')) {
    const number = HEADING.exec(line)?.[1];
    if (number === undefined) {
      body.push(line);
    } else {
      body = [];
      sections.set(number, body);
    }
  }
  return sections;
}

/** Whether a section has a table row or a list entry of that number. */
const hasEntry = (body: readonly string[], entry: string): boolean =>
  body.some((line) => line.startsWith(`| ${entry} |`) || line.startsWith(`${entry}. `));

const FOLDERS = ['src', 'tools', 'test', 'bench', 'scripts', 'docs', '.ci'];

/** Files that people write, paths from the root; what is recorded or made is left out. */
function textsOf(root: string): string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
  const loose = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  return [...inFolders, ...loose].filter(
    (file) => /\.(?:[cm]?[jt]s|md|html|css|sh)$|^\.ci\//.test(file) && !/^test\/fixtures\/|__snapshots__/.test(file),
  );
}

/** Citations of the tree that name nothing, as "file: contract 4.8", and those that are written so that nobody finds them. */
export function brokenCitations(root: string): string[] {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const documents = new Map(Object.entries(DOCUMENTS).map(([name, file]) => [name, sectionsOf(read(file))]));
  const exists = ({ document, section, entry }: Citation): boolean => {
    const body = documents.get(document)?.get(section);
    return body !== undefined && (entry === undefined || hasEntry(body, entry));
  };
  return textsOf(root).flatMap((file) => {
    const text = read(file);
    const missing = citationsIn(text)
      .filter((citation) => !exists(citation))
      .map(citationName);
    return [...missing, ...malformedIn(text)].map((citation) => `${file}: ${citation}`);
  });
}

/** References of a document to sections of itself, written "§1.5", that name nothing. */
export function brokenInside(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const sections = sectionsOf(text);
  return [...text.matchAll(/§(\d+(?:\.\d+)*)/g)].flatMap(([, section = '']) =>
    sections.has(section) ? [] : [section],
  );
}
