/** What reached the emulator: `GET /_emulator/requests` (design 2). */
import type { RequestEntry, Requests } from '../emulator.d.ts';

const KEPT = 2000;

export interface RequestLog {
  count(method: string): void;
  add(entry: RequestEntry): void;
  clear(): void;
  /** Counts of all requests, and the latest ones in detail. */
  show(): Requests;
}

export function createRequestLog(): RequestLog {
  const methods = new Map<string, number>();
  let log: RequestEntry[] = [];
  return {
    count: (method) => void methods.set(method, (methods.get(method) ?? 0) + 1),
    add(entry) {
      log.push(entry);
      if (log.length > 2 * KEPT) log = log.slice(-KEPT);
    },
    clear() {
      methods.clear();
      log = [];
    },
    show: () => ({ methods: Object.fromEntries(methods), log: log.slice(-KEPT) }),
  };
}
