/** What this machine must have: Node.js, folders, a place for secrets. */
import { access, constants, stat } from 'node:fs/promises';
import { localAccountStorage } from '../../auth/account-storage.ts';
import { candidatesFor } from '../../auth/choose.ts';
import { endpointsOf } from '../../auth/endpoints.ts';
import { CAUSES } from '../../auth/messages.ts';
import type { StoreKind } from '../../auth/token-store.ts';
import { canWriteInto } from '../../storage/probe.ts';
import { type Check, type CheckContext, type Finding, note, ok, problem, skipped } from './check.ts';

const OLDEST_NODE = [20, 19] as const;

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  if (!isOld) return ok(version);
  return problem(
    `${version} is too old; ${OLDEST_NODE.join('.')} or newer is needed.`,
    'Install a current version from https://nodejs.org',
  );
}

async function stateFolder({ config: { stateDir } }: CheckContext): Promise<Finding> {
  if (await canWriteInto(stateDir)) return ok(stateDir);
  return problem(
    `${stateDir} cannot be written.`,
    'Give this user access to it, or name another one with --state-dir.',
  );
}

async function tokenStore({ config }: CheckContext): Promise<Finding> {
  const { stateDir, account, googleOrigin, tokenStore: choice, accessToken } = config;
  if (accessToken !== undefined) return skipped('not needed with GOOGLE_PHOTOS_ACCESS_TOKEN');
  const { issuer } = endpointsOf(googleOrigin);
  const { record, tokens } = localAccountStorage({ stateDir, account, issuer });
  const kinds = candidatesFor(choice, (await record.read())?.store);
  for (const kind of kinds) {
    if (await tokens.works(kind)) return storeFinding(kind, tokens.open(kind).where, choice === kind);
  }
  const { what, next } = CAUSES[kinds.includes('file') ? 'folderUnusable' : 'keychainUnavailable'];
  return problem(what, next);
}

/** @param isChosen the person asked for this kind, and need not be told of it. */
function storeFinding(kind: StoreKind, where: string, isChosen: boolean): Finding {
  if (kind === 'file' && !isChosen) return note(`no keychain works here; sign-ins are kept in files only you can read`);
  if (kind === 'memory') return note('sign-ins last until the server stops (memory)');
  return ok(where);
}

async function allowedFolders({ config: { allowDirs } }: CheckContext): Promise<Finding> {
  if (allowDirs.length === 0) {
    return note(
      'none, so nothing can be uploaded from or downloaded to this computer from the chat; --allow-dir adds one',
    );
  }
  const wrong = (await Promise.all(allowDirs.map(folderProblem))).filter((trouble) => trouble !== undefined);
  if (wrong.length === 0) return ok(allowDirs.join(', '));
  return problem(`${wrong.join('; ')}.`, 'Correct --allow-dir (or GOOGLE_PHOTOS_ALLOW_DIRS), or make the folder.');
}

async function folderProblem(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return `${path} does not exist`;
  if (!found.isDirectory()) return `${path} is not a folder`;
  const isReadable = await access(path, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return isReadable ? undefined : `${path} cannot be read`;
}

export const MACHINE_CHECKS: readonly Check[] = [
  { title: 'Node.js', run: async () => nodeFinding(process.versions.node) },
  { title: 'State folder', run: stateFolder },
  { title: 'Token store', after: ['State folder'], run: tokenStore },
  { title: 'Allowed folders', run: allowedFolders },
];
