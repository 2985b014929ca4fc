/** The parts of the extension's manifest that are written from the code. */
import type { AnyTool } from '../../src/mcp/tool.ts';

export interface Words {
  version: string;
  tools: readonly AnyTool[];
}

export function generateManifest(manifest: string, { version, tools }: Words): string {
  const written = {
    ...JSON.parse(manifest),
    version,
    tools: tools.map(({ name, description }) => ({ name, description })),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}
