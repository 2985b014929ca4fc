/** Google's lists that do not get on (contract 14): every tool that reads one whole ends with an answer, and soon. */
import { beforeEach, expect, test } from 'vitest';
import { type Scripted, startScripted } from '../google/scripted.ts';
import { startSystem } from '../harness/system.ts';

let google: Scripted;
beforeEach(async () => {
  google = await startScripted({ json: { albums: [{ id: 'a1', title: 'Old' }], nextPageToken: 'again' } });
});

const WHAT =
  "Google's list of albums does not get on: after 1 album it gave the same page, or empty ones, again and again.";

test('a preview, the albums as a resource, and a suggestion cost two requests each', async () => {
  const system = await startSystem({ config: { googleOrigin: google.origin } });
  try {
    const preview = await system.call('organize_preview', { albums: [{ title: 'New', items: ['m1'] }] });
    expect(preview).toMatchObject({ isError: true, data: { error: { code: 'listStuck', retryable: true } } });
    expect(preview.text).toBe(`${WHAT}\nCall again in a few minutes.`);
    expect(google.seen).toHaveLength(2);
    await expect(system.client.readResource({ uri: 'gphotos://albums' })).rejects.toThrow(WHAT);
    expect(google.seen).toHaveLength(4);
    const ref = { type: 'ref/prompt' as const, name: 'pick_album' };
    const suggested = await system.client.complete({ ref, argument: { name: 'title', value: '' } });
    expect(suggested.completion.values).toEqual([]);
    expect(google.seen).toHaveLength(6);
  } finally {
    await system.stop();
  }
});
