/** A full disk is not the trouble of one file: the next has no room either. */
import { AppError } from '../app-error.ts';
import { hasCode } from '../storage/errors.ts';

export const isDiskFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT');

/** AppError `diskFull`. @param kept what a second call need not do again, as a clause. */
export const diskFull = (folder: string, cause: unknown, kept = 'what is there is not fetched again'): AppError =>
  new AppError('diskFull', `The disk of ${folder} is full.`, `Make room and call again: ${kept}.`, {
    cause,
    retryable: true,
  });
