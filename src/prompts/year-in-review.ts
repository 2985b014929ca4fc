import { definePrompt } from '../mcp/prompt.ts';
import { suggestFrom, suggestYears } from './suggest.ts';

export default definePrompt({
  name: 'year_in_review',
  title: 'Year in review',
  description: 'The best of a year in one album, month by month.',
  tools: ['media_items_search', 'results_overview', 'media_view', 'organize_preview', 'organize_apply'],
  arguments: {
    year: { description: 'Which year', required: true, suggest: suggestYears },
    photos: { description: 'About how many photos', suggest: suggestFrom(['24', '36', '50', '100']) },
  },
  text: ({ year, photos = '50' }) =>
    [
      `Make an album of the best of ${year}, about ${photos} photos.`,
      '',
      `1. media_items_search with dates ["${year}"], and once more with favorites: those I like already.`,
      '2. results_overview of the year: its events, bursts and duplicates.',
      '3. Look with media_view at the favourites and at some photos of each event, also outside of trips. One of each burst is enough; no receipts, screenshots or papers.',
      '4. organize_preview: a new album with "order": "captured", a caption before the first photo of each event, and a cover.',
      '5. Show me the choice and the captions; after my yes organize_apply.',
    ].join('\n'),
});
