/** What a process of its own does with a preview in `previewsContract`. Without vitest, so that it can be bundled. */
import { createInterface } from 'node:readline';
import type { PreviewStore } from '../../src/organize/apply/previews.ts';
import type { StepRecord } from '../../src/organize/apply/records.ts';

export const record = (step: number, state: StepRecord['state'], more: Partial<StepRecord> = {}): StepRecord => ({
  phase: 'apply',
  step,
  state,
  at: 1,
  ...more,
});

/**
 * Takes a preview and says `working`; then, for each line it is told, appends a record with that number as its time, and
 * says `appended` or the code of the error; told `on`, it goes on by itself, and says each number once it is recorded.
 */
export async function obey(store: PreviewStore, id: string): Promise<void> {
  const say = (word: unknown) => process.stdout.write(`${word}\n`);
  await store.work(id, async (journal) => {
    say('working');
    for await (const line of createInterface({ input: process.stdin })) {
      for (let at = 1; line === 'on'; at++) {
        await journal.append(record(0, 'sending', { at }));
        say(at);
      }
      const answer = journal.append(record(0, 'sending', { at: Number(line) })).then(
        () => 'appended',
        (error) => error.code,
      );
      say(await answer);
    }
  });
}
