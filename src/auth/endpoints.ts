/** Google's OAuth endpoints (contract 9), or an emulator's under one origin. */

export interface Endpoints {
  /** Where grants come from: `google`, or the emulator's host and port. A grant of one is never shown to another. */
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly revocation: string;
}

export const googleEndpoints: Endpoints = {
  issuer: 'google',
  authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  revocation: 'https://oauth2.googleapis.com/revoke',
};

/** Throws a RangeError unless the origin is a loopback address. */
export function loopbackEndpoints(origin: string): Endpoints {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const isLoopback = /^(localhost|\[::1\]|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(url?.hostname ?? '');
  if (!url || !isLoopback || url.username || url.password || !/^https?:$/.test(url.protocol)) {
    throw new RangeError('The Google origin must be a loopback address such as http://127.0.0.1:8080.');
  }
  return {
    issuer: url.host,
    authorization: `${url.origin}/o/oauth2/v2/auth`,
    token: `${url.origin}/token`,
    revocation: `${url.origin}/revoke`,
  };
}

/** Of an emulator, or of Google where none is named. */
export const endpointsOf = (origin: string | undefined): Endpoints =>
  origin === undefined ? googleEndpoints : loopbackEndpoints(origin);
