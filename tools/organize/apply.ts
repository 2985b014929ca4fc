import * as z from 'zod';
import type { Context } from '../../src/context/context.ts';
import { BUDGETS } from '../../src/google/budgets.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { applyPreview } from '../../src/organize/apply/organizer.ts';
import { summaryOf } from '../../src/organize/plan/preview-text.ts';
import type { Plan } from '../../src/organize/plan/types.ts';
import { shorten } from '../../src/text/text.ts';
import { albumLines } from '../support/known-albums.ts';
import { runLines } from '../support/run-report.ts';

export default defineTool({
  name: 'organize_apply',
  title: 'Apply preview',
  description: 'Does what a preview says; if interrupted, call again. Back: organize_undo.',
  toolset: 'organize',
  access: 'destructive',
  scopes: ['photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'],
  idempotent: true,
  input: z.strictObject({ preview: z.string().describe('From organize_preview') }),
  output: z.object({ done: z.int(), total: z.int(), finished: z.boolean() }),
  async run({ preview }, context) {
    if (!(await isAgreed(preview, context))) {
      return { text: 'The person said no; nothing was changed.', data: { done: 0, total: 0, finished: false } };
    }
    const { google, signal } = context;
    const onStep = (done: number, total: number, message: string) => context.progress(done, total, message);
    const report = await applyPreview(context.previews(), preview, {
      google,
      signal,
      onStep,
      budgetMs: BUDGETS.toolCall,
    });
    const { done, total, finished, created } = report;
    const albums = await albumLines(created, 'new albums', context);
    return {
      text: [
        ...(finished ? [`Done: ${done} of ${total} steps.`] : []),
        ...albums,
        ...runLines(report, `organize_apply {"preview": "${preview}"}`),
        ...(finished ? [`To take it back: organize_undo {"preview": "${preview}"}`] : []),
      ].join('\n'),
      data: { done, total, finished, failed: report.failed, presumed: report.assumedDone, created },
    };
  },
});

/** Asked once where the client can ask; where it cannot, and when the work goes on, the preview id is the consent. */
async function isAgreed(id: string, { previews, ask }: Context): Promise<boolean> {
  const { plan } = await previews().read(id);
  if ((await previews().history(id)).length > 0) return true;
  return ask('apply', { message: `Change your Google Photos? ${summaryOf(plan)}${albumsOf(plan)}` }) !== 'declined';
}

const NAMED_ALBUMS = 5;

/** Which albums: numbers alone are no summary for a person who is to say yes. */
function albumsOf({ albums }: Plan): string {
  const names = albums.slice(0, NAMED_ALBUMS).map(({ title }) => `"${shorten(title, 60)}"`);
  const more = albums.length > NAMED_ALBUMS ? ` and ${albums.length - NAMED_ALBUMS} more` : '';
  return names.length > 0 ? ` · ${names.join(', ')}${more}` : '';
}
