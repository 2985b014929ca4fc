/** Config → the services that tools use. The one place where stores, sign-in and client are made and meet. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Auth, createAuth } from '../auth/auth.ts';
import { supportedScopes } from '../auth/discovery.ts';
import { endpointsOf } from '../auth/endpoints.ts';
import { scopesFor } from '../auth/scopes.ts';
import type { Config } from '../context/config.ts';
import type { Services, Transfers } from '../context/context.ts';
import { createGoogle } from '../google/client.ts';
import { systemClock } from '../google/clock.ts';
import { loopbackHosts } from '../google/hosts.ts';
import { createRequestCount } from '../google/request-count.ts';
import { createFileRequestCountStore } from '../google/request-count-files.ts';
import { AllowedFolders } from '../media/allowed-folders.ts';
import { openLedger } from '../media/ledger/file-ledger.ts';
import { createImageCodecs } from '../media/sheets/codecs.ts';
import { AlbumFinder } from '../media/upload/album-finder.ts';
import { createFilePreviews } from '../organize/apply/file-previews.ts';
import { createPickings } from '../picker/picker-sessions.ts';
import { createPickingStore } from '../picker/session-store.ts';
import { createFetchers } from '../results/fetchers.ts';
import { createFileStore } from '../results/file-store.ts';
import { createResults } from '../results/results.ts';
import { createFileLeases } from '../storage/file-leases.ts';
import { openInBrowser } from './browser.ts';

export interface RunningServices {
  services: Services;
  /** Ends a sign-in under way, writes what is still to be written, stops a demo's emulator. */
  close(): Promise<void>;
}

export async function startServices(config: Config): Promise<RunningServices> {
  if (config.demo) return startDemo(config);
  const { stateDir } = config;
  if (stateDir === undefined) throw new Error('no state folder');
  return createServices({ ...config, stateDir, legacySharing: await hasLegacySharing(config) });
}

type ConfigWithState = Config & { stateDir: string; legacySharing?: boolean };

/** An emulator of the time before 2025-03-31 names the scope for sharing; where it is not named, nobody is asked for it. */
async function hasLegacySharing({ googleOrigin, accessToken }: Config): Promise<boolean> {
  if (googleOrigin === undefined || accessToken !== undefined) return false;
  return (await supportedScopes(googleOrigin)).includes('photoslibrary.sharing');
}

/** Quotas are the Google Cloud project's, whose number a client id begins with. */
function projectOf({ clientId, accessToken, googleOrigin }: Config): string {
  const project = accessToken === undefined ? /^\d+/.exec(clientId ?? '')?.[0] : undefined;
  return `${project ?? 'unknown'}${googleOrigin === undefined ? '' : '@emulator'}`;
}

function createServices(config: ConfigWithState, wrap: (auth: Auth) => Auth = (auth) => auth): RunningServices {
  const { googleOrigin: origin, stateDir, account } = config;
  const auth = wrap(
    createAuth({
      ...config,
      scopes: scopesFor(config),
      endpoints: endpointsOf(origin),
    }),
  );
  const requests = createRequestCount(createFileRequestCountStore(join(stateDir, 'requests', projectOf(config))));
  const hosts = origin === undefined ? undefined : loopbackHosts(origin);
  const google = createGoogle({ tokens: auth, hosts, onRequest: requests.count });
  // What an emulator holds must never be taken for what the person's own library holds.
  const library = origin === undefined ? account : `${account}@emulator`;
  const place = join(stateDir, 'accounts', library);
  const results = createResults(createFileStore(join(place, 'results')), createFetchers(google));
  const files = new AllowedFolders(config.allowDirs);
  const pickings = createPickings({ google, store: createPickingStore(join(place, 'pickings')), clock: systemClock });
  const leases = createFileLeases(join(place, 'leases'));
  const transfers = once((): Transfers => {
    const ledger = openLedger({ stateDir: place, account: library });
    const albums = new AlbumFinder({ google, ledger, clock: systemClock, leases });
    const picked = { fetch: pickings.fetch, spoolDir: join(place, 'spool') };
    return { google, ledger, allowed: files, albums, clock: systemClock, picked };
  });
  const previews = once(() => createFilePreviews(join(place, 'previews')));
  const pictures = once(() => ({ codecs: createImageCodecs(), picked: pickings }));
  const openLink = async (url: string) => config.hasDesktop && openInBrowser(url);
  const stores = { results, files, pickings, requests, transfers, pictures, previews };
  return {
    services: { config, auth, google, openInBrowser: openLink, ...stores },
    async close() {
      await auth.close();
      await requests.flush();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same client and the same sign-in as always, with another origin; the consent is given by the program. */
async function startDemo(config: Config): Promise<RunningServices> {
  const [{ startEmulator }, { signInByProgram }] = await Promise.all([
    import('../emulator/index.ts'),
    import('./demo-sign-in.ts'),
  ]);
  const emulator = await startEmulator({ library: 'demo' });
  const temporary =
    config.stateDir === undefined ? await mkdtemp(join(tmpdir(), 'google-photos-mcp-demo-')) : undefined;
  const demo: ConfigWithState = {
    ...config,
    stateDir: config.stateDir ?? temporary ?? '',
    googleOrigin: emulator.origin,
    clientId: 'demo.apps.googleusercontent.com',
    clientSecret: 'demo',
    tokenStore: 'memory',
    accessToken: undefined,
  };
  const { services, close } = createServices(demo, signInByProgram);
  return {
    services,
    async close() {
      await close();
      await emulator.close();
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    },
  };
}
