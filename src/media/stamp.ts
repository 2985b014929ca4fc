/** What tells cheaply that a file is still the one that was looked at. */
import type { Stats } from 'node:fs';

export interface FileStamp {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970, with fractions. */
  mtimeMs: number;
  /** Also moves when somebody writes and then sets the modification time back. */
  ctimeMs: number;
  /** Another file under the same name has another one. */
  ino: number;
}

export const stampOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): FileStamp => ({ size, mtimeMs, ctimeMs, ino });

export const isSameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
