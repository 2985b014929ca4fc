/** How tools speak of pages, albums and media items: words, the same facts as data, and links to more. */

import type { Reply, ResourceLink } from '../../src/mcp/tool.ts';
import { pageData, pageText, shortSize, shortTime } from '../../src/results/page-view.ts';
import type { Page } from '../../src/results/results.ts';
import type { AlbumEntry, MediaItemEntry } from '../../src/results/types.ts';
import { count, shorten } from '../../src/text/text.ts';

/** Said whenever a list is empty: the field's most common complaint, "it connects but my library is empty". */
const WHY_EMPTY =
  'Google shows an app only what that app uploaded (since 2025-03-31), so other photos are not searched here. ' +
  'For photos the person already has: picker_pick. To add photos from this computer: media_upload.';

const pageLink = (result: string, page: number, uri: string): ResourceLink => ({
  uri,
  name: `${result} page ${page}`,
  mimeType: 'application/json',
});

/** @param whyEmpty said of a list without items; none where nothing was asked of Google's list or search. */
export function pageReply(page: Page, whyEmpty = WHY_EMPTY): Reply {
  const links = [pageLink(page.result, page.page, page.uri)];
  if (page.next) links.push(pageLink(page.result, page.page + 1, page.next.uri));
  const empty = page.loaded === 0 && page.complete;
  return { text: empty && whyEmpty ? `${pageText(page)}\n${whyEmpty}` : pageText(page), data: pageData(page), links };
}

/** One album: a line that starts with what happened, and all its facts. */
export function albumReply(lead: string, { kind: _, ...album }: AlbumEntry): Reply {
  const lines = [
    `${lead} "${shorten(album.title, 200)}" · ${count(album.count, 'item')}`,
    `id ${album.id}`,
    ...(album.productUrl ? [album.productUrl] : []),
  ];
  return { text: lines.join('\n'), data: { album }, links: [albumLink(album.id)] };
}

export const albumLink = (id: string): ResourceLink => ({
  uri: `gphotos://albums/${id}`,
  name: 'album',
  mimeType: 'application/json',
});

export function mediaItemReply(lead: string, { kind: _, ...mediaItem }: MediaItemEntry): Reply {
  const entry = { kind: 'mediaItem' as const, ...mediaItem };
  const lines = [
    [lead, shorten(mediaItem.filename, 200), shortTime(mediaItem.creationTime), mediaItem.type, shortSize(entry)]
      .filter(Boolean)
      .join(' · '),
    ...(mediaItem.description ? [`"${shorten(mediaItem.description, 1000)}"`] : []),
    ...cameraLine(entry),
    `id ${mediaItem.id}`,
    ...(mediaItem.productUrl ? [mediaItem.productUrl] : []),
  ];
  const uri = `gphotos://media/${mediaItem.id}`;
  return {
    text: lines.join('\n'),
    data: { mediaItem },
    links: [
      { uri, name: 'media item', mimeType: 'application/json' },
      { uri: `${uri}/preview`, name: 'preview', mimeType: 'image/jpeg' },
    ],
  };
}

function cameraLine({ cameraMake, cameraModel, photo }: MediaItemEntry): string[] {
  const exposure = [
    photo?.exposureTime,
    photo?.apertureFNumber && `f/${photo.apertureFNumber}`,
    photo?.focalLength && `${photo.focalLength} mm`,
    photo?.isoEquivalent && `ISO ${photo.isoEquivalent}`,
  ];
  const line = [[cameraMake, cameraModel].filter(Boolean).join(' '), ...exposure].filter(Boolean).join(' · ');
  return line === '' ? [] : [shorten(line, 300)];
}
