/** OAuth scopes (contract 2, 9): which ones the enabled tool sets need, and no more. Names without Google's prefix. */

export type Scope =
  | 'photoslibrary.appendonly'
  | 'photoslibrary.readonly.appcreateddata'
  | 'photoslibrary.edit.appcreateddata'
  | 'photospicker.mediaitems.readonly'
  | 'photoslibrary.sharing';

const PREFIX = 'https://www.googleapis.com/auth/';

const APPEND: Scope = 'photoslibrary.appendonly';
const READ: Scope = 'photoslibrary.readonly.appcreateddata';
const EDIT: Scope = 'photoslibrary.edit.appcreateddata';
const PICK: Scope = 'photospicker.mediaitems.readonly';
const SHARE: Scope = 'photoslibrary.sharing';

/** What each scope allows, in words for a person. */
export const SCOPE_MEANINGS: Readonly<Record<Scope, string>> = {
  [APPEND]: 'upload photos and videos, make albums, add items and texts to them',
  [READ]: 'see the photos, videos and albums that this app made',
  [EDIT]: 'change titles, covers and descriptions, take items out of albums',
  [PICK]: 'receive the photos and videos that you pick yourself from your whole library',
  [SHARE]: 'share albums (no longer offered by Google; emulator only)',
};

const ORDER: readonly Scope[] = [APPEND, READ, EDIT, PICK, SHARE];

/** By tool set. Sharing itself has no scope left; its tools still look up the album whose link they hand over. */
const NEEDED: Readonly<Record<string, readonly Scope[]>> = {
  library: [APPEND, READ, EDIT],
  sharing: [READ],
  media: [APPEND, READ],
  picker: [PICK],
  organize: [APPEND, READ, EDIT],
  account: [],
};

export interface ScopeNeeds {
  readonly toolsets: readonly string[];
  readonly readOnly: boolean;
  /** An emulator with the API as it was before 2025-03-31: the only place where the sharing scope still exists. */
  readonly legacySharing?: boolean;
}

/** The scopes to ask for, in a fixed order. Never empty: Google refuses a sign-in that asks for nothing. */
export function scopesFor({ toolsets, readOnly, legacySharing }: ScopeNeeds): Scope[] {
  const needed = new Set(toolsets.flatMap((toolset) => NEEDED[toolset] ?? []));
  if (legacySharing && toolsets.includes('sharing')) needed.add(SHARE);
  const changing = [APPEND, EDIT, SHARE];
  const asked = ORDER.filter((scope) => needed.has(scope) && !(readOnly && changing.includes(scope)));
  return asked.length > 0 ? asked : [READ];
}

export function toWire(scopes: readonly Scope[]): string {
  return scopes.map((scope) => PREFIX + scope).join(' ');
}

/** Google's space-separated list; scopes that we do not know (`openid`) are left out. */
export function fromWire(list: string): Scope[] {
  const given = new Set(list.split(/\s+/));
  return ORDER.filter((scope) => given.has(PREFIX + scope));
}

export function isScope(text: unknown): text is Scope {
  return ORDER.some((scope) => scope === text);
}

/** Those that were wanted and not granted: boxes left unticked, or tool sets added since. */
export function missingScopes(wanted: readonly Scope[], granted: readonly Scope[]): Scope[] {
  return wanted.filter((scope) => !granted.includes(scope));
}
