/** Which bytes are a photo or a video that Google Photos takes (contract 5.1), told by content, never by name alone. */
import { extname } from 'node:path';

export interface Format {
  kind: 'photo' | 'video';
  /** As the API shows it. */
  mimeType: string;
}

const photo = (mimeType: string): Format => ({ kind: 'photo', mimeType });
const video = (mimeType: string): Format => ({ kind: 'video', mimeType });

/** What file-type calls it → what Google calls it. HEIC is `image/heif` (contract 4.3). */
const formats: ReadonlyMap<string, Format> = new Map([
  ['image/jpeg', photo('image/jpeg')],
  ['image/png', photo('image/png')],
  ['image/apng', photo('image/png')],
  ['image/gif', photo('image/gif')],
  ['image/webp', photo('image/webp')],
  ['image/bmp', photo('image/bmp')],
  ['image/x-icon', photo('image/x-icon')],
  ['image/tiff', photo('image/tiff')],
  ['image/avif', photo('image/avif')],
  ['image/heic', photo('image/heif')],
  ['image/heic-sequence', photo('image/heif')],
  ['image/heif', photo('image/heif')],
  ['image/heif-sequence', photo('image/heif')],
  ['image/x-adobe-dng', photo('image/x-adobe-dng')],
  ['image/x-canon-cr2', photo('image/x-canon-cr2')],
  ['image/x-canon-cr3', photo('image/x-canon-cr3')],
  ['image/x-fujifilm-raf', photo('image/x-fuji-raf')],
  ['image/x-nikon-nef', photo('image/x-nikon-nef')],
  ['image/x-olympus-orf', photo('image/x-olympus-orf')],
  ['image/x-panasonic-rw2', photo('image/x-panasonic-rw2')],
  ['image/x-sony-arw', photo('image/x-sony-arw')],
  ['video/3gpp', video('video/3gpp')],
  ['video/3gpp2', video('video/3gpp2')],
  ['application/vnd.ms-asf', video('video/x-ms-asf')],
  ['video/x-ms-asf', video('video/x-ms-asf')],
  ['video/vnd.avi', video('video/x-msvideo')],
  ['video/mp2t', video('video/mp2t')],
  ['video/x-m4v', video('video/x-m4v')],
  ['video/matroska', video('video/x-matroska')],
  ['video/quicktime', video('video/quicktime')],
  ['video/mp4', video('video/mp4')],
  ['video/mpeg', video('video/mpeg')],
  ['video/MP1S', video('video/mpeg')],
  ['video/MP2P', video('video/mpeg')],
]);

/** RAW files without a mark of their own look like plain TIFF: there the name decides. WMV is ASF by another name. */
const byExtension: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  'image/tiff': new Map([
    ['.3fr', 'image/x-hasselblad-3fr'],
    ['.arw', 'image/x-sony-arw'],
    ['.dng', 'image/x-adobe-dng'],
    ['.erf', 'image/x-epson-erf'],
    ['.kdc', 'image/x-kodak-kdc'],
    ['.nef', 'image/x-nikon-nef'],
    ['.nrw', 'image/x-nikon-nrw'],
    ['.pef', 'image/x-pentax-pef'],
    ['.sr2', 'image/x-sony-sr2'],
    ['.srf', 'image/x-sony-srf'],
    ['.srw', 'image/x-samsung-srw'],
  ]),
  'video/x-ms-asf': new Map([['.wmv', 'video/x-ms-wmv']]),
};

/** RAW formats that file-type does not know, by the bytes they start with. */
const ownMarks: readonly { offset: number; bytes: string; format: Format }[] = [
  { offset: 6, bytes: 'HEAPCCDR', format: photo('image/x-canon-crw') },
  { offset: 0, bytes: '\0MRM', format: photo('image/x-minolta-mrw') },
  { offset: 0, bytes: 'FOVb', format: photo('image/x-sigma-x3f') },
];

/** How much of a file `formatOf` wants to see, in bytes. */
export const formatHeadBytes = 4100;

/** The format of bytes that start with `head`; undefined for everything Google Photos does not take. */
export async function formatOf(head: Buffer, fileName: string): Promise<Format | undefined> {
  const own = ownMarks.find(({ offset, bytes }) => head.toString('latin1', offset, offset + bytes.length) === bytes);
  if (own) return own.format;
  const { fileTypeFromBuffer } = await import('file-type');
  const format = formats.get((await fileTypeFromBuffer(head))?.mime ?? '');
  const refined = format && byExtension[format.mimeType]?.get(extname(fileName).toLowerCase());
  return format && refined ? { ...format, mimeType: refined } : format;
}
