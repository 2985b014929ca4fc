/** Writes to a ledger until it is killed; prints the number of each record once it is written. */
import { openLedger } from '../../../src/media/ledger/file-ledger.ts';

const { stateDir, name } = JSON.parse(process.argv[2] ?? '');
const ledger = openLedger({ stateDir, account: 'default' });
for (let n = 1; ; n++) {
  await ledger.rememberMediaItem(`${name}-${n}`, `item-${n}`);
  if (n % 500 === 0) await ledger.compact();
  await new Promise<void>((resolve) => process.stdout.write(`${n}\n`, () => resolve()));
}
