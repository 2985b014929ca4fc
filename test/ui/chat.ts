/** A chat in Chromium that speaks MCP Apps, with the real server behind it. */
import { fileURLToPath } from 'node:url';
import type { CallToolResult } from '@modelcontextprotocol/client';
import type { McpUiHostCapabilities, McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { build } from 'esbuild';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { System } from '../harness/system.ts';
import chatPage from './host-page.html';
import type { Conversation } from './host-page.ts';

let bundle: Promise<string> | undefined;
const bundleHost = async (): Promise<string> => {
  const entry = fileURLToPath(new URL('host-page.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' });
  return outputFiles[0]?.text ?? '';
};

export interface ChatOptions {
  capabilities?: McpUiHostCapabilities;
  context?: McpUiHostContext;
  width?: number;
  /** What the host does to a result before the page gets it. */
  handOn?: (result: CallToolResult) => CallToolResult;
  takesMessages?: boolean;
}

export interface Chat {
  page: Page;
  app: FrameLocator;
  /** Tool calls that came from the page. */
  calls: { name: string; input: Record<string, unknown> }[];
  messages: string[];
  links: string[];
  /** Addresses that the browser asked for, on whatever way. */
  requests: string[];
  /** Everything that went wrong in the browser. */
  errors: string[];
}

const EVERYTHING: McpUiHostCapabilities = { serverTools: {}, openLinks: {}, message: { text: {} } };

/** Calls `media_view` as an assistant would, and shows the reply on the page that the tool names. */
export async function view(
  browser: Browser,
  system: System,
  input: Record<string, unknown>,
  {
    capabilities = EVERYTHING,
    context = {},
    width = 720,
    handOn = (result) => result,
    takesMessages = true,
  }: ChatOptions = {},
): Promise<Chat> {
  const browserContext = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor: 1 });
  onTestFinished(() => browserContext.close());
  const page = await browserContext.newPage();
  const chat: Chat = {
    page,
    app: page.frameLocator('iframe'),
    calls: [],
    messages: [],
    links: [],
    requests: [],
    errors: [],
  };
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) chat.requests.push(request.url());
  });
  page.on('pageerror', (error) => chat.errors.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') chat.errors.push(line.text());
  });
  await page.exposeFunction('callTool', async (name: string, given: Record<string, unknown>) => {
    chat.calls.push({ name, input: given });
    return handOn(await callTool(system, name, given));
  });
  await page.exposeFunction('noteMessage', (text: string) => {
    chat.messages.push(text);
    return takesMessages;
  });
  await page.exposeFunction('noteLink', (url: string) => void chat.links.push(url));
  await page.setContent(chatPage);
  bundle ??= bundleHost();
  await page.addScriptTag({ content: await bundle });
  const html = await pageOf(system, 'media_view');
  const result = handOn(await callTool(system, 'media_view', input));
  const conversation: Conversation = { html, input, result, capabilities, context };
  await page.evaluate((given) => window.show(JSON.parse(given)), JSON.stringify(conversation));
  return chat;
}

export async function callTool(
  { client }: System,
  name: string,
  input: Record<string, unknown>,
): Promise<CallToolResult> {
  const result: unknown = await client.callTool({ name, arguments: input });
  return result as CallToolResult;
}

/** As a host finds it: the tool names an address, the address is read. */
async function pageOf({ client }: System, name: string): Promise<string> {
  const { tools } = await client.listTools();
  const ui = tools.find((tool) => tool.name === name)?._meta?.ui as { resourceUri: string } | undefined;
  const [content] = (await client.readResource({ uri: ui?.resourceUri ?? '' })).contents;
  if (!content || !('text' in content)) throw new Error('no page');
  return content.text;
}
