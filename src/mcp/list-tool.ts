/** What a client sees of a tool. Listing tools takes nothing else, so that no tool need be loaded before one is called. */
import type { JsonSchema } from './json-schema.ts';
import { toJsonSchema } from './schema.ts';
import { type AnyTool, hintsOf } from './tool.ts';

export interface ListedTool
  extends Pick<AnyTool, 'name' | 'title' | 'description' | 'toolset' | 'access' | 'scopes' | 'ui'> {
  annotations: ReturnType<typeof hintsOf>;
  inputSchema: JsonSchema;
  outputSchema: JsonSchema;
}

export const listTool = (tool: AnyTool): ListedTool => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  toolset: tool.toolset,
  access: tool.access,
  ...(tool.scopes !== undefined && { scopes: tool.scopes }),
  ...(tool.ui !== undefined && { ui: tool.ui }),
  annotations: hintsOf(tool),
  inputSchema: toJsonSchema(tool.input, 'input'),
  outputSchema: toJsonSchema(tool.output, 'output'),
});
