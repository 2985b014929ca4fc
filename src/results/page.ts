/** A page: a view of fixed size over what is loaded of a result. */
import { formatPageToken, pageUri } from './reference.ts';
import type { Extent } from './store.ts';
import type { ResultItem } from './types.ts';

export interface Page {
  result: string;
  title: string;
  noun: string;
  /** 1-based. */
  page: number;
  /** 1-based position of the first item in the result. */
  from: number;
  items: ResultItem[];
  /** Items loaded so far; the total when `complete`. */
  loaded: number;
  complete: boolean;
  uri: string;
  next?: { pageToken: string; uri: string };
}

/** Google may promise a page that turns out empty (contract 1.2): that one exists, as the end; beyond it there is none. */
export function hasPage({ meta, items, endsEmpty }: Extent, page: number): boolean {
  const before = (page - 1) * meta.pageSize;
  return page === 1 || items > before || (items === before && endsEmpty);
}

export function toPage({ meta, items: loaded, next: token }: Extent, page: number, items: ResultItem[]): Page {
  const end = page * meta.pageSize;
  const complete = token === undefined;
  const more = loaded > end || !complete;
  return {
    result: meta.id,
    title: meta.title,
    noun: meta.noun,
    page,
    from: end - meta.pageSize + 1,
    items,
    loaded,
    complete,
    uri: pageUri(meta.id, page),
    ...(more && { next: { pageToken: formatPageToken(meta.id, page + 1), uri: pageUri(meta.id, page + 1) } }),
  };
}
