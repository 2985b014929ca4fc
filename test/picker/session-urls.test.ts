/** Lists of what was picked that do not get on (contract 14): every way to a URL ends with an answer, and soon. */
import { expect, test } from 'vitest';
import { createPickedBytes } from '../../src/picker/bytes.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import { clientOf, fakeClock, rejection, type Step, startScripted } from '../google/scripted.ts';

const MISSING: PickedItemEntry = {
  kind: 'pickedItem',
  id: 'missing',
  sessionId: 's',
  filename: 'a.jpg',
  type: 'photo',
  mimeType: 'image/jpeg',
};

const page = (ids: string[], nextPageToken?: string): Step => ({
  json: { mediaItems: ids.map((id) => ({ id, type: 'PHOTO', mediaFile: { baseUrl: 'x' } })), nextPageToken },
});

async function pickedOn(...steps: Step[]) {
  const server = await startScripted(...steps);
  const clock = fakeClock();
  const bytes = createPickedBytes(clientOf(server.origin, { clock }), clock, async () => 'gone');
  return { server, clock, bytes };
}

/** Answers without end, each with a token of its own. */
const endless = (items: (n: number) => { id: string }[], pass = () => {}): Step => {
  let n = 0;
  return (_, response) => {
    n += 1;
    pass();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ mediaItems: items(n), nextPageToken: `t${n}` }));
  };
};

test('a token that repeats itself', async () => {
  const { server, bytes } = await pickedOn(page(['a', 'b'], 'again'));
  expect(await rejection(bytes.urls('s').all())).toMatchObject({
    code: 'listStuck',
    message: expect.stringContaining('list of picked items does not get on: after 2 picked items'),
  });
  expect(server.seen).toHaveLength(2);
  expect(await rejection(bytes.fetch(MISSING))).toMatchObject({ code: 'listStuck' });
  // Both pages are fresh, so that none is listed again.
  expect(server.seen).toHaveLength(2);
});

test('the same, by who looks for an item that nothing is known of', async () => {
  const { server, bytes } = await pickedOn(page(['a', 'b'], 'again'));
  expect(await rejection(bytes.fetch(MISSING))).toMatchObject({ code: 'listStuck' });
  expect(server.seen).toHaveLength(2);
});

test('an empty token is none', async () => {
  const { server, bytes } = await pickedOn(page(['a', 'b'], ''));
  expect(await bytes.urls('s').all()).toHaveLength(2);
  expect(server.seen).toHaveLength(1);
  expect(await rejection(bytes.fetch(MISSING))).toMatchObject({ reason: 'notFound' });
  expect(server.seen).toHaveLength(1);
});

test('empty pages without end', async () => {
  for (const ask of [
    (bytes: ReturnType<typeof createPickedBytes>) => bytes.urls('s').all(),
    (bytes: ReturnType<typeof createPickedBytes>) => bytes.fetch(MISSING),
  ]) {
    const { server, bytes } = await pickedOn(endless(() => []));
    expect(await rejection(ask(bytes))).toMatchObject({ code: 'listStuck' });
    expect(server.seen).toHaveLength(200);
  }
});

test('new items without end: until the time of a call is over', async () => {
  for (const ask of [
    (bytes: ReturnType<typeof createPickedBytes>) => bytes.urls('s').all(),
    (bytes: ReturnType<typeof createPickedBytes>) => bytes.fetch(MISSING),
  ]) {
    const server = await startScripted();
    const clock = fakeClock();
    const bytes = createPickedBytes(clientOf(server.origin, { clock }), clock, async () => 'gone');
    server.script(
      endless(
        (n) => [{ id: `item${n}` }],
        () => void clock.sleep(1_000),
      ),
    );
    expect(await rejection(ask(bytes))).toMatchObject({ code: 'listTooLong' });
    expect(server.seen).toHaveLength(50);
  }
});

test('an item that two pages have comes once', async () => {
  const { bytes } = await pickedOn(page(['a', 'b'], 'more'), page(['b', 'c']));
  expect((await bytes.urls('s').all()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});
