/** What is in an album. */
import type { StoredAlbum } from '../../model.ts';

/** Ids of the media items of an album; enrichments are left out. */
export function idsIn({ entries }: StoredAlbum): Set<string> {
  return new Set(entries.flatMap((entry) => ('mediaItemId' in entry ? [entry.mediaItemId] : [])));
}

/** Takes items out; a cover that goes with them gives way to the album's first item. */
export function removeItems(album: StoredAlbum, ids: ReadonlySet<string>): void {
  album.entries = album.entries.filter((entry) => !('mediaItemId' in entry && ids.has(entry.mediaItemId)));
  if (album.coverPhotoMediaItemId && ids.has(album.coverPhotoMediaItemId)) delete album.coverPhotoMediaItemId;
}
