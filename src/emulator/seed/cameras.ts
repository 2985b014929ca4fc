/** The cameras of the demo's person: what they write into a photo, and how they name files. */

import type { StoredMediaItem } from '../model.ts';
import { createRandom, hash32 } from '../scenes/random.ts';

export type CameraName = 'iphone13' | 'iphone15' | 'pixel' | 'sony' | 'drone' | 'phoneScreen' | 'scanner';

export interface Camera {
  make?: string;
  model?: string;
  width: number;
  height: number;
  focalLength?: number;
  apertureFNumber?: number;
  mimeType: string;
  /** @param count the camera's own running number; @param time the capture time, RFC 3339 UTC. */
  filename(count: number, time: string): string;
  video?: { mimeType: string; fps: number; filename(count: number, time: string): string };
}

const numbered = (prefix: string, digits: number, extension: string) => (count: number) =>
  `${prefix}${String(count).padStart(digits, '0')}.${extension}`;

/** `PXL_20240714_121147123.jpg`: date, time and milliseconds. */
const dated =
  (prefix: string, separator: string, extension: string, millis: boolean) => (count: number, time: string) => {
    const [day = '', clock = ''] = time.replaceAll('-', '').replaceAll(':', '').replace('Z', '').split('T');
    const fraction = millis ? String(hash32('ms', time, count) % 1000).padStart(3, '0') : '';
    return `${prefix}${day}${separator}${clock.slice(0, 6)}${fraction}.${extension}`;
  };

const iphone = (model: string, focalLength: number, apertureFNumber: number): Camera => ({
  make: 'Apple',
  model,
  width: 4032,
  height: 3024,
  focalLength,
  apertureFNumber,
  mimeType: 'image/heif',
  filename: numbered('IMG_', 4, 'HEIC'),
  video: { mimeType: 'video/quicktime', fps: 30, filename: numbered('IMG_', 4, 'MOV') },
});

export const CAMERAS: Readonly<Record<CameraName, Camera>> = {
  iphone13: iphone('iPhone 13', 5.1, 1.6),
  iphone15: iphone('iPhone 15 Pro', 6.77, 1.78),
  pixel: {
    make: 'Google',
    model: 'Pixel 8',
    width: 4080,
    height: 3072,
    focalLength: 6.9,
    apertureFNumber: 1.68,
    mimeType: 'image/jpeg',
    filename: dated('PXL_', '_', 'jpg', true),
    video: { mimeType: 'video/mp4', fps: 30, filename: dated('PXL_', '_', 'mp4', true) },
  },
  sony: {
    make: 'SONY',
    model: 'ILCE-7C',
    width: 4240,
    height: 2832,
    focalLength: 35,
    apertureFNumber: 2.8,
    mimeType: 'image/jpeg',
    filename: numbered('DSC', 5, 'JPG'),
    video: { mimeType: 'video/mp4', fps: 50, filename: numbered('C', 4, 'MP4') },
  },
  drone: {
    make: 'DJI',
    model: 'FC3582',
    width: 4000,
    height: 2250,
    focalLength: 6.72,
    apertureFNumber: 1.7,
    mimeType: 'image/jpeg',
    filename: numbered('DJI_', 4, 'JPG'),
    video: { mimeType: 'video/mp4', fps: 30, filename: numbered('DJI_', 4, 'MP4') },
  },
  phoneScreen: {
    width: 1170,
    height: 2532,
    mimeType: 'image/png',
    filename: dated('Screenshot_', '-', 'png', false),
  },
  scanner: { width: 2400, height: 1600, mimeType: 'image/jpeg', filename: numbered('scan', 4, 'jpg') },
};

type Lighting = 'bright' | 'indoors' | 'dark';

const ISO: Readonly<Record<Lighting, readonly [number, ...number[]]>> = {
  bright: [32, 40, 50, 64, 80, 100],
  indoors: [250, 320, 400, 500],
  dark: [800, 1000, 1250, 1600, 2500],
};

/** Seconds. */
const EXPOSURE: Readonly<Record<Lighting, readonly [number, ...number[]]>> = {
  bright: [0.0005, 0.001, 0.002, 0.004, 0.008],
  indoors: [0.0125, 0.02, 0.025],
  dark: [0.04, 0.0667, 0.125],
};

/** What the camera notes beside the picture; a screen notes nothing. */
export function photoFacts(camera: Camera, lighting: Lighting, seed: number): NonNullable<StoredMediaItem['photo']> {
  if (camera.make === undefined) return {};
  const random = createRandom(hash32('facts', seed));
  return {
    cameraMake: camera.make,
    cameraModel: camera.model,
    focalLength: camera.focalLength,
    apertureFNumber: camera.apertureFNumber,
    isoEquivalent: random.pick(ISO[lighting]),
    exposureTime: random.pick(EXPOSURE[lighting]),
  };
}
