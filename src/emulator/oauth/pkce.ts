/** Proof key for code exchange (RFC 7636), method S256 only. */
import { createHash } from 'node:crypto';

/** Whether a challenge could be the base64url of a SHA-256. */
export const isChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** Whether this verifier was behind that challenge. */
export function verifies(verifier: string | undefined, challenge: string): boolean {
  if (!verifier || !/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return false;
  return createHash('sha256').update(verifier, 'ascii').digest('base64url') === challenge;
}
