/** Partial responses: the `fields` query parameter, `nextPageToken,mediaItems(id,mediaMetadata/width)` (contract 1). */
import { type GoogleApiError, invalidArgument } from './errors.ts';

/** Names wanted of an object; an empty tree wants all of it. */
export type FieldTree = Map<string, FieldTree>;

/** Parses a mask; throws 400 when its brackets do not match or a name is missing. */
export function parseFields(mask: string): FieldTree {
  const tokens = mask.replaceAll(/\s+/g, '').match(/[(),/]|[^(),/]+/g) ?? [];
  let next = 0;
  const refusal = (): GoogleApiError =>
    invalidArgument(`Request contains an invalid argument. Invalid field selection ${mask}`);
  const parsePath = (into: FieldTree): void => {
    const name = tokens[next];
    if (!name || /^[(),/]$/.test(name)) throw refusal();
    next += 1;
    const child = into.get(name) ?? new Map();
    into.set(name, child);
    if (tokens[next] === '/') {
      next += 1;
      parsePath(child);
    } else if (tokens[next] === '(') {
      next += 1;
      parseList(child);
      if (tokens[next] !== ')') throw refusal();
      next += 1;
    }
  };
  const parseList = (into: FieldTree): void => {
    parsePath(into);
    while (tokens[next] === ',') {
      next += 1;
      parsePath(into);
    }
  };
  const root: FieldTree = new Map();
  parseList(root);
  if (next < tokens.length) throw refusal();
  return root;
}

/** What of a value the mask asks for; lists are looked through, `*` names every member. */
export function selectFields(value: unknown, tree: FieldTree): unknown {
  if (tree.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => selectFields(element, tree));
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const wanted = tree.get(name) ?? tree.get('*');
    return wanted ? [[name, selectFields(member, wanted)] as const] : [];
  });
  return Object.fromEntries(entries);
}
