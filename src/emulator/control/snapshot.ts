/** All of an emulator's memory as plain data: what a reset goes back to, and what the state file holds. */
import type { Clock } from '../clock.ts';
import type { Random, RandomState } from '../ids.ts';
import { createItemStore, type ItemSource } from '../items.ts';
import type { ProjectId, StoredAlbum, StoredMediaItem } from '../model.ts';
import {
  type AccessToken,
  emptyState,
  type Grant,
  type PickerSession,
  type State,
  type Upload,
  type Usage,
} from '../state.ts';

export interface Snapshot {
  added: StoredMediaItem[];
  changed: StoredMediaItem[];
  albums: StoredAlbum[];
  accessTokens: AccessToken[];
  grants: Grant[];
  uploads: Upload[];
  /** Absent in state files of before there was a Picker. */
  pickerSessions?: PickerSession[];
  usage: [ProjectId, Usage][];
  clockOffset: number;
  random: RandomState;
}

interface Memory {
  state: State;
  clock: Clock;
  random: Random;
}

/** What is under way (authorization codes, resumable uploads) is not part of it. Lists are new, what they hold is not copied. */
export function takeSnapshot({ state, clock, random }: Memory): Snapshot {
  return {
    ...state.items.overlay(),
    albums: [...state.albums.values()],
    accessTokens: [...state.accessTokens.values()],
    grants: [...state.grants.values()],
    uploads: [...state.uploads.values()],
    pickerSessions: [...state.pickerSessions.values()],
    usage: [...state.usage],
    clockOffset: clock.offset,
    random: random.save(),
  };
}

/** Replaces the memory's content. @param base the library under the snapshot's additions and changes. */
export function restoreSnapshot({ state, clock, random }: Memory, base: ItemSource, snapshot: Snapshot): void {
  const {
    added,
    changed,
    albums,
    accessTokens,
    grants,
    uploads,
    pickerSessions = [],
    usage,
  } = structuredClone(snapshot);
  const fresh = emptyState(createItemStore(base, { added, changed }), albums);
  Object.assign(state, fresh, {
    accessTokens: new Map(accessTokens.map((token) => [token.token, token])),
    grants: new Map(grants.map((grant) => [grant.refreshToken, grant])),
    uploads: new Map(uploads.map((upload) => [upload.token, upload])),
    pickerSessions: new Map(pickerSessions.map((session) => [session.id, session])),
    usage: new Map(usage),
  });
  clock.offset = snapshot.clockOffset;
  random.restore(snapshot.random);
}
