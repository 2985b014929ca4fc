/** A media item of a drawn picture, from the little that a file or the demo says about it. */
import type { StoredMediaItem } from '../model.ts';
import { categoriesOf } from './categories.ts';
import { sceneSha256 } from './identifiers.ts';

type Given = Pick<
  StoredMediaItem,
  'id' | 'filename' | 'mimeType' | 'uploadTime' | 'width' | 'height' | 'appProject'
> & {
  scene: string;
  seed: number;
} & Partial<StoredMediaItem>;

/** Long ready. */
const READY = { readyAt: 0 } as const;

/** What is not given: no description, not starred, categories and hash of what is drawn. */
export function storedItem({ scene, seed, ...given }: Given): StoredMediaItem {
  const { width, height, mimeType } = given;
  const isVideo = mimeType.startsWith('video/');
  return {
    description: '',
    sha256: given.sha256 ?? sceneSha256({ scene, seed, width, height }),
    favorite: false,
    archived: false,
    categories: given.categories ?? categoriesOf(scene),
    content: { kind: 'scene', scene, seed },
    ...(isVideo ? { video: { ...READY } } : { photo: {} }),
    ...given,
  };
}
