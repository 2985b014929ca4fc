/** Adds one request after the other until it is killed, and says how many: `node count.mjs '{"folder":…,"day":…}'`. */
import { createFileRequestCountStore } from '../../src/google/request-count-files.ts';

const { folder, day } = JSON.parse(process.argv[2] ?? '');
const store = createFileRequestCountStore(folder);
for (let added = 1; ; added++) {
  await store.add(day, { requests: 1, mediaRequests: 0 });
  process.stdout.write(`${added}\n`);
}
