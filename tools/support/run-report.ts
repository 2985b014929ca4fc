/** How apply and undo tell what they did. */
import { errorText, explain } from '../../src/mcp/explain.ts';
import type { RunReport } from '../../src/organize/apply/run.ts';
import { shorten } from '../../src/text/text.ts';

const SHOWN = 10;

export function runLines(report: RunReport, again: string): string[] {
  const { done, total, finished, failed, assumedDone, leftOut, stoppedBy } = report;
  return [
    ...section(
      'Failed:',
      failed.map(({ step, reason }) => `- ${step}: ${reason}`),
    ),
    ...section(
      'Probably done; Google cannot be asked:',
      assumedDone.map((step) => `- ${step}`),
    ),
    ...section(
      'Items that are gone, left out:',
      leftOut.map(({ step, count }) => `- ${count} in ${step}`),
    ),
    ...(stoppedBy ? [errorText(explain(stoppedBy))] : []),
    ...(finished ? [] : [`${done} of ${total} steps are done. For the rest call again: ${again}`]),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`- … and ${lines.length - SHOWN} more`] : [];
  return [heading, ...lines.slice(0, SHOWN).map((line) => shorten(line, 300)), ...more];
}
