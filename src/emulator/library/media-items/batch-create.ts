/** mediaItems.batchCreate (contract 3.10): uploaded bytes become items, one result each, in the order of the request. */
import { secondsTimestamp } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { newMediaItemId } from '../../ids.ts';
import { type Decoded, list, message, text } from '../../json.ts';
import type { Caller } from '../../middleware.ts';
import type { StoredAlbum, StoredMediaItem } from '../../model.ts';
import { APPEND_ONLY, LEGACY_ALL, LEGACY_SHARING } from '../../scopes.ts';
import type { Upload } from '../../state.ts';
import { inspect } from '../../uploads/inspect.ts';
import { NO_PERMISSION_TO_ADD, requireFillableAlbum } from '../access.ts';
import { idsIn } from '../albums/entries.ts';
import { checkCapacity, checkDescription, checkFileName } from '../limits.ts';
import { type AlbumPosition, albumPosition } from '../messages.ts';
import { insertionIndex } from '../positions.ts';
import { libraryRoute, WithStatus } from '../route.ts';
import { newMediaItemView } from '../views.ts';

const newMediaItem = message({ description: text, simpleMediaItem: message({ uploadToken: text, fileName: text }) });
type NewMediaItem = Decoded<typeof newMediaItem>;

/** What became of one upload: an item, or why not (contract 3.10, status codes seen in the wild). */
type Outcome = { item: StoredMediaItem } | { status: { code: number; message: string } };

const FAILED = { code: 3, message: 'Failed: There was an error while trying to create this media item.' };
const BAD_IMAGE = { code: 3, message: 'BAD_IMAGE: There was an error while trying to create this media item.' };
const EXISTS = { code: 6, message: 'EXISTS: There was an error while trying to create this media item.' };

export const batchCreateMediaItems = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'mediaItems.batchCreate',
      verb: 'POST',
      path: '/v1/mediaItems:batchCreate',
      scopes: [APPEND_ONLY],
      legacyScopes: [LEGACY_ALL, LEGACY_SHARING],
      write: true,
      body: { albumId: text, newMediaItems: list(newMediaItem), albumPosition },
    },
    async ({ body, caller }) => {
      checkItems(body.newMediaItems);
      const album = body.albumId ? targetAlbum(deps, caller, body.albumId, body.albumPosition) : undefined;
      if (!album && isPositioned(body.albumPosition)) throw invalidArgument('Album position requires an album ID.');
      if (album) checkCapacity(album.entries.length + body.newMediaItems.length);
      const index = album ? insertionIndex(album.entries, body.albumPosition) : 0;
      if (deps.overrides.storageFull) {
        throw invalidArgument("The remaining storage in the user's account is not enough to perform this operation.");
      }
      const outcomes: Outcome[] = [];
      for (const each of body.newMediaItems) outcomes.push(await create(deps, caller, each));
      if (album) insert(album, index, outcomes);
      return reply(deps, body.newMediaItems, outcomes);
    },
  );

/** What spoils the whole request. */
function checkItems(items: readonly NewMediaItem[]): void {
  if (items.length === 0) throw invalidArgument('Request must have at least one item.');
  if (items.length > 50) throw invalidArgument('Request must have less than 50 items.');
  for (const item of items) {
    if (!item?.simpleMediaItem?.uploadToken.trim()) throw invalidArgument('Request must contain a valid upload token.');
    checkDescription(item.description);
    checkFileName(item.simpleMediaItem.fileName);
  }
}

const isPositioned = (position: AlbumPosition | undefined): boolean =>
  position !== undefined && position.position !== 'POSITION_TYPE_UNSPECIFIED';

function targetAlbum({ state }: Deps, caller: Caller, id: string, position: AlbumPosition | undefined): StoredAlbum {
  const album = requireFillableAlbum(state, caller, id, NO_PERMISSION_TO_ADD);
  if (album.share?.ownedByUser === false && isPositioned(position)) {
    throw invalidArgument('Album position is not supported for shared albums that the user does not own.');
  }
  return album;
}

/** Exchanges one upload token for an item. */
async function create(deps: Deps, caller: Caller, requested: NewMediaItem): Promise<Outcome> {
  const { uploadToken = '', fileName = '' } = requested?.simpleMediaItem ?? {};
  const upload = usableUpload(deps, caller, uploadToken.trim());
  if (!upload) return { status: FAILED };
  const known = deps.overrides.dedup === 'off' ? undefined : deps.state.items.findBySha256(upload.sha256);
  const existing = known && deps.state.items.get(known);
  if (existing) upload.used = true;
  if (existing) return deps.overrides.dedup === 'same' ? { item: existing } : { status: EXISTS };
  const filename = fileName || (upload.fileName ?? '');
  const inspection = await inspect(upload.content, filename);
  upload.used = true;
  if (!inspection.ok) return { status: BAD_IMAGE };
  const item = itemOf(deps, caller, upload, filename, requested?.description ?? '', inspection.facts);
  deps.state.items.add(item);
  return { item };
}

/** Tokens live a day, belong to a project and serve once (contract 5.4). */
function usableUpload({ state, clock, overrides }: Deps, caller: Caller, token: string): Upload | undefined {
  const upload = state.uploads.get(token);
  if (!upload || upload.used || upload.project !== caller.project) return undefined;
  return upload.createdAt + overrides.uploadTokenSeconds * 1000 > clock.now() ? upload : undefined;
}

type Facts = Extract<Awaited<ReturnType<typeof inspect>>, { ok: true }>['facts'];

function itemOf(
  { random, clock, overrides }: Deps,
  caller: Caller,
  upload: Upload,
  filename: string,
  description: string,
  { video, ...facts }: Facts,
): StoredMediaItem {
  return {
    id: newMediaItemId(random),
    filename,
    description,
    ...facts,
    ...(video ? { video: { ...video, readyAt: clock.now() + overrides.videoProcessingSeconds * 1000 } } : {}),
    uploadTime: secondsTimestamp(clock),
    sha256: upload.sha256,
    appProject: caller.project,
    favorite: false,
    archived: false,
    categories: [],
    content: upload.content,
  };
}

/** In the request's order from the position on; what is in the album already stays where it is. */
function insert(album: StoredAlbum, index: number, outcomes: readonly Outcome[]): void {
  const present = idsIn(album);
  const ids = outcomes.flatMap((outcome) => ('item' in outcome ? [outcome.item.id] : []));
  const fresh = [...new Set(ids)].filter((id) => !present.has(id));
  album.entries.splice(index, 0, ...fresh.map((mediaItemId) => ({ mediaItemId })));
}

/** 200 when all or none came about, the override's status when some did (contract 11). */
function reply({ clock, overrides }: Deps, requested: readonly NewMediaItem[], outcomes: readonly Outcome[]): object {
  const newMediaItemResults = outcomes.map((outcome, i) => ({
    uploadToken: requested[i]?.simpleMediaItem?.uploadToken,
    ...('item' in outcome
      ? { status: { message: 'Success' }, mediaItem: newMediaItemView(clock.now(), outcome.item) }
      : { status: outcome.status }),
  }));
  const created = outcomes.filter((outcome) => 'item' in outcome).length;
  const isPartial = created > 0 && created < outcomes.length;
  return new WithStatus(isPartial ? overrides.partialStatus : 200, { newMediaItemResults });
}
