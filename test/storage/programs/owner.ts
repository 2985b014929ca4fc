/**
 * Takes a lease, says its epoch and keeps it until it is killed; for each line that it is told, says what it still has.
 */
import { createInterface } from 'node:readline';
import { createFileLeases } from '../../../src/storage/file-leases.ts';
import { withLock } from '../../../src/storage/lock.ts';

const { folder, key, options } = JSON.parse(process.argv[2] ?? '');
const say = (word: unknown) => process.stdout.write(`${word}\n`);

await withLock(createFileLeases(folder, options), key, {}, async (lease) => {
  say(lease.epoch);
  for await (const _ of createInterface({ input: process.stdin })) {
    const answer = lease.assertHeld().then(
      () => 'held',
      (error: Error) => error.name,
    );
    say(await answer);
  }
});
