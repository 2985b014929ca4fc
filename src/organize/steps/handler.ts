/** What every kind of step can do. One file a kind; `handlers.ts` has the table. */
import type { Google } from '../../google/google.ts';
import type { LibraryMethod, ReplyOf, RequestOf } from '../../google/types.ts';
import type { AlbumName, Step, StepOutcome } from './types.ts';

/** What a step works with. */
export interface StepContext {
  /**
   * A request that changes something; the journal hears of it at the very moment when it leaves. Throws GoogleError, and
   * what the journal throws: then nothing was sent.
   */
  write<M extends LibraryMethod>(method: M, request: RequestOf<M>): Promise<ReplyOf<M>>;
  /** For looking at what is there. */
  google: Pick<Google, 'call'>;
  signal?: AbortSignal;
  /** The id behind `$album1`; ids stand for themselves. */
  albumId(name: AlbumName): string;
  /** Ids of the albums that the steps before have created. */
  createdAlbums: ReadonlySet<string>;
}

/** What a look at the library says of a step. */
export type Verdict =
  | { state: 'done'; outcome: StepOutcome }
  /** It has not been done, or doing it again makes no difference. */
  | { state: 'notDone' }
  /** Google gives no way to find out. */
  | { state: 'unknowable' };

/** One kind of step. */
export interface StepHandler<S extends Step> {
  /** Does it. Throws GoogleError. */
  send(step: S, context: StepContext): Promise<StepOutcome>;
  /** After a lost answer: has it been done? Throws GoogleError, and AppError `listStuck`, `listTooLong`. */
  check(step: S, context: StepContext): Promise<Verdict>;
  /** For progress and reports: `add 50 items to "Lisbon"`. */
  describe(step: S): string;
}
