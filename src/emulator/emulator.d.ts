/**
 * `google-photos-mcp/emulator`: a small Google Photos for tests, in this process. The source takes these types from here, and
 * the package carries this very file. "contract" is docs/google-photos-api.md.
 */

/**
 * Starts an emulator on 127.0.0.1. Many may run side by side.
 * @throws Error when the port is taken, or when a library or a state file cannot be read.
 */
export declare function startEmulator(options?: EmulatorOptions): Promise<Emulator>;

export interface Emulator {
  /** `http://127.0.0.1:<port>`, for everything: Library API, uploads, Picker, OAuth, bytes, `/_emulator/`. */
  readonly origin: string;
  readonly port: number;
  /** May be changed at any time: `emulator.overrides.storageFull = true`. A reset leaves them as they are. */
  readonly overrides: Overrides;
  /**
   * Moves the emulator's time forward, at once: tokens, base URLs and picking sessions expire.
   * @returns when what has come due by that (`effectAfter`) is done.
   */
  advance(seconds: number): Promise<void>;
  /**
   * Replaces the rules in force; `[]` ends all faults.
   * @throws Error for a rule that cannot be meant.
   */
  setFaults(rules: readonly FaultRule[]): void;
  /** What has reached it: counts by method, and the latest 2,000 requests. */
  requests(): Requests;
  /** Back to how it started: library, tokens, clock, faults, counts. */
  reset(): void;
  /** Stops listening, breaks open connections, writes the state file, removes temporary files. */
  close(): Promise<void>;
}

export interface EmulatorOptions {
  /** 0 (the default) takes any free port. */
  port?: number;
  /** `demo` when absent. */
  library?: LibraryChoice;
  /** A bearer token accepted with all live scopes and the Picker's, as the project that made the demo library. */
  accessToken?: string;
  /** How long every answer takes at least; 0 when absent. */
  latencyMs?: number;
  /** The API as it was before 2025-03-31 (contract 7). */
  legacySharing?: boolean;
  /** Loaded when it exists, written when something changes. */
  stateFile?: string;
  /** Everything random follows from it. */
  seed?: number;
  overrides?: Partial<Overrides>;
  /** Real time in ms; a test may stop it. */
  now?: () => number;
}

/** The demo's library, nothing, so many made-up items, or one's own: as a JSON file, or as it is. */
export type LibraryChoice = 'demo' | 'empty' | number | { file: string } | Library;

/** As `GET /_emulator/state` shows it. What is left out is filled in sensibly. */
export interface Library {
  mediaItems?: readonly LibraryItem[];
  albums?: readonly LibraryAlbum[];
}

export interface LibraryItem {
  id?: string;
  filename?: string;
  description?: string;
  mimeType?: string;
  /** RFC 3339: capture time, or upload time when there is none. */
  creationTime?: string;
  /** Only when false: `creationTime` is then no capture time, and no date filter matches. */
  hasCaptureTime?: boolean;
  /** RFC 3339. */
  uploadTime?: string;
  width?: number;
  height?: number;
  /** Of the original, in hex. */
  sha256?: string;
  /** True when absent. What an app did not create, it does not see (contract 4). */
  appCreated?: boolean;
  /** Only when another app than the demo's made it. */
  appProject?: string;
  favorite?: boolean;
  archived?: boolean;
  /** Of those that search knows: `LANDSCAPES`, `PETS` … */
  categories?: readonly string[];
  /** What the picture shows, in a few words: `beach sunset`, `dog park`, `receipt`. Empty for uploaded bytes. */
  scene?: string;
  /** How the scene is composed; without it that follows from the scene and the time. */
  seed?: number;
  cameraMake?: string;
  cameraModel?: string;
  durationSeconds?: number;
  latitude?: number;
  longitude?: number;
  /** The other person who put it into a shared album. */
  contributor?: string;
}

export interface LibraryAlbum {
  id?: string;
  title?: string;
  appCreated?: boolean;
  appProject?: string;
  /** Empty when no cover was chosen. */
  coverPhotoMediaItemId?: string;
  entries?: readonly LibraryEntry[];
  /** Only under `legacySharing`. */
  share?: LibraryShare;
}

/** A media item, or one of the three kinds of enrichment. */
export type LibraryEntry =
  | { mediaItemId: string }
  | { enrichmentId?: string; text: string }
  | { enrichmentId?: string; location: LibraryPlace }
  | { enrichmentId?: string; map: { origin: LibraryPlace; destination: LibraryPlace } };

export interface LibraryPlace {
  locationName?: string;
  latlng?: { latitude?: number; longitude?: number };
}

export interface LibraryShare {
  shareToken: string;
  options: { isCollaborative: boolean; isCommentable: boolean };
  /** Albums of other people that the user may join or has joined; the user's own are always joined. */
  ownedByUser: boolean;
  joined: boolean;
  /** Shown in the Sharing tab although not joined yet. */
  invited?: boolean;
  /** Who owns an album that the user does not. */
  owner?: string;
}

export type ServiceName = 'photoslibrary' | 'photospicker';

/** How it behaves where Google is silent, or where things have gone wrong for this person or project. */
export interface Overrides {
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
  /** `pollInterval` of a new picking session (contract 8.2). */
  pickerPollSeconds: number;
  /** `timeoutIn` of a new picking session. */
  pickerTimeoutSeconds: number;
  /** The whole life of a new picking session. */
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

/** A fault: which requests it strikes, how often, and what happens to them. */
export interface FaultRule {
  /** As counted by `requests()`, `uploads.*` for all of a group, `*` for everything. */
  method: string;
  /** An HTTP status with Google's envelope, */
  status?: number;
  /** or a failure that no status tells of. Neither: only latency. */
  failure?: Failure;
  /** How likely a request is hit; 1 when absent. Repeats from the seed. */
  probability?: number;
  /** How often it strikes before it is spent; for ever when absent. */
  count?: number;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /**
   * How long the answer takes; with `effectAfter`, how long the effect does: as much real time, or until the emulator's
   * clock has been moved past it.
   */
  latencyMs?: number;
}

/**
 * - `reset`: the connection breaks before the work, `resetAfter` after it; `effectAfter`: before it, and the work is done
 *   `latencyMs` later.
 * - `hang`: no answer at all; `truncate`: half of it; `html`, `badJson`: one that is not JSON.
 * - In lists and searches, `repeatToken`: the next page's token is the one that was sent; `tokenOnly`: no items, and always
 *   another token.
 */
export type Failure =
  | 'reset'
  | 'resetAfter'
  | 'effectAfter'
  | 'hang'
  | 'truncate'
  | 'html'
  | 'badJson'
  | 'repeatToken'
  | 'tokenOnly';

export interface Requests {
  /** `{ "mediaItems.search": 10, "uploads.raw": 200, … }`. */
  methods: Record<string, number>;
  log: RequestEntry[];
}

export interface RequestEntry {
  /** RFC 3339, emulator time. */
  at: string;
  method: string;
  path: string;
  /** 0 when the connection broke before an answer. */
  status: number;
  /** Only when the emulator itself failed. */
  error?: string;
}
