/** Everything that one person has, made for them alone: sign-in, client, and stores in a folder of their own. */
import { join } from 'node:path';
import type { Auth } from '../auth/auth.ts';
import type { Services, Transfers } from '../context/context.ts';
import { createGoogle } from '../google/client.ts';
import { systemClock } from '../google/clock.ts';
import { loopbackHosts } from '../google/hosts.ts';
import type { RequestCount } from '../google/request-count.ts';
import type { AllowedFolders } from '../media/allowed-folders.ts';
import { openLedger } from '../media/ledger/file-ledger.ts';
import { createImageCodecs } from '../media/sheets/codecs.ts';
import { AlbumFinder } from '../media/upload/album-finder.ts';
import { createFilePreviews } from '../organize/apply/file-previews.ts';
import { createFilePickerSessionStore } from '../picker/file-session-store.ts';
import { createPickerSessions } from '../picker/picker-sessions.ts';
import { createFetchers } from '../results/fetchers.ts';
import { createFileStore } from '../results/file-store.ts';
import { createResults } from '../results/results.ts';
import { createFileLeases } from '../storage/file-leases.ts';

export interface Person {
  /** What they call their account (`--account`). */
  readonly account: string;
  readonly auth: Auth;
  /** Of an emulator; Google's own where there is none. */
  readonly googleOrigin?: string;
  /** Absolute. People who share it have folders of their own in it. */
  readonly stateDir: string;
}

/** What the process has, whoever it works for. */
export interface Shared {
  readonly files: AllowedFolders;
  readonly requests: Pick<RequestCount, 'count'>;
}

type PersonServices = Pick<
  Services,
  'auth' | 'google' | 'results' | 'pickerSessions' | 'transfers' | 'previews' | 'pictures'
>;

/** Reads and writes nothing yet: starting must stay cheap. */
export function servicesOf(person: Person, { files, requests }: Shared): PersonServices {
  const { auth, googleOrigin: origin } = person;
  const hosts = origin === undefined ? undefined : loopbackHosts(origin);
  const google = createGoogle({ tokens: auth, hosts, onRequest: requests.count });
  const library = libraryOf(person);
  const folder = join(person.stateDir, 'accounts', library);
  const leases = createFileLeases(join(folder, 'leases'));
  const results = createResults(createFileStore(join(folder, 'results')), createFetchers(google));
  const store = createFilePickerSessionStore(join(folder, 'pickings'), leases);
  const pickerSessions = createPickerSessions({ google, store, clock: systemClock });
  const transfers = once((): Transfers => {
    const ledger = openLedger({ stateDir: folder, account: library });
    const albums = new AlbumFinder({ google, ledger, clock: systemClock, leases });
    const picked = { fetch: pickerSessions.fetch, spoolDir: join(folder, 'spool') };
    return { google, ledger, allowed: files, albums, clock: systemClock, picked };
  });
  const previews = once(() => createFilePreviews(join(folder, 'previews')));
  const pictures = once(() => ({ codecs: createImageCodecs(), picked: pickerSessions }));
  return { auth, google, results, pickerSessions, transfers, previews, pictures };
}

/** What an emulator holds must never be taken for what the person's own library holds. */
const libraryOf = ({ account, googleOrigin }: Person): string =>
  googleOrigin === undefined ? account : `${account}@emulator`;

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
