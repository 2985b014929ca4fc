/** Lists that do not end, do not get on, or repeat themselves (contract 1.2, 10.1, 14). */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/app-error.ts';
import { albumItems, listAlbums, listAllAlbums, sameTitle, titleKey } from '../../src/google/albums.ts';
import { collect, type FetchPage, itemsOf, type Page, pages } from '../../src/google/pages.ts';
import { clientOf, fakeClock, rejection, type Scripted, startScripted } from './scripted.ts';

interface Item {
  id: string;
}

const items = (...ids: string[]): Item[] => ids.map((id) => ({ id }));

/** Pages in order; what is asked of them, and with how much time. */
function listOf(...replies: Page<Item>[]) {
  const asked: (string | undefined)[] = [];
  const fetchPage: FetchPage<Item> = async (pageToken) => {
    asked.push(pageToken);
    return replies[Math.min(asked.length, replies.length) - 1] ?? { items: [] };
  };
  return { asked, fetchPage };
}

/** What was yielded before the end, and the error if there was one. */
async function readAll<T>(list: AsyncIterable<T>): Promise<{ read: T[]; error?: unknown }> {
  const read: T[] = [];
  try {
    for await (const item of list) read.push(item);
    return { read };
  } catch (error) {
    return { read, error };
  }
}

describe('pages', () => {
  it('follow the token to the last page', async () => {
    const { asked, fetchPage } = listOf({ items: items('a', 'b'), next: 't1' }, { items: items('c') });
    expect(await collect(pages(fetchPage, { noun: 'album' }))).toEqual([items('a', 'b'), items('c')]);
    expect(asked).toEqual([undefined, 't1']);
  });

  it('end at an empty token as at none', async () => {
    const { asked, fetchPage } = listOf({ items: items('a'), next: '' });
    expect(await collect(itemsOf(pages(fetchPage, { noun: 'album' })))).toEqual(items('a'));
    expect(asked).toHaveLength(1);
  });

  it('leave out the item that the page before ended with', async () => {
    const { fetchPage } = listOf({ items: items('a', 'b'), next: 't1' }, { items: items('b', 'c') });
    expect(await collect(itemsOf(pages(fetchPage, { noun: 'album' })))).toEqual(items('a', 'b', 'c'));
  });

  it('go on over eighty empty ones', async () => {
    const empty = Array.from({ length: 80 }, (_, index) => ({ items: [], next: `t${index}` }));
    const { asked, fetchPage } = listOf(...empty, { items: items('a') });
    expect(await collect(itemsOf(pages(fetchPage, { noun: 'album' })))).toEqual(items('a'));
    expect(asked).toHaveLength(81);
  });

  it('stop at a token that comes again, with what was read', async () => {
    const { asked, fetchPage } = listOf({ items: items('a'), next: 't1' }, { items: items('b'), next: 't1' });
    const { read, error } = await readAll(itemsOf(pages(fetchPage, { noun: 'album' })));
    expect(read).toEqual(items('a', 'b'));
    expect(asked).toEqual([undefined, 't1']);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'listStuck',
      message:
        "Google's list of albums does not get on: after 2 albums it gave the same page, or empty ones, again and again.",
      retryable: true,
    });
  });

  it('stop at tokens that go in a circle', async () => {
    const { asked, fetchPage } = listOf(
      { items: items('a'), next: 't1' },
      { items: items('b'), next: 't2' },
      { items: items('c'), next: 't1' },
    );
    const { error } = await readAll(pages(fetchPage, { noun: 'album' }));
    expect(error).toMatchObject({ code: 'listStuck' });
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['empty', []],
    ['what is known already', items('a')],
  ])('stop after 200 pages of nothing new: %s', async (_, again) => {
    let requests = 0;
    const fetchPage: FetchPage<Item> = async () => {
      requests++;
      return { items: requests === 1 ? items('a') : again, next: `t${requests}` };
    };
    const { read, error } = await readAll(itemsOf(pages(fetchPage, { noun: 'media item' })));
    expect(read).toEqual(items('a'));
    expect(requests).toBe(201);
    expect(error).toMatchObject({ code: 'listStuck', message: expect.stringContaining('after 1 media item it') });
  });

  it('stop when the time is over, with what was read and a way on', async () => {
    const clock = fakeClock();
    const given: (number | undefined)[] = [];
    let requests = 0;
    const fetchPage: FetchPage<Item> = async (_, { budgetMs }) => {
      given.push(budgetMs);
      await clock.sleep(20_000);
      requests++;
      return { items: items(`a${requests}`), next: `t${requests}` };
    };
    const list = pages(fetchPage, { noun: 'album', next: 'Do it otherwise.', clock });
    const { read, error } = await readAll(itemsOf(list));
    expect(read).toEqual(items('a1', 'a2', 'a3'));
    expect(given).toEqual([50_000, 30_000, 10_000]);
    expect(error).toMatchObject({
      code: 'listTooLong',
      message:
        "Google's list of albums is too long for one call: 3 albums were read when the time was over, and there are more.",
      next: 'Do it otherwise.',
    });
  });

  it('give the last page of a list its five seconds, and a list of one page no end', async () => {
    const clock = fakeClock();
    const given: (number | undefined)[] = [];
    const fetchPage: FetchPage<Item> = async (pageToken, { budgetMs }) => {
      given.push(budgetMs);
      await clock.sleep(48_000);
      return { items: items(pageToken ?? 'first'), next: pageToken === undefined ? 't1' : undefined };
    };
    expect(await collect(itemsOf(pages(fetchPage, { noun: 'album', clock })))).toEqual(items('first', 't1'));
    expect(given).toEqual([50_000, 5_000]);
  });

  it('have no end of time where a person watches', async () => {
    const clock = fakeClock();
    let requests = 0;
    const fetchPage: FetchPage<Item> = async () => {
      await clock.sleep(60_000);
      requests++;
      return { items: items(`a${requests}`), next: requests < 100 ? `t${requests}` : undefined };
    };
    const list = pages(fetchPage, { noun: 'album', clock, budgetMs: Number.POSITIVE_INFINITY });
    expect(await collect(itemsOf(list))).toHaveLength(100);
  });
});

const tokensOf = ({ seen, origin }: Scripted) =>
  seen.map(({ target }) => new URL(target, origin).searchParams.get('pageToken'));

describe('albums over the wire', () => {
  it('are read fifty at a time, every page of them', async () => {
    const server = await startScripted(
      { json: { albums: [{ id: 'a', title: 'One' }], nextPageToken: 't1' } },
      { json: { nextPageToken: 't2' } },
      { json: { albums: [{ id: 'b', title: 'Two' }] } },
    );
    const albums = await listAllAlbums(clientOf(server.origin));
    expect(albums.map(({ title }) => title)).toEqual(['One', 'Two']);
    expect(tokensOf(server)).toEqual([null, 't1', 't2']);
    expect(server.seen[0]?.target).toBe('/v1/albums?pageSize=50');
  });

  it('cost no more requests than are looked at', async () => {
    const server = await startScripted({ json: { albums: [{ id: 'a' }], nextPageToken: 't1' } });
    for await (const { id } of listAlbums(clientOf(server.origin))) {
      expect(id).toBe('a');
      break;
    }
    expect(server.seen).toHaveLength(1);
  });

  it('cost two requests at a server that ignores the token', async () => {
    const server = await startScripted({ json: { albums: [{ id: 'a' }], nextPageToken: 't1' } });
    expect(await rejection(listAllAlbums(clientOf(server.origin)))).toMatchObject({ code: 'listStuck' });
    expect(server.seen).toHaveLength(2);
  });

  it('have their content in order, a hundred at a time', async () => {
    const server = await startScripted(
      { json: { mediaItems: [{ id: 'm2' }, { id: 'm1' }], nextPageToken: 't1' } },
      { json: { mediaItems: [{ id: 'm1' }, { id: 'm3' }] } },
    );
    const found = await collect(albumItems(clientOf(server.origin), 'al'));
    expect(found.map(({ id }) => id)).toEqual(['m2', 'm1', 'm3']);
    expect(server.seen.map(({ body }) => JSON.parse(body.toString()))).toEqual([
      { albumId: 'al', pageSize: 100 },
      { albumId: 'al', pageSize: 100, pageToken: 't1' },
    ]);
  });

  it('give up on a page whose wait would be longer than the time of the list', async () => {
    const server = await startScripted({ status: 429, json: {}, headers: { 'retry-after': '30' } });
    const clock = fakeClock();
    const list = listAllAlbums(clientOf(server.origin, { clock }), { budgetMs: 20_000 });
    expect(await rejection(list)).toMatchObject({ reason: 'quotaMinute', retryAfterSeconds: 30 });
    expect(clock.slept).toEqual([]);
  });
});

describe('two titles', () => {
  it.each([
    ['Zürich', 'Zu\u0308rich', true],
    [' Zürich ', 'Zürich', true],
    ['Zürich', 'zürich', false],
    ['Zürich', 'Zurich', false],
    [undefined, '', true],
  ])('%j and %j', (one, other, same) => {
    expect(sameTitle(one, other)).toBe(same);
    expect(titleKey(one) === titleKey(other)).toBe(same);
  });
});
