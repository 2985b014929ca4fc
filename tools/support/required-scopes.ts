/** Which scopes each tool cannot do its work without: what is lost when a person leaves a box unticked. */
import type { Scope } from '../../src/auth/scopes.ts';
import { METHODS, type MethodSpec } from '../../src/google/methods.ts';

const APPEND: Scope = 'photoslibrary.appendonly';
const READ: Scope = 'photoslibrary.readonly.appcreateddata';
const EDIT: Scope = 'photoslibrary.edit.appcreateddata';
const PICK: Scope = 'photospicker.mediaitems.readonly';
const SHARE: Scope = 'photoslibrary.sharing';

/** All of them; for tools that are more than one method of Google's. */
const NEEDS: Readonly<Record<string, readonly Scope[]>> = {
  // Sharing itself has no scope left; what they hand over is the album's link.
  albums_share: [READ],
  albums_unshare: [READ],
  media_upload: [APPEND],
  media_download: [READ],
  media_view: [READ],
  picker_pick: [PICK],
  results_read: [],
  results_overview: [],
  local_scan: [],
  organize_preview: [READ],
  organize_apply: [APPEND, READ, EDIT],
  organize_undo: [READ, EDIT],
  account_status: [],
  account_sign_in: [],
  account_sign_out: [],
};

const toolName = (method: string): string =>
  method.replace('.', '_').replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

const BY_TOOL: ReadonlyMap<string, MethodSpec> = new Map(
  Object.entries(METHODS).map(([method, spec]) => [toolName(method), spec]),
);

/** Those of the tools that will not work. @param missing what was wanted and not granted. */
export function toolsLost(tools: readonly string[], missing: readonly Scope[]): string[] {
  return tools.filter((tool) => isLost(tool, missing));
}

function isLost(tool: string, missing: readonly Scope[]): boolean {
  const method = BY_TOOL.get(tool);
  if (method?.removed && missing.includes(SHARE)) return true;
  const needed = NEEDS[tool];
  if (needed) return needed.some((scope) => missing.includes(scope));
  const { scopes = [] } = method ?? {};
  // Any one of a method's scopes is enough.
  return scopes.length > 0 && scopes.every((scope) => missing.includes(scope));
}

/** Whether it is known what a tool needs; a test asks for all of them. */
export const isKnown = (tool: string): boolean => tool in NEEDS || BY_TOOL.has(tool);
