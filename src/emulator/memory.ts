/** What an emulator remembers, as it is at the start, and the way back there. */
import { createClock } from './clock.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from './control/snapshot.ts';
import type { Deps } from './deps.ts';
import type { EmulatorOptions, Overrides } from './emulator.d.ts';
import { createRandom } from './ids.ts';
import { arraySource, createItemStore } from './items.ts';
import { friendsAlbums } from './library/shared-albums/friends.ts';
import { DEFAULT_OVERRIDES } from './options.ts';
import { LIVE_SCOPES, REMOVED_SCOPES } from './scopes.ts';
import { DEMO_PROJECT, emptyState, type Library, type State } from './state.ts';

export type Memory = { deps: Omit<Deps, 'tempDir' | 'changed'>; reset(): void };

/** @param saved what an earlier run left, laid over the library. */
export function createMemory(
  options: EmulatorOptions,
  seed: number,
  library: Library,
  saved: Snapshot | undefined,
): Memory {
  const clock = createClock(options.now);
  const random = createRandom(seed);
  const legacySharing = options.legacySharing ?? false;
  const state = emptyState(createItemStore(library.items), library.albums);
  const memory = { state, clock, random };
  if (legacySharing && !saved) addFriends(memory);
  if (saved) restoreSnapshot(memory, library.items, saved);
  if (options.accessToken) acceptToken(state, options.accessToken, legacySharing);
  const start = structuredClone(takeSnapshot(memory));
  const overrides: Overrides = { ...DEFAULT_OVERRIDES, ...options.overrides };
  const elsewhere = onceMade(async () => createItemStore((await library.elsewhere?.()) ?? arraySource([])));
  const deps = { ...memory, overrides, legacySharing, elsewhere, secret: `emulator-${seed}` };
  return { deps, reset: () => restoreSnapshot(memory, library.items, start) };
}

function onceMade<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function addFriends({ state, random }: Pick<Deps, 'state' | 'random'>): void {
  const { items, albums } = friendsAlbums(random);
  for (const item of items) state.items.add(item);
  for (const album of albums) state.albums.set(album.id, album);
}

/** `--access-token`: never expires, may do all that any scope allows. */
function acceptToken(state: State, token: string, legacySharing: boolean): void {
  const scopes = [...LIVE_SCOPES, ...(legacySharing ? REMOVED_SCOPES : [])];
  state.accessTokens.set(token, { token, project: DEMO_PROJECT, clientId: 'access-token', scopes });
}
