/**
 * An assistant whose calls are written down: it reads replies as text, looks at pictures with eyes that know what each
 * was drawn from, and never handles an id. What it costs is counted.
 */
import { imageSize } from 'image-size';
import { expect, vi } from 'vitest';
import { type Reply, type System, type SystemOptions, startSystem } from '../harness/system.ts';

// Hundreds of pictures are drawn for the eyes; on a busy machine that takes longer than a test otherwise may.
vi.setConfig({ testTimeout: 180_000 });

/** Median allowed for a wish; these scripts keep to it each. */
const MOST_CALLS = 8;
const MOST_TOKENS = 12_000;

export interface StateItem {
  id: string;
  filename: string;
  description: string;
  creationTime: string;
  scene: string;
}
export interface StateAlbum {
  id: string;
  title: string;
  coverPhotoMediaItemId: string;
  entries: { mediaItemId?: string; enrichmentId?: string; text?: string; location?: { locationName: string } }[];
}
export interface State {
  mediaItems: StateItem[];
  albums: StateAlbum[];
}

export interface Assistant {
  system: System;
  /** Calls a tool and gives what it says. */
  ask(tool: string, input?: Record<string, unknown>): Promise<string>;
  /** Shows pictures (`media_view`) and gives, of those whose drawing has the word, the references: `k7m2#3,17`. */
  look(references: string[], word: RegExp, input?: Record<string, unknown>): Promise<string>;
  state(): Promise<State>;
  album(title: string): Promise<StateAlbum>;
  stop(): Promise<void>;
  /** Asserts the budget; call it at the end of the wish. */
  settle(): void;
}

export async function startAssistant(options: SystemOptions): Promise<Assistant> {
  const system = await startSystem(options);
  const replies: Reply[] = [];
  const call = async (tool: string, input: Record<string, unknown> = {}) => {
    // Ids of Google are long; references and preview ids are short.
    for (const word of textsIn(input)) expect(word, `an id in ${tool}`).not.toMatch(/^[\w-]{40,}$/);
    const reply = await system.ok(tool, input);
    replies.push(reply);
    return reply;
  };
  const state = (): Promise<State> => system.library();
  return {
    system,
    state,
    ask: async (tool, input) => (await call(tool, input)).text,
    async look(references, word, input = {}) {
      const { data, images } = await call('media_view', { mediaItemIds: references, ...input });
      expect(images.length).toBeGreaterThan(0);
      expect(data.failed).toEqual([]);
      return seen(system, data.shown, word);
    },
    async album(title) {
      const found = (await state()).albums.filter((album) => album.title === title);
      expect(found, title).toHaveLength(1);
      return found[0] as StateAlbum;
    },
    settle() {
      const tokens = replies.reduce((sum, reply) => sum + tokensOf(reply), 0);
      expect(replies.length, 'calls').toBeLessThanOrEqual(MOST_CALLS);
      expect(tokens, 'tokens of replies').toBeLessThanOrEqual(MOST_TOKENS);
    },
    stop: () => system.stop(),
  };
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** Four bytes a token, words and data; pictures as models count them, 750 pixels a token. */
function tokensOf({ text, data, links, images }: Reply): number {
  const sizes = images.map(({ data }) => imageSize(Buffer.from(data, 'base64')));
  const pixels = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  return Buffer.byteLength(text + JSON.stringify([data, links])) / 4 + pixels / 750;
}

/** What eyes would see: positions in the reference whose picture was drawn from words with this one among them. */
async function seen(system: System, reference: string, word: RegExp): Promise<string> {
  const [result = '', runs = ''] = reference.split('#');
  const { items } = await system.services.results.select(result);
  const { mediaItems }: State = await system.library();
  const scenes = new Map(mediaItems.map(({ id, scene }) => [id, scene]));
  const positions = runs.split(',').flatMap((run) => {
    const [from = 0, to = from] = run.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  const matching = positions.filter((position) => {
    const item = items[position - 1];
    return item && 'id' in item && item.id !== undefined && word.test(scenes.get(item.id) ?? '');
  });
  return `${result}#${matching.join(',')}`;
}

/** The reference in the first line that has these words; lines of a page begin with their number alone. */
export function referenceIn(text: string, words: RegExp): string {
  const line = text.split('\n').find((candidate) => words.test(candidate));
  const position = /^#(\d+) /.exec(line ?? '')?.[1];
  if (position !== undefined) return `${resultOf(text)}#${position}`;
  const reference = /\w{4,6}#(all|[\d,-]+)/.exec(line ?? '')?.[0];
  if (reference === undefined) throw new Error(`no reference at ${words} in:\n${text}`);
  return reference;
}

/** The lines below a heading, `## Days`. */
export function section(text: string, heading: string): string[] {
  const [, below = ''] = text.split(`${heading}\n`);
  return (below.split('\n## ')[0] ?? '').split('\n').filter((line) => line !== '');
}

export const resultOf = (text: string): string => /result (\w+)/.exec(text)?.[1] ?? '';
export const previewOf = (text: string): string => /organize_apply \{"preview": "([^"]+)"\}/.exec(text)?.[1] ?? '';

/** Positions of a reference: `k7m2#3,17` → its first as a reference of its own. */
export const firstOf = (reference: string): string => reference.replace(/[,-].*$/, '');
