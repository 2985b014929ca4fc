/**
 * Writes values under its own keys, and makes the log smaller now and then, until it is killed; says what it has
 * written.
 */
import { openRotatingLog } from '../../../src/storage/rotating-log.ts';
import './with-parent.ts';

interface Entry {
  key: string;
  value: number;
}

const { folder, name } = JSON.parse(process.argv[2] ?? '');
const log = await openRotatingLog<Entry>(folder, { version: 1, parse: (value) => value as Entry });
const state = new Map<string, number>();
const add = ({ key, value }: Entry) => state.set(key, value);

for (let value = 1; ; value++) {
  const entry = { key: `${name}-${value % 7}`, value };
  await log.append(entry);
  add(entry);
  process.stdout.write(`${entry.key} ${value}\n`);
  if (value % 40 === 0) {
    await log.compact(({ records }) => {
      records.forEach(add);
      return Array.from(state, ([key, value]) => ({ key, value }));
    });
  }
}
