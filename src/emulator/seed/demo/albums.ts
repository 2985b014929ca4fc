/** The demo's six albums: four that the person cared for, an empty one, and one that never got a name. */
import type { AlbumEntry, Enrichment, StoredAlbum, StoredMediaItem } from '../../model.ts';
import { DEMO_PROJECT } from '../../state.ts';
import { stableId } from '../identifiers.ts';
import { PLACES, type Place } from './story.ts';

const dayOf = (item: StoredMediaItem) => item.captureTime?.slice(0, 10) ?? '';
const sceneOf = ({ content }: StoredMediaItem) => (content.kind === 'scene' ? content.scene : '');
const between = (from: string, to: string) => (item: StoredMediaItem) => dayOf(item) >= from && dayOf(item) <= to;
const shows =
  (...words: string[]) =>
  (item: StoredMediaItem) =>
    words.some((word) => sceneOf(item).includes(word));
const isPicture = (item: StoredMediaItem) =>
  item.mimeType !== 'image/png' && !shows('receipt', 'document', 'letter', 'whiteboard')(item);

const location = ({ name, latitude, longitude }: Place) => ({ locationName: name, latlng: { latitude, longitude } });

/** What stands before the first item of a day. */
type Captions = Readonly<Record<string, readonly Enrichment[]>>;

function album(title: string, items: readonly StoredMediaItem[], cover?: string, captions: Captions = {}): StoredAlbum {
  const id = stableId('AL', 'demo', title);
  const opened = new Set<string>();
  const entries = items.flatMap((item): AlbumEntry[] => {
    const day = dayOf(item);
    const before = opened.has(day) ? [] : (captions[day] ?? []);
    opened.add(day);
    return [
      ...before.map((words, index) => ({ enrichmentId: stableId('AE', id, day, index), ...words })),
      { mediaItemId: item.id },
    ];
  });
  const coverItem = items.find((item) => item.description === cover);
  return {
    id,
    title,
    appProject: DEMO_PROJECT,
    entries,
    ...(coverItem ? { coverPhotoMediaItemId: coverItem.id } : {}),
  };
}

const KYOTO_CAPTIONS: Captions = {
  '2025-04-02': [
    { text: 'Osaka, late and hungry' },
    { map: { origin: location(PLACES.home), destination: location(PLACES.osaka) } },
  ],
  '2025-04-03': [{ location: location(PLACES.kyoto) }, { text: 'Everything is in bloom at once.' }],
  '2025-04-04': [{ text: 'Up at six for the gates' }, { location: location(PLACES.fushimi) }],
  '2025-04-05': [{ text: 'Bamboo, a bridge, a very calm cat' }],
  '2025-04-06': [{ location: location(PLACES.nara) }],
};

/** @param items all of the demo's, oldest first. */
export function demoAlbums(items: readonly StoredMediaItem[]): StoredAlbum[] {
  const pictures = items.filter(isPicture);
  const kyoto = pictures.filter(between('2025-04-02', '2025-04-08'));
  const luna = pictures.filter(shows('dog')).filter((_, index) => index % 3 !== 2);
  const hut = pictures.filter(between('2023-12-28', '2024-01-01'));
  const birthdays = pictures.filter(shows('birthday')).filter((item) => !shows('dog')(item));
  const leftOver = items.filter(shows('screenshot map', 'receipt')).slice(0, 7);
  return [
    album('Luna', luna, 'Luna’s first snow', { '2023-03-04': [{ text: 'How it began' }] }),
    album('New Year at the hut', hut, 'Our hut', {
      '2023-12-28': [{ location: location(PLACES.hut) }],
      '2023-12-31': [{ text: 'Last day of the year' }],
    }),
    album('Birthdays', birthdays),
    album('asdf', leftOver),
    album('Kyoto, April 2025', kyoto, 'Kiyomizu-dera', KYOTO_CAPTIONS),
    album('Untitled', []),
  ];
}
