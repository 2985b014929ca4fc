/** Emulator time: real time, plus what `POST /_emulator/clock` has added (design 2). */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Never backwards: what has expired stays expired. */
  advance(seconds: number): void;
  /** How far emulator time is ahead of real time, in ms; kept in the state file. */
  offset: number;
}

/** @param realNow source of real time in ms; tests may stop it. */
export function createClock(realNow: () => number = Date.now): Clock {
  return {
    offset: 0,
    now() {
      return realNow() + this.offset;
    },
    advance(seconds) {
      this.offset += Math.max(0, seconds) * 1000;
    },
  };
}

/** RFC 3339 UTC as proto3 JSON writes it: no fraction when there is none (contract 1, JSON mapping). */
export function toTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** A timestamp of this very second, as Google stores upload times. */
export function secondsTimestamp(clock: Clock): string {
  return toTimestamp(Math.floor(clock.now() / 1000) * 1000);
}

const pacificDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' });

/** The calendar day in California, `2026-11-23`: daily quotas reset when it changes (contract 6.3). */
export function quotaDay(clock: Clock): string {
  return pacificDay.format(clock.now());
}
