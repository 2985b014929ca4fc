/** Other people's shared albums, so that under `--legacy-sharing` there is something to join and something to leave. */
import { newAlbumId, newMediaItemId, newShareToken, type Random } from '../../ids.ts';
import type { StoredAlbum, StoredMediaItem } from '../../model.ts';
import { DEMO_PROJECT } from '../../state.ts';

interface FriendsAlbum {
  title: string;
  owner: string;
  isCollaborative: boolean;
  joined: boolean;
  pictures: { filename: string; scene: string; captureTime: string }[];
}

const ALBUMS: readonly FriendsAlbum[] = [
  {
    title: 'Summer house',
    owner: 'Mara Lind',
    isCollaborative: true,
    joined: false,
    pictures: [
      { filename: 'PXL_20240803_081500.jpg', scene: 'lake boat', captureTime: '2024-08-03T08:15:00Z' },
      { filename: 'PXL_20240803_193012.jpg', scene: 'lake sunset', captureTime: '2024-08-03T19:30:12Z' },
      { filename: 'PXL_20240804_120233.jpg', scene: 'plate of food', captureTime: '2024-08-04T12:02:33Z' },
    ],
  },
  {
    title: 'Choir tour',
    owner: 'Jonas Weber',
    isCollaborative: false,
    joined: true,
    pictures: [
      { filename: 'DSC_0412.JPG', scene: 'stage night', captureTime: '2023-11-18T20:41:07Z' },
      { filename: 'DSC_0430.JPG', scene: 'church', captureTime: '2023-11-19T10:05:44Z' },
    ],
  },
];

/** Albums made through the same app by other people, and their pictures, which are in no library here. */
export function friendsAlbums(random: Random): { items: StoredMediaItem[]; albums: StoredAlbum[] } {
  const items: StoredMediaItem[] = [];
  const albums = ALBUMS.map(({ title, owner, isCollaborative, joined, pictures }): StoredAlbum => {
    const made = pictures.map((picture) => pictureOf(random, owner, picture));
    items.push(...made);
    return {
      id: newAlbumId(random),
      title,
      appProject: DEMO_PROJECT,
      entries: made.map(({ id }) => ({ mediaItemId: id })),
      share: {
        shareToken: newShareToken(random),
        options: { isCollaborative, isCommentable: true },
        ownedByUser: false,
        owner,
        joined,
        invited: true,
      },
    };
  });
  return { items, albums };
}

function pictureOf(random: Random, owner: string, picture: FriendsAlbum['pictures'][number]): StoredMediaItem {
  const id = newMediaItemId(random);
  return {
    id,
    filename: picture.filename,
    description: '',
    mimeType: 'image/jpeg',
    captureTime: picture.captureTime,
    uploadTime: picture.captureTime,
    width: 4032,
    height: 3024,
    sha256: `scene-${id}`,
    appProject: DEMO_PROJECT,
    favorite: false,
    archived: false,
    categories: [],
    content: { kind: 'scene', scene: picture.scene, seed: random.int(2 ** 31) },
    photo: { cameraMake: 'Google', cameraModel: 'Pixel 8' },
    contributor: owner,
  };
}
