/** Bytes to an upload token (contract 5): raw for what is small, resumable for the rest; never a whole file in memory. */
import type { CallOptions } from './call-options.ts';
import type { OnBytes, UploadSource } from './google.ts';
import { uploadResumable } from './resumable.ts';
import { withRetry } from './retry.ts';
import type { Shared } from './shared.ts';
import { policyOf, readToken, rejected, sendBytes, type UploadJob, type UploadSettings } from './upload-job.ts';

const DEFAULTS: UploadSettings = { rawLimit: 16 * 1024 * 1024, chunkBytes: 32 * 1024 * 1024, idleMs: 60_000 };

export async function upload(
  shared: Shared,
  source: UploadSource,
  options: CallOptions & { onBytes?: OnBytes } = {},
  settings: Partial<UploadSettings> = {},
): Promise<string> {
  if (source.size === 0) throw rejected('The file is empty; Google Photos takes no empty files.');
  let reported = 0;
  const job: UploadJob = {
    ...DEFAULTS,
    ...settings,
    shared,
    source,
    signal: options.signal,
    report(position) {
      if (position <= reported) return;
      reported = position;
      options.onBytes?.(position, source.size);
    },
  };
  return source.size <= job.rawLimit ? uploadRaw(job) : uploadResumable(job);
}

function uploadRaw(job: UploadJob): Promise<string> {
  const headers = { 'x-goog-upload-protocol': 'raw', 'x-goog-upload-content-type': job.source.mimeType };
  const url = new URL('/v1/uploads', job.shared.hosts.library);
  return withRetry(policyOf(job), job.shared.clock, () =>
    sendBytes(job, url, { offset: 0, length: job.source.size }, headers, readToken),
  );
}
