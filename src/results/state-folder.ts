/** What to do when the folder of the state cannot be used, whatever was tried with it. */
import { AppError } from '../app-error.ts';
import { codeOf } from '../storage/errors.ts';

/** Throws AppError `stateFolder` for what the system refused, and AppErrors as they are. */
export async function writing<T>(folder: string, write: () => Promise<T>): Promise<T> {
  const next = `Make ${folder} writable, or start the server with --state-dir and a folder that is.`;
  return write().catch((error: unknown) => {
    throw toAppError('written', next, error);
  });
}

/** Throws AppError `stateFolder` for what the system refused, and AppErrors as they are. */
export async function reading<T>(folder: string, read: () => Promise<T>): Promise<T> {
  return read().catch((error: unknown) => {
    throw toAppError('read', `Make ${folder} readable.`, error);
  });
}

function toAppError(done: 'read' | 'written', next: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = `The state folder cannot be ${done}: ${codeOf(error) ?? 'unknown'}.`;
  return new AppError('stateFolder', message, next, { cause: error });
}
