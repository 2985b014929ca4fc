import * as z from 'zod';
import { BUDGETS } from '../../src/google/budgets.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { undoPreview } from '../../src/organize/apply/organizer.ts';
import { runLines } from '../support/run-report.ts';

export default defineTool({
  name: 'organize_undo',
  title: 'Undo preview',
  description: 'Takes back what organize_apply did, as far as Google allows.',
  toolset: 'organize',
  access: 'destructive',
  scopes: ['photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'],
  idempotent: true,
  input: z.strictObject({ preview: z.string().describe('From organize_preview') }),
  output: z.object({ done: z.int(), total: z.int(), finished: z.boolean(), stays: z.array(z.string()) }),
  async run({ preview }, context) {
    const { google, signal } = context;
    const onStep = (done: number, total: number, message: string) => context.progress(done, total, message);
    const report = await undoPreview(context.previews(), preview, {
      google,
      signal,
      onStep,
      budgetMs: BUDGETS.toolCall,
    });
    const { done, total, finished, stays } = report;
    return {
      text: [
        ...(finished ? [`Taken back: ${done} of ${total} steps.`] : []),
        ...runLines(report, `organize_undo {"preview": "${preview}"}`),
        ...(stays.length > 0 ? ['What no API can take back:', ...stays.map((line) => `- ${line}`)] : []),
      ].join('\n'),
      data: { done, total, finished, stays },
    };
  },
});
