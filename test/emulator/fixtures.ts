/** The small real files of test/fixtures/media, made by exiftool, ffmpeg and heif-enc. */
import { readFile } from 'node:fs/promises';

export const fixture = (name: string): Promise<Buffer> =>
  readFile(new URL(`../fixtures/media/${name}`, import.meta.url));
