/** Writes positions (1-based, any order) as the shortest reference: runs of three and more become `from-to`. */
export function formatReference(result: string, positions: readonly number[]): string {
  const runs: [number, number][] = [];
  // Numbers sort without a comparison that way: an overview names a hundred thousand positions several times.
  for (const position of Uint32Array.from(positions).sort()) {
    const last = runs.at(-1);
    if (last && last[1] >= position - 1) last[1] = position;
    else runs.push([position, position]);
  }
  const text = runs.map(([from, to]) =>
    from === to ? `${from}` : to === from + 1 ? `${from},${to}` : `${from}-${to}`,
  );
  return `${result}#${text.join(',')}`;
}
