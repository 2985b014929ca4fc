/** An overview in lines, each with a reference to act on, within a budget of bytes. */
import type { Overview } from './overview.ts';
import { type Part, partsOf } from './summary-parts.ts';

export interface SummaryLine {
  label: string;
  items: number;
  reference: string;
}

export interface SummarySection {
  heading: string;
  lines: SummaryLine[];
}

export interface SummaryOptions {
  /**
   * Names positions of the result: `k7m2#14-74`. Called only for lines that are shown. Where the runs are many it should
   * make a narrower result and name that, so that a reference stays short (60 characters).
   */
  ref(positions: readonly number[], title: string): string | Promise<string>;
  /** Bytes that `renderSummary` of the sections may take. */
  maxBytes: number;
}

/** Room for "… and 37 more: " with its reference. */
const MORE_BYTES = 90;

/**
 * The sections of an overview that fit. Every part gets its share of the room; what a part leaves goes to the others;
 * what does not fit becomes one line "… and 37 more events" with a reference to all of them.
 */
export async function summarize(overview: Overview, { ref, maxBytes }: SummaryOptions): Promise<SummarySection[]> {
  const parts = partsOf(overview);
  const sections = new Map<Part, SummarySection>();
  let left = maxBytes;
  let shares = parts.reduce((sum, { share }) => sum + share, 0);
  // Those with few lines first: events, with the largest share, take whatever is left over.
  for (const part of [...parts].sort((a, b) => a.share - b.share)) {
    const section = await fillSection(part, (left * part.share) / shares, ref);
    sections.set(part, section);
    left -= bytesOf(renderSection(section)) + 1;
    shares -= part.share;
  }
  return parts.flatMap((part) => sections.get(part) ?? []).filter(({ lines }) => lines.length > 0);
}

async function fillSection(part: Part, room: number, ref: SummaryOptions['ref']): Promise<SummarySection> {
  const lines: SummaryLine[] = [];
  let used = bytesOf(part.heading) + 1;
  for (const [index, { label, positions }] of part.lines.entries()) {
    const line = { label, items: positions.length, reference: await ref(positions, label) };
    const isLast = index === part.lines.length - 1;
    used += bytesOf(renderLine(line)) + 1;
    if (used + (isLast ? 0 : MORE_BYTES) > room)
      return { heading: part.heading, lines: await addRest(part, lines, ref) };
    lines.push(line);
  }
  return { heading: part.heading, lines };
}

async function addRest(part: Part, shown: SummaryLine[], ref: SummaryOptions['ref']): Promise<SummaryLine[]> {
  const rest = part.lines.slice(shown.length);
  const positions = [...new Set(rest.flatMap((line) => line.positions))];
  const label = shown.length > 0 ? `… and ${rest.length} more ${part.noun}` : `${rest.length} ${part.noun}`;
  return [...shown, { label, items: positions.length, reference: await ref(positions, `${rest.length} ${part.noun}`) }];
}

/** One line a group: `2024-07-12 … 18 · 61 items · k7m2#14-74`. */
export const renderSummary = (sections: readonly SummarySection[]): string => sections.map(renderSection).join('\n');

const renderSection = ({ heading, lines }: SummarySection): string => [heading, ...lines.map(renderLine)].join('\n');

const renderLine = ({ label, items, reference }: SummaryLine): string =>
  `${label} · ${items} ${items === 1 ? 'item' : 'items'} · ${reference}`;

const bytesOf = (text: string): number => Buffer.byteLength(text);
