/** The date filter (contract 3.15.1): which days it names, in UTC, as ranges of instants. */
import { invalidArgument } from '../../errors.ts';
import type { TimeRange } from '../../items.ts';
import { int32, list, message } from '../../json.ts';

const date = message({ year: int32, month: int32, day: int32 });
export const dateFilter = message({
  dates: list(date),
  ranges: list(message({ startDate: date, endDate: date })),
});

export interface CalendarDate {
  year: number;
  month: number;
  day: number;
}

export interface DateFilter {
  dates: (CalendarDate | undefined)[];
  ranges: ({ startDate: CalendarDate | undefined; endDate: CalendarDate | undefined } | undefined)[];
}

const MAX_DATES = 5;
const NO_DATE: CalendarDate = { year: 0, month: 0, day: 0 };

/** What a date's non-zero fields make it: the rows of 3.15.1 that are valid. */
type Format = 'day' | 'month' | 'year' | 'anniversary';

/**
 * Instants that match, sorted and without overlaps; throws 400 for what the table forbids.
 * @param years first and last year that the library has anything of: anniversaries are looked for only there.
 */
export function rangesOf({ dates, ranges }: DateFilter, years: { first: number; last: number }): TimeRange[] {
  if (dates.length > MAX_DATES) throw invalidArgument('Date filter must not have more than 5 dates.');
  if (ranges.length > MAX_DATES) throw invalidArgument('Date filter must not have more than 5 date ranges.');
  const named = [
    ...dates.map((each) => ({ start: each ?? NO_DATE, end: each ?? NO_DATE })),
    ...ranges.map((each) => ({ start: each?.startDate ?? NO_DATE, end: each?.endDate ?? NO_DATE })),
  ];
  return merged(named.flatMap(({ start, end }) => instantsOf(start, end, years)));
}

function instantsOf(start: CalendarDate, end: CalendarDate, years: { first: number; last: number }): TimeRange[] {
  const format = formatOf(start);
  if (format !== formatOf(end)) throw invalidArgument('Start and end date of a range must have the same format.');
  if (compare(start, end) > 0) throw invalidArgument('Start date of a range must not be after its end date.');
  if (format !== 'anniversary') return [{ start: firstInstant(start), end: endInstant(end) }];
  const count = Math.max(0, years.last - years.first + 1);
  return Array.from({ length: count }, (_, i) => years.first + i).flatMap((year) => anniversary(start, end, year));
}

/** 29 February matches in leap years only; a range that begins or ends with it reaches as far as the year has days. */
function anniversary(start: CalendarDate, end: CalendarDate, year: number): TimeRange[] {
  const from = Date.UTC(year, start.month - 1, start.day);
  const to = Date.UTC(year, end.month - 1, Math.min(end.day, daysIn(year, end.month)) + 1);
  return to > from ? [{ start: from, end: to }] : [];
}

function formatOf({ year, month, day }: CalendarDate): Format {
  const isWithinBounds = year >= 0 && year <= 9999 && month >= 0 && month <= 12 && day >= 0 && day <= 31;
  // A leap year stands in for "any year": 29 February is an anniversary too.
  const exists = day === 0 || (month > 0 && day <= daysIn(year || 2024, month));
  const format = FORMATS[`${year ? 'Y' : '0'}${month ? 'M' : '0'}${day ? 'D' : '0'}`];
  if (!isWithinBounds || !exists || !format)
    throw invalidArgument(`Invalid date: year ${year}, month ${month}, day ${day}.`);
  return format;
}

const FORMATS: Readonly<Record<string, Format>> = { YMD: 'day', YM0: 'month', Y00: 'year', '0MD': 'anniversary' };

const daysIn = (year: number, month: number): number => utc(year, month + 1, 0).getUTCDate();

/** `Date.UTC` takes years below 100 for 1900 and something; this does not. @param month 1 to 12, more run over. */
function utc(year: number, month: number, day: number): Date {
  const value = new Date(0);
  value.setUTCFullYear(year, month - 1, day);
  return value;
}

const compare = (a: CalendarDate, b: CalendarDate): number => a.year - b.year || a.month - b.month || a.day - b.day;

const firstInstant = ({ year, month, day }: CalendarDate): number => utc(year, month || 1, day || 1).getTime();

function endInstant({ year, month, day }: CalendarDate): number {
  if (day) return utc(year, month, day + 1).getTime();
  return month ? utc(year, month + 1, 1).getTime() : utc(year + 1, 1, 1).getTime();
}

function merged(ranges: TimeRange[]): TimeRange[] {
  const result: TimeRange[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else result.push({ ...range });
  }
  return result;
}
