/** The plainest reader of a library there could be: a request a page, nothing kept. Prints what it measured as JSON. */
import { readFileSync } from 'node:fs';

const [origin, token] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}` };

/** Resident memory in MiB; undefined where the system does not say. */
function memory(field) {
  try {
    const kib = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

const pages = [];
let items = 0;
let before;
let pageToken;
do {
  const started = performance.now();
  const query = new URLSearchParams({ pageSize: '100', ...(pageToken && { pageToken }) });
  /** @type {{ mediaItems?: unknown[], nextPageToken?: string }} */
  const reply = JSON.parse(await (await fetch(`${origin}/v1/mediaItems?${query}`, { headers })).text());
  items += reply.mediaItems?.length ?? 0;
  pageToken = reply.nextPageToken;
  pages.push(performance.now() - started);
  before ??= memory('VmRSS');
} while (pageToken);

const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ pages, items, before, peak: memory('VmHWM'), cpu: (user + system) / 1000 }));
