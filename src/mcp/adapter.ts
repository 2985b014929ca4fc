/** The one adapter between the protocol and tools: shows them, and lets them be called. */
import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { ToolRuntime } from './call.ts';
import { forListing } from './json-schema.ts';
import type { ListedTool } from './list-tool.ts';

export function registerTool(server: McpServer, tool: ListedTool, runtime: ToolRuntime): void {
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
      return callTool(tool.name, input, runtime, callOf(server, context));
    },
  );
}
