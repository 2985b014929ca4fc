/** Uploads one file and prints what that took: `node upload.mjs ORIGIN FILE RAW_LIMIT`. */
import { createReadStream, statSync } from 'node:fs';
import { createGoogle } from '../../src/google/client.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';

const [origin = '', path = '', rawLimit = ''] = process.argv.slice(2);

const google = createGoogle({
  hosts: loopbackHosts(origin),
  tokens: { accessToken: async () => 't', invalidate: () => undefined },
  upload: { rawLimit: Number(rawLimit) },
});

const token = await google.upload({
  size: statSync(path).size,
  mimeType: 'video/mp4',
  open: (start) => createReadStream(path, { start, highWaterMark: 256 * 1024 }),
});

const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ token, megabytes }));
