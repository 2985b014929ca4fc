/** Licences of what is bundled and of what is installed beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the packages whose code esbuild put into the bundle. */
const bundledFolders = ({ inputs }) =>
  Object.keys(inputs).flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []);

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

function describePackage(folder) {
  const {
    name,
    version,
    license = 'unknown',
    repository,
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const source = sourceOf(repository?.url ?? repository ?? '');
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, source, version, license, texts };
}

/** `owner/name`, `git@host:owner/name` and `git://…` as addresses that a browser opens. */
const sourceOf = (repository) =>
  repository
    .replace(/^git\+/, '')
    .replace(/^(?:git|ssh):\/\/(?:git@)?/, 'https://')
    .replace(/^git@([^:]+):/, 'https://$1/')
    .replace(/^(?:github:)?([\w.-]+\/[\w.-]+)$/, 'https://github.com/$1');

const byName = (a, b) => (a.name < b.name ? -1 : 1);

/** Many packages carry the same text: it is printed once, with all whose it is. */
function groupByText(packages) {
  const groups = new Map();
  for (const found of packages) {
    const text = found.texts.join('\n\n');
    groups.set(text, [...(groups.get(text) ?? []), found]);
  }
  return [...groups].map(([text, members]) => ({ text, members }));
}

const title = ({ name, version, license, source }) => `== ${name} ${version} (${license})\n   ${source}`;

/** @returns the text of THIRD-PARTY-NOTICES.txt */
export function thirdPartyNotices(metafile, installed) {
  const folders = [...bundledFolders(metafile), ...installed.map((name) => join('node_modules', name))];
  const packages = [...new Set(folders)]
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map(describePackage)
    .sort(byName);
  const parts = groupByText(packages).map(({ text, members }) => `${members.map(title).join('\n')}\n\n${text}`.trim());
  return `${[HEADER, ...parts].join('\n\n\n')}\n`;
}

const HEADER = `google-photos-mcp contains the packages below, unchanged, or is installed together with them. Each stands under its own
licence. The source code of those under the Mozilla Public License 2.0 is at the address given with them.`;
