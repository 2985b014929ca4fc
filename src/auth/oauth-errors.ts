/** From what the token endpoint or the consent page says to a cause (contract 9.1). */

import { AuthError } from './errors.ts';
import type { AuthReason } from './messages.ts';

/** `invalid_grant` on a refresh: what it means depends on the sign-in's history, which `diagnosis.ts` knows. */
export class InvalidGrant extends Error {
  readonly reauthentication: boolean;

  constructor(reauthentication: boolean) {
    super('invalid_grant');
    this.reauthentication = reauthentication;
  }
}

const BY_CODE: Readonly<Record<string, AuthReason>> = {
  access_denied: 'accessDenied',
  admin_policy_enforced: 'orgPolicy',
  org_internal: 'orgPolicy',
  policy_enforced: 'blockedApp',
  app_blocked: 'blockedApp',
  restricted_client: 'blockedApp',
  disabled_client: 'invalidClient',
  deleted_client: 'invalidClient',
  invalid_client: 'invalidClient',
  unauthorized_client: 'wrongClientType',
  redirect_uri_mismatch: 'redirectMismatch',
  temporarily_unavailable: 'unavailable',
  server_error: 'unavailable',
};

/** What Google says of an app before the person has signed in, in the words of its error pages. */
export const CODES_BEFORE_CONSENT: readonly string[] = [
  'redirect_uri_mismatch',
  'unauthorized_client',
  'invalid_client',
  'deleted_client',
  'disabled_client',
  'restricted_client',
  'app_blocked',
  'admin_policy_enforced',
  'policy_enforced',
  'org_internal',
];

/** The `error` parameter with which the consent page sends the browser back. */
export function consentError(code: string): AuthError {
  return known(code) ?? new AuthError('unexpected', shown(code));
}

/** Never keeps the library's error as a cause: it holds the request, secrets included. */
export function authErrorOf(step: 'exchange' | 'refresh', error: unknown): AuthError | InvalidGrant {
  const { status, code, subtype, description } = facts(error);
  if (status === undefined) return new AuthError('network');
  if (code === 'invalid_grant') {
    if (step === 'exchange') return new AuthError('codeRejected', 'invalid_grant');
    return new InvalidGrant(subtype === 'invalid_rapt' || /reauth|rapt/i.test(description));
  }
  if (code === 'invalid_request' && /client_secret/.test(description)) return new AuthError('invalidClient');
  if (code === 'invalid_request' && /redirect_uri/.test(description)) return new AuthError('redirectMismatch');
  if (code !== undefined) return known(code) ?? new AuthError('unexpected', shown(code));
  return status >= 500 || status === 429 ? new AuthError('unavailable') : new AuthError('unexpected', `HTTP ${status}`);
}

function known(code: string): AuthError | undefined {
  const reason = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  return reason && new AuthError(reason);
}

/** An error code is a short word; what does not look like one is not repeated. */
function shown(code: string): string {
  return /^[a-z_]{1,40}$/.test(code) ? code : 'unknown error';
}

interface Facts {
  /** Undefined when no answer came. */
  status?: number;
  code?: string;
  subtype?: string;
  description: string;
}

function facts(error: unknown): Facts {
  const response = get(error, 'response');
  const status = get(response, 'status');
  const data = get(response, 'data');
  const text = (name: string) => {
    const value = get(data, name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    status: typeof status === 'number' ? status : undefined,
    code: text('error'),
    subtype: text('error_subtype'),
    description: text('error_description') ?? '',
  };
}

function get(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
