/** What a caller may say about one call. */

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds that this call may take at most, retries included, where the client's own budget is longer. */
  budgetMs?: number;
}

/**
 * For writes that must not happen twice, whatever instant the process is killed at. Each attempt of a call tells both;
 * between `onSend` and the call's end the outcome is unknown, unless `onRefused` came last.
 */
export interface WriteOptions extends CallOptions {
  /**
   * Called when everything but the request's last byte is out, and awaited before that one is: what it records is true
   * unless the process is killed within microseconds. When it throws or rejects, the request is abandoned, nothing has
   * happened, and the call fails with that error.
   */
  onSend?: () => void | Promise<void>;
  /**
   * The attempt came back undone: Google refused it before doing anything, or it never got there. Called after that
   * attempt's `onSend` has settled, and awaited before the next attempt and before the call fails.
   */
  onRefused?: () => void | Promise<void>;
}
