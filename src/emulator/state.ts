/**
 * Everything one emulator remembers (contract 12.1), as plain data. Routes read and change it; `control/` shows, saves and
 * resets it. A reset replaces the fields of the one `State` object, so routes may hold on to that object, to nothing inside it.
 */
import type { UploadedContent } from './content.ts';
import type { ItemSource, ItemStore } from './items.ts';
import type { ProjectId, StoredAlbum } from './model.ts';

/** The project that made the demo library's app-created items and albums. */
export const DEMO_PROJECT: ProjectId = 'demo-project';

/** The one person whose library this is. */
export const DEMO_USER = { id: '100000000000000000001', email: 'demo@example.com', name: 'Demo User' } as const;

/**
 * Which project an OAuth client id belongs to. Every client id sees the demo library; ids that start with
 * `other-` are projects of their own, so that app-created visibility can be seen from outside.
 */
export function projectOfClient(clientId: string): ProjectId {
  return clientId.startsWith('other-') ? clientId : DEMO_PROJECT;
}

/** Google Cloud's number for a project, as quota messages and `API not enabled` messages name it (contract 6.1). */
export function projectNumber(project: ProjectId): string {
  let hash = 7;
  for (const character of project) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 899_999_999_999;
  return String(100_000_000_000 + hash);
}

/** What a library loads as: seed/ makes it, the item store lays changes over it. */
export interface Library {
  items: ItemSource;
  albums: StoredAlbum[];
  /** What the person has besides, from the phone: no API but the Picker's shows it, and `GET state` leaves it out. */
  elsewhere?: () => Promise<ItemSource>;
}

export interface AccessToken {
  token: string;
  project: ProjectId;
  clientId: string;
  /** Full scope URLs. */
  scopes: string[];
  /** Emulator time in ms; absent for the fixed token of `--access-token`. */
  expiresAt?: number;
  /** The grant (refresh token) it came from: revoking one ends the other (contract 9.1). */
  grant?: string;
}

export interface Grant {
  refreshToken: string;
  project: ProjectId;
  clientId: string;
  scopes: string[];
  createdAt: number;
  lastUsedAt: number;
  revoked: boolean;
}

/** A code waiting for the token exchange, with what it must be exchanged with (contract 9). */
export interface AuthorizationCode {
  code: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  codeChallenge?: string;
  codeChallengeMethod?: string;
  offline: boolean;
  expiresAt: number;
  used: boolean;
  /** The grant it was exchanged for: using a code twice revokes that. */
  grant?: string;
}

/** Bytes that wait for batchCreate (contract 5.4). */
export interface Upload {
  token: string;
  project: ProjectId;
  content: UploadedContent;
  sha256: string;
  /** From `X-Goog-Upload-File-Name`. */
  fileName?: string;
  /** From `X-Goog-Upload-Content-Type`. */
  mimeType?: string;
  createdAt: number;
  used: boolean;
}

/** A resumable upload under way (contract 5.3); its bytes so far lie in `content`. */
export interface UploadSession {
  id: string;
  project: ProjectId;
  declaredSize?: number;
  fileName?: string;
  mimeType?: string;
  sha1?: string;
  content: UploadedContent;
  received: number;
  status: 'active' | 'final' | 'cancelled';
}

/** One round of choosing photos in the Picker (contract 8.2). */
export interface PickerSession {
  id: string;
  project: ProjectId;
  /** How the page names the app that asked. */
  app: string;
  maxItemCount: number;
  /** Emulator time in ms after which the app should stop asking (`timeoutIn`). */
  pollUntil: number;
  /** Emulator time in ms at which session and bytes are gone. */
  expiresAt: number;
  state: 'choosing' | 'done' | 'cancelled';
  /** Ids of media items, in the order in which they were chosen. */
  picked: string[];
}

/** What a project used up today (contract 6.3). */
export interface Usage {
  day: string;
  requests: number;
  mediaBytes: number;
  /** Times (ms) of the user's writes within the last minute. */
  writes: number[];
}

export interface State {
  items: ItemStore;
  /** In order of creation, which is the order of albums.list. */
  albums: Map<string, StoredAlbum>;
  accessTokens: Map<string, AccessToken>;
  grants: Map<string, Grant>;
  authorizationCodes: Map<string, AuthorizationCode>;
  uploads: Map<string, Upload>;
  uploadSessions: Map<string, UploadSession>;
  pickerSessions: Map<string, PickerSession>;
  usage: Map<ProjectId, Usage>;
  /** True while a write of the user is being served (contract 3.10: one at a time). */
  writing: boolean;
}

export function emptyState(items: ItemStore, albums: readonly StoredAlbum[]): State {
  return {
    items,
    albums: new Map(albums.map((album) => [album.id, album])),
    accessTokens: new Map(),
    grants: new Map(),
    authorizationCodes: new Map(),
    uploads: new Map(),
    uploadSessions: new Map(),
    pickerSessions: new Map(),
    usage: new Map(),
    writing: false,
  };
}
