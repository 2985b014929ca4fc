/** The one adapter between the protocol and tools: shows them, and lets them be called. */
import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { Offer, Services } from '../context.ts';
import { forListing } from './json-schema.ts';
import type { ListedTool } from './listed.ts';
import type { AnyTool } from './tool.ts';

/** Written to stderr by whoever starts the server; an unexpected error's stack belongs there and nowhere else. */
export type OnUnexpected = (tool: string, error: unknown) => void;

/** What calling takes; loaded and started by the first call, since most processes never see one. */
export interface Workshop {
  tool(name: string): Promise<AnyTool>;
  services(): Promise<Services & Offer>;
  onUnexpected: OnUnexpected;
}

export function registerTool(server: McpServer, tool: ListedTool, workshop: Workshop): void {
  server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      inputSchema: forListing(tool.inputSchema),
      outputSchema: forListing(tool.outputSchema),
      annotations: tool.annotations,
      ...(tool.ui && { _meta: { ui: { resourceUri: tool.ui } } }),
    },
    async (input: unknown, context: ServerContext) => {
      const { callOf, callTool } = await import('./call.ts');
      return callTool(tool.name, input, workshop, callOf(server, context));
    },
  );
}
