/** Tools, resources, prompts, skills and services → an MCP server. Loops over lists, has none of its own. */
import { McpServer } from '@modelcontextprotocol/server';
import type { Services } from '../context/context.ts';
import { registerTool } from '../mcp/adapter.ts';
import type { OnUnexpected } from '../mcp/call.ts';
import type { ListedTool } from '../mcp/list-tool.ts';
import { type Prompt, registerPrompt } from '../mcp/prompt.ts';
import { type Resource, registerResource } from '../mcp/resource.ts';
import type { AnyTool } from '../mcp/tool.ts';
import instructions from './instructions.md';

export interface Surface {
  tools: readonly ListedTool[];
  /** The tool itself, by its name. */
  loadTool(name: string): Promise<AnyTool>;
  resources: readonly Resource[];
  prompts: readonly Prompt[];
  /** The knowledge of `gphotos://guide` for clients that load skills. */
  skills: Skills;
}

/** What the SDK's catalogue of skills does: it serves them on a server that is not connected yet. */
interface Skills {
  attach(server: McpServer): void;
}

export interface ServerOptions {
  version: string;
  onUnexpected: OnUnexpected;
}

const HOUR_MS = 3_600_000;

/**
 * Makes a server; cheap and without side effects, because it is called for every connection and, on HTTP, every request.
 * The surface is the same for all, so any client may cache lists.
 */
export function buildServer(
  surface: Surface,
  services: () => Promise<Services>,
  { version, onUnexpected }: ServerOptions,
): McpServer {
  const lists = { ttlMs: HOUR_MS, cacheScope: 'public' } as const;
  const server = new McpServer(
    { name: 'google-photos', title: 'Google Photos', version },
    {
      instructions,
      capabilities: { tools: {}, resources: {} },
      cacheHints: {
        'tools/list': lists,
        'resources/list': lists,
        'resources/templates/list': lists,
        'prompts/list': lists,
      },
    },
  );
  const withTools = async () => ({ ...(await services()), tools: surface.tools });
  const runtime = { tool: surface.loadTool, services: withTools, onUnexpected };
  for (const tool of surface.tools) registerTool(server, tool, runtime);
  for (const resource of surface.resources) registerResource(server, resource, services);
  for (const prompt of surface.prompts) registerPrompt(server, prompt, services);
  surface.skills.attach(server);
  return server;
}
