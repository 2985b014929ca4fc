/** A job's bytes as Google's client reads them: in pieces, from any place, and only while the file stays the same. */
import type { UploadSource } from '../../google/google.ts';
import { openUnchanged } from '../file-hash.ts';
import type { Bytes, Job } from './job.ts';

const PIECE = 128 * 1024;

/** `open` throws FileChanged, and the file system's errors. */
export function sourceOf(job: Job, { path, stamp }: Bytes): UploadSource {
  return {
    size: stamp.size,
    mimeType: job.entry.mimeType,
    fileName: job.entry.filename,
    async *open(offset) {
      const file = await openUnchanged(path, stamp);
      // Two by turns, or a long film leaves garbage faster than it is collected. Whoever asks for the next piece has
      // copied the last one, or handed it to the socket and waited; the one before that is free in either case.
      const pieces = [newPiece(stamp.size), newPiece(stamp.size)] as const;
      try {
        let at = offset;
        for (let turn: 0 | 1 = 0; ; turn = turn === 0 ? 1 : 0) {
          const piece = pieces[turn];
          const { bytesRead } = await file.read(piece, 0, piece.length, at);
          if (bytesRead === 0) return;
          at += bytesRead;
          yield piece.subarray(0, bytesRead);
        }
      } finally {
        await file.close();
      }
    },
  };
}

const newPiece = (size: number): Buffer => Buffer.allocUnsafeSlow(Math.max(1, Math.min(PIECE, size)));
