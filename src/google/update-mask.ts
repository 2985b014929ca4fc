/** Requests of the two patch methods: which members change, and the mask that names them as Google spells it. */
import type { RequestOf } from './types.ts';

export interface AlbumChange {
  title?: string;
  /** Id of an item of the album. */
  coverPhotoMediaItemId?: string;
}

/** Members of a change → paths of the mask (contract 3.4). */
const ALBUM_PATHS: Readonly<Record<keyof AlbumChange, string>> = {
  title: 'title',
  coverPhotoMediaItemId: 'cover_photo_media_item_id',
};

/** The request that makes a change to an album; undefined when nothing is to be changed. */
export function albumPatch(id: string, change: AlbumChange): RequestOf<'albums.patch'> | undefined {
  const paths = Object.entries(ALBUM_PATHS).filter(([member]) => change[member as keyof AlbumChange] !== undefined);
  if (paths.length === 0) return undefined;
  return { id, updateMask: paths.map(([, path]) => path).join(','), ...change };
}

/** The request that replaces a media item's description; an empty one removes it (contract 3.14). */
export const descriptionPatch = (id: string, description: string): RequestOf<'mediaItems.patch'> => ({
  id,
  updateMask: 'description',
  description,
});
