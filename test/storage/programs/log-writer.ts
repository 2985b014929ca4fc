/** Appends numbered records until it is killed, or cannot; says each number once it is written, and why it cannot. */
import { openLog } from '../../../src/storage/append-log.ts';
import { codeOf } from '../../../src/storage/errors.ts';
import './with-parent.ts';

const { path, writers, durable, name, padding } = JSON.parse(process.argv[2] ?? '');
const say = (word: unknown) => process.stdout.write(`${word}\n`);
const log = await openLog<object>(path, { version: 1, parse: () => ({}), writers, durable });
try {
  for (let n = 1; ; n++) {
    await log.append({ name, n, padding: 'x'.repeat(padding) });
    say(n);
  }
} catch (error) {
  say(codeOf(error));
  // There may be room for a small one.
  say(await log.append({ name, n: 0 }).then(() => 'and then 0', codeOf));
}
