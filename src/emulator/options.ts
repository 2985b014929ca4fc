/** How an emulator is set up when its options (`emulator.d.ts`) do not say so. */
import type { Overrides } from './emulator.d.ts';

export const DEFAULT_OVERRIDES: Readonly<Overrides> = {
  partialStatus: 207,
  dedup: 'same',
  baseUrlSeconds: 3600,
  accessTokenSeconds: 3599,
  uploadTokenSeconds: 86_400,
  videoProcessingSeconds: 5,
  emptyPages: false,
  extraEmptyPage: false,
  repeatLastItem: false,
  storageFull: false,
  testingMode: false,
  invalidRapt: false,
  appBlocked: false,
  adminPolicyEnforced: false,
  disabledApis: [],
  noPhotosAccount: false,
  pickerPollSeconds: 5,
  pickerTimeoutSeconds: 1800,
  pickerSessionSeconds: 7 * 86_400,
  pickerSessions: 100,
  requestsPerDay: 10_000,
  mediaBytesPerDay: 75_000,
  writesPerMinute: Number.POSITIVE_INFINITY,
  writeMs: 10,
};

export const DEFAULT_SEED = 20_250_331;
