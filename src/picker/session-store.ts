/**
 * What is kept of the picks that a person has begun, whoever keeps it: files (`file-session-store.ts`), or a shared database.
 * So one goes on after a restart, in whichever process is asked. A store is made for one person. Handles come from outside;
 * each implementation holds them against `isResultId` before it uses them.
 */
import { AppError } from '../app-error.ts';
import { shorten } from '../text/text.ts';

/**
 * `choosing`: the person has the page. `picked`: they pressed Done. The others are over, their session deleted or gone:
 * `declined` before it began, `givenUp` without Done, `empty` with nothing chosen, `expired` after its week, `copied`
 * because everything lies in the library.
 */
export const PICKER_SESSION_STATES = [
  'choosing',
  'picked',
  'declined',
  'givenUp',
  'empty',
  'expired',
  'copied',
] as const;
export type PickerSessionState = (typeof PICKER_SESSION_STATES)[number];

/** A session of Google's picker (contract 8.2), as this app remembers it. */
export interface PickerSession {
  /** How tools name it: `session`. */
  handle: string;
  /** Google's id. */
  sessionId: string;
  pickerUri: string;
  state: PickerSessionState;
  /** Milliseconds since 1970, as all times here. */
  createdAt: number;
  /** Google's `timeoutIn`: Google is not asked after this. */
  pollUntil: number;
  /** The end of the session and of the bytes. */
  expiresAt: number;
  maxItemCount?: number;
  /** What was picked, once it is kept. */
  result?: string;
  count?: number;
  /** Ids of picked items that have been copied into the library. */
  copied?: string[];
}

export type NewPickerSession = Omit<PickerSession, 'handle'>;

/** All operations but `read` and `remove` throw AppError `stateFolder` when nothing can be kept. */
export interface PickerSessionStore {
  /** Makes sure that sessions can be kept, before Google is asked for one. */
  prepare(): Promise<void>;
  /** Keeps it under a new handle. */
  create(session: NewPickerSession): Promise<PickerSession>;
  /** Throws AppError `unknownSession`. */
  read(handle: string): Promise<PickerSession>;
  /**
   * Replaces what is kept by what `change` makes of it; no other process changes it in between. When this resolves, the
   * change survives a kill. `change` may be run more than once. Throws AppError `unknownSession`.
   */
  update(handle: string, change: (session: PickerSession) => PickerSession): Promise<PickerSession>;
  /** In no order. */
  all(): Promise<PickerSession[]>;
  /** No error when there is none. */
  remove(handle: string): Promise<void>;
}

export const unknownSession = (handle: string): AppError =>
  new AppError(
    'unknownSession',
    `There is no picking "${shorten(handle, 40)}".`,
    'Begin a new one: picker_pick without session.',
  );
