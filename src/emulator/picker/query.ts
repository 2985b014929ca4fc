/** What a person types into the picker's search: dates in the usual ways of writing them, and words. */
import type { TimeRange } from '../items.ts';

export interface PickerQuery {
  /** `2024`, `2024-07`, `2024-07-14`; `--07` and `--07-14` of every year. An item may match any of them. */
  days: string[];
  /** Lower case, without accents. An item must match all of them. */
  words: string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = '((?:19|20)\\d\\d)';
const DAY = '(\\d{1,2})(?:st|nd|rd|th|\\.)?';

/** In the order in which they are looked for: what is found is taken out of the text. */
const FORMS: readonly [RegExp, (parts: string[]) => string][] = [
  [form(`${YEAR}-(\\d\\d)-(\\d\\d)`), ([year, month, day]) => `${year}-${month}-${day}`],
  [form(`${YEAR}-(\\d\\d)`), ([year, month]) => `${year}-${month}`],
  [form(`${DAY} ${MONTH},? ${YEAR}`), ([day, month, year]) => `${year}-${monthOf(month)}-${two(day)}`],
  [form(`${MONTH} ${DAY},? ${YEAR}`), ([month, day, year]) => `${year}-${monthOf(month)}-${two(day)}`],
  [form(`${DAY} ${MONTH}`), ([day, month]) => `--${monthOf(month)}-${two(day)}`],
  [form(`${MONTH},? ${YEAR}`), ([month, year]) => `${year}-${monthOf(month)}`],
  [form(`${MONTH} ${DAY}`), ([month, day]) => `--${monthOf(month)}-${two(day)}`],
  [form(MONTH), ([month]) => `--${monthOf(month)}`],
  [form(YEAR), ([year]) => year ?? ''],
];

function form(pattern: string): RegExp {
  return new RegExp(`(?<![\\w-])${pattern}(?![\\w-])`, 'g');
}

const monthOf = (name = ''): string => two(String(MONTHS.indexOf(name.slice(0, 3)) + 1));
const two = (number = ''): string => number.padStart(2, '0');

export function parseQuery(text: string): PickerQuery {
  const days: string[] = [];
  let rest = plain(text).replaceAll(/\s+/g, ' ');
  for (const [pattern, write] of FORMS) {
    rest = rest.replace(pattern, (_, ...parts: string[]) => {
      days.push(write(parts));
      return ' ';
    });
  }
  return { days, words: wordsOf(rest) };
}

/** Words of a text as they are compared: lower case, without accents. */
export function wordsOf(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whether a time (RFC 3339) falls on one of the query's days; a query without days takes all. */
export function isOnDay({ days }: PickerQuery, time: string): boolean {
  const day = time.slice(0, 10);
  return days.length === 0 || days.some((wanted) => `-${day.slice(4)}`.startsWith(wanted) || isWithin(day, wanted));
}

/** `2024-07` holds `2024-07-14`. */
const isWithin = (day: string, wanted: string): boolean => day === wanted || day.startsWith(`${wanted}-`);

/** The stretch of time that holds all of the query's days; undefined when they come back every year. */
export function spanOf({ days }: PickerQuery): TimeRange | undefined {
  if (days.length === 0 || days.some((day) => day.startsWith('-'))) return undefined;
  const years = days.map((day) => Number(day.slice(0, 4)));
  return { start: Date.UTC(Math.min(...years), 0, 1), end: Date.UTC(Math.max(...years) + 1, 0, 1) };
}
