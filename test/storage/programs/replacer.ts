/**
 * Replaces a file again and again until it is killed. The content is one word, many times: half of one is told from a
 * whole.
 */
import { replaceFile } from '../../../src/storage/atomic-file.ts';
import './with-parent.ts';

const { path, name, times, durable } = JSON.parse(process.argv[2] ?? '');
for (let n = 1; ; n++) {
  await replaceFile(path, `${name}${n} `.repeat(times), { durable });
  process.stdout.write(`${n}\n`);
}
