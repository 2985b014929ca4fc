/** Which tools are lost when a person leaves a box unticked: their scopes are their literals', or their methods' of Google's. */
import type { Scope } from '../../src/auth/scopes.ts';
import type { EnabledTool } from '../../src/context/context.ts';
import { METHODS, type MethodSpec } from '../../src/google/methods.ts';

const SHARE: Scope = 'photoslibrary.sharing';

const toolName = (method: string): string =>
  method.replace('.', '_').replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

const BY_TOOL: ReadonlyMap<string, MethodSpec> = new Map(
  Object.entries(METHODS).map(([method, spec]) => [toolName(method), spec]),
);

/** Names of the tools that will not work. @param missing what was wanted and not granted. */
export function toolsLost(tools: readonly EnabledTool[], missing: readonly Scope[]): string[] {
  return tools.filter((tool) => isLost(tool, missing)).map(({ name }) => name);
}

function isLost({ name, scopes }: EnabledTool, missing: readonly Scope[]): boolean {
  const method = BY_TOOL.get(name);
  if (method?.removed && missing.includes(SHARE)) return true;
  if (scopes) return scopes.some((scope) => missing.includes(scope));
  // Any one of a method's scopes is enough.
  const anyOf = method?.scopes ?? [];
  return anyOf.length > 0 && anyOf.every((scope) => missing.includes(scope));
}

/** Whether it is known what a tool needs; a test asks for all of them. */
export const isKnown = ({ name, scopes }: EnabledTool): boolean => scopes !== undefined || BY_TOOL.has(name);
