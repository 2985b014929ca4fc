/** What a tool's `run` receives: what this process has, what this person has, and what belongs to this one call. Types only. */
import type { Auth } from '../auth/auth.ts';
import type { Scope } from '../auth/scopes.ts';
import type { Google } from '../google/google.ts';
import type { RequestCount } from '../google/request-count.ts';
import type { AllowedFolders } from '../media/allowed-folders.ts';
import type { DownloadDeps } from '../media/download/download.ts';
import type { PictureDeps } from '../media/sheets/pictures.ts';
import type { UploadDeps } from '../media/upload/upload.ts';
import type { PreviewStore } from '../organize/apply/previews.ts';
import type { PickerSessions } from '../picker/picker-sessions.ts';
import type { Results } from '../results/results.ts';
import type { Config } from './config.ts';

/** What a call works with: made by `app/services.ts` for one person, and shared by all of that person's calls. */
export interface Services {
  config: Config;
  auth: Auth;
  google: Google;
  results: Results;
  /** The only way to the person's files. */
  files: AllowedFolders;
  /** How many of the day's requests have been used. */
  requests: Pick<RequestCount, 'today'>;
  /** Photos that the person chooses from their whole library. */
  pickerSessions: PickerSessions;
  /** Opens an address in the person's browser; false when there is none on this machine. */
  openInBrowser(url: string): Promise<boolean>;
  /** What uploads, scans and downloads work with; opened when first asked for. */
  transfers(): Transfers;
  /** Plans of albums that were previewed, and what became of them. */
  previews(): PreviewStore;
  /** What showing pictures works with; made when first asked for. */
  pictures(): Omit<PictureDeps, 'google'>;
}

/** The upload ledger and its company. */
export type Transfers = UploadDeps & DownloadDeps;

/** What the person answered to a question, or that the client cannot ask them. */
export type Answer = 'accepted' | 'declined' | 'unavailable';

/** One call of a tool. */
export interface Call {
  /** Aborted when the client cancels the call or goes away. */
  signal: AbortSignal;
  /** Tells the client how far the call is; costs nothing when the client did not ask to be told. */
  progress(done: number, total?: number, message?: string): void;
  /**
   * Asks the person through the client (elicitation), in either protocol era. The first time, the call ends here and is
   * run again with the answer: do nothing before it that must not be done twice.
   * @param key tells several questions of one call apart.
   * @param carry what the second run finds as `carried`: the name of something made in the first, never a secret.
   */
  ask(key: string, question: Question, carry?: string): Answer;
  /** From the run that asked; it came back by way of the client. */
  carried?: string;
}

export type Question =
  /** Yes or no. */
  | { message: string }
  /** Open this address; "accepted" means that the person agreed to open it, not that they are done. */
  | { message: string; url: string };

/** A tool as other tools and commands know it. `scopes` as in its literal: absent for a tool that is one method of Google's. */
export interface EnabledTool {
  readonly name: string;
  readonly scopes?: readonly Scope[];
}

/** The tools that the configuration leaves on, in order. */
export interface EnabledTools {
  tools: readonly EnabledTool[];
}

export type Context = Services & EnabledTools & Call;
