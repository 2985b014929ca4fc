/** What every kind of step can do. One file a kind; `handlers.ts` has the table. */
import type { Google, WriteOptions } from '../../google/google.ts';
import type { LibraryMethod, ReplyOf, RequestOf } from '../../google/types.ts';
import type { StepOutcome } from '../apply/records.ts';
import type { AlbumName, Step } from './types.ts';

/** What a step works with. */
export interface Workplace {
  /** A request that changes something, and whose outcome can be looked up or does not matter: the journal hears of it first. */
  write<M extends LibraryMethod>(method: M, request: RequestOf<M>): Promise<ReplyOf<M>>;
  /** One whose outcome nobody can look up: the journal hears of it at the very moment when it leaves. */
  writeUnseen<M extends LibraryMethod>(method: M, request: RequestOf<M>): Promise<ReplyOf<M>>;
  /** For looking at what is there. */
  google: Pick<Google, 'call'>;
  reading: Pick<WriteOptions, 'signal'>;
  /** The id behind `$album1`; ids stand for themselves. */
  albumId(name: AlbumName): string;
  /** Ids of the albums that the steps before have created. */
  createdAlbums: ReadonlySet<string>;
}

export type Verdict =
  | { state: 'done'; outcome: StepOutcome }
  /** It has not been done, or doing it again makes no difference. */
  | { state: 'notDone' }
  /** Google gives no way to find out. */
  | { state: 'unknowable' };

export interface StepHandler<S extends Step> {
  /** Does it. Throws GoogleError. */
  send(step: S, at: Workplace): Promise<StepOutcome>;
  /** After a lost answer: has it been done? */
  check(step: S, at: Workplace): Promise<Verdict>;
  /** For progress and reports: `add 50 items to "Lisbon"`. */
  describe(step: S): string;
}
