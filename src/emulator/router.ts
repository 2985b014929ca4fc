/** Finds the route of a request. Verbs after a colon are part of the path (contract 1). */
import type { Exchange, Route } from './http.ts';

interface Compiled {
  route: Route;
  pattern: RegExp;
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

export type Router = (verb: string, pathname: string, exchange: Exchange) => Match | undefined;

/** The first route wins whose verb and path match and whose `when`, if it has one, agrees. */
export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map((route): Compiled => ({ route, pattern: compile(route.path) }));
  return (verb, pathname, exchange) => {
    // Google forgives `/v1/mediaItems/:search`, which clients in use send.
    const path = pathname.replaceAll(/%3A/gi, ':').replace('/:', ':');
    for (const { route, pattern } of compiled) {
      if (route.verb !== verb) continue;
      const groups = pattern.exec(path);
      if (!groups || route.when?.(exchange) === false) continue;
      return { route, params: decode(groups.groups ?? {}) };
    }
    return undefined;
  };
}

function compile(template: string): RegExp {
  const source = template
    .split(/(\{\w+\*?\})/)
    .map((part) => {
      const [, name, rest] = /^\{(\w+)(\*?)\}$/.exec(part) ?? [];
      if (!name) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return rest ? `(?<${name}>.+)` : `(?<${name}>[^/:]+)`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}

function decode(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeSafely(value)]));
}

function decodeSafely(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
