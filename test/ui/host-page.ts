/** A chat with MCP Apps: the reference implementation's host side around a sandboxed frame. Runs in the browser. */

import type { CallToolResult } from '@modelcontextprotocol/client';
import {
  AppBridge,
  type McpUiHostCapabilities,
  type McpUiHostContext,
  PostMessageTransport,
} from '@modelcontextprotocol/ext-apps/app-bridge';

export interface Conversation {
  html: string;
  input: Record<string, unknown>;
  result: CallToolResult;
  capabilities: McpUiHostCapabilities;
  context: McpUiHostContext;
}

/** What the test answers and notes on the other side of the browser. */
interface Outside {
  callTool(name: string, input: Record<string, unknown>): Promise<CallToolResult>;
  noteMessage(text: string): Promise<boolean>;
  noteLink(url: string): Promise<void>;
}

declare global {
  interface Window extends Outside {
    show(conversation: Conversation): Promise<void>;
    changeContext(context: McpUiHostContext): void;
    tearDown(): Promise<unknown>;
  }
}

/** As the specification wants it for a page that declares no domains. */
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'self'";

window.show = async ({ html, input, result, capabilities, context }) => {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts');
  frame.srcdoc = html.replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
  document.body.replaceChildren(frame);
  if (!frame.contentWindow) throw new Error('no window');
  const bridge = new AppBridge(null, { name: 'test host', version: '1' }, capabilities, { hostContext: context });
  const initialized = new Promise<void>((resolve) => {
    bridge.oninitialized = () => resolve();
  });
  bridge.oncalltool = ({ name, arguments: given = {} }) => window.callTool(name, given);
  bridge.onmessage = async ({ content }) => {
    const [block] = content;
    return { isError: !(await window.noteMessage(block?.type === 'text' ? block.text : '')) };
  };
  bridge.onopenlink = async ({ url }) => {
    await window.noteLink(url);
    return {};
  };
  bridge.onrequestdisplaymode = async ({ mode }) => {
    window.changeContext({ displayMode: mode });
    return { mode };
  };
  bridge.onsizechange = ({ height }) => {
    if (height !== undefined) frame.style.height = `${height}px`;
  };
  window.changeContext = (changed) => {
    if (changed.displayMode === 'fullscreen') frame.style.height = '100vh';
    bridge.setHostContext({ ...context, ...changed });
  };
  window.tearDown = () => bridge.teardownResource({});
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  await initialized;
  await bridge.sendToolInput({ arguments: input });
  await bridge.sendToolResult(result);
};
