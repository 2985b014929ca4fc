/** What a stand-in for Google says of itself, in the document that every OpenID provider has. */
import { fromWire, type Scope } from './scopes.ts';

/** It is on this machine: it answers at once, or it is not there. */
const TIMEOUT_MS = 1000;

/** Photos scopes that it names as supported; none when it cannot be reached. Google itself names only `openid` and the like. */
export async function supportedScopes(origin: string): Promise<Scope[]> {
  try {
    const response = await fetch(`${origin}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { scopes_supported: named } = (await response.json()) as { scopes_supported?: unknown };
    return Array.isArray(named) ? fromWire(named.join(' ')) : [];
  } catch {
    return [];
  }
}
