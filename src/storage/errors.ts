/** The one reading of error codes: `ENOENT`, `ERR_INVALID_ARG_TYPE` and whatever else Node puts into `code`. */

/** Undefined for what is no error, and for errors whose code is no text (a DOMException's is a number). */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = codeOf(error);
  return code !== undefined && codes.includes(code);
}

/** What the operating system threw, and not a bug: only its errors name a system call. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
