import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { savePart } from '../../src/media/parts.ts';
import { upload } from '../../src/media/upload/upload.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import { jpeg, openFixture, temporaryFolder, write } from './harness.ts';

const HOUR = 3_600_000;

describe('a part', () => {
  it('is gone as soon as its way has ended, at whatever moment that is, and does not come back', async () => {
    const folder = temporaryFolder();
    const endless = () => new ReadableStream({ pull: (out) => out.enqueue(new Uint8Array(20_000)) });
    const moments = [
      (stop: () => void) => stop(),
      process.nextTick,
      setImmediate,
      (stop: () => void) => setTimeout(stop),
    ];
    for (let round = 0; round < 400; round++) {
      const stop = new AbortController();
      const saved = savePart(new Response(endless()), folder, { signal: stop.signal });
      moments[round % moments.length]?.(() => stop.abort());
      await expect(saved).rejects.toThrow('aborted');
      expect(readdirSync(folder)).toEqual([]);
    }
    // Whatever was begun before is done by the time that a later request of the same kind is.
    await savePart(new Response('last'), folder, { signal: new AbortController().signal });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('cancels an answer for which there is no folder', async () => {
    const cancelled: unknown[] = [];
    const body = new ReadableStream({ cancel: (reason) => void cancelled.push(reason) });
    const { signal } = new AbortController();
    await expect(savePart(new Response(body), join(temporaryFolder(), 'no'), { signal })).rejects.toThrow('ENOENT');
    expect(cancelled).toHaveLength(1);
  });
});

describe('the way of picked photos', () => {
  it('is swept of what killed processes left a day ago, not of what another may be sending', async () => {
    const fixture = await openFixture();
    const spoolDir = join(fixture.stateDir, 'spool');
    const left = { 'a.spool': 25, '.google-photos-mcp-999999-0123456789ab.part': 25, 'b.spool': 23 };
    for (const [name, hours] of Object.entries(left)) {
      const time = new Date(Date.now() - hours * HOUR);
      utimesSync(write(join(spoolDir, name), 'a photo'), time, time);
    }
    const picked: PickedItemEntry = {
      kind: 'pickedItem',
      id: 'p1',
      sessionId: 's',
      filename: 'a.jpg',
      type: 'photo',
      mimeType: 'image/jpeg',
    };
    const fetch = async () => new Response(new Uint8Array(jpeg('picked')));
    const { counts } = await upload({ from: [picked] }, { ...fixture.deps(), picked: { fetch, spoolDir } });
    expect(counts.uploaded).toBe(1);
    expect(readdirSync(spoolDir)).toEqual(['b.spool']);
  });
});
