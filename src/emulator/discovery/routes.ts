/** Where client libraries look for the discovery document; it may be read without a token. */
import type { Exchange, Reply, Route } from '../http.ts';
import { discoveryDocument } from './document.ts';

/** Counted as `discovery.getRest`. */
export function discoveryRoutes(): Route[] {
  const route = { name: 'discovery.getRest', verb: 'GET', handle: describe } as const;
  return [
    { ...route, path: '/$discovery/rest', when: isFirstVersion },
    { ...route, path: '/discovery/v1/apis/photoslibrary/v1/rest' },
  ];
}

const isFirstVersion = ({ url }: Exchange): boolean => (url.searchParams.get('version') ?? 'v1') === 'v1';

const describe = ({ url }: Exchange): Reply => ({ json: discoveryDocument(url.origin) });
