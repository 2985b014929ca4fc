/** Pages of albums, for albums.list and sharedAlbums.list: 20 by default, 50 at most (contract 1.2). */
import type { StoredAlbum } from '../../model.ts';
import { type Page, readPage } from '../paging.ts';
import type { Viewing } from '../route.ts';
import { albumView } from '../views.ts';

interface AlbumQuery {
  pageSize: number;
  pageToken: string;
  excludeNonAppCreatedData: boolean;
}

/** @param method its name is part of the page token. */
export function readAlbumPage(
  viewing: Viewing,
  method: string,
  query: AlbumQuery,
  isShown: (album: StoredAlbum) => boolean,
): Page<object> {
  const { deps, caller, exchange } = viewing;
  const { values, nextPageToken } = readPage({
    overrides: deps.overrides,
    exchange,
    request: [method, caller.project, query.excludeNonAppCreatedData],
    page: query,
    sizes: { standard: 20, max: 50 },
    source: (after: number | undefined) => albumsFrom([...deps.state.albums.values()], (after ?? -1) + 1, isShown),
  });
  return { values: values.map((album) => albumView(viewing, album)), nextPageToken };
}

function* albumsFrom(albums: readonly StoredAlbum[], start: number, isShown: (album: StoredAlbum) => boolean) {
  for (const [offset, value] of albums.slice(start).entries()) {
    if (isShown(value)) yield { value, cursor: start + offset };
  }
}
