/** All that the person has: the library, and what besides it only the Picker shows. */
import type { Deps } from '../deps.ts';
import type { Cursor, ItemStore, TimeRange } from '../items.ts';
import type { StoredMediaItem } from '../model.ts';

/** Where a walk through both stopped. */
export interface WholeCursor {
  library?: Cursor;
  elsewhere?: Cursor;
}

export interface WholeLibrary {
  get(id: string): StoredMediaItem | undefined;
  /** Newest first. */
  walk(after: WholeCursor, ranges?: readonly TimeRange[]): Generator<{ item: StoredMediaItem; cursor: WholeCursor }>;
}

export async function wholeLibrary(deps: Pick<Deps, 'state' | 'elsewhere'>): Promise<WholeLibrary> {
  const { items } = deps.state;
  const elsewhere = await deps.elsewhere();
  return {
    get: (id) => ownItem(items, id) ?? elsewhere.get(id),
    walk: (after, ranges) =>
      merge(items.walk({ after: after.library, ranges }), elsewhere.walk({ after: after.elsewhere, ranges }), after),
  };
}

/** What other people put into shared albums is in their libraries. */
function ownItem(items: ItemStore, id: string): StoredMediaItem | undefined {
  const item = items.get(id);
  return item?.contributor === undefined ? item : undefined;
}

type Walk = ReturnType<ItemStore['walk']>;

function* merge(library: Walk, elsewhere: Walk, after: WholeCursor) {
  let cursor = after;
  let [own, other] = [library.next().value, elsewhere.next().value];
  while (own || other) {
    if (own && (!other || own.cursor.time >= other.cursor.time)) {
      cursor = { ...cursor, library: own.cursor };
      yield { item: own.item, cursor };
      own = library.next().value;
    } else if (other) {
      cursor = { ...cursor, elsewhere: other.cursor };
      yield { item: other.item, cursor };
      other = elsewhere.next().value;
    }
  }
}
