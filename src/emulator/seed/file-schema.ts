/** The form of a library FILE, which is that of `GET /_emulator/state` (design 2). What may be missing, may also be null. */
import * as z from 'zod';

const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const words = z.string({ error: 'must be a text' });
const name = words.min(1, 'must not be empty');
const flag = z.boolean({ error: 'must be true or false' });
const side = z
  .int({ error: 'must be a whole number of pixels' })
  .min(1, 'must be at least 1')
  .max(100_000, 'must be at most 100000');
const degrees = (limit: number) =>
  z
    .number({ error: 'must be a number of degrees' })
    .min(-limit, `must be at least -${limit}`)
    .max(limit, `must be at most ${limit}`);

const TIME = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?(Z|[+-]\d\d:\d\d)?$/;

/** JavaScript takes 30 February for the first of March. */
function isRealDate(text: string): boolean {
  const day = TIME.exec(text)?.[1] ?? '';
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) && !Number.isNaN(Date.parse(inUtc(text)));
}

/** What ends in `Z` stays as it stands; a time without a zone is UTC already. */
function inUtc(text: string): string {
  if (text.endsWith('Z')) return text;
  if (/[+-]\d\d:\d\d$/.test(text) && text.includes('T')) return toSeconds(new Date(text));
  return text.includes('T') ? toSeconds(new Date(`${text}Z`)) : `${text}T00:00:00Z`;
}

const toSeconds = (date: Date): string =>
  Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z');

const time = z
  .string({ error: 'must be a time such as "2024-07-14T12:11:47Z"' })
  .refine(isRealDate, {
    error: (issue) => `must be a time such as "2024-07-14T12:11:47Z", not ${JSON.stringify(issue.input)}`,
  })
  .transform(inUtc);

const location = z.object({
  locationName: maybe(words),
  latlng: maybe(z.object({ latitude: maybe(degrees(90)), longitude: maybe(degrees(180)) })),
});

const CONTENTS = ['mediaItemId', 'text', 'location', 'map'] as const;

const entry = z
  .object(
    {
      mediaItemId: maybe(name),
      enrichmentId: maybe(name),
      text: maybe(words),
      location: maybe(location),
      map: maybe(z.object({ origin: location, destination: location })),
    },
    { error: 'must be an object' },
  )
  .refine((given) => CONTENTS.filter((key) => given[key] !== undefined).length === 1, {
    error: 'must have exactly one of mediaItemId, text, location, map',
  });

const item = z.object(
  {
    id: maybe(name),
    filename: maybe(name),
    description: maybe(words),
    mimeType: maybe(words.regex(/^(image|video)\/[\w.+-]+$/, 'must be an image or video type such as "image/jpeg"')),
    creationTime: maybe(time),
    hasCaptureTime: maybe(flag),
    uploadTime: maybe(time),
    width: maybe(side),
    height: maybe(side),
    sha256: maybe(name),
    appCreated: maybe(flag),
    appProject: maybe(name),
    favorite: maybe(flag),
    archived: maybe(flag),
    categories: maybe(z.array(name, { error: 'must be a list of texts' })),
    scene: maybe(words),
    seed: maybe(z.int({ error: 'must be a whole number' }).min(0).max(0xffffffff)),
    cameraMake: maybe(words),
    cameraModel: maybe(words),
    durationSeconds: maybe(z.number({ error: 'must be a number of seconds' }).positive('must be more than 0')),
    latitude: maybe(degrees(90)),
    longitude: maybe(degrees(180)),
    contributor: maybe(words),
  },
  { error: 'must be an object' },
);

const share = z.object({
  shareToken: name,
  options: z.object({ isCollaborative: flag, isCommentable: flag }),
  ownedByUser: flag,
  joined: flag,
  invited: maybe(flag),
  owner: maybe(words),
});

const album = z.object(
  {
    id: maybe(name),
    title: maybe(words),
    appCreated: maybe(flag),
    appProject: maybe(name),
    /** Empty when no cover was chosen. */
    coverPhotoMediaItemId: maybe(words),
    entries: maybe(z.array(entry, { error: 'must be a list' })),
    share: maybe(share),
  },
  { error: 'must be an object' },
);

export const libraryFile = z.object(
  {
    mediaItems: maybe(z.array(item, { error: 'must be a list' })),
    albums: maybe(z.array(album, { error: 'must be a list' })),
  },
  { error: 'must be an object with mediaItems and albums' },
);

export type FileItem = z.infer<typeof item>;
export type FileAlbum = z.infer<typeof album>;
export type FileEntry = z.infer<typeof entry>;
