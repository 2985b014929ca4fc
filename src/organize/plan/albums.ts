/** The steps for one album of a plan. */
import { sameTitle } from '../../google/albums.ts';
import { inBatches } from '../../google/batches.ts';
import { LIMITS } from '../../google/limits.ts';
import type { AlbumChange } from '../../google/update-mask.ts';
import { count } from '../../text/text.ts';
import type { Step } from '../steps/types.ts';
import { type PlacedEnrichment, placeEnrichments } from './enrichments.ts';
import { mediaItemIdOf } from './facts.ts';
import type { AlbumPlan } from './input.ts';
import { idsInOrder, runsBackwards, usableId, usableIds } from './items.ts';
import type { Planning } from './planning.ts';
import { type Target, targetOf } from './targets.ts';
import type { AlbumOutline } from './types.ts';

/** What a plan does to one album: as requests, and in numbers. */
export interface AlbumSteps {
  steps: Step[];
  outline: AlbumOutline;
}

/** What is to happen to one album. */
interface AlbumWork {
  removed: readonly string[];
  added: readonly string[];
  change: AlbumChange;
  enrichments: readonly PlacedEnrichment[];
}

/** Nothing when the album as a whole is impossible; the reason is among the problems then. */
export function planAlbum(plan: AlbumPlan, planning: Planning): AlbumSteps | undefined {
  const target = targetOf(plan, planning);
  const work = target && workFor(plan, target, planning);
  return work && { steps: stepsOf(work, target), outline: outlineOf(work, target, plan) };
}

function workFor(plan: AlbumPlan, target: Target, planning: Planning): AlbumWork | undefined {
  const removed = itemsToRemove(plan, target, planning);
  const added = itemsToAdd(plan, target, removed, planning);
  const gone = new Set(removed);
  const final = [...target.content.filter((id) => !gone.has(id)), ...added];
  const enrichments = placeEnrichments(plan, final, target.subject, planning.problems);
  if (final.length + enrichments.length > LIMITS.albumEntries) {
    const most = count(LIMITS.albumEntries, 'item');
    const reason = `an album holds at most ${most}; this would have ${final.length.toLocaleString('en')}`;
    planning.problems.add(target.subject, reason, { next: 'make several albums' });
    return undefined;
  }
  return { removed, added, change: changeOf(plan, target, final, planning), enrichments };
}

function stepsOf({ removed, added, change, enrichments }: AlbumWork, { album, title, existing }: Target): Step[] {
  const inAlbum = { album, title };
  return [
    ...(existing ? [] : [{ kind: 'createAlbum' as const, ...inAlbum }]),
    ...inBatches(removed).map((mediaItemIds) => ({ kind: 'removeItems' as const, ...inAlbum, mediaItemIds })),
    ...inBatches(added).map((mediaItemIds) => ({ kind: 'addItems' as const, ...inAlbum, mediaItemIds })),
    ...(Object.keys(change).length > 0
      ? [{ kind: 'patchAlbum' as const, ...inAlbum, change, before: replacedBy(change, existing) }]
      : []),
    ...enrichments.map((enrichment) => ({ kind: 'addEnrichment' as const, ...inAlbum, ...enrichment })),
  ];
}

const replacedBy = (change: AlbumChange, existing: Target['existing']): AlbumChange => ({
  ...(change.title !== undefined && { title: existing?.title }),
  ...(change.coverPhotoMediaItemId !== undefined && { coverPhotoMediaItemId: existing?.coverPhotoMediaItemId }),
});

const outlineOf = (work: AlbumWork, { title, existing }: Target, { order = 'given' }: AlbumPlan): AlbumOutline => ({
  title,
  albumId: existing?.id,
  added: work.added.length,
  removed: work.removed.length,
  order,
  ...(work.change.title !== undefined && { renamedTo: work.change.title }),
  ...(work.change.coverPhotoMediaItemId !== undefined && { cover: work.change.coverPhotoMediaItemId }),
  enrichments: work.enrichments.length,
});

function itemsToRemove({ remove = [] }: AlbumPlan, target: Target, { facts, problems }: Planning): string[] {
  const { subject, content, existing } = target;
  if (remove.length > 0 && !existing) {
    problems.add(subject, 'nothing can be removed from an album that is only being created');
    return [];
  }
  const inside = new Set(content);
  const names = namesOf(remove);
  return usableIds(remove, facts, subject, problems).filter((id) => {
    if (!inside.has(id)) problems.add(subject, 'an item to remove is not in the album', { name: names.get(id) });
    return inside.has(id);
  });
}

function itemsToAdd(plan: AlbumPlan, target: Target, removed: readonly string[], planning: Planning): string[] {
  const { facts, notes } = planning;
  const { order = 'given' } = plan;
  const { subject, content } = target;
  const fresh = itemsNotInside(plan, target, removed, planning);
  if (plan.order === undefined && runsBackwards(fresh, facts)) {
    notes.push(`${subject}: the items run from newest to oldest, as given; "order": "captured" puts the oldest first.`);
  }
  if (content.length > 0 && fresh.length > 0) {
    notes.push(`${subject}: new items go to the end; Google never re-sorts an album.`);
  }
  return idsInOrder(fresh, order, facts);
}

function itemsNotInside(
  { items = [] }: AlbumPlan,
  { subject, content }: Target,
  removed: readonly string[],
  { facts, problems }: Planning,
): string[] {
  const inside = new Set(content);
  const going = new Set(removed);
  const names = namesOf(items);
  return usableIds(items, facts, subject, problems).filter((id) => {
    if (going.has(id))
      problems.add(subject, 'an item is both added and removed; it will be removed', { name: names.get(id) });
    else if (inside.has(id))
      problems.add(subject, 'an item is there already; it stays where it is', { name: names.get(id) });
    return !inside.has(id);
  });
}

const namesOf = (items: AlbumPlan['items'] = []): Map<string | undefined, string> =>
  new Map(items.map((item) => [mediaItemIdOf(item), item.name]));

function changeOf(plan: AlbumPlan, target: Target, final: readonly string[], planning: Planning): AlbumChange {
  const title = newTitle(plan, target, planning);
  const cover = plan.cover && coverOf(plan.cover, target, final, planning);
  return {
    ...(title !== undefined && { title }),
    ...(cover !== undefined && { coverPhotoMediaItemId: cover }),
  };
}

function newTitle({ title }: AlbumPlan, { existing, subject }: Target, planning: Planning): string | undefined {
  if (!existing || title === undefined || sameTitle(title, existing.title)) return undefined;
  const clash = planning.titles.clashOf(existing, title);
  if (clash) planning.problems.add(subject, clash.reason, { next: clash.next });
  return clash ? undefined : title;
}

function coverOf(
  cover: NonNullable<AlbumPlan['cover']>,
  { subject, existing }: Target,
  final: readonly string[],
  { facts, problems }: Planning,
): string | undefined {
  const id = usableId(cover, facts, subject, problems);
  if (id === undefined || id === existing?.coverPhotoMediaItemId) return undefined;
  if (final.includes(id)) return id;
  const next = 'add it, or choose one of the items';
  problems.add(subject, 'the cover is not in the album', { name: cover.name, next });
  return undefined;
}
