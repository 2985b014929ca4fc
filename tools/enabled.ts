import type { Config } from '../src/config.ts';
import type { AnyTool } from '../src/mcp/tool.ts';

/** The tools of the chosen tool sets; under `--read-only` those that change nothing. */
export const enabledTools = <Tool extends Pick<AnyTool, 'toolset' | 'access'>>(
  tools: readonly Tool[],
  { toolsets, readOnly }: Pick<Config, 'toolsets' | 'readOnly'>,
): Tool[] => tools.filter(({ toolset, access }) => toolsets.includes(toolset) && (!readOnly || access === 'read'));
