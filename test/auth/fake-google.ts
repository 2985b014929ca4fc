/** Google's token and revocation endpoints, answering exactly what a test tells them to. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AuthOptions, createAuth } from '../../src/auth/auth.ts';
import { loopbackEndpoints } from '../../src/auth/endpoints.ts';
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

export async function authOn(server: Scripted, options: Partial<AuthOptions> = {}) {
  return createAuth({
    clientId: 'client-1.apps.googleusercontent.com',
    clientSecret: 'client-secret-1',
    account: 'default',
    scopes: WANTED,
    stateDir: options.stateDir ?? (await temporaryFolder()),
    tokenStore: 'file',
    endpoints: loopbackEndpoints(server.origin),
    ...options,
  });
}

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
