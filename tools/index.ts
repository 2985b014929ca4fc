/** The ordered list of all tools: the only place where one is added. */
import type { AnyTool } from '../src/mcp/tool.ts';
import accountSignIn from './account/sign-in.ts';
import accountSignOut from './account/sign-out.ts';
import accountStatus from './account/status.ts';
import albumsAddEnrichment from './albums/add-enrichment.ts';
import albumsBatchAddMediaItems from './albums/batch-add-media-items.ts';
import albumsBatchRemoveMediaItems from './albums/batch-remove-media-items.ts';
import albumsCreate from './albums/create.ts';
import albumsGet from './albums/get.ts';
import albumsList from './albums/list.ts';
import albumsPatch from './albums/patch.ts';
import albumsShare from './albums/share.ts';
import albumsUnshare from './albums/unshare.ts';
import localScan from './local/scan.ts';
import mediaDownload from './media/download.ts';
import mediaUpload from './media/upload.ts';
import mediaView from './media/view.ts';
import mediaItemsBatchCreate from './media-items/batch-create.ts';
import mediaItemsBatchGet from './media-items/batch-get.ts';
import mediaItemsGet from './media-items/get.ts';
import mediaItemsList from './media-items/list.ts';
import mediaItemsPatch from './media-items/patch.ts';
import mediaItemsSearch from './media-items/search.ts';
import organizeApply from './organize/apply.ts';
import organizePreview from './organize/preview.ts';
import organizeUndo from './organize/undo.ts';
import pickerPick from './picker/pick.ts';
import resultsOverview from './results/overview.ts';
import resultsRead from './results/read.ts';
import sharedAlbumsGet from './shared-albums/get.ts';
import sharedAlbumsJoin from './shared-albums/join.ts';
import sharedAlbumsLeave from './shared-albums/leave.ts';
import sharedAlbumsList from './shared-albums/list.ts';

export const TOOLS: readonly AnyTool[] = [
  albumsAddEnrichment,
  albumsBatchAddMediaItems,
  albumsBatchRemoveMediaItems,
  albumsCreate,
  albumsGet,
  albumsList,
  albumsPatch,
  mediaItemsBatchCreate,
  mediaItemsBatchGet,
  mediaItemsGet,
  mediaItemsList,
  mediaItemsPatch,
  mediaItemsSearch,
  albumsShare,
  albumsUnshare,
  sharedAlbumsGet,
  sharedAlbumsJoin,
  sharedAlbumsLeave,
  sharedAlbumsList,
  mediaUpload,
  mediaDownload,
  mediaView,
  pickerPick,
  resultsRead,
  resultsOverview,
  localScan,
  organizePreview,
  organizeApply,
  organizeUndo,
  accountStatus,
  accountSignIn,
  accountSignOut,
];
