/** Where an album plan aims, and whether it may. */
import { titleKey } from '../../google/albums.ts';
import { LIMITS } from '../../google/limits.ts';
import type { AlbumEntry } from '../../results/types.ts';
import type { AlbumName } from '../steps/types.ts';
import type { AlbumPlan } from './input.ts';
import { type Planning, quote, quoteStart } from './planning.ts';
import type { Problems } from './problems.ts';

/** An album that exists, or one to create. */
export interface Target {
  album: AlbumName;
  title: string;
  /** In quotation marks, for problems and notes. */
  subject: string;
  existing?: AlbumEntry;
  /** Ids of the media items in it, in their order. */
  content: readonly string[];
}

/** Nothing when the album as a whole is impossible; the reason is among the problems then. */
export const targetOf = (plan: AlbumPlan, planning: Planning): Target | undefined =>
  plan.albumId === undefined ? newAlbum(plan, planning) : existingAlbum(plan, plan.albumId, planning);

function newAlbum({ title }: AlbumPlan, planning: Planning): Target | undefined {
  const { problems, titles, created } = planning;
  if (title === undefined) {
    problems.add('albums', 'an album has neither albumId nor title', { next: 'give one of them' });
    return undefined;
  }
  const subject = quote(title);
  if (!isTitle(title, subject, problems)) return undefined;
  const owner = titles.ownerOf(title);
  if (owner) {
    problems.add(subject, 'an album of that name exists', { next: extendInstead(owner, planning) });
    return undefined;
  }
  if (created.has(titleKey(title))) {
    problems.add(subject, 'the plan makes two albums of that name', { next: 'put their items into one' });
    return undefined;
  }
  created.add(titleKey(title));
  return { album: `$album${created.size}`, title, subject, content: [] };
}

const extendInstead = ({ id }: AlbumEntry, { names }: Planning): string =>
  `to extend it give "albumId": "${names.get(id) ?? id}" instead of the title, or choose another title`;

function existingAlbum({ title }: AlbumPlan, albumId: string, { facts, problems, seen }: Planning): Target | undefined {
  const existing = facts.albums.find(({ id }) => id === albumId);
  if (!existing) {
    const next = 'albums_list gives those there are';
    problems.add('albums', 'there is no such album for this app', { name: albumId, next });
    return undefined;
  }
  const subject = quote(existing.title);
  if (seen.has(albumId)) {
    problems.add(subject, 'the plan names this album twice', { next: 'put both parts into one' });
    return undefined;
  }
  seen.add(albumId);
  if (!existing.isWriteable) {
    problems.add(subject, 'this app may not change the album', { next: 'make a new album' });
    return undefined;
  }
  if (title !== undefined && !isTitle(title, subject, problems)) return undefined;
  return { album: albumId, title: existing.title, subject, existing, content: facts.contents.get(albumId) ?? [] };
}

function isTitle(title: string, subject: string, problems: Problems): boolean {
  const isTooLong = title.length > LIMITS.albumTitle;
  const isEmpty = title.trim() === '';
  if (isTooLong) {
    problems.add(quoteStart(title, 40), `a title has more than ${LIMITS.albumTitle} characters`);
  } else if (isEmpty) problems.add(subject, 'a title is empty');
  return !isTooLong && !isEmpty;
}
