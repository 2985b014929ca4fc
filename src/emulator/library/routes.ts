/** The 19 methods of the Library API (contract 3), in the order of its table. */
import type { Deps } from '../deps.ts';
import type { Route } from '../http.ts';
import { addEnrichment } from './albums/add-enrichment.ts';
import { batchAddMediaItems } from './albums/batch-add-media-items.ts';
import { batchRemoveMediaItems } from './albums/batch-remove-media-items.ts';
import { createAlbum } from './albums/create.ts';
import { getAlbum } from './albums/get.ts';
import { listAlbums } from './albums/list.ts';
import { patchAlbum } from './albums/patch.ts';
import { shareAlbum } from './albums/share.ts';
import { unshareAlbum } from './albums/unshare.ts';
import { batchCreateMediaItems } from './media-items/batch-create.ts';
import { batchGetMediaItems } from './media-items/batch-get.ts';
import { getMediaItem } from './media-items/get.ts';
import { listMediaItems } from './media-items/list.ts';
import { patchMediaItem } from './media-items/patch.ts';
import { searchMediaItems } from './media-items/search.ts';
import { getSharedAlbum } from './shared-albums/get.ts';
import { joinSharedAlbum } from './shared-albums/join.ts';
import { leaveSharedAlbum } from './shared-albums/leave.ts';
import { listSharedAlbums } from './shared-albums/list.ts';

const METHODS = [
  addEnrichment,
  batchAddMediaItems,
  batchRemoveMediaItems,
  createAlbum,
  getAlbum,
  listAlbums,
  patchAlbum,
  shareAlbum,
  unshareAlbum,
  batchCreateMediaItems,
  batchGetMediaItems,
  getMediaItem,
  listMediaItems,
  patchMediaItem,
  searchMediaItems,
  getSharedAlbum,
  joinSharedAlbum,
  leaveSharedAlbum,
  listSharedAlbums,
];

export const libraryRoutes = (deps: Deps): Route[] => METHODS.map((method) => method(deps));
