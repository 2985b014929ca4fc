/** What reached the emulator: `GET /_emulator/requests` (design 2). */

export interface LogEntry {
  /** RFC 3339, emulator time. */
  at: string;
  method: string;
  path: string;
  /** 0 when the connection broke before an answer. */
  status: number;
  /** Only when the emulator itself failed. */
  error?: string;
}

const KEPT = 2000;

export interface RequestLog {
  count(method: string): void;
  add(entry: LogEntry): void;
  clear(): void;
  /** Counts of all requests, and the latest ones in detail. */
  show(): { methods: Record<string, number>; log: LogEntry[] };
}

export function createRequestLog(): RequestLog {
  const methods = new Map<string, number>();
  let log: LogEntry[] = [];
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
