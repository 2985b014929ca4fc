/** What the six sharing methods have in common: dead since 2025-03-31, whole under `--legacy-sharing` (contract 7). */
import { notFound } from '../../errors.ts';
import type { StoredAlbum } from '../../model.ts';
import type { State } from '../../state.ts';

/** A stored album that is shared. */
export type SharedAlbum = StoredAlbum & { share: NonNullable<StoredAlbum['share']> };

const isShared = (album: StoredAlbum): album is SharedAlbum => album.share !== undefined;

/** The album a share token stands for; a token dies when its album is unshared (contract 4.2). */
export function requireShared(state: State, shareToken: string): SharedAlbum {
  const album = [...state.albums.values()].filter(isShared).find(({ share }) => share.shareToken === shareToken);
  if (!album) throw notFound();
  return album;
}

/** Ids of an album's items whose contributor `isLeaving` names; no name is the user. */
export function contributionsOf(
  state: State,
  album: StoredAlbum,
  isLeaving: (contributor?: string) => boolean,
): Set<string> {
  const ids = album.entries.flatMap((entry) => ('mediaItemId' in entry ? [entry.mediaItemId] : []));
  return new Set(ids.filter((id) => isLeaving(state.items.get(id)?.contributor)));
}
