/**
 * Where a file of a rotating log has said all that older files add up to: a line of its own, `{"sumOf":{"1":5120}}`.
 */
import type { LogFormat } from './log-lines.ts';

export class SumEnd {
  /** Number of an older file → the bytes of it that are in the sum. */
  readonly ends: ReadonlyMap<number, number>;

  constructor(ends: ReadonlyMap<number, number>) {
    this.ends = ends;
  }

  toJSON(): unknown {
    return { sumOf: Object.fromEntries(this.ends) };
  }
}

export function withSums<R>({ version, parse }: LogFormat<R>): LogFormat<R | SumEnd> {
  return { version, parse: (value) => parseSumEnd(value) ?? parse(value) };
}

export interface Split<R> {
  /** What others add up to, or nothing. */
  sum: R[];
  sumEnd: SumEnd | undefined;
  /** What was appended to the file. */
  own: R[];
}

export function splitAtSum<R>(records: readonly (R | SumEnd)[]): Split<R> {
  const split: Split<R> = { sum: [], sumEnd: undefined, own: [] };
  for (const record of records) {
    if (record instanceof SumEnd) Object.assign(split, { sum: split.own, sumEnd: record, own: [] });
    else split.own.push(record);
  }
  return split;
}

function parseSumEnd(value: unknown): SumEnd | undefined {
  if (typeof value !== 'object' || value === null || !('sumOf' in value)) return undefined;
  const ends = Object.entries(value.sumOf ?? {}).map(([number, end]) => [Number(number), Number(end)] as const);
  return new SumEnd(new Map(ends));
}
