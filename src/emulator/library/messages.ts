/** Messages that several request bodies share (contract 4.5, 4.6; field names are the oracle's). */
import { bool, type Decoded, double, enumeration, int32, int64, list, message, text } from '../json.ts';

export const albumPosition = message({
  position: enumeration('AlbumPosition.PositionType', [
    'POSITION_TYPE_UNSPECIFIED',
    'FIRST_IN_ALBUM',
    'LAST_IN_ALBUM',
    'AFTER_MEDIA_ITEM',
    'AFTER_ENRICHMENT_ITEM',
  ]),
  relativeMediaItemId: text,
  relativeEnrichmentItemId: text,
});
export type AlbumPosition = NonNullable<Decoded<typeof albumPosition>>;

const latLng = message({ latitude: double, longitude: double });
export const location = message({ locationName: text, latlng: latLng });
export type LocationMessage = Decoded<typeof location>;

export const sharedAlbumOptions = message({ isCollaborative: bool, isCommentable: bool });

/** All fields of an Album: output fields are accepted in requests and ignored. */
export const album = {
  id: text,
  title: text,
  productUrl: text,
  isWriteable: bool,
  shareInfo: message({
    sharedAlbumOptions,
    shareableUrl: text,
    shareToken: text,
    isJoined: bool,
    isOwned: bool,
    isJoinable: bool,
  }),
  mediaItemsCount: int64,
  coverPhotoBaseUrl: text,
  coverPhotoMediaItemId: text,
};

const photo = message({
  cameraMake: text,
  cameraModel: text,
  focalLength: double,
  apertureFNumber: double,
  isoEquivalent: int32,
  exposureTime: text,
});
const video = message({
  cameraMake: text,
  cameraModel: text,
  fps: double,
  status: enumeration('VideoProcessingStatus', ['UNSPECIFIED', 'PROCESSING', 'READY', 'FAILED']),
});

/** The fields of a MediaItem; clients send back whole items when they patch one. */
export const mediaItem = {
  id: text,
  description: text,
  productUrl: text,
  baseUrl: text,
  mimeType: text,
  mediaMetadata: message({ creationTime: text, width: int64, height: int64, photo, video }),
  contributorInfo: message({ profilePictureBaseUrl: text, displayName: text }),
  filename: text,
};

export const mediaItemIds = { mediaItemIds: list(text) };
export const listQuery = { pageSize: int32, pageToken: text };
export const listAlbumsQuery = { ...listQuery, excludeNonAppCreatedData: bool };
