/** What this process offers: everything there is, but for what the configuration leaves out. */
import { LISTED } from '../../tools/support/tool-manifest.ts';
import type { Config } from '../context/config.ts';
import { enabledTools } from '../context/toolsets.ts';
import type { AnyTool } from '../mcp/tool.ts';
import { enabledPrompts, PROMPTS } from '../prompts/index.ts';
import { RESOURCES } from '../resources/index.ts';
import { createSkills } from '../skills/index.ts';
import type { Surface } from './server.ts';

export function surfaceFor(config: Pick<Config, 'toolsets' | 'readOnly'>): Surface {
  const tools = enabledTools(LISTED, config);
  const prompts = enabledPrompts(PROMPTS, tools);
  return { tools, loadTool, resources: RESOURCES, prompts, skills: createSkills() };
}

/** All tools come at once: they share most of what they need. */
async function loadTool(wanted: string): Promise<AnyTool> {
  const { TOOLS } = await import('../../tools/index.ts');
  const found = TOOLS.find(({ name }) => name === wanted);
  if (!found) throw new Error(`no tool ${wanted}`);
  return found;
}
