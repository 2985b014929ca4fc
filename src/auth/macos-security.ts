/**
 * The macOS Keychain through the system's own `security` tool, for installations where keytar cannot be loaded. The
 * secret goes in through stdin and comes out through stdout: arguments would show in the process list.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { AuthError } from './errors.ts';
import { decodeGrant, encodeGrant, SERVICE, type TokenStore } from './token-store.ts';

/** errSecItemNotFound, as an exit status. */
const NOT_FOUND = 44;
const TIMEOUT_MS = 15_000;
const SECURITY = '/usr/bin/security';

/** @param key of one account (`accountKey`). */
export function createMacosSecurityTokenStore(key: string, command = SECURITY): TokenStore {
  return {
    kind: 'macos-security',
    where: 'macOS Keychain (security tool)',
    async load() {
      const text = await find(command, key);
      return text === undefined ? undefined : decodeGrant(text);
    },
    async save(grant) {
      const text = encodeGrant(grant);
      await add(command, key, text);
      if ((await find(command, key)) !== text) throw new AuthError('keychainUnavailable');
    },
    clear: () => remove(command, key),
  };
}

/** Writes a dummy, reads it, deletes it. */
export async function macosSecurityWorks(command = SECURITY): Promise<boolean> {
  const key = `probe-${randomBytes(8).toString('hex')}`;
  try {
    await add(command, key, key);
    const read = await find(command, key);
    await remove(command, key);
    return read === key;
  } catch {
    return false;
  }
}

/** Base64, since the tool's own quoting on stdin is not documented. `-i` exits 0 whatever happens: callers read back. */
async function add(command: string, key: string, text: string): Promise<void> {
  const value = Buffer.from(text).toString('base64');
  await run(command, ['-i'], `add-generic-password -U -s ${SERVICE} -a "${quotable(key)}" -w ${value}\n`);
}

async function find(command: string, key: string): Promise<string | undefined> {
  const { status, stdout } = await run(command, ['find-generic-password', '-s', SERVICE, '-a', quotable(key), '-w']);
  if (status === NOT_FOUND) return undefined;
  if (status !== 0) throw new AuthError('keychainUnavailable');
  return Buffer.from(stdout.trim(), 'base64').toString();
}

async function remove(command: string, key: string): Promise<void> {
  const { status } = await run(command, ['delete-generic-password', '-s', SERVICE, '-a', quotable(key)]);
  if (status !== 0 && status !== NOT_FOUND) throw new AuthError('keychainUnavailable');
}

/** Account names and host names have none of the characters that need quoting; anything else would be an injection. */
function quotable(key: string): string {
  if (!/^[\w.@+:[\] -]+$/.test(key)) throw new RangeError('Not an account name.');
  return key;
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
}

function run(command: string, args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.on('error', () => reject(new AuthError('keychainUnavailable')));
    child.on('close', (status) => resolve({ status, stdout }));
    child.stdin.on('error', () => undefined).end(input);
  });
}
