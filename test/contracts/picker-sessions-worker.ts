/** What a process of its own does with picker sessions in `pickerSessionsContract`. Without vitest, so that it can be bundled. */
import type { NewPickerSession, PickerSessionStore } from '../../src/picker/session-store.ts';

export const session = (more: Partial<NewPickerSession> = {}): NewPickerSession => ({
  sessionId: 'session-1',
  pickerUri: 'https://photos.google.com/picker/x',
  state: 'choosing',
  createdAt: 1_795_000_000_000,
  pollUntil: 1_795_001_800_000,
  expiresAt: 1_795_604_800_000,
  ...more,
});

/** Counts up in one session without end, or, where none is named, makes sessions without end; prints what is kept. */
export async function workOn(store: PickerSessionStore, handle?: string): Promise<never> {
  for (;;) {
    const kept =
      handle === undefined
        ? (await store.create(session({ copied: Array.from({ length: 2_000 }, (_, n) => `item-${n}`) }))).handle
        : (await store.update(handle, (before) => ({ ...before, count: (before.count ?? 0) + 1 }))).count;
    process.stdout.write(`${kept}\n`);
  }
}
