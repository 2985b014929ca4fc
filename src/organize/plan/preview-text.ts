/** A plan in words: what a person agrees to. */
import { LIMITS } from '../../google/limits.ts';
import { count, oneLine } from '../../text/text.ts';
import type { Problem } from './problems.ts';
import type { AlbumOutline, Plan } from './types.ts';

/** Lines of a preview. `nameItem` turns the cover's id into its file name. */
export function renderPlan(plan: Plan, nameItem: (id: string) => string): string[] {
  const { set, replaced } = plan.descriptions;
  return [
    summaryOf(plan),
    ...plan.albums.map((album) => albumLine(album, nameItem)),
    ...(set > 0
      ? [`~ ${count(set, 'description')} set${replaced > 0 ? `, ${replaced} of them replacing another` : ''}`]
      : []),
    ...section('Impossible, left out:', plan.problems.map(problemLine)),
    ...section(
      'Know:',
      plan.notes.map((note) => `- ${note}`),
    ),
  ].map(oneLine);
}

/** One line for the question whether to go ahead. */
export function summaryOf({ albums, descriptions, requests, quotaShare }: Plan): string {
  const sum = (of: (album: AlbumOutline) => number) => albums.reduce((total, album) => total + of(album), 0);
  const parts = [
    [albums.filter(isNew).length, 'new album'],
    [albums.filter((album) => !isNew(album) && isChanged(album)).length, 'changed album'],
    [sum(({ added }) => added), 'item added', 'items added'],
    [sum(({ removed }) => removed), 'item removed', 'items removed'],
    [sum(({ cover }) => (cover ? 1 : 0)), 'cover'],
    [sum(({ enrichments }) => enrichments), 'caption or place', 'captions and places'],
    [descriptions.set, 'description'],
  ] as const;
  const words = parts.filter(([n]) => n > 0).map(([n, one, many]) => count(n, one, many));
  const share = `${count(requests, 'request')}, ${percent(quotaShare)} of the day's ${LIMITS.requestsPerDay.toLocaleString('en')}`;
  return words.length > 0 ? `${words.join(', ')} · ${share}` : 'Nothing to do.';
}

const isNew = ({ albumId }: AlbumOutline): boolean => albumId === undefined;

const isChanged = ({ added, removed, enrichments, renamedTo, cover }: AlbumOutline): boolean =>
  added + removed + enrichments > 0 || renamedTo !== undefined || cover !== undefined;

function albumLine({ title, albumId, renamedTo, ...album }: AlbumOutline, nameItem: (id: string) => string): string {
  const { added, removed, order, cover, enrichments } = album;
  const orders = { captured: ', oldest first', name: ', by name', given: '' };
  const parts = [
    added > 0 && `${count(added, 'item')}${orders[order]}`,
    removed > 0 && `${count(removed, 'item')} removed`,
    renamedTo !== undefined && `renamed to "${renamedTo}"`,
    cover !== undefined && `cover ${nameItem(cover)}`,
    enrichments > 0 && count(enrichments, 'caption or place', 'captions and places'),
  ].filter((part) => part !== false);
  return `${albumId === undefined ? '+' : '~'} "${title}": ${parts.join(' · ') || (albumId ? 'no change' : 'empty')}`;
}

function problemLine({ subject, reason, examples, count: total, next }: Problem): string {
  const rest = total - examples.length;
  const names = examples.length > 0 ? ` (${examples.join(', ')}${rest > 0 ? ` and ${rest} more` : ''})` : '';
  return `- ${subject}: ${reason}${names}${next ? `; ${next}` : ''}`;
}

const section = (heading: string, lines: readonly string[]): string[] => (lines.length > 0 ? [heading, ...lines] : []);

const percent = (share: number): string => `${(share * 100).toLocaleString('en', { maximumSignificantDigits: 2 })} %`;
