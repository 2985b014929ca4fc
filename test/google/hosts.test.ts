/** The one rule on who may see the bearer token, and whence media may come. */
import { expect, test } from 'vitest';
import { googleHosts, isMediaRedirect, isMediaUrl, loopbackHosts, mayCarryBearer } from '../../src/google/hosts.ts';

test.each([
  'https://photoslibrary.googleapis.com/v1/albums',
  'https://photospicker.googleapis.com/v1/sessions',
  'https://lh3.googleusercontent.com/ppa/x=d',
  'https://photoslibrary.googleapis.com:443/v1/albums',
])('the token may go to %s', (url) => {
  expect(mayCarryBearer(googleHosts, new URL(url))).toBe(true);
});

test.each([
  'http://photoslibrary.googleapis.com/v1/albums',
  'http://lh3.googleusercontent.com/x',
  'https://lh3.googleusercontent.com.evil.test/x',
  'https://evil.test/lh3.googleusercontent.com',
  'https://evil-lh3.googleusercontent.com/x',
  'https://x.lh3.googleusercontent.com/x',
  'https://x.bc.googleusercontent.com/x',
  'https://sites.googleusercontent.com/x',
  'https://video-downloads.googleusercontent.com/x',
  'https://lh3.googleusercontent.com:8443/x',
  'https://lh3.googleusercontent.com./x',
  'https://lh3.googleusercontent.com@evil.test/x',
  'https://user:pass@photoslibrary.googleapis.com/v1',
  'https://photoslibrary.googleapis.com%2eevil.test/x',
  'https://storage.googleapis.com/x',
  'https://evilgoogleapis.com/x',
  'blob:https://photoslibrary.googleapis.com/x',
  'ftp://photoslibrary.googleapis.com/x',
  'http://127.0.0.1:8080/v1/albums',
])('the token never goes to %s', (url) => {
  expect(URL.canParse(url) && mayCarryBearer(googleHosts, new URL(url))).toBe(false);
});

test('on an emulator it goes to that origin and nowhere else, least of all to Google', () => {
  const hosts = loopbackHosts('http://127.0.0.1:8080');
  expect(mayCarryBearer(hosts, new URL('http://127.0.0.1:8080/v1/albums'))).toBe(true);
  for (const url of [
    'http://127.0.0.1:8081/v1/albums',
    'http://localhost:8080/v1/albums',
    'https://127.0.0.1:8080/v1/albums',
    'https://photoslibrary.googleapis.com/v1/albums',
    'https://lh3.googleusercontent.com/x',
  ]) {
    expect(mayCarryBearer(hosts, new URL(url))).toBe(false);
    expect(isMediaUrl(hosts, new URL(url))).toBe(false);
  }
});

test.each(['http://127.0.0.1:8080', 'http://127.5.5.5', 'http://localhost:1', 'http://[::1]:9', 'https://localhost'])(
  'the emulator may be at %s',
  (origin) => {
    expect(loopbackHosts(origin).library).toBe(origin);
  },
);

test.each([
  'http://192.168.0.2:8080',
  'https://photoslibrary.googleapis.com',
  'http://127.0.0.1.evil.test',
  'http://localhost.evil.test',
  'http://0.0.0.0:80',
  'http://[::]:80',
  'http://127.0.0.1:8080/path',
  'http://127.0.0.1:8080/?q',
  'http://user@127.0.0.1:8080',
  'file:///tmp',
  'localhost:8080',
  '',
])('the emulator may not be at %j', (origin) => {
  expect(() => loopbackHosts(origin)).toThrow(RangeError);
});

test('media come from the image hosts; videos may be redirected to their own host', () => {
  expect(isMediaUrl(googleHosts, new URL('https://lh3.googleusercontent.com/lr/x=d'))).toBe(true);
  expect(isMediaUrl(googleHosts, new URL('https://video-downloads.googleusercontent.com/x'))).toBe(false);
  expect(isMediaRedirect(googleHosts, new URL('https://video-downloads.googleusercontent.com/x'))).toBe(true);
  expect(isMediaRedirect(googleHosts, new URL('https://evil.test/x'))).toBe(false);
});
