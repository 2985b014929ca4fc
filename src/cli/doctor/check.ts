/** The form of one check, and how a list of them is gone through. */
import type { Config } from '../../context/config.ts';
import type { EnabledTools, Services } from '../../context/context.ts';

export type Finding =
  | { readonly state: 'ok' | 'note' | 'skipped'; readonly says: string }
  | { readonly state: 'problem'; readonly says: string; readonly next: string };

/** What the checks look at. */
export interface CheckContext {
  readonly config: Config & { readonly stateDir: string };
  readonly services: Pick<Services, 'auth' | 'google' | 'requests'>;
  /** What the server would enable. */
  readonly tools: EnabledTools['tools'];
}

export interface Check {
  /** In a few words; with what `run` says it makes a sentence. */
  readonly title: string;
  /** Titles of checks without which this one says nothing: when one of them found a problem, it is skipped. */
  readonly after?: readonly string[];
  run(context: CheckContext): Promise<Finding>;
}

export interface Checked {
  readonly title: string;
  readonly finding: Finding;
}

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const note = (says: string): Finding => ({ state: 'note', says });
export const skipped = (says: string): Finding => ({ state: 'skipped', says });
export const problem = (says: string, next: string): Finding => ({ state: 'problem', says, next });

/** One after the other, each told as soon as it is known. */
export async function* examine(checks: readonly Check[], context: CheckContext): AsyncGenerator<Checked> {
  const failed = new Set<string>();
  for (const { title, after = [], run } of checks) {
    const missing = after.filter((other) => failed.has(other));
    const finding = missing.length > 0 ? skipped(`not checked, see ${missing.join(', ')}`) : await run(context);
    if (finding.state === 'problem' || missing.length > 0) failed.add(title);
    yield { title, finding };
  }
}
