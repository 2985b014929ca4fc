/** Starts an installed server as a client would, and looks whether everything it brings along is found. */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect } from 'vitest';
import { TOOLS } from '../../tools/index.ts';

export interface Command {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

export async function withClient<T>(command: Command, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ name: 'test', version: '0' });
  const { args, env, ...rest } = command;
  const PATH = process.env.PATH ?? '';
  await client.connect(new StdioClientTransport({ ...rest, args: [...args], env: { PATH, ...env }, stderr: 'ignore' }));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

/** A contact sheet takes all that is not in the bundle: pictures are drawn (fonts, resvg), sent and put together (codecs). */
export async function expectWholeDemo(command: Command): Promise<void> {
  await withClient(command, async (client) => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
    const call = async (name: string, input: Record<string, unknown>) => {
      const reply = await client.callTool({ name, arguments: input });
      expect(reply.isError, JSON.stringify(reply.content)).not.toBe(true);
      return reply;
    };
    const { structuredContent } = await call('media_items_search', { mediaType: 'PHOTO', ranges: ['2024/2025'] });
    const { result } = structuredContent as { result: string };
    const { content } = await call('media_view', { mediaItemIds: [`${result}#1-9`], layout: 'sheet' });
    const image = content.find(({ type }) => type === 'image');
    if (image?.type !== 'image') throw new Error('no picture');
    expect(Buffer.from(image.data, 'base64').subarray(0, 3).toString('hex')).toBe('ffd8ff');
  });
}
