/** Tries to be the first to create each of many files; says which it was. */
import { join } from 'node:path';
import { createFileOnce } from '../../../src/storage/atomic-file.ts';
import './with-parent.ts';

const { folder, name, files, times } = JSON.parse(process.argv[2] ?? '');
for (let n = 0; n < files; n++) {
  if (await createFileOnce(join(folder, String(n)), `${name} `.repeat(times))) process.stdout.write(`${n}\n`);
}
