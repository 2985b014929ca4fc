/** Config → the services that tools use: what the process has, and what the person has whom it works for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localAccountStorage } from '../auth/account-storage.ts';
import { type Auth, createAuth } from '../auth/auth.ts';
import { supportedScopes } from '../auth/discovery.ts';
import { endpointsOf } from '../auth/endpoints.ts';
import { scopesFor } from '../auth/scopes.ts';
import type { Config } from '../context/config.ts';
import type { Services } from '../context/context.ts';
import { createRequestCount } from '../google/request-count.ts';
import { createFileRequestCountStore } from '../google/request-count-files.ts';
import { AllowedFolders } from '../media/allowed-folders.ts';
import { openInBrowser } from './browser.ts';
import { servicesOf } from './person.ts';

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

/**
 * An emulator of the time before 2025-03-31 names the scope for sharing; where it is not named, the person is not asked for
 * it.
 */
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
  const { googleOrigin, stateDir, account } = config;
  const endpoints = endpointsOf(googleOrigin);
  const storage = localAccountStorage({ stateDir, account, issuer: endpoints.issuer });
  const auth = wrap(createAuth({ ...config, scopes: scopesFor(config), endpoints, storage }));
  const requests = createRequestCount(createFileRequestCountStore(join(stateDir, 'requests', projectOf(config))));
  const files = new AllowedFolders(config.allowDirs);
  const person = servicesOf({ account, auth, googleOrigin, stateDir }, { files, requests });
  const openLink = async (url: string) => config.hasDesktop && openInBrowser(url);
  return {
    services: { ...person, config, files, requests, openInBrowser: openLink },
    async close() {
      await auth.close();
      await requests.flush();
    },
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
