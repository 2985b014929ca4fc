/** What clients see of all tools. In the bundle this is data that the build computed: starting loads no tool (build.mjs). */
import { type ListedTool, listTool } from '../../src/mcp/list-tool.ts';
import { TOOLS } from '../index.ts';

export const LISTED: readonly ListedTool[] = TOOLS.map(listTool);
