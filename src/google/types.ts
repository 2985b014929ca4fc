/**
 * The wire shapes of the Photos Library API v1 (contract 3 and 4; `test/fixtures/photoslibrary-v1.json`), quirks included:
 * int64 is a decimal string, absent means zero, false or empty.
 */

export interface Album {
  id: string;
  title?: string;
  productUrl?: string;
  isWriteable?: boolean;
  shareInfo?: ShareInfo;
  /** int64 as a string; absent when 0 (contract 3.3). */
  mediaItemsCount?: string;
  coverPhotoBaseUrl?: string;
  coverPhotoMediaItemId?: string;
}

export interface SharedAlbumOptions {
  isCollaborative?: boolean;
  isCommentable?: boolean;
}

export interface ShareInfo {
  sharedAlbumOptions?: SharedAlbumOptions;
  shareableUrl?: string;
  shareToken?: string;
  isJoined?: boolean;
  isOwned?: boolean;
  isJoinable?: boolean;
}

export type VideoStatus = 'UNSPECIFIED' | 'PROCESSING' | 'READY' | 'FAILED';

export interface MediaItem {
  id: string;
  description?: string;
  productUrl?: string;
  /** Needs a size suffix; valid for 60 minutes (contract 4.8). */
  baseUrl?: string;
  mimeType?: string;
  filename?: string;
  mediaMetadata?: {
    creationTime?: string;
    width?: string;
    height?: string;
    photo?: {
      cameraMake?: string;
      cameraModel?: string;
      focalLength?: number;
      apertureFNumber?: number;
      isoEquivalent?: number;
      /** Duration, "0.008s". */
      exposureTime?: string;
    };
    video?: { cameraMake?: string; cameraModel?: string; fps?: number; status?: VideoStatus };
  };
  contributorInfo?: { profilePictureBaseUrl?: string; displayName?: string };
}

/** google.rpc.Status: `code` is absent on success (contract 3.10). */
export interface Status {
  code?: number;
  message?: string;
  details?: unknown[];
}

export interface LatLng {
  latitude?: number;
  longitude?: number;
}

export interface Location {
  locationName?: string;
  latlng?: LatLng;
}

export type NewEnrichmentItem =
  | { textEnrichment: { text: string } }
  | { locationEnrichment: { location: Location } }
  | { mapEnrichment: { origin: Location; destination: Location } };

export type PositionType =
  | 'POSITION_TYPE_UNSPECIFIED'
  | 'FIRST_IN_ALBUM'
  | 'LAST_IN_ALBUM'
  | 'AFTER_MEDIA_ITEM'
  | 'AFTER_ENRICHMENT_ITEM';

/** Contract 4.6. */
export interface AlbumPosition {
  position?: PositionType;
  relativeMediaItemId?: string;
  relativeEnrichmentItemId?: string;
}

export interface NewMediaItem {
  description?: string;
  simpleMediaItem: { uploadToken: string; fileName?: string };
}

export interface NewMediaItemResult {
  uploadToken?: string;
  status?: Status;
  mediaItem?: MediaItem;
}

/** Zero stands for "any" (contract 3.15.1). */
export interface GoogleDate {
  year?: number;
  month?: number;
  day?: number;
}

export interface DateRange {
  startDate: GoogleDate;
  endDate: GoogleDate;
}

export interface Filters {
  dateFilter?: { dates?: GoogleDate[]; ranges?: DateRange[] };
  contentFilter?: { includedContentCategories?: string[]; excludedContentCategories?: string[] };
  mediaTypeFilter?: { mediaTypes: ('ALL_MEDIA' | 'VIDEO' | 'PHOTO')[] };
  featureFilter?: { includedFeatures: ('NONE' | 'FAVORITES')[] };
  includeArchivedMedia?: boolean;
  excludeNonAppCreatedData?: boolean;
}

interface PageRequest {
  pageSize?: number;
  pageToken?: string;
}

/**
 * Request and reply of each of the 19 methods, requests flattened: parameters of path and query stand beside the body's
 * members, under Google's names. `methods.ts` says which goes where.
 */
export interface LibraryMethods {
  'albums.addEnrichment': {
    request: { albumId: string; newEnrichmentItem: NewEnrichmentItem; albumPosition: AlbumPosition };
    reply: { enrichmentItem?: { id?: string } };
  };
  'albums.batchAddMediaItems': { request: { albumId: string; mediaItemIds: string[] }; reply: Record<string, never> };
  'albums.batchRemoveMediaItems': {
    request: { albumId: string; mediaItemIds: string[] };
    reply: Record<string, never>;
  };
  'albums.create': { request: { album: { title: string } }; reply: Album };
  'albums.get': { request: { albumId: string }; reply: Album };
  'albums.list': {
    request: PageRequest & { excludeNonAppCreatedData?: boolean };
    reply: { albums?: Album[]; nextPageToken?: string };
  };
  'albums.patch': {
    request: { id: string; updateMask: string; title?: string; coverPhotoMediaItemId?: string };
    reply: Album;
  };
  'albums.share': {
    request: { albumId: string; sharedAlbumOptions?: SharedAlbumOptions };
    reply: { shareInfo?: ShareInfo };
  };
  'albums.unshare': { request: { albumId: string }; reply: Record<string, never> };
  'mediaItems.batchCreate': {
    request: { albumId?: string; newMediaItems: NewMediaItem[]; albumPosition?: AlbumPosition };
    reply: { newMediaItemResults?: NewMediaItemResult[] };
  };
  'mediaItems.batchGet': {
    request: { mediaItemIds: string[] };
    reply: { mediaItemResults?: { status?: Status; mediaItem?: MediaItem }[] };
  };
  'mediaItems.get': { request: { mediaItemId: string }; reply: MediaItem };
  'mediaItems.list': { request: PageRequest; reply: { mediaItems?: MediaItem[]; nextPageToken?: string } };
  'mediaItems.patch': { request: { id: string; updateMask: string; description?: string }; reply: MediaItem };
  'mediaItems.search': {
    request: PageRequest & { albumId?: string; filters?: Filters; orderBy?: string };
    reply: { mediaItems?: MediaItem[]; nextPageToken?: string };
  };
  'sharedAlbums.get': { request: { shareToken: string }; reply: Album };
  'sharedAlbums.join': { request: { shareToken: string }; reply: { album?: Album } };
  'sharedAlbums.leave': { request: { shareToken: string }; reply: Record<string, never> };
  'sharedAlbums.list': {
    request: PageRequest & { excludeNonAppCreatedData?: boolean };
    reply: { sharedAlbums?: Album[]; nextPageToken?: string };
  };
}

export type LibraryMethod = keyof LibraryMethods;
export type RequestOf<M extends LibraryMethod> = LibraryMethods[M]['request'];
export type ReplyOf<M extends LibraryMethod> = LibraryMethods[M]['reply'];
