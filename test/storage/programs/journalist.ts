/**
 * Under a lease, counts on from where the log ends, a few records each time, until it is killed; says what it has
 * written.
 */
import { openLog } from '../../../src/storage/append-log.ts';
import { createFileLeases } from '../../../src/storage/file-leases.ts';
import { withLock } from '../../../src/storage/lock.ts';
import './with-parent.ts';

const { folder, path } = JSON.parse(process.argv[2] ?? '');
const leases = createFileLeases(folder);
const parse = (value: unknown) => value as { n: number };
for (;;) {
  await withLock(leases, 'journal', { pollMs: 4 }, async () => {
    const log = await openLog(path, { version: 1, parse, writers: 'one' });
    let n = (await log.readNew()).records.at(-1)?.n ?? 0;
    for (const end = n + 5; n < end; ) {
      n += 1;
      await log.append({ n });
      process.stdout.write(`${n}\n`);
    }
  });
}
