/** What can be wrong with a preview: the same words whatever keeps it. */
import { AppError } from '../../app-error.ts';
import { clip } from '../../text/text.ts';

/** AppError `unknownPreview`. The id may be anything that an assistant has written. */
export const unknownPreview = (id: string, cause?: unknown): AppError =>
  new AppError(
    'unknownPreview',
    `There is no preview "${clip(id, 40)}".`,
    'Make one with organize_preview and use the id that it gives.',
    { cause },
  );

/** AppError `previewBusy`. */
export const previewBusy = (id: string): AppError =>
  new AppError('previewBusy', `${id} is being worked on by another call.`, 'Call again when that one is done.', {
    retryable: true,
  });

/** To act on half of what was written down could do things twice. */
export const damagedPreview = (id: string, cause?: unknown): AppError =>
  new AppError(
    'damagedPreview',
    `What is kept of ${id} is damaged: what of it has been done is not known. Nothing was changed now.`,
    'Look at the albums (albums_list), then make a new preview of what is missing with organize_preview.',
    { cause },
  );

/** AppError `newerPreview`. */
export const newerPreview = (id: string, cause?: unknown): AppError =>
  new AppError(
    'newerPreview',
    `${id} was written by a newer version of google-photos-mcp, which this one cannot read. Nothing was changed now.`,
    'Use the newer version, or update this one.',
    { cause },
  );

/** The process slept, as a closed laptop does, and another has taken its place. */
export const workTakenOver = (id: string, cause?: unknown): AppError =>
  new AppError(
    'workTakenOver',
    `This call stood still for too long, and another process may be working on ${id} by now; this one has stopped.`,
    'Call again to see how far it is and to finish it.',
    { cause, retryable: true },
  );
