/** The resumable protocol (contract 5.3): chunks, after any failure a query, and a new session when this one is dead. */
import { GoogleError } from './errors.ts';
import { withRetry } from './retry.ts';
import { METHOD, policyOf, readToken, rejected, sendBytes, type UploadJob } from './upload-job.ts';

const DEFAULT_GRANULARITY = 262_144;
const MAX_SESSIONS = 3;
const SHORT_REQUEST_MS = 20_000;
/** Statuses by which the server says that it and we disagree about where the upload stands. */
const OUT_OF_STEP = new Set([400, 404, 409, 410, 412, 413]);

interface Session {
  readonly url: URL;
  /** A multiple of the server's granularity. */
  readonly chunk: number;
}

/** This session will never give a token: finished without our hearing it, cancelled or forgotten. Start over. */
class DeadSession extends Error {}

export async function uploadResumable(job: UploadJob): Promise<string> {
  for (let session = 1; session <= MAX_SESSIONS; session++) {
    try {
      return await runSession(job, await startSession(job));
    } catch (error) {
      if (!(error instanceof DeadSession)) throw error;
    }
  }
  throw new GoogleError({
    method: METHOD,
    reason: 'unavailable',
    message: 'Google dropped the upload again and again.',
  });
}

function startSession(job: UploadJob): Promise<Session> {
  const { mimeType, size } = job.source;
  const headers = {
    'x-goog-upload-command': 'start',
    'x-goog-upload-protocol': 'resumable',
    'x-goog-upload-content-type': mimeType,
    'x-goog-upload-raw-size': String(size),
  };
  const url = new URL('/v1/uploads', job.shared.hosts.library);
  return withRetry(policyOf(job), job.shared.clock, () =>
    command(job, url, headers, (answer) => toSession(job, answer)),
  );
}

/** A `final` status at the start is the server's way of refusing (contract 5.3). */
function toSession(job: UploadJob, { headers }: Response): Session {
  const address = headers.get('x-goog-upload-url') ?? '';
  if (headers.get('x-goog-upload-status') === 'final' || !URL.canParse(address)) {
    throw rejected('Google refused to take this file.');
  }
  const granularity = Number(headers.get('x-goog-upload-chunk-granularity')) || DEFAULT_GRANULARITY;
  const chunk = Math.max(1, Math.floor(job.chunkBytes / granularity)) * granularity;
  return { url: new URL(address), chunk };
}

/** Attempts are counted anew with every byte that Google acknowledges: a long upload may survive many broken lines. */
function runSession(job: UploadJob, session: Session): Promise<string> {
  let acknowledged = 0;
  let inStep = true;
  const policy = { ...policyOf(job), progress: () => acknowledged };
  return withRetry(policy, job.shared.clock, async () => {
    if (!inStep) acknowledged = await queryReceived(job, session);
    inStep = false;
    for (;;) {
      const sent = await sendChunk(job, session, acknowledged);
      if (sent.token !== undefined) return sent.token;
      acknowledged = sent.acknowledged;
    }
  });
}

type Sent = { token: string } | { token?: undefined; acknowledged: number };

async function sendChunk(job: UploadJob, session: Session, offset: number): Promise<Sent> {
  const length = Math.min(session.chunk, job.source.size - offset);
  const isLast = offset + length === job.source.size;
  const headers = {
    'x-goog-upload-command': isLast ? 'upload, finalize' : 'upload',
    'x-goog-upload-offset': String(offset),
  };
  const read = async (answer: Response): Promise<Sent> => {
    if (isLast) return { token: await readToken(answer) };
    if (answer.headers.get('x-goog-upload-status') !== 'active') throw new DeadSession();
    return { acknowledged: offset + length };
  };
  try {
    return await sendBytes(job, session.url, { offset, length }, headers, read);
  } catch (error) {
    if (!(error instanceof GoogleError) || !OUT_OF_STEP.has(error.httpStatus)) throw error;
    const received = await queryReceived(job, session);
    if (received === offset) throw error;
    return { acknowledged: received };
  }
}

/** How much the server has. Throws DeadSession when nothing more can come of this session. */
async function queryReceived(job: UploadJob, session: Session): Promise<number> {
  try {
    return await command(job, session.url, { 'x-goog-upload-command': 'query' }, ({ headers }) => {
      const received = Number(headers.get('x-goog-upload-size-received') ?? Number.NaN);
      const usable = Number.isInteger(received) && received >= 0 && received < job.source.size;
      if (headers.get('x-goog-upload-status') !== 'active' || !usable) throw new DeadSession();
      return received;
    });
  } catch (error) {
    if (error instanceof GoogleError && OUT_OF_STEP.has(error.httpStatus)) throw new DeadSession();
    throw error;
  }
}

function command<T>(
  job: UploadJob,
  url: URL,
  headers: Record<string, string>,
  read: (answer: Response) => T,
): Promise<T> {
  const request = {
    method: METHOD,
    verb: 'POST',
    url,
    headers: { 'content-length': '0', ...headers },
    withBearer: true,
    signal: job.signal,
    timeoutMs: SHORT_REQUEST_MS,
  };
  return job.shared.transport.send(request, async (answer) => {
    const result = read(answer);
    await answer.body?.cancel();
    return result;
  });
}
