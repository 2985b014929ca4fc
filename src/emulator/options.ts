/** How an emulator is set up: what its command line says (design 2), and knobs where Google is silent (contract 11). */

/** `demo`, `empty`, so many generated items, or a library in the form that `GET /_emulator/state` gives. */
export type LibraryChoice = 'demo' | 'empty' | number | { file: string } | { library: unknown };

export type ServiceName = 'photoslibrary' | 'photospicker';

/** May be turned while the emulator runs: `emulator.knobs.storageFull = true`. */
export interface Knobs {
  /** HTTP status of a batchCreate of which some items failed (contract 11). */
  partialStatus: 200 | 207;
  /** What a second upload of the same bytes gives: the same item, code 6, or another item (contract 11). */
  dedup: 'same' | 'alreadyExists' | 'off';
  baseUrlSeconds: number;
  accessTokenSeconds: number;
  uploadTokenSeconds: number;
  /** PROCESSING becomes READY after this (contract 4.4). */
  videoProcessingSeconds: number;
  /** Contract 12.3 rule 12: every page but the first comes once empty, with only a token. */
  emptyPages: boolean;
  /** Contract 12.3 rule 13: a list whose length is an exact multiple of the page size ends with an extra empty page. */
  extraEmptyPage: boolean;
  /** A page starts with the last element of the page before (contract 1.2). */
  repeatLastItem: boolean;
  storageFull: boolean;
  /** The consent screen's publishing status is Testing: refresh tokens die after seven days (contract 9.1). */
  testingMode: boolean;
  /** Workspace session control: refreshing needs the person to sign in again (contract 9.1). */
  invalidRapt: boolean;
  /** Google has blocked the app: the person does not get to the consent page (contract 9, own client id). */
  appBlocked: boolean;
  /** The person's organisation does not allow the app: error `admin_policy_enforced` in place of the consent page. */
  adminPolicyEnforced: boolean;
  disabledApis: ServiceName[];
  /** The person never opened Google Photos: no picking session can be made (contract 8.4). */
  noPhotosAccount: boolean;
  /** `pollInterval` and `timeoutIn` of a new picking session, and its whole life (contract 8.2). */
  pickerPollSeconds: number;
  pickerTimeoutSeconds: number;
  pickerSessionSeconds: number;
  /** Sessions that a person may have at a time; Google does not publish the number. */
  pickerSessions: number;
  requestsPerDay: number;
  mediaBytesPerDay: number;
  /** Google does not publish the number (contract 6.3): unlimited unless set. */
  writesPerMinute: number;
  /** Every write takes at least this, as it does at Google: what makes "one write at a time" observable. */
  writeMs: number;
}

export interface EmulatorOptions {
  /** 0 (the default) takes any free port. */
  port?: number;
  library?: LibraryChoice;
  /** A bearer token accepted with all live scopes and the Picker's, as the project that made the demo library. */
  accessToken?: string;
  latencyMs?: number;
  /** The API as it was before 2025-03-31 (contract 7). */
  legacySharing?: boolean;
  /** Loaded when it exists, written when something changes. */
  stateFile?: string;
  /** Everything random follows from it. */
  seed?: number;
  knobs?: Partial<Knobs>;
  /** Real time in ms; tests may stop it. */
  now?: () => number;
}

export const DEFAULT_KNOBS: Readonly<Knobs> = {
  partialStatus: 207,
  dedup: 'same',
  baseUrlSeconds: 3600,
  accessTokenSeconds: 3599,
  uploadTokenSeconds: 86_400,
  videoProcessingSeconds: 5,
  emptyPages: false,
  extraEmptyPage: false,
  repeatLastItem: false,
  storageFull: false,
  testingMode: false,
  invalidRapt: false,
  appBlocked: false,
  adminPolicyEnforced: false,
  disabledApis: [],
  noPhotosAccount: false,
  pickerPollSeconds: 5,
  pickerTimeoutSeconds: 1800,
  pickerSessionSeconds: 7 * 86_400,
  pickerSessions: 100,
  requestsPerDay: 10_000,
  mediaBytesPerDay: 75_000,
  writesPerMinute: Number.POSITIVE_INFINITY,
  writeMs: 10,
};

export const DEFAULT_SEED = 20_250_331;
