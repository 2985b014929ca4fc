/**
 * OAuth clients are not registered here: any id is a Desktop app's, with any secret. What goes wrong with real ones is told
 * by the id's or the secret's first word, so that setups can be broken on purpose from outside.
 */

/** Kinds of client id: Desktop (any other id), `web-…` a Web application, `deleted-…` one that is gone. */
export type ClientKind = 'desktop' | 'web' | 'deleted';

export function kindOfClient(clientId: string): ClientKind {
  if (clientId.startsWith('web-')) return 'web';
  return clientId.startsWith('deleted-') ? 'deleted' : 'desktop';
}

/** A secret that starts with `wrong` is not this client's, and neither is an empty one. */
export const isSecretAccepted = (secret: string): boolean => secret !== '' && !secret.startsWith('wrong');

/**
 * Whether sign-in may lead back there: a loopback address on any port for Desktop clients (contract 9), nothing for Web
 * clients, whose loopback redirect no project registered. Pasting a code from Google's own page (`urn:…:oob`) is dead.
 */
export function isRedirectAllowed(clientId: string, redirectUri: string): boolean {
  if (kindOfClient(clientId) !== 'desktop' || !URL.canParse(redirectUri)) return false;
  const { protocol, hostname, hash, username } = new URL(redirectUri);
  return (
    protocol === 'http:' && hash === '' && username === '' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  );
}
