/** `doctor`: a numbered list of what is in order and what is not, with what to do. */
import { TOOLS } from '../../../tools/index.ts';
import { startServices } from '../../app/services.ts';
import type { Config } from '../../context/config.ts';
import { enabledTools } from '../../context/toolsets.ts';
import { ACCOUNT_CHECKS } from '../doctor/account.ts';
import { type Checked, examine, type Finding } from '../doctor/check.ts';
import { CLIENT_CHECKS } from '../doctor/client.ts';
import { MACHINE_CHECKS } from '../doctor/machine.ts';

/** In the order in which one builds upon another. */
const CHECKS = [...MACHINE_CHECKS, ...CLIENT_CHECKS, ...ACCOUNT_CHECKS];

const SIGNS: Readonly<Record<Finding['state'], string>> = { ok: '✓', note: '!', problem: '✗', skipped: '–' };

/** Answers the exit status: 1 when there is a problem. */
export async function doctor(config: Config): Promise<number> {
  const { services, close } = await startServices(config);
  const tools = enabledTools(TOOLS, config);
  const failed: number[] = [];
  let number = 0;
  say(`Account "${config.account}" at ${config.googleOrigin ?? 'Google'}\n`);
  try {
    for await (const checked of examine(CHECKS, { config: { stateDir: '', ...config }, services, tools })) {
      number += 1;
      say(lineOf(number, checked));
      if (checked.finding.state === 'problem') failed.push(number);
    }
  } finally {
    await close();
  }
  say(failed.length === 0 ? '\nNo problems found.' : `\nProblems: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const MARGIN = '      ';

function lineOf(number: number, { title, finding }: Checked): string {
  const lead = `${String(number).padStart(2)}. ${SIGNS[finding.state]} ${title}: ${indented(finding.says)}`;
  return finding.state === 'problem' ? `${lead}\n${MARGIN}→ ${indented(finding.next)}` : lead;
}

const indented = (text: string): string => text.replaceAll('\n', `\n${MARGIN}  `);
