/** What a person can leave out: tool sets, and under `--read-only` whatever changes something. */

export const TOOLSETS = ['library', 'sharing', 'media', 'picker', 'organize', 'account'] as const;
export type Toolset = (typeof TOOLSETS)[number];

/**
 * `read` changes nothing, neither at Google nor on disk (but for results). `write` adds. `destructive` removes or overwrites.
 */
export type Access = 'read' | 'write' | 'destructive';

/** The tools of the chosen tool sets; under `--read-only` those that change nothing. */
export const enabledTools = <Tool extends { toolset: Toolset; access: Access }>(
  tools: readonly Tool[],
  { toolsets, readOnly }: { toolsets: readonly Toolset[]; readOnly: boolean },
): Tool[] => tools.filter(({ toolset, access }) => toolsets.includes(toolset) && (!readOnly || access === 'read'));
