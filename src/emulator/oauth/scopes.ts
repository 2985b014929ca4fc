/** The scopes that consent can be asked for, and how a person is told about them. */
import {
  APPEND_ONLY,
  EDIT_APP_DATA,
  LEGACY_ALL,
  LEGACY_READ,
  LEGACY_SHARING,
  PICKER,
  READ_APP_DATA,
} from '../scopes.ts';

const USERINFO = 'https://www.googleapis.com/auth/userinfo.';
export const EMAIL = `${USERINFO}email`;
export const PROFILE = `${USERINFO}profile`;
export const OPENID = 'openid';

/** Who the person is comes with every consent; there is no box for it. */
export const IDENTITY_SCOPES: readonly string[] = [OPENID, EMAIL, PROFILE];

/** Short names as OpenID Connect has them; tokens carry the long ones. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['email', EMAIL],
  ['profile', PROFILE],
]);

/** What the boxes on the consent page say. Removed scopes can still be granted: calls with them fail (contract 7). */
const texts: ReadonlyMap<string, string> = new Map([
  [APPEND_ONLY, 'Add photos, videos and albums to your Google Photos library'],
  [READ_APP_DATA, 'See the photos, videos and albums that this app added to your Google Photos library'],
  [EDIT_APP_DATA, 'Edit the details of photos, videos and albums that this app added to your Google Photos library'],
  [PICKER, 'See the photos and videos that you choose in Google Photos'],
  [LEGACY_ALL, 'See, upload and organise items in your Google Photos library'],
  [LEGACY_READ, 'See your Google Photos library'],
  [LEGACY_SHARING, 'Manage and add to your shared albums'],
]);

/** The scopes of a `scope` parameter, without repetitions, in long form. */
export function parseScopes(parameter: string): string[] {
  const words = parameter.split(/\s+/).filter((word) => word !== '');
  return [...new Set(words.map((word) => aliases.get(word) ?? word))];
}

export const isKnownScope = (scope: string): boolean => texts.has(scope) || IDENTITY_SCOPES.includes(scope);

/** Undefined for scopes that have no box. */
export const textOfScope = (scope: string): string | undefined => texts.get(scope);
