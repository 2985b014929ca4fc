/** The emulator of Google Photos: one origin for the Library API, uploads, OAuth, media bytes and its own control. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Controls, createControls } from './control/controls.ts';
import { createFaults } from './control/faults.ts';
import { createLateEffects } from './control/late-effects.ts';
import { createRequestLog } from './control/request-log.ts';
import { controlRoutes } from './control/routes.ts';
import { takeSnapshot } from './control/snapshot.ts';
import { createSaver, loadStateFile, saveStateFile } from './control/state-file.ts';
import type { Deps } from './deps.ts';
import { discoveryRoutes } from './discovery/routes.ts';
import type { Emulator, EmulatorOptions, LibraryChoice } from './emulator.d.ts';
import type { Route } from './http.ts';
import { libraryRoutes } from './library/routes.ts';
import { mediaRoutes } from './media/routes.ts';
import { createMemory } from './memory.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { DEFAULT_SEED } from './options.ts';
import { pickerApi } from './picker/api.ts';
import { pickerPage } from './picker/page.ts';
import { loadLibrary } from './seed/load-library.ts';
import { createEmulatorServer, type ServerParts } from './server.ts';
import type { State } from './state.ts';
import { uploadRoutes } from './uploads/routes.ts';

/** A running emulator, and what it remembers: for the tests of this house. */
export interface StartedEmulator extends Emulator {
  readonly state: State;
}

/** `index.ts` exports it without `state`. Throws when the port is taken or a file cannot be read. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<StartedEmulator> {
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
  const [faults, log] = [createFaults(seed), createRequestLog()];
  const controls = createControls({ ...wired, faults, effects, log, resetMemory: reset });
  const server = createServer(wired, controls, { faults, effects, log, latencyMs: options.latencyMs ?? 0 });
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
    overrides: wired.overrides,
    ...controls,
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
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${library.file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Serving = Pick<ServerParts, 'faults' | 'effects' | 'log' | 'latencyMs'>;

function createServer(deps: Deps, controls: Controls, serving: Serving): Server {
  const routes: Route[] = [
    ...controlRoutes(deps.state, controls, () => deps.clock.now()),
    ...oauthRoutes(deps),
    ...discoveryRoutes(),
    ...uploadRoutes(deps),
    ...mediaRoutes(deps),
    // Before the Library: `GET /v1/mediaItems?sessionId=…` is the Picker's.
    ...pickerApi(deps),
    ...pickerPage(deps),
    ...libraryRoutes(deps),
  ];
  const now = (): string => new Date(deps.clock.now()).toISOString();
  return createEmulatorServer({ ...serving, routes, now, changed: deps.changed });
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
