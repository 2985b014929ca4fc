/**
 * Base URLs: links to bytes that say by themselves what they show and until when, signed so that a client cannot make one up.
 * `media/` serves them. They live under this origin's `/lr/` as Google's do under `lh3.googleusercontent.com/lr/` (contract 1.1, 4.8).
 */
import { createHmac } from 'node:crypto';
import type { Deps } from './deps.ts';
import type { ProjectId } from './model.ts';

export interface BaseUrlTarget {
  /** `item`: a Library item, public until it expires. `placeholder`: cover of an empty album. `profile`: a contributor's picture, `id` is the name. `picked`: a Picker item, bytes only with a bearer (contract 8.5). */
  kind: 'item' | 'placeholder' | 'profile' | 'picked';
  id: string;
  /** The project that asked: fetches count against its quota. */
  project: ProjectId;
}

type SignedDeps = Pick<Deps, 'clock' | 'overrides' | 'secret'>;

/** A URL that needs a suffix such as `=w256-h256` (contract 4.8). @param origin as the client reached us, without a slash at the end. */
export function mintBaseUrl(deps: SignedDeps, origin: string, { kind, id, project }: BaseUrlTarget): string {
  const expires = Math.floor(deps.clock.now() / 1000) + deps.overrides.baseUrlSeconds;
  const claim = Buffer.from(JSON.stringify([kind, id, project, expires])).toString('base64url');
  return `${origin}/lr/${sign(deps, claim)}${claim}`;
}

/** What the opaque part of a base URL stands for; undefined when we never made it. */
export function readBaseUrl(deps: SignedDeps, opaque: string): (BaseUrlTarget & { expired: boolean }) | undefined {
  const claim = opaque.slice(SIGNATURE_LENGTH);
  if (opaque.slice(0, SIGNATURE_LENGTH) !== sign(deps, claim)) return undefined;
  const [kind, id, project, expires] = JSON.parse(Buffer.from(claim, 'base64url').toString('utf8'));
  return { kind, id, project, expired: expires * 1000 <= deps.clock.now() };
}

const SIGNATURE_LENGTH = 22;

function sign({ secret }: SignedDeps, claim: string): string {
  return createHmac('sha256', secret).update(claim).digest('base64url').slice(0, SIGNATURE_LENGTH);
}
