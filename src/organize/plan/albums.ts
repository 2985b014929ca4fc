/** The steps for one album of a plan. */
import { inBatches } from '../../google/batches.ts';
import { LIMITS } from '../../google/limits.ts';
import type { AlbumEntry } from '../../results/types.ts';
import type { AlbumChange, AlbumName, Step } from '../steps/types.ts';
import { placeEnrichments } from './enrichments.ts';
import { mediaItemIdOf } from './facts.ts';
import type { AlbumPlan } from './input.ts';
import { inOrder, runsBackwards, usableId, usableIds } from './items.ts';
import type { AlbumOutline, Planning } from './plan.ts';

/** Where an album plan aims: an album that exists, or one to create. */
interface Target {
  album: AlbumName;
  title: string;
  existing?: AlbumEntry;
  content: readonly string[];
}

export interface AlbumSteps {
  steps: Step[];
  outline: AlbumOutline;
}

/** Nothing when the album as a whole is impossible; the reason is among the problems then. */
export function planAlbum(plan: AlbumPlan, planning: Planning): AlbumSteps | undefined {
  const target = plan.albumId === undefined ? newAlbum(plan, planning) : existingAlbum(plan, plan.albumId, planning);
  return target && stepsFor(plan, target, planning);
}

function newAlbum({ title }: AlbumPlan, { facts, problems, names, newTitles }: Planning): Target | undefined {
  if (title === undefined) {
    problems.add('albums', 'an album has neither albumId nor title', { next: 'give one of them' });
    return undefined;
  }
  const subject = quote(title);
  if (!isTitle(title, subject, problems)) return undefined;
  const same = facts.albums.find((album) => album.title.trim() === title.trim());
  if (same) {
    const next = `to extend it give "albumId": "${names.get(same.id) ?? same.id}" instead of the title, or choose another title`;
    problems.add(subject, 'an album of that name exists', { next });
    return undefined;
  }
  if (newTitles.has(title.trim())) {
    problems.add(subject, 'the plan makes two albums of that name', { next: 'put their items into one' });
    return undefined;
  }
  newTitles.add(title.trim());
  return { album: `$album${newTitles.size}`, title, content: [] };
}

function existingAlbum({ title }: AlbumPlan, albumId: string, { facts, problems, seen }: Planning): Target | undefined {
  const existing = facts.albums.find(({ id }) => id === albumId);
  if (!existing) {
    problems.add('albums', 'there is no such album for this app', {
      name: albumId,
      next: 'albums_list gives those there are',
    });
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
  return { album: albumId, title: existing.title, existing, content: facts.contents.get(albumId) ?? [] };
}

function isTitle(title: string, subject: string, problems: Planning['problems']): boolean {
  const isTooLong = title.length > LIMITS.albumTitle;
  if (isTooLong) problems.add(quote(`${title.slice(0, 40)}…`), `a title has more than ${LIMITS.albumTitle} characters`);
  else if (title.trim() === '') problems.add(subject, 'a title is empty');
  return !isTooLong && title.trim() !== '';
}

function stepsFor(plan: AlbumPlan, target: Target, planning: Planning): AlbumSteps | undefined {
  const { problems } = planning;
  const { album, title, existing, content } = target;
  const subject = quote(title);
  const removed = itemsToRemove(plan, target, planning);
  const added = itemsToAdd(plan, target, removed, planning);
  const gone = new Set(removed);
  const final = [...content.filter((id) => !gone.has(id)), ...added];
  const enrichments = placeEnrichments(plan, final, subject, problems);
  if (final.length + enrichments.length > LIMITS.albumEntries) {
    const [most, items] = [LIMITS.albumEntries, final.length].map((number) => number.toLocaleString('en'));
    problems.add(subject, `an album holds at most ${most} items; this would have ${items}`, {
      next: 'make several albums',
    });
    return undefined;
  }
  const change = changeOf(plan, target, final, planning);
  const inAlbum = { album, title };
  const steps: Step[] = [
    ...(existing ? [] : [{ kind: 'createAlbum' as const, ...inAlbum }]),
    ...inBatches(removed).map((mediaItemIds) => ({ kind: 'removeItems' as const, ...inAlbum, mediaItemIds })),
    ...inBatches(added).map((mediaItemIds) => ({ kind: 'addItems' as const, ...inAlbum, mediaItemIds })),
    ...(Object.keys(change).length > 0 ? [patchStep(inAlbum, change, existing)] : []),
    ...enrichments.map((enrichment) => ({ kind: 'addEnrichment' as const, ...inAlbum, ...enrichment })),
  ];
  const outline: AlbumOutline = {
    title,
    albumId: existing?.id,
    added: added.length,
    removed: removed.length,
    order: plan.order ?? 'given',
    ...(change.title !== undefined && { renamedTo: change.title }),
    ...(change.coverPhotoMediaItemId !== undefined && { cover: change.coverPhotoMediaItemId }),
    enrichments: enrichments.length,
  };
  return { steps, outline };
}

function patchStep(inAlbum: { album: AlbumName; title: string }, change: AlbumChange, existing?: AlbumEntry): Step {
  const before: AlbumChange = {
    ...(change.title !== undefined && { title: existing?.title }),
    ...(change.coverPhotoMediaItemId !== undefined && { coverPhotoMediaItemId: existing?.coverPhotoMediaItemId }),
  };
  return { kind: 'patchAlbum', ...inAlbum, change, before };
}

function itemsToRemove({ remove = [] }: AlbumPlan, target: Target, { facts, problems }: Planning): string[] {
  const subject = quote(target.title);
  if (remove.length > 0 && !target.existing) {
    problems.add(subject, 'nothing can be removed from an album that is only being created');
    return [];
  }
  const inside = new Set(target.content);
  const names = namesOf(remove);
  return usableIds(remove, facts, subject, problems).filter((id) => {
    if (!inside.has(id)) problems.add(subject, 'an item to remove is not in the album', { name: names.get(id) });
    return inside.has(id);
  });
}

function itemsToAdd(plan: AlbumPlan, target: Target, removed: readonly string[], planning: Planning): string[] {
  const { facts, problems, notes } = planning;
  const { items = [], order = 'given' } = plan;
  const subject = quote(target.title);
  const inside = new Set(target.content);
  const going = new Set(removed);
  const names = namesOf(items);
  const fresh = usableIds(items, facts, subject, problems).filter((id) => {
    if (going.has(id))
      problems.add(subject, 'an item is both added and removed; it will be removed', { name: names.get(id) });
    else if (inside.has(id))
      problems.add(subject, 'an item is there already; it stays where it is', { name: names.get(id) });
    return !inside.has(id);
  });
  if (plan.order === undefined && runsBackwards(fresh, facts)) {
    notes.push(`${subject}: the items run from newest to oldest, as given; "order": "captured" puts the oldest first.`);
  }
  if (target.content.length > 0 && fresh.length > 0) {
    notes.push(`${subject}: new items go to the end; Google never re-sorts an album.`);
  }
  return inOrder(fresh, order, facts);
}

const namesOf = (items: AlbumPlan['items'] = []): Map<string | undefined, string> =>
  new Map(items.map((item) => [mediaItemIdOf(item), item.name]));

function changeOf(plan: AlbumPlan, target: Target, final: readonly string[], planning: Planning): AlbumChange {
  const cover = plan.cover && coverOf(plan.cover, target, final, planning);
  return {
    ...(isRename(plan, target, planning) && { title: plan.title }),
    ...(cover !== undefined && { coverPhotoMediaItemId: cover }),
  };
}

function isRename({ title }: AlbumPlan, { existing }: Target, { facts, problems, newTitles }: Planning): boolean {
  if (!existing || title === undefined || title === existing.title) return false;
  const isTaken = facts.albums.some((album) => album.id !== existing.id && album.title.trim() === title.trim());
  if (!isTaken && !newTitles.has(title.trim())) return true;
  problems.add(quote(existing.title), `it cannot be renamed: an album "${title}" exists`, {
    next: 'choose another title',
  });
  return false;
}

function coverOf(
  cover: NonNullable<AlbumPlan['cover']>,
  target: Target,
  final: readonly string[],
  { facts, problems }: Planning,
): string | undefined {
  const subject = quote(target.title);
  const id = usableId(cover, facts, subject, problems);
  if (id === undefined || id === target.existing?.coverPhotoMediaItemId) return undefined;
  if (final.includes(id)) return id;
  problems.add(subject, 'the cover is not in the album', {
    name: cover.name,
    next: 'add it, or choose one of the items',
  });
  return undefined;
}

export const quote = (title: string): string => `"${title}"`;
