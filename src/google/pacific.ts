/** Google's daily quotas start anew at midnight Pacific time (contract 6.3). */

const WALL_CLOCK = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function wallClock(now: number): Record<string, string> {
  return Object.fromEntries(WALL_CLOCK.formatToParts(now).map(({ type, value }) => [type, value]));
}

/** The day that a request at this moment (ms since 1970) is counted on, `2026-11-23`. */
export function pacificDay(now: number): string {
  const { year, month, day } = wallClock(now);
  return `${year}-${month}-${day}`;
}

/** At least 1. On the two days a year when the clock is put forward or back it is an hour off at most. */
export function secondsUntilMidnightPacific(now: number): number {
  const { hour, minute, second } = wallClock(now);
  return 86_400 - (Number(hour) * 3600 + Number(minute) * 60 + Number(second));
}
