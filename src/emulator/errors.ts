/** Google's errors: one class to throw, one envelope on the wire (contract 6.1, 6.2). */

/** Canonical status names and the HTTP status each travels under (contract 6.2). */
const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  OUT_OF_RANGE: 413,
  RESOURCE_EXHAUSTED: 429,
  CANCELLED: 499,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

export type StatusName = keyof typeof HTTP_STATUS;

/** `reason` of the `errors[]` array that client libraries asking for `alt=json` get (contract 6.1). */
const REASON: Readonly<Record<string, string>> = {
  INVALID_ARGUMENT: 'badRequest',
  FAILED_PRECONDITION: 'failedPrecondition',
  UNAUTHENTICATED: 'authError',
  PERMISSION_DENIED: 'forbidden',
  NOT_FOUND: 'notFound',
  RESOURCE_EXHAUSTED: 'rateLimitExceeded',
};

/** Thrown by any route; the server writes it as Google would. */
export class GoogleApiError extends Error {
  readonly code: number;
  readonly status: StatusName;
  readonly details: readonly object[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: StatusName,
    message: string,
    extra: { code?: number; details?: readonly object[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'GoogleApiError';
    this.status = status;
    this.code = extra.code ?? HTTP_STATUS[status];
    this.details = extra.details;
    this.headers = extra.headers ?? {};
  }
}

export const invalidArgument = (message: string): GoogleApiError => new GoogleApiError('INVALID_ARGUMENT', message);

export const notFound = (): GoogleApiError => new GoogleApiError('NOT_FOUND', 'Requested entity was not found.');

export const permissionDenied = (message = 'The caller does not have permission'): GoogleApiError =>
  new GoogleApiError('PERMISSION_DENIED', message);

/** 401 text and challenge of contract 6.2. */
export const unauthenticated = (): GoogleApiError =>
  new GoogleApiError(
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    { headers: { 'WWW-Authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' } },
  );

export const insufficientScopes = (): GoogleApiError =>
  permissionDenied('Request had insufficient authentication scopes.');

/** The canonical status of an HTTP status code; what an injected fault is called. */
export function statusNameOf(code: number): StatusName {
  const known = Object.entries(HTTP_STATUS).find(([, http]) => http === code);
  if (known) return known[0] as StatusName; // Object.entries forgets that keys are StatusName
  return code >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT';
}

/** The JSON body of an error. @param withErrors true for `alt=json`: adds the older `errors[]` array. */
export function errorEnvelope(error: GoogleApiError, withErrors: boolean): object {
  const errors = [{ message: error.message, domain: 'global', reason: REASON[error.status] ?? 'backendError' }];
  return {
    error: {
      code: error.code,
      message: error.message,
      ...(withErrors ? { errors } : {}),
      status: error.status,
      ...(error.details ? { details: error.details } : {}),
    },
  };
}
