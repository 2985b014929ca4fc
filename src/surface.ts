/** What this process offers: everything there is, but for what the configuration leaves out. */
import { enabledTools } from '../tools/enabled.ts';
import { LISTED } from '../tools/listed.ts';
import type { Config } from './config.ts';
import type { AnyTool } from './mcp/tool.ts';
import { enabledPrompts, PROMPTS } from './prompts/index.ts';
import { RESOURCES } from './resources/index.ts';
import type { Surface } from './server.ts';
import { createSkills } from './skills/index.ts';

export function surfaceFor(config: Pick<Config, 'toolsets' | 'readOnly'>): Surface {
  const tools = enabledTools(LISTED, config);
  const prompts = enabledPrompts(PROMPTS, tools);
  return { tools, loadTool, resources: RESOURCES, prompts, skills: createSkills() };
}

/** All tools come at once: they share most of what they need. */
async function loadTool(wanted: string): Promise<AnyTool> {
  const { TOOLS } = await import('../tools/index.ts');
  const found = TOOLS.find(({ name }) => name === wanted);
  if (!found) throw new Error(`no tool ${wanted}`);
  return found;
}
