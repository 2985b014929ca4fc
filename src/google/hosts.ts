/**
 * Where each kind of traffic goes, and the only rule that decides which addresses may see the bearer token.
 * Everything is compared by whole origin (scheme, host and port), so look-alike hosts, other ports and plain http fail.
 */

export interface Hosts {
  /** Origin of the Library API and of uploads. */
  readonly library: string;
  /** Origin of the Picker API. */
  readonly picker: string;
  /** Origins to which `Authorization` may be sent. */
  readonly bearer: readonly string[];
  /** Origins from which a base URL may be fetched (contract 4.8, 8.5). */
  readonly media: readonly string[];
  /** Origins to which a media host may redirect; they never see the bearer (`=dv` answers this way). */
  readonly mediaRedirects: readonly string[];
}

const LIBRARY = 'https://photoslibrary.googleapis.com';
const PICKER = 'https://photospicker.googleapis.com';
const IMAGES = 'https://lh3.googleusercontent.com';
const OTHER_IMAGES = [4, 5, 6].map((n) => `https://lh${n}.googleusercontent.com`);
const VIDEOS = 'https://video-downloads.googleusercontent.com';

export const googleHosts: Hosts = {
  library: LIBRARY,
  picker: PICKER,
  bearer: [LIBRARY, PICKER, IMAGES],
  media: [IMAGES, ...OTHER_IMAGES],
  mediaRedirects: [IMAGES, ...OTHER_IMAGES, VIDEOS],
};

/** 127.0.0.0/8, ::1 or localhost. The host name as `URL` gives it, which has already normalised `0x7f.1` and the like. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/**
 * All traffic to one emulator. Throws a RangeError for anything but a bare loopback origin: the option must never become
 * a way to send a person's photos and token to another machine.
 */
export function loopbackHosts(origin: string): Hosts {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (!url || !bare || !['http:', 'https:'].includes(url.protocol) || !isLoopback(url.hostname)) {
    throw new RangeError(
      'The Google origin must be a loopback address such as http://127.0.0.1:8080, without a path or user name.',
    );
  }
  const only = [url.origin];
  return { library: url.origin, picker: url.origin, bearer: only, media: only, mediaRedirects: only };
}

export function mayCarryBearer(hosts: Hosts, url: URL): boolean {
  return isAt(hosts.bearer, url);
}

export function isMediaUrl(hosts: Hosts, url: URL): boolean {
  return isAt(hosts.media, url);
}

export function isMediaRedirect(hosts: Hosts, url: URL): boolean {
  return isAt(hosts.mediaRedirects, url);
}

/** `blob:` URLs inherit the origin of what they wrap, hence the protocol; user info is a phisher's trick, hence refused. */
function isAt(origins: readonly string[], url: URL): boolean {
  const plain = (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password;
  return plain && origins.includes(url.origin);
}
