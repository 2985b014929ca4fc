/** Picking without MCP: an emulator, a signed-in client, a state folder, a clock that passes only when the code sleeps. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { startEmulator } from '../../src/emulator/start.ts';
import { createGoogle } from '../../src/google/client.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';
import { createFilePickerSessionStore } from '../../src/picker/file-session-store.ts';
import { createPickerSessions } from '../../src/picker/picker-sessions.ts';
import { createFileLeases } from '../../src/storage/file-leases.ts';
import { fakeClock } from '../google/scripted.ts';

const START = Date.parse('2026-11-23T09:00:00Z');

export async function startPicking(options: EmulatorOptions = {}) {
  // The emulator's clock is the client's: what passes for one passes for the other.
  const clock = fakeClock({ start: START });
  const emulator = await startEmulator({ library: 'empty', accessToken: 'T', now: () => clock.now(), ...options });
  onTestFinished(() => emulator.close());
  const folder = mkdtempSync(join(tmpdir(), 'pickings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const tokens = { accessToken: async () => 'T', invalidate: () => undefined };
  const google = createGoogle({ hosts: loopbackHosts(emulator.origin), tokens, clock });
  const post = async (path: string, body: unknown = {}) => {
    const reply = await fetch(`${emulator.origin}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  };
  return {
    emulator,
    folder,
    clock,
    google,
    /** What a fresh process would have: the same folder, nothing in memory. */
    openSessions() {
      const store = createFilePickerSessionStore(join(folder, 'pickings'), createFileLeases(join(folder, 'leases')));
      return createPickerSessions({ google, store, clock });
    },
    /** The person presses Done. */
    choose: (sessionId: string, items: string[]) => post(`/picker/${sessionId}/done`, { items }),
    cancel: (sessionId: string) => post(`/picker/${sessionId}/cancel`),
    faults: (rules: unknown[]) => post('/_emulator/faults', rules),
    async requests(): Promise<Record<string, number>> {
      const reply = await fetch(`${emulator.origin}/_emulator/requests`);
      return ((await reply.json()) as { methods: Record<string, number> }).methods;
    },
    /** Puts photos into the library that no app made. @returns their ids, the first the newest. */
    photos: (count: number) => Array.from({ length: count }, (_, index) => put(emulator, index)),
    video(readyAt: number): string {
      const id = put(emulator, 9000, {
        filename: 'film.mov',
        mimeType: 'video/quicktime',
        photo: undefined,
        video: { durationSeconds: 1, readyAt },
      });
      return id;
    },
  };
}

type Stored = Parameters<Awaited<ReturnType<typeof startEmulator>>['state']['items']['add']>[0];

function put(emulator: Awaited<ReturnType<typeof startEmulator>>, index: number, more: Partial<Stored> = {}): string {
  const id = `item${String(index).padStart(6, '0')}${'-'.repeat(50)}`;
  emulator.state.items.add({
    id,
    filename: `IMG_${index}.jpg`,
    description: '',
    mimeType: 'image/jpeg',
    captureTime: new Date(Date.UTC(2024, 6, 14) - index * 60_000).toISOString(),
    uploadTime: '2024-07-15T00:00:00Z',
    width: 16,
    height: 12,
    sha256: `sha-${index}`,
    appProject: null,
    favorite: false,
    archived: false,
    categories: [],
    content: { kind: 'scene', scene: 'beach', seed: index },
    photo: {},
    ...more,
  });
  return id;
}
