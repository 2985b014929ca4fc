/** The way to Google, and the OAuth client: what shows of it before the person signs in. */

import { consentRefusal, secretRefusal } from '../../auth/client-probe.ts';
import { endpointsOf } from '../../auth/endpoints.ts';
import { CAUSES, CLIENTS_PAGE } from '../../auth/messages.ts';
import type { OAuthClientConfig } from '../../auth/oauth.ts';
import { scopesFor } from '../../auth/scopes.ts';
import { Secret } from '../../auth/secret.ts';
import type { Config } from '../../context/config.ts';
import { googleHosts, loopbackHosts } from '../../google/hosts.ts';
import { explain } from '../../mcp/explain.ts';
import { type Check, type CheckContext, type Finding, ok, problem, skipped } from './check.ts';

const TIMEOUT_MS = 10_000;
/** Tokens are valid for an hour; a clock that is off by minutes makes them look stale or good when they are not. */
const MAX_SKEW_MS = 5 * 60_000;

function originsOf({ googleOrigin }: Config): string[] {
  const { library, picker } = googleOrigin === undefined ? googleHosts : loopbackHosts(googleOrigin);
  const { token, authorization } = endpointsOf(googleOrigin);
  return [...new Set([authorization, token, library, picker].map((url) => new URL(url).origin))];
}

/** Any answer will do: a refusal has come from there too. */
async function reach(origin: string): Promise<Response | undefined> {
  try {
    const response = await fetch(origin, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return response;
  } catch {
    return undefined;
  }
}

async function network({ config }: CheckContext): Promise<Finding> {
  const origins = originsOf(config);
  const answers = await Promise.all(origins.map(reach));
  const silent = origins.filter((_, index) => !answers[index]);
  if (silent.length === 0) return ok(`${origins.map((origin) => new URL(origin).host).join(', ')} answer`);
  return problem(
    `${silent.join(', ')} cannot be reached.`,
    config.googleOrigin === undefined
      ? 'Check the connection, DNS, firewall and proxy: HTTPS to these hosts must be open.'
      : 'Start the emulator (google-photos-mcp emulator), or remove --google-origin.',
  );
}

async function clock({ config }: CheckContext): Promise<Finding> {
  const [origin = ''] = originsOf(config);
  const theirs = Date.parse((await reach(origin))?.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return skipped('no answer told the time');
  const skew = Date.now() - theirs;
  if (Math.abs(skew) <= MAX_SKEW_MS) return ok('agrees with theirs');
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return problem(
    `is ${minutes} minutes ${skew > 0 ? 'fast' : 'slow'}, so sign-ins and addresses of pictures seem to end at the wrong time.`,
    'Set the clock of this computer by the internet.',
  );
}

const OUTSIDE = skipped('not needed with GOOGLE_PHOTOS_ACCESS_TOKEN');
const NOT_AN_ID: readonly (readonly [RegExp, string])[] = [
  [/^\s|\s$|["']/, 'has spaces or quotation marks that do not belong to it'],
  [/^GOCSPX-/, 'is a client secret'],
  [/^AIza/, 'is an API key; Google Photos takes none'],
  [/gserviceaccount\.com$/, 'is a service account; Google Photos takes none'],
];
const ID_FORM = /^\d+-[a-z0-9]+\.apps\.googleusercontent\.com$/;

async function clientId({ config: { clientId: id, googleOrigin, accessToken } }: CheckContext): Promise<Finding> {
  if (accessToken !== undefined) return OUTSIDE;
  const { what, next } = CAUSES.noClientId;
  if (id === undefined) return problem(what, next);
  const mistake = NOT_AN_ID.find(([form]) => form.test(id))?.[1];
  // An emulator takes any.
  const isWellFormed = googleOrigin !== undefined || ID_FORM.test(id);
  if (mistake === undefined && isWellFormed) return ok(id);
  return problem(
    `what GOOGLE_PHOTOS_CLIENT_ID holds ${mistake ?? 'is none'}.`,
    `Copy the client id from ${CLIENTS_PAGE}; it looks like 123456789-abc123.apps.googleusercontent.com`,
  );
}

async function clientSecret({ config: { clientSecret: secret, accessToken } }: CheckContext): Promise<Finding> {
  if (accessToken !== undefined) return OUTSIDE;
  const next = `Copy it from ${CLIENTS_PAGE} into GOOGLE_PHOTOS_CLIENT_SECRET, or add a new one there; Desktop clients need it too.`;
  if (secret === undefined) return problem('is missing.', next);
  if (/^\s|\s$|["']/.test(secret)) return problem('has spaces or quotation marks that do not belong to it.', next);
  return ID_FORM.test(secret) ? problem('is a client id.', next) : ok('is there');
}

/** Undefined when there is none, which another check has told. */
function clientOf({ clientId: id, clientSecret: secret, googleOrigin, accessToken }: Config) {
  if (id === undefined || accessToken !== undefined) return undefined;
  const client: OAuthClientConfig = {
    clientId: id,
    clientSecret: secret === undefined ? undefined : new Secret(secret),
    endpoints: endpointsOf(googleOrigin),
  };
  return client;
}

async function knownToGoogle({ config }: CheckContext): Promise<Finding> {
  const client = clientOf(config);
  if (!client) return OUTSIDE;
  return toFinding(await secretRefusal(client), 'Google knows it, with this secret');
}

async function consentPage({ config }: CheckContext): Promise<Finding> {
  const client = clientOf(config);
  if (!client) return OUTSIDE;
  return toFinding(
    await consentRefusal(client, scopesFor(config)),
    'nothing stands in the way before the sign-in page',
  );
}

function toFinding(error: unknown, good: string): Finding {
  if (error === undefined) return ok(good);
  const { message, next } = explain(error);
  return problem(message, next);
}

export const CLIENT_CHECKS: readonly Check[] = [
  { title: 'Network', run: network },
  { title: 'Clock', after: ['Network'], run: clock },
  { title: 'OAuth client id', run: clientId },
  { title: 'OAuth client secret', run: clientSecret },
  { title: 'OAuth client', after: ['Network', 'OAuth client id', 'OAuth client secret'], run: knownToGoogle },
  { title: 'Consent page', after: ['Network', 'OAuth client id', 'OAuth client'], run: consentPage },
];
