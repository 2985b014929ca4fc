import { definePrompt } from '../mcp/prompt.ts';
import { suggestAlbums, suggestFrom } from './suggest.ts';

export default definePrompt({
  name: 'pick_album',
  title: 'Pick from Google Photos and make an album',
  description: 'You choose photos from your whole library on a page of Google; copies of them become an album.',
  tools: ['picker_pick', 'media_upload', 'results_overview', 'media_view', 'organize_preview', 'organize_apply'],
  arguments: {
    title: { description: 'Title of the album', required: true, suggest: suggestAlbums },
    captions: { description: 'Captions: none, days or places', suggest: suggestFrom(['none', 'days', 'places']) },
  },
  text: ({ title, captions = 'none' }) =>
    [
      `Let me pick photos from Google Photos and make an album "${title}" of them. Captions: ${captions}.`,
      '',
      '1. picker_pick: give me the link if the page does not open by itself, and wait by calling again with its session until I have pressed Done.',
      '2. Tell me that copies are made, since this app cannot put photos that it did not upload into an album; ask whether to go on.',
      '3. media_upload with the whole result copies them; it goes on when called again.',
      '4. Look with results_overview and media_view at what was uploaded.',
      '5. organize_preview: the album with "order": "captured", a cover, and captions as wished; show it to me, and after my yes organize_apply.',
    ].join('\n'),
});
