/** The emulator of Google Photos: one origin for the Library API, uploads, OAuth, media bytes and its own control. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from './clock.ts';
import { createFaults } from './control/faults.ts';
import { createLateEffects, type LateEffects } from './control/late-effects.ts';
import { createRequestLog } from './control/request-log.ts';
import { controlRoutes } from './control/routes.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from './control/snapshot.ts';
import { createSaver, loadStateFile, saveStateFile } from './control/state-file.ts';
import type { Deps } from './deps.ts';
import { discoveryRoutes } from './discovery/routes.ts';
import type { Route } from './http.ts';
import { createRandom } from './ids.ts';
import { arraySource, createItemStore } from './items.ts';
import { libraryRoutes } from './library/routes.ts';
import { friendsAlbums } from './library/shared-albums/friends.ts';
import { mediaRoutes } from './media/routes.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { DEFAULT_KNOBS, DEFAULT_SEED, type EmulatorOptions, type Knobs, type LibraryChoice } from './options.ts';
import { pickerApi } from './picker/api.ts';
import { pickerPage } from './picker/page.ts';
import { LIVE_SCOPES, REMOVED_SCOPES } from './scopes.ts';
import { loadLibrary } from './seed/load-library.ts';
import { createEmulatorServer } from './server.ts';
import { DEMO_PROJECT, emptyState, type Library, type State } from './state.ts';
import { uploadRoutes } from './uploads/routes.ts';

export type { EmulatorOptions, Knobs, LibraryChoice } from './options.ts';
export { DEMO_PROJECT, DEMO_USER } from './state.ts';

export interface Emulator {
  /** `http://127.0.0.1:<port>`, for everything. */
  readonly origin: string;
  readonly port: number;
  /** What it remembers; for tests. */
  readonly state: State;
  /** May be turned at any time. */
  readonly knobs: Knobs;
  /** Moves emulator time forward, at once, as `POST /_emulator/clock` does. @returns when what has come due is done. */
  advance(seconds: number): Promise<void>;
  /** Stops listening, breaks open connections, writes the state file, removes temporary files. */
  close(): Promise<void>;
}

/** Starts an emulator on 127.0.0.1. Rejects when the port is taken or a file cannot be read. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const saved = options.stateFile ? await loadStateFile(options.stateFile) : undefined;
  const seed = saved?.seed ?? options.seed ?? DEFAULT_SEED;
  const asked = options.library ?? 'demo';
  const choice = saved?.library ?? (options.stateFile ? await selfContained(asked) : asked);
  const library = await loadLibrary(choice, seed);
  const memory = createMemory(options, seed, library, saved?.snapshot);
  const { deps, reset } = memory;
  const stored = new Set<string>();
  const save = (file: string) => saveStateFile(file, { library: choice, seed, snapshot: takeSnapshot(deps) }, stored);
  const { stateFile } = options;
  const saver = stateFile ? createSaver(() => save(stateFile)) : undefined;
  const temporary = temporaryFolder();
  const wired: Deps = { ...deps, tempDir: temporary.path, changed: () => saver?.soon() };
  const effects = createLateEffects(wired.clock);
  const server = listenWith(wired, effects, options, seed, reset);
  const port = await listen(server, options.port ?? 0);
  const close = async (): Promise<void> => {
    effects.drop();
    await stop(server);
    await saver?.now();
    await temporary.remove();
  };
  let closed: Promise<void> | undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    state: wired.state,
    knobs: wired.knobs,
    advance(seconds) {
      wired.clock.advance(seconds);
      return effects.settle();
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

/** A state file holds a library file's content, not its name. */
async function selfContained(library: LibraryChoice): Promise<LibraryChoice> {
  if (typeof library !== 'object' || !('file' in library)) return library;
  const text = await readFile(library.file, 'utf8');
  try {
    return { library: JSON.parse(text) };
  } catch (error) {
    throw new Error(`${library.file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Memory = { deps: Omit<Deps, 'tempDir' | 'changed'>; reset(): void };

/** State, clock and chance as they are at the start, and the way back there. */
function createMemory(options: EmulatorOptions, seed: number, library: Library, saved: Snapshot | undefined): Memory {
  const clock = createClock(options.now);
  const random = createRandom(seed);
  const legacySharing = options.legacySharing ?? false;
  const state = emptyState(createItemStore(library.items), library.albums);
  const memory = { state, clock, random };
  if (legacySharing && !saved) addFriends(memory);
  if (saved) restoreSnapshot(memory, library.items, saved);
  if (options.accessToken) acceptToken(state, options.accessToken, legacySharing);
  const start = structuredClone(takeSnapshot(memory));
  const knobs: Knobs = { ...DEFAULT_KNOBS, ...options.knobs };
  const elsewhere = onceMade(async () => createItemStore((await library.elsewhere?.()) ?? arraySource([])));
  const deps = { ...memory, knobs, legacySharing, elsewhere, secret: `emulator-${seed}` };
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

function listenWith(
  deps: Deps,
  effects: LateEffects,
  options: EmulatorOptions,
  seed: number,
  resetMemory: () => void,
): Server {
  const faults = createFaults(seed);
  const log = createRequestLog();
  const reset = (): void => {
    effects.drop();
    resetMemory();
    faults.set([]);
    log.clear();
  };
  const routes: Route[] = [
    ...controlRoutes({ ...deps, faults, effects, log, reset }),
    ...oauthRoutes(deps),
    ...discoveryRoutes(),
    ...uploadRoutes(deps),
    ...mediaRoutes(deps),
    // Before the Library: `GET /v1/mediaItems?sessionId=…` is the Picker's.
    ...pickerApi(deps),
    ...pickerPage(deps),
    ...libraryRoutes(deps),
  ];
  return createEmulatorServer({
    routes,
    faults,
    effects,
    log,
    latencyMs: options.latencyMs ?? 0,
    now: () => new Date(deps.clock.now()).toISOString(),
    changed: deps.changed,
  });
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function temporaryFolder(): { path(): Promise<string>; remove(): Promise<void> } {
  let made: Promise<string> | undefined;
  return {
    path() {
      made ??= mkdtemp(join(tmpdir(), 'google-photos-emulator-'));
      return made;
    },
    async remove() {
      if (made) await rm(await made, { recursive: true, force: true });
    },
  };
}
