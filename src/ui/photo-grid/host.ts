/**
 * The chat around this page (MCP Apps, 2026-01-26): JSON-RPC over `postMessage`. The official client does the same in
 * 650 kB, which every conversation would load.
 */
import type {
  McpUiHostCapabilities,
  McpUiHostContext,
  McpUiInitializeRequest,
  McpUiInitializeResult,
  McpUiMessageRequest,
} from '@modelcontextprotocol/ext-apps';

export interface HostEvents {
  toolInput(params: { arguments?: Record<string, unknown> }): void;
  /** A tool result as the protocol has it. */
  toolResult(result: unknown): void;
  toolCancelled(params: { reason?: string }): void;
  contextChanged(context: McpUiHostContext): void;
}

export interface Host {
  capabilities: McpUiHostCapabilities;
  context: McpUiHostContext;
  /** Throws an Error with the host's words. */
  callTool(name: string, input: Record<string, unknown>): Promise<unknown>;
  /** Says something in the chat in the person's name; false when the chat will not. */
  say(text: string): Promise<boolean>;
  openLink(url: string): Promise<boolean>;
  requestDisplayMode(mode: 'inline' | 'fullscreen'): Promise<void>;
  sizeChanged(size: { width: number; height: number }): void;
}

interface Message {
  jsonrpc?: string;
  id?: number | string;
  method?: string;
  params?: Record<string, unknown>;
  result?: unknown;
  error?: { code?: number; message?: string };
}

type Pending = { resolve(result: unknown): void; reject(error: Error): void };

/** Introduces the page to its host; resolves when the host has answered. Events may come before that. */
export async function connectHost(parent: Window, events: HostEvents): Promise<Host> {
  const pending = new Map<number | string, Pending>();
  // The host's origin is unknown to a page without one; what matters is that it is the window that holds this page.
  const post = (message: Message) => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  let lastId = 0;
  const request = (method: string, params: Record<string, unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      pending.set(id, { resolve, reject });
      post({ id, method, params });
    });
  window.addEventListener('message', ({ source, data }: MessageEvent<Message | undefined>) => {
    if (source !== parent || data?.jsonrpc !== '2.0') return;
    if (data.method === undefined) settle(pending, data);
    else if (data.id === undefined) announce(events, data.method, data.params ?? {});
    else post(answerTo(data.id, data.method));
  });
  const introduction: McpUiInitializeRequest['params'] = {
    protocolVersion: '2026-01-26',
    appInfo: { name: 'google-photos-photo-grid', version: '1.0.0' },
    appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
  };
  const answer = (await request('ui/initialize', { ...introduction })) as Partial<McpUiInitializeResult>;
  post({ method: 'ui/notifications/initialized', params: {} });
  const attempt = (method: string, params: Record<string, unknown>): Promise<boolean> =>
    request(method, params).then(succeeded, () => false);
  return {
    capabilities: answer.hostCapabilities ?? {},
    context: answer.hostContext ?? {},
    callTool: (name, input) => request('tools/call', { name, arguments: input }),
    say: (text) => {
      const message: McpUiMessageRequest['params'] = { role: 'user', content: [{ type: 'text', text }] };
      return attempt('ui/message', { ...message });
    },
    openLink: (url) => attempt('ui/open-link', { url }),
    requestDisplayMode: async (mode) => {
      const result = await request('ui/request-display-mode', { mode }).catch(() => undefined);
      if (isObject(result) && (result.mode === 'inline' || result.mode === 'fullscreen'))
        events.contextChanged({ displayMode: result.mode });
    },
    sizeChanged: (size) => post({ method: 'ui/notifications/size-changed', params: size }),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const succeeded = (result: unknown): boolean => !(isObject(result) && result.isError === true);

function settle(pending: Map<number | string, Pending>, { id, result, error }: Message): void {
  const waiting = id === undefined ? undefined : pending.get(id);
  if (id === undefined || !waiting) return;
  pending.delete(id);
  if (error) waiting.reject(new Error(error.message ?? 'The chat refused.'));
  else waiting.resolve(result);
}

function announce(events: HostEvents, method: string, params: Record<string, unknown>): void {
  const handlers: Record<string, () => void> = {
    'ui/notifications/tool-input': () => events.toolInput(params),
    'ui/notifications/tool-result': () => events.toolResult(params),
    'ui/notifications/tool-cancelled': () => events.toolCancelled(params),
    'ui/notifications/host-context-changed': () => events.contextChanged(params),
  };
  handlers[method]?.();
}

/** Nothing here outlives the page, so that it may always be closed. */
const answerTo = (id: number | string, method: string): Message =>
  method === 'ping' || method === 'ui/resource-teardown'
    ? { id, result: {} }
    : { id, error: { code: -32601, message: `${method} is not offered.` } };
