/** Pictures of local files: the preview that a camera put into the file where that is enough, else the file decoded. */
import { open, readFile, stat } from 'node:fs/promises';
import { type ImageCodecs, isGif, isJpeg, isPng, isWebp } from './codecs.ts';
import { turn } from './turn.ts';

/** Above this no sensible photo is a JPEG, PNG, WebP or GIF (Google's own limit for photos, contract 5.1). */
const MAX_BYTES = 200_000_000;
/** Cameras put EXIF with its preview (up to 64 kB) at the start. */
const HEAD_BYTES = 256 * 1024;
/** EXIF previews have 160 × 120 pixels as a rule: good for tiles, not for looking closely. */
const PREVIEW_EDGE = 256;

/**
 * Bytes of a picture for a tile or view of `edge` pixels: JPEG, PNG, WebP or GIF. Of a HEIC or RAW file only its JPEG
 * preview can be had; undefined when there is none. Throws when the file cannot be read.
 */
export async function readLocalPicture(
  path: string,
  edge: number,
  codecs: ImageCodecs,
): Promise<Uint8Array | undefined> {
  const head = await readHead(path);
  const preview = await embeddedPreview(head, codecs);
  if (preview && edge <= PREVIEW_EDGE) return preview;
  const decodable = [isJpeg, isPng, isWebp, isGif].some((looksLike) => looksLike(head));
  if (!decodable) return preview;
  return (await stat(path)).size <= MAX_BYTES ? await readFile(path) : undefined;
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The preview inside EXIF, turned as the photo itself has to be: previews carry no orientation of their own. */
async function embeddedPreview(head: Uint8Array, codecs: ImageCodecs): Promise<Uint8Array | undefined> {
  const { default: ExifReader } = await import('exifreader');
  try {
    const tags = ExifReader.load(Buffer.from(head), { expanded: true });
    const image = tags.Thumbnail?.image;
    if (!image || tags.Thumbnail?.type !== 'image/jpeg') return undefined;
    const orientation = Number(tags.exif?.Orientation?.value ?? 1);
    const bytes = Buffer.isBuffer(image) ? image : new Uint8Array(image);
    if (orientation === 1) return bytes;
    return await codecs.encodeJpeg(turn(await codecs.decode(bytes), orientation), 85);
  } catch {
    // No metadata, or damaged: the picture itself is what counts.
    return undefined;
  }
}
