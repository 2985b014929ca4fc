/** The steps of the demo, for any connected client. Each throws when what should have happened did not. */
import type { Client } from '@modelcontextprotocol/client';

export type Say = (text?: string) => void;

interface Item {
  n: number;
  filename: string;
}

/** What structured content has, as far as the tour looks. */
interface Data {
  result: string;
  total?: number;
  items: Item[];
  nextPageToken?: string;
  nextResource?: string;
  album: { id: string; title: string; count: number; coverPhotoMediaItemId?: string; productUrl?: string };
  reference: string;
  added: number;
}

export async function tour(client: Client, say: Say): Promise<void> {
  const call = async (tool: string, input: Record<string, unknown> = {}): Promise<Data> => {
    say(`\n› ${tool} ${JSON.stringify(input)}`);
    const { content, structuredContent, isError } = await client.callTool({ name: tool, arguments: input });
    const texts = content.flatMap((block) => (block.type === 'text' ? block.text.split('\n') : []));
    if (isError) throw new Error(`${tool}: ${texts.join(' ')}`);
    for (const line of [...texts.slice(0, SHOWN_LINES), ...(texts.length > SHOWN_LINES ? ['…'] : [])]) say(`  ${line}`);
    return structuredContent as unknown as Data;
  };

  const { tools } = await client.listTools();
  heading(say, `Google Photos for assistants: ${tools.length} tools, signed in to a built-in emulator`);

  heading(say, 'What is there?');
  const albums = await call('albums_list');
  check(albums.items.length >= 6, 'the demo library has six albums');

  heading(say, 'The Lisbon trip, July 2024');
  const trip = await call('media_items_search', { dates: ['2024-07'], mediaType: 'PHOTO', pageSize: 10 });
  check(trip.items.length === 10 && trip.nextPageToken !== undefined, 'the search fills more than one page');

  heading(say, 'Turn the page: by token, and as a resource');
  const second = await call('media_items_search', { pageToken: trip.nextPageToken });
  check(second.items[0]?.n === 11, 'page 2 starts with #11');
  const read = await client.readResource({ uri: second.nextResource ?? '' });
  const [third] = read.contents;
  check(third !== undefined && 'text' in third && third.text.includes('"n":21'), 'the resource is page 3');
  say(
    `\n› resources/read ${second.nextResource}\n  ${third && 'text' in third ? `${third.text.length} bytes of JSON` : ''}`,
  );

  heading(say, 'Make an album of them: references, not ids');
  const { reference: albumId } = await call('albums_create', { title: 'Lisbon, the short version' });
  const picked = `${trip.result}#1-12,15`;
  const { added } = await call('albums_batch_add_media_items', { albumId, mediaItemIds: [picked] });
  check(added === 13, 'thirteen photos went in');

  heading(say, 'A caption at the start, one after the fifth photo, and a place');
  await call('albums_add_enrichment', { albumId, text: 'Four days in July', position: 'FIRST_IN_ALBUM' });
  await call('albums_add_enrichment', {
    albumId,
    location: { name: 'Alfama, Lisbon', latitude: 38.711, longitude: -9.13 },
    relativeMediaItemId: `${trip.result}#5`,
  });

  heading(say, 'Set the cover, describe a photo');
  await call('albums_patch', { albumId, coverPhotoMediaItemId: `${trip.result}#3` });
  await call('media_items_patch', { mediaItemId: `${trip.result}#3`, description: 'The one for the cover' });

  heading(say, 'Read it back');
  const made = await call('albums_get', { albumId });
  check(made.album.count === 13 && made.album.coverPhotoMediaItemId !== undefined, 'the album is as planned');
  const inside = await call('media_items_search', { albumId });
  check(inside.total === 13, 'thirteen photos are in it');
}

const SHOWN_LINES = 8;

const heading = (say: Say, text: string): void => say(`\n── ${text}`);

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected that ${what}`);
}
