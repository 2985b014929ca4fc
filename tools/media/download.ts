import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import type { Context } from '../../src/context/context.ts';
import { errorText, explain } from '../../src/mcp/explain.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { type DownloadReport, download } from '../../src/media/download/download.ts';
import { checkMediaItemId, namesAndMedia, type ReferencedMedia, resolveNames } from '../../src/results/targets.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import * as fields from '../support/fields.ts';
import { pageReply } from '../support/replies.ts';

export default defineTool({
  name: 'media_download',
  title: 'Download',
  description:
    'Saves items into a folder, names and times kept; never overwrites. Google strips places and recompresses.',
  toolset: 'media',
  access: 'write',
  scopes: ['photoslibrary.readonly.appcreateddata'],
  idempotent: true,
  input: z.strictObject({
    mediaItemIds: fields.mediaItemIds,
    dir: z.string().min(1).describe('Folder; made when missing'),
  }),
  output: fields.page.extend({
    dir: z.string(),
    counts: z.looseObject({}),
  }),
  async run({ mediaItemIds, dir }, context) {
    await context.results.prepare();
    const items = await resolveSources(mediaItemIds, context);
    const report = await download({ items, dir }, context.transfers(), {
      signal: context.signal,
      onProgress: ({ filesDone, filesTotal, current }) => context.progress(filesDone, filesTotal, current),
    });
    const entries = report.files.map(({ entry }) => entry);
    const origin = { tool: 'media_download', input: { mediaItemIds, dir } };
    const reply = pageReply(await context.results.keep({ title: `in ${dir}`, noun: 'files', origin }, entries), '');
    return {
      ...reply,
      text: `${summary(report)}\n${reply.text}`,
      data: { ...reply.data, dir: report.dir, counts: report.counts },
    };
  },
});

type Source = string | PickedItemEntry;

async function resolveSources(names: string[], { results, signal }: Context): Promise<Source[]> {
  const named = await resolveNames(names, results, { signal });
  return namesAndMedia(named).map(toSource);
}

function toSource(named: string | ReferencedMedia): Source {
  if (typeof named === 'string') return checkMediaItemId(named);
  const { item, result, position } = named;
  if (item.kind === 'pickedItem') return item;
  if (item.kind === 'mediaItem') return item.id;
  throw new AppError(
    'isLocal',
    `${result}#${position} is on this computer already: ${item.filename}.`,
    'Leave it out.',
  );
}

function summary({ counts, bytes, stopped, dir }: DownloadReport): string {
  const left = counts.left > 0 ? `, ${counts.left} left` : '';
  const done = `${counts.downloaded} downloaded (${(bytes / 1e6).toFixed(1)} MB), ${counts.alreadyThere} already there, ${counts.failed} failed${left} · ${dir}`;
  if (!stopped) return `${done}\nAs Google gives them: without the place, recompressed.`;
  return stopped.by === 'cancel'
    ? `${done}\nCancelled; the same call goes on.`
    : `${done}\n${errorText(explain(stopped.error))}`;
}
