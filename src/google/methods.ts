/** The one table of the 19 methods (contract 2 and 3): how each is called, what may be retried, which scopes it takes. */
import type { LibraryMethod } from './types.ts';

/** Live scopes, without their `https://www.googleapis.com/auth/` (contract 2). */
export type LibraryScope =
  | 'photoslibrary.appendonly'
  | 'photoslibrary.readonly.appcreateddata'
  | 'photoslibrary.edit.appcreateddata';

/**
 * What a failure allows (contract 6.4).
 * - `read`: changes nothing, so anything transient is retried.
 * - `idempotent`: doing it twice leaves what doing it once leaves, so the same.
 * - `ifRefused`: retried only when the answer proves that nothing happened (a quota refusal, a connection never made).
 */
export type RetryClass = 'read' | 'idempotent' | 'ifRefused';

/** How a method travels. */
export interface CallSpec {
  readonly verb: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `{name}` stands for the request's member of that name, one path segment. */
  readonly path: string;
  /** Request members that go to the query; what is in neither path nor query is the body. */
  readonly query: readonly string[];
  readonly retry: RetryClass;
  /** Answers 403 to everyone since 2025-03-31 (contract 7). */
  readonly removed?: true;
}

export interface MethodSpec extends CallSpec {
  /** Any one of them is enough; none since 2025-03-31 for the methods that are `removed`. */
  readonly scopes: readonly LibraryScope[];
}

const APPEND = 'photoslibrary.appendonly';
const READ = 'photoslibrary.readonly.appcreateddata';
const EDIT = 'photoslibrary.edit.appcreateddata';
const LISTING = ['pageSize', 'pageToken', 'excludeNonAppCreatedData'];

export const METHODS: { readonly [M in LibraryMethod]: MethodSpec } = {
  'albums.addEnrichment': {
    verb: 'POST',
    path: '/v1/albums/{albumId}:addEnrichment',
    query: [],
    retry: 'ifRefused',
    scopes: [APPEND, EDIT],
  },
  // Adding what is there already changes nothing (contract 3.5).
  'albums.batchAddMediaItems': {
    verb: 'POST',
    path: '/v1/albums/{albumId}:batchAddMediaItems',
    query: [],
    retry: 'idempotent',
    scopes: [APPEND, EDIT],
  },
  // Removing what is gone already is an error that would hide a success (contract 3.6).
  'albums.batchRemoveMediaItems': {
    verb: 'POST',
    path: '/v1/albums/{albumId}:batchRemoveMediaItems',
    query: [],
    retry: 'ifRefused',
    scopes: [EDIT],
  },
  // A blind retry makes a second album of the same title (contract 3.1).
  'albums.create': { verb: 'POST', path: '/v1/albums', query: [], retry: 'ifRefused', scopes: [APPEND] },
  'albums.get': { verb: 'GET', path: '/v1/albums/{albumId}', query: [], retry: 'read', scopes: [READ] },
  'albums.list': { verb: 'GET', path: '/v1/albums', query: LISTING, retry: 'read', scopes: [READ] },
  'albums.patch': {
    verb: 'PATCH',
    path: '/v1/albums/{id}',
    query: ['updateMask'],
    retry: 'idempotent',
    scopes: [EDIT],
  },
  'albums.share': {
    verb: 'POST',
    path: '/v1/albums/{albumId}:share',
    query: [],
    retry: 'ifRefused',
    scopes: [],
    removed: true,
  },
  'albums.unshare': {
    verb: 'POST',
    path: '/v1/albums/{albumId}:unshare',
    query: [],
    retry: 'ifRefused',
    scopes: [],
    removed: true,
  },
  // Identical bytes map to the same media item, so a second try after an unknown outcome adds nothing (contract 5.4).
  'mediaItems.batchCreate': {
    verb: 'POST',
    path: '/v1/mediaItems:batchCreate',
    query: [],
    retry: 'idempotent',
    scopes: [APPEND],
  },
  'mediaItems.batchGet': {
    verb: 'GET',
    path: '/v1/mediaItems:batchGet',
    query: ['mediaItemIds'],
    retry: 'read',
    scopes: [READ],
  },
  'mediaItems.get': { verb: 'GET', path: '/v1/mediaItems/{mediaItemId}', query: [], retry: 'read', scopes: [READ] },
  'mediaItems.list': {
    verb: 'GET',
    path: '/v1/mediaItems',
    query: ['pageSize', 'pageToken'],
    retry: 'read',
    scopes: [READ],
  },
  'mediaItems.patch': {
    verb: 'PATCH',
    path: '/v1/mediaItems/{id}',
    query: ['updateMask'],
    retry: 'idempotent',
    scopes: [EDIT],
  },
  'mediaItems.search': { verb: 'POST', path: '/v1/mediaItems:search', query: [], retry: 'read', scopes: [READ] },
  'sharedAlbums.get': {
    verb: 'GET',
    path: '/v1/sharedAlbums/{shareToken}',
    query: [],
    retry: 'read',
    scopes: [],
    removed: true,
  },
  'sharedAlbums.join': {
    verb: 'POST',
    path: '/v1/sharedAlbums:join',
    query: [],
    retry: 'ifRefused',
    scopes: [],
    removed: true,
  },
  'sharedAlbums.leave': {
    verb: 'POST',
    path: '/v1/sharedAlbums:leave',
    query: [],
    retry: 'ifRefused',
    scopes: [],
    removed: true,
  },
  'sharedAlbums.list': {
    verb: 'GET',
    path: '/v1/sharedAlbums',
    query: LISTING,
    retry: 'read',
    scopes: [],
    removed: true,
  },
};

/** Writes of one user must not overlap (contract 6.3). A search is a POST, and still a read. */
export function isWrite(spec: CallSpec): boolean {
  return spec.retry !== 'read';
}

/** A request in wire form. */
export interface WireForm {
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly body?: string;
}

/**
 * Sorts a request's members into path, query and body. Throws a RangeError naming the member when one that the path
 * needs is missing, or could climb out of its segment.
 */
export function toWire(spec: CallSpec, request: Readonly<Record<string, unknown>>): WireForm {
  const used = new Set(spec.query);
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name);
    return segment(name, request[name]);
  });
  const query = new URLSearchParams();
  for (const name of spec.query) {
    for (const value of [request[name]].flat()) {
      if (value !== undefined) query.append(name, String(value));
    }
  }
  const target = query.size > 0 ? `${path}?${query}` : path;
  if (spec.verb === 'GET' || spec.verb === 'DELETE') return { target };
  const body = Object.fromEntries(Object.entries(request).filter(([name]) => !used.has(name)));
  return { target, body: JSON.stringify(body) };
}

function segment(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '' || value === '.' || value === '..') {
    throw new RangeError(`${name} is not an id.`);
  }
  return encodeURIComponent(value);
}
