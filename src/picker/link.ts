/** The link to Google's picker: what is opened in a person's browser must be Google's, or the emulator's, and nothing else. */
import { GoogleError } from '../google/errors.ts';
import { isLoopback } from '../google/hosts.ts';

/** @throws GoogleError for an address that must not be opened. */
export function safePickerUri(address: string | undefined): string {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  const isGoogles = url?.protocol === 'https:' && url.host.endsWith('.google.com');
  const isEmulators = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (url && !url.username && !url.password && (isGoogles || isEmulators)) return url.href;
  throw new GoogleError({
    method: 'picker.sessions.create',
    reason: 'unexpected',
    message: `Google's picker is at an address that is not opened: ${url?.host ?? 'none'}.`,
  });
}

/** The page that closes itself after Done: for a browser on this machine, not for a phone (contract 8.2). */
export function selfClosing(pickerUri: string): string {
  const url = new URL(pickerUri);
  url.pathname += '/autoclose';
  return url.href;
}
