/**
 * Which bytes are a photo or a video that Google Photos takes (contract 5.1), told by content, never by name alone. Read
 * here from the formats' own marks, without the libraries that clients use: the two must not be wrong together.
 */
import { extname } from 'node:path';
import { directoryAt, openTiff } from '../tiff.ts';
import { asfAudio, asfHeader, asfVideo } from './containers.ts';

export interface Format {
  kind: 'photo' | 'video';
  /** As the API shows it. */
  mimeType: string;
}

const photo = (mimeType: string): Format => ({ kind: 'photo', mimeType });
const video = (mimeType: string): Format => ({ kind: 'video', mimeType });

type Sniffer = (head: Buffer) => Format | undefined;

const has = (head: Buffer, at: number, mark: string): boolean => head.toString('latin1', at, at + mark.length) === mark;

const marked =
  (format: Format, mark: string, at = 0): Sniffer =>
  (head) =>
    has(head, at, mark) ? format : undefined;

const SNIFFERS: readonly Sniffer[] = [
  marked(photo('image/jpeg'), '\xff\xd8\xff'),
  marked(photo('image/png'), '\x89PNG\r\n\x1a\n'),
  marked(photo('image/gif'), 'GIF87a'),
  marked(photo('image/gif'), 'GIF89a'),
  (head) => (has(head, 0, 'RIFF') ? (webp(head) ?? avi(head)) : undefined),
  marked(photo('image/x-icon'), '\0\0\x01\0'),
  marked(photo('image/x-canon-crw'), 'HEAPCCDR', 6),
  marked(photo('image/x-minolta-mrw'), '\0MRM'),
  marked(photo('image/x-sigma-x3f'), 'FOVb'),
  marked(photo('image/x-fuji-raf'), 'FUJIFILMCCD-RAW'),
  marked(photo('image/x-olympus-orf'), 'IIRO'),
  marked(photo('image/x-olympus-orf'), 'IIRS'),
  marked(photo('image/x-olympus-orf'), 'MMOR'),
  marked(photo('image/x-panasonic-rw2'), 'IIU\0'),
  bitmap,
  tiff,
  (head) => (has(head, 4, 'ftyp') ? branded(head) : undefined),
  // QuickTime of before there were brands.
  ...['free', 'mdat', 'moov', 'wide'].map((box) => marked(video('video/quicktime'), box, 4)),
  (head) => (has(head, 0, '\x1a\x45\xdf\xa3') ? matroska(head) : undefined),
  asf,
  // The start codes of a pack and of a sequence.
  marked(video('video/mpeg'), '\0\0\x01\xba'),
  marked(video('video/mpeg'), '\0\0\x01\xb3'),
  transportStream,
];

const webp = marked(photo('image/webp'), 'WEBP', 8);
const avi = marked(video('video/x-msvideo'), 'AVI ', 8);

/** Two letters are no mark: the length of the header behind them must be one that there is. */
function bitmap(head: Buffer): Format | undefined {
  const isBitmap =
    has(head, 0, 'BM') && head.length >= 18 && [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14));
  return isBitmap ? photo('image/bmp') : undefined;
}

const dngVersion = 0xc612;

function tiff(head: Buffer): Format | undefined {
  if (!has(head, 0, 'II*\0') && !has(head, 0, 'MM\0*')) return undefined;
  if (has(head, 8, 'CR\x02')) return photo('image/x-canon-cr2');
  const opened = openTiff(head);
  const entries = (opened && directoryAt(head, opened, opened.firstDirectory)?.entries) ?? [];
  return photo(entries.some(({ tag }) => tag === dngVersion) ? 'image/x-adobe-dng' : 'image/tiff');
}

/** What the brand of an ISO base media file says; undefined for those of sound. */
const BRANDS: Readonly<Record<string, Format | undefined>> = {
  avif: photo('image/avif'),
  avis: photo('image/avif'),
  // HEIC is `image/heif` (contract 4.3).
  heic: photo('image/heif'),
  heix: photo('image/heif'),
  hevc: photo('image/heif'),
  hevx: photo('image/heif'),
  msf1: photo('image/heif'),
  'crx ': photo('image/x-canon-cr3'),
  'qt  ': video('video/quicktime'),
  'M4V ': video('video/x-m4v'),
  M4VH: video('video/x-m4v'),
  M4VP: video('video/x-m4v'),
  'M4A ': undefined,
  'M4B ': undefined,
  'F4A ': undefined,
  'F4B ': undefined,
};

function branded(head: Buffer): Format | undefined {
  const brand = head.toString('latin1', 8, 12);
  // An image of any coding: those that it is compatible with say which.
  if (brand === 'mif1')
    return photo(head.subarray(16, head.readUInt32BE(0)).includes('avif') ? 'image/avif' : 'image/heif');
  if (Object.hasOwn(BRANDS, brand)) return BRANDS[brand];
  if (brand.startsWith('3g')) return video(brand.startsWith('3g2') ? 'video/3gpp2' : 'video/3gpp');
  return video('video/mp4');
}

/** WebM is the same container, and not taken. Its type stands among the first elements. */
const matroska = (head: Buffer): Format | undefined =>
  head.subarray(0, 64).includes('matroska') ? video('video/x-matroska') : undefined;

/** With a stream of sound and none of pictures it is a WMA. */
function asf(head: Buffer): Format | undefined {
  if (!head.subarray(0, 16).equals(asfHeader)) return undefined;
  return head.includes(asfAudio) && !head.includes(asfVideo) ? undefined : video('video/x-ms-asf');
}

/** Packets of 188 bytes that start with 0x47; cameras put four bytes of time before each. */
function transportStream(head: Buffer): Format | undefined {
  const packetsOf = (length: number, at: number): boolean => head[at] === 0x47 && head[at + length] === 0x47;
  return packetsOf(188, 0) || packetsOf(192, 4) ? video('video/mp2t') : undefined;
}

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

/** How much of a file `formatOf` wants to see, in bytes. */
export const formatHeadBytes = 4100;

/** The format of bytes that start with `head`; undefined for everything Google Photos does not take. */
export function formatOf(head: Buffer, fileName: string): Format | undefined {
  for (const sniff of SNIFFERS) {
    const format = sniff(head);
    if (format) return { ...format, mimeType: refined(format.mimeType, fileName) };
  }
  return undefined;
}

const refined = (mimeType: string, fileName: string): string =>
  byExtension[mimeType]?.get(extname(fileName).toLowerCase()) ?? mimeType;
