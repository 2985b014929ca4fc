/** The parts of the extension's manifest that are written from the code. */
import type { Prompt } from '../../../src/mcp/prompt.ts';
import type { AnyTool } from '../../../src/mcp/tool.ts';

export interface Words {
  version: string;
  tools: readonly AnyTool[];
  prompts: readonly Prompt[];
}

export function generateManifest(manifest: string, { version, tools, prompts }: Words): string {
  const written = {
    ...JSON.parse(manifest),
    version,
    tools: tools.map(({ name, description }) => ({ name, description })),
    prompts: prompts.map(describePrompt),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** The host fills in `${arguments.name}`. */
function describePrompt({ name, description, arguments: given, text }: Prompt) {
  const names = Object.keys(given);
  const placeholders = Object.fromEntries(names.map((argument) => [argument, `\${arguments.${argument}}`]));
  return { name, description, ...(names.length > 0 && { arguments: names }), text: text(placeholders) };
}
