/** Google's token and revocation endpoints, answering exactly what a test tells them to. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AccountStorage, localAccountStorage } from '../../src/auth/account-storage.ts';
import { type AuthOptions, createAuth } from '../../src/auth/auth.ts';
import type { TokenStores } from '../../src/auth/choose.ts';
import { googleEndpoints, loopbackEndpoints } from '../../src/auth/endpoints.ts';
import { type Scripted, type Step, startScripted } from '../google/scripted.ts';

export const WANTED = [
  'photoslibrary.appendonly',
  'photoslibrary.readonly.appcreateddata',
  'photoslibrary.edit.appcreateddata',
] as const;

export const SCOPE_TEXT = WANTED.map((scope) => `https://www.googleapis.com/auth/${scope}`).join(' ');

/** What the token endpoint gives after consent (contract 9). */
export const granted = (more: Record<string, unknown> = {}): Step => ({
  json: {
    access_token: 'access-1',
    expires_in: 3599,
    refresh_token: 'refresh-1',
    scope: SCOPE_TEXT,
    token_type: 'Bearer',
    ...more,
  },
});

export const refreshed = (access_token: string): Step => ({
  json: { access_token, expires_in: 3599, scope: SCOPE_TEXT, token_type: 'Bearer' },
});

export const oauthError = (error: string, more: Record<string, unknown> = {}, status = 400): Step => ({
  status,
  json: { error, ...more },
});

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gphotos-auth-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface AuthOnOptions extends Partial<Omit<AuthOptions, 'storage'>> {
  /** A fresh one by default. */
  stateDir?: string;
  /** Where secrets go, instead of this machine's own places. */
  tokens?: TokenStores;
}

export async function authOn(server: Scripted, { stateDir, tokens, ...options }: AuthOnOptions = {}) {
  const settings = {
    clientId: 'client-1.apps.googleusercontent.com',
    clientSecret: 'client-secret-1',
    account: 'default',
    scopes: WANTED,
    tokenStore: 'file',
    endpoints: loopbackEndpoints(server.origin),
    ...options,
  } as const;
  const { issuer } = settings.endpoints ?? googleEndpoints;
  const place = { stateDir: stateDir ?? (await temporaryFolder()), account: settings.account, issuer };
  const storage = localAccountStorage(place);
  return createAuth({ ...settings, storage: { ...storage, ...(tokens && { tokens }) } });
}

/** Acts as macOS's `security` does, writing its arguments down as a process list would show them. */
export async function fakeSecurity(): Promise<{ command: string; processList(): Promise<string> }> {
  const folder = await temporaryFolder();
  const command = join(folder, 'security');
  const script = new URL('./fake-security.sh', import.meta.url).pathname;
  await writeFile(command, `#!/bin/sh\nexec "${script}" "${folder}" "$@"\n`, { mode: 0o755 });
  return { command, processList: () => readFile(join(folder, 'arguments'), 'utf8') };
}

/** What `authOn` keeps sign-ins in. */
export const storageOn = (server: Scripted, stateDir: string, account = 'default'): AccountStorage =>
  localAccountStorage({ stateDir, account, issuer: loopbackEndpoints(server.origin).issuer });

export const startGoogle = (...steps: Step[]): Promise<Scripted> => startScripted(...steps);

/** The form that the nth request to the token endpoint carried. */
export function formOf(server: Scripted, index: number): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(server.seen[index]?.body.toString()));
}

/** The address to which Google sends the browser back. */
export function answerTo(authorizationUrl: string, query: Record<string, string> = {}): string {
  const asked = new URL(authorizationUrl).searchParams;
  const answer = new URL(asked.get('redirect_uri') ?? '');
  const values = { state: asked.get('state') ?? '', code: 'code-1', ...query };
  for (const [name, value] of Object.entries(values)) answer.searchParams.set(name, value);
  return answer.href;
}
