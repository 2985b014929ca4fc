/** An overview in lines, each with a reference to act on, within a budget of bytes. */
import { count, oneLine } from '../text/text.ts';
import type { Overview } from './overview.ts';
import { type Part, partsOf } from './summary-parts.ts';

/** A group of items, and the reference to act on it. */
export interface SummaryLine {
  label: string;
  items: number;
  reference: string;
}

/** Lines below a heading. */
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
  /** Bytes that the sections may take as text and as data together, both as JSON. */
  maxBytes: number;
}

/** Room for "… and 37 more: " with its reference, as text and as data. */
const MORE_BYTES = 170;

/**
 * The sections of an overview that fit. Every part gets its share of the room; what a part leaves goes to the others;
 * what does not fit becomes one line "… and 37 more events" with a reference to all of them.
 */
export async function summarize(overview: Overview, { ref, maxBytes }: SummaryOptions): Promise<SummarySection[]> {
  const parts = partsOf(overview);
  const sections = new Map<Part, SummarySection>();
  let left = maxBytes;
  let shares = parts.reduce((sum, { share }) => sum + share, 0);
  // Those that need less than their share first: what they leave goes to the others.
  for (const part of [...parts].sort((a, b) => needOf(a) / a.share - needOf(b) / b.share)) {
    const section = await fillSection(part, (left * part.share) / shares, ref);
    sections.set(part, section);
    left -= costOfHeading(section) + section.lines.reduce((sum, line) => sum + costOf(line), 0);
    shares -= part.share;
  }
  return parts.flatMap((part) => sections.get(part) ?? []).filter(({ lines }) => lines.length > 0);
}

/** Bytes of all lines with middling references: made, these could be new results that the assistant is never shown. */
const needOf = ({ lines, most }: Part): number =>
  lines
    .slice(0, most)
    .reduce(
      (sum, { label, positions }) => sum + costOf({ label, items: positions.length, reference: 'k7m2#1200-1400,1500' }),
      0,
    );

async function fillSection(part: Part, room: number, ref: SummaryOptions['ref']): Promise<SummarySection> {
  const lines: SummaryLine[] = [];
  let used = costOfHeading(part);
  for (const [index, { label, positions }] of part.lines.entries()) {
    const line = { label, items: positions.length, reference: await ref(positions, label) };
    const isLast = index === part.lines.length - 1;
    used += costOf(line);
    if (index === part.most || used + (isLast ? 0 : MORE_BYTES) > room)
      return { heading: part.heading, lines: await addRest(part, lines, ref) };
    lines.push(line);
  }
  return { heading: part.heading, lines: addDetails(part, lines, room - used) };
}

/** The largest groups first: what a journey was about matters more than what a Sunday was. */
function addDetails(part: Part, lines: readonly SummaryLine[], room: number): SummaryLine[] {
  const detailed = [...lines];
  let left = room;
  const bySize = [...part.lines.entries()].sort(([, a], [, b]) => b.positions.length - a.positions.length);
  for (const [index, { label, detail }] of bySize) {
    const line = lines[index];
    if (!detail || !line) continue;
    const longer = { ...line, label: `${label} · ${detail}` };
    const cost = costOf(longer) - costOf(line);
    if (cost > left) continue;
    left -= cost;
    detailed[index] = longer;
  }
  return detailed;
}

async function addRest(part: Part, shown: SummaryLine[], ref: SummaryOptions['ref']): Promise<SummaryLine[]> {
  const rest = part.lines.slice(shown.length);
  const positions = [...new Set(rest.flatMap((line) => line.positions))];
  const all = count(rest.length, part.noun);
  const label = shown.length > 0 ? `… and ${count(rest.length, `more ${part.noun}`)}` : all;
  return [...shown, { label, items: positions.length, reference: await ref(positions, all) }];
}

/** One line a group: `2024-07-12 … 18 · 61 items · k7m2#14-74`. */
export const renderSummary = (sections: readonly SummarySection[]): string => sections.map(renderSection).join('\n');

const renderSection = ({ heading, lines }: SummarySection): string => [heading, ...lines.map(renderLine)].join('\n');

const renderLine = ({ label, items, reference }: SummaryLine): string =>
  `${oneLine(label)} · ${count(items, 'item')} · ${reference}`;

/** A line as structured content. */
export const lineData = ({ label, items, reference }: SummaryLine): string[] => [label, String(items), reference];

const costOf = (line: SummaryLine): number => bytesOf(renderLine(line)) + bytesOf(lineData(line)) + 1;

const costOfHeading = ({ heading }: { heading: string }): number => 2 * bytesOf(heading) + 30;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
