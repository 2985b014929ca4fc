/** What a configuration is; how it is read stands in `cli/config.ts`. */
import type { TokenStoreChoice } from '../auth/choose.ts';
import type { Toolset } from './toolsets.ts';

export const TOKEN_STORES = ['auto', 'keychain', 'file', 'memory'] as const satisfies readonly TokenStoreChoice[];

export interface Config {
  /** Signed in to an in-process emulator with the demo library. */
  readonly demo: boolean;
  /** The user's own OAuth client, of type Desktop app. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** A ready bearer token, used as it is. */
  readonly accessToken?: string;
  readonly account: string;
  /** Everything goes to this origin instead of Google's hosts. Loopback only. */
  readonly googleOrigin?: string;
  /** Absolute. The only folders that may be read from or written to. */
  readonly allowDirs: readonly string[];
  /** Absolute. Undefined in a demo: a temporary folder serves. */
  readonly stateDir?: string;
  readonly tokenStore: TokenStoreChoice;
  readonly toolsets: readonly Toolset[];
  readonly readOnly: boolean;
  /** Whether a browser can be opened where the person sees it. */
  readonly hasDesktop: boolean;
  /** What HTTP clients must send; one is made when none is given. */
  readonly httpToken?: string;
}
