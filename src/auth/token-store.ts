/** Where a sign-in is kept between runs. Only what cannot be had again without the person: no access tokens. */
import { isScope, type Scope } from './scopes.ts';
import { Secret } from './secret.ts';

export type StoreKind = 'keychain' | 'macos-security' | 'file' | 'memory';

/** What a successful sign-in leaves behind. */
export interface Grant {
  readonly refreshToken: Secret;
  /** As granted, which may be fewer than asked for. */
  readonly scopes: readonly Scope[];
  readonly account: string;
  /** The OAuth client that it belongs to: with another one Google refuses it. */
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  /** Milliseconds since 1970; only when Google said that the sign-in ends by itself. */
  readonly endsAt?: number;
}

/**
 * Keeps the grant of one account. A reader sees the old one or the new one, never half, whenever a writer is killed. Each
 * operation may throw AuthError `keychainUnavailable`, or the system's errors.
 */
export interface TokenStore {
  readonly kind: StoreKind;
  /** For a person: "macOS Keychain", or the file's path. */
  readonly where: string;
  /** Undefined when there is none, or a damaged one: the person signs in again. */
  load(): Promise<Grant | undefined>;
  /** Replaces what was kept. Throws a RangeError for a grant that is larger than any store takes. */
  save(grant: Grant): Promise<void>;
  /** No error when there is nothing. */
  clear(): Promise<void>;
}

/** The name under which secrets stand in a keychain. */
export const SERVICE = 'google-photos-mcp';

/** Windows' Credential Manager takes 2,560 bytes. */
const MAX_BYTES = 2500;

/** JSON below 2.5 kB. */
export function encodeGrant(grant: Grant): string {
  const text = JSON.stringify({ ...grant, refreshToken: grant.refreshToken.reveal() });
  if (Buffer.byteLength(text) >= MAX_BYTES) throw new RangeError('The sign-in is too large to be stored.');
  return text;
}

/** Undefined for whatever is not a grant: a damaged entry is like none, the person signs in again. */
export function decodeGrant(text: string): Grant | undefined {
  const json = parse(text);
  if (typeof json !== 'object' || json === null) return undefined;
  const get = (name: string): unknown => Reflect.get(json, name);
  const [refreshToken, account, clientId] = [get('refreshToken'), get('account'), get('clientId')];
  const [scopes, signedInAt, endsAt] = [get('scopes'), get('signedInAt'), get('endsAt')];
  if (typeof refreshToken !== 'string' || refreshToken === '') return undefined;
  if (typeof account !== 'string' || typeof clientId !== 'string' || typeof signedInAt !== 'number') return undefined;
  return {
    refreshToken: new Secret(refreshToken),
    scopes: Array.isArray(scopes) ? scopes.filter(isScope) : [],
    account,
    clientId,
    signedInAt,
    endsAt: typeof endsAt === 'number' ? endsAt : undefined,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
