/** Options and environment → one typed, frozen Config. The only reader of `process.env`. Options win over the environment. */
import envPaths from 'env-paths';
import type { TokenStoreChoice } from '../auth/choose.ts';
import { type Config, TOKEN_STORES } from '../context/config.ts';
import { TOOLSETS, type Toolset } from '../context/toolsets.ts';
import {
  accountName,
  bearerToken,
  flag,
  folder,
  folderList,
  loopbackOrigin,
  oneOf,
  toolsets,
} from './option-values.ts';

/** Where everything that is configured comes from besides the command line. */
export const environment: Environment = process.env;

/** What the command line gave; undefined where it said nothing. */
export interface ServerOptions {
  demo?: boolean;
  account?: string;
  googleOrigin?: string;
  allowDir?: string[];
  stateDir?: string;
  tokenStore?: TokenStoreChoice;
  toolsets?: Toolset[];
  readOnly?: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable with a value that makes no sense; its message is one line for a person. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Throws EnvironmentError. */
export function toConfig(options: ServerOptions, env: Environment): Config {
  const read = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const text = env[name];
    if (text === undefined || text === '') return undefined;
    try {
      return parse(text);
    } catch (error) {
      throw new EnvironmentError(
        `environment variable ${name}: ${error instanceof Error ? error.message : 'not valid'}`,
      );
    }
  };
  const text = (name: string) => read(name, String);
  const demo = options.demo ?? false;
  const stateDir = options.stateDir ?? read('GOOGLE_PHOTOS_STATE_DIR', folder);
  return Object.freeze({
    demo,
    clientId: text('GOOGLE_PHOTOS_CLIENT_ID'),
    clientSecret: text('GOOGLE_PHOTOS_CLIENT_SECRET'),
    accessToken: text('GOOGLE_PHOTOS_ACCESS_TOKEN'),
    account: options.account ?? read('GOOGLE_PHOTOS_ACCOUNT', accountName) ?? 'default',
    googleOrigin: options.googleOrigin ?? read('GOOGLE_PHOTOS_ORIGIN', loopbackOrigin),
    allowDirs: Object.freeze(options.allowDir ?? read('GOOGLE_PHOTOS_ALLOW_DIRS', folderList) ?? []),
    stateDir: stateDir ?? (demo ? undefined : envPaths('google-photos-mcp', { suffix: '' }).data),
    tokenStore: options.tokenStore ?? read('GOOGLE_PHOTOS_TOKEN_STORE', oneOf(TOKEN_STORES)) ?? 'auto',
    toolsets: Object.freeze(options.toolsets ?? read('GOOGLE_PHOTOS_TOOLSETS', toolsets) ?? [...TOOLSETS]),
    readOnly: options.readOnly ?? read('GOOGLE_PHOTOS_READ_ONLY', flag) ?? false,
    hasDesktop: hasDesktop(env),
    httpToken: read('GOOGLE_PHOTOS_HTTP_TOKEN', bearerToken),
  });
}

/** `BROWSER=none` is what people set who do not want one to be opened. */
function hasDesktop({ SSH_CONNECTION, BROWSER, DISPLAY, WAYLAND_DISPLAY }: Environment): boolean {
  if (SSH_CONNECTION || BROWSER === 'none') return false;
  return ['darwin', 'win32'].includes(process.platform) || Boolean(DISPLAY || WAYLAND_DISPLAY);
}
