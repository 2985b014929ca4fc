/**
 * Takes a lease again and again until it is killed. While it has it, a marker stands that only one can set: finding one
 * of a process that lives proves two owners. Each owner writes its epoch down; the list is in the order of owning.
 */
import { appendFile, readlink, symlink, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../../../src/storage/errors.ts';
import { createFileLeases } from '../../../src/storage/file-leases.ts';
import { withLock } from '../../../src/storage/lock.ts';
import { isProcessAlive } from '../../../src/storage/processes.ts';
import './with-parent.ts';

const { folder, marker, epochs, violations } = JSON.parse(process.argv[2] ?? '');
const leases = createFileLeases(folder);

for (;;) {
  await withLock(leases, 'one at a time', { pollMs: 4 }, async (lease) => {
    await setMarker();
    await lease.assertHeld();
    await appendFile(epochs, `${lease.epoch}\n`);
    await sleep(Math.random() * 4);
    await unlink(marker);
  });
}

async function setMarker(): Promise<void> {
  try {
    // A link is there with its content or not at all.
    await symlink(String(process.pid), marker);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const other = Number(await readlink(marker));
    if (isProcessAlive(other)) await appendFile(violations, `${process.pid} beside ${other}\n`);
    await unlink(marker);
    await symlink(String(process.pid), marker);
  }
}
