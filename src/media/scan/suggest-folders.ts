/** Folders to choose from while a path is typed; only what the allowed folders hold. */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AllowedFolders } from '../allowed-folders.ts';

const MOST = 100;

/**
 * The allowed folders, what is directly in them, and what is in the folder that was typed so far; those that contain what
 * was typed. Absolute paths.
 */
export async function suggestFolders(allowed: AllowedFolders, typed: string): Promise<string[]> {
  const path = typed.trim();
  const parents = [...allowed.folders, ...(path === '' ? [] : [dirname(path), path])];
  const inside = await Promise.all(parents.map((parent) => foldersIn(parent, allowed)));
  const wanted = path.toLowerCase();
  const all = new Set([...allowed.folders, ...inside.flat()]);
  return [...all].filter((folder) => folder.toLowerCase().includes(wanted)).slice(0, MOST);
}

/** Nothing for what may not be read or is no folder. */
async function foldersIn(parent: string, allowed: AllowedFolders): Promise<string[]> {
  try {
    const { real } = await allowed.resolve(parent);
    const entries = await readdir(real, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    return folders.map(({ name }) => join(real, name)).sort();
  } catch {
    return [];
  }
}
