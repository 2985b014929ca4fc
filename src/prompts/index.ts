/** The prompts of this server, in the order in which they are listed: the only place where one is added. */
import type { Prompt } from '../mcp/prompt.ts';
import type { AnyTool } from '../mcp/tool.ts';
import organizeTrip from './organize-trip.ts';
import pickAlbum from './pick-album.ts';
import tidyLibrary from './tidy-library.ts';
import uploadFolder from './upload-folder.ts';
import yearInReview from './year-in-review.ts';

export const PROMPTS: readonly Prompt[] = [organizeTrip, yearInReview, tidyLibrary, uploadFolder, pickAlbum];

/** Those whose tools are all there: a starter must not send the assistant to a tool that a mode left out. */
export function enabledPrompts(prompts: readonly Prompt[], tools: readonly Pick<AnyTool, 'name'>[]): Prompt[] {
  const names = new Set(tools.map(({ name }) => name));
  return prompts.filter((prompt) => prompt.tools.every((tool) => names.has(tool)));
}
