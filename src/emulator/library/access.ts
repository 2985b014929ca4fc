/** Who may see and change what (contract 3, 7, 11): app-created only today, more under `--legacy-sharing`. */
import { invalidArgument, notFound, permissionDenied } from '../errors.ts';
import { isWellFormedId } from '../ids.ts';
import type { Caller } from '../middleware.ts';
import type { StoredAlbum, StoredMediaItem } from '../model.ts';
import { LEGACY_ALL, LEGACY_READ } from '../scopes.ts';
import type { State } from '../state.ts';

/** The scopes that read a whole library; the middleware leaves them in a token's hands only in legacy mode. */
const seesEverything = (caller: Caller): boolean => caller.has(LEGACY_ALL, LEGACY_READ);

/** Whether something made by `appProject` shows in this caller's lists. @param onlyApp `excludeNonAppCreatedData`. */
export function isListed(made: { appProject: string | null }, caller: Caller, onlyApp = false): boolean {
  return made.appProject === caller.project || (seesEverything(caller) && !onlyApp);
}

/** Albums of other people that the user has neither joined nor been shown do not exist for the user. */
const isOnes = (album: StoredAlbum): boolean => !album.share || album.share.ownedByUser || album.share.joined;

export function requireItem(state: State, caller: Caller, id: string): StoredMediaItem {
  const item = state.items.get(id);
  if (item && !item.contributor && isListed(item, caller)) return item;
  if (!item && !isWellFormedId(id)) throw invalidArgument('Invalid media item ID.');
  throw notFound();
}

/** The item, if it may be put into or taken out of an album by this app (contract 3.5: app-created items only). */
export function appItem(state: State, caller: Caller, id: string): StoredMediaItem {
  const item = state.items.get(id);
  if (item && !item.contributor && item.appProject === caller.project) return item;
  throw invalidArgument('Request contains an invalid media item id.');
}

/** An album the caller may read. */
export function requireAlbum(state: State, caller: Caller, id: string): StoredAlbum {
  const album = findAlbum(state, id);
  if (!isOnes(album) || !isListed(album, caller)) throw notFound();
  return album;
}

/** An album that the caller's app may change; 403 for what it did not make (contract 3.4). */
export function requireOwnAlbum(state: State, caller: Caller, id: string): StoredAlbum {
  const album = findAlbum(state, id);
  if (album.appProject !== caller.project || album.share?.ownedByUser === false) throw permissionDenied();
  return album;
}

/** An album the app may fill: its own or, in legacy mode, a joined collaborative one. 400, not 403 (contract 11, verified). */
export function requireFillableAlbum(state: State, caller: Caller, id: string, refusal: string): StoredAlbum {
  const album = findAlbum(state, id);
  if (!isFillable(album, caller)) throw invalidArgument(refusal);
  return album;
}

export const NO_PERMISSION_TO_ADD = 'No permission to add media items to this album.';

/** Whether the caller's app may put things into the album. */
export function isFillable(album: StoredAlbum, caller: Caller): boolean {
  const { share } = album;
  if (share && !share.ownedByUser) return share.joined && share.options.isCollaborative;
  return album.appProject === caller.project;
}

function findAlbum(state: State, id: string): StoredAlbum {
  const album = state.albums.get(id);
  if (album) return album;
  throw isWellFormedId(id) ? notFound() : invalidArgument('Invalid album ID.');
}
