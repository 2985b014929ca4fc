import { definePrompt } from '../mcp/prompt.ts';
import { suggestAlbums, suggestEvents } from './suggest.ts';

export default definePrompt({
  name: 'organize_trip',
  title: 'Organise a trip',
  description: 'One trip into an album: in order, a caption for each day, a cover.',
  tools: ['media_items_search', 'results_overview', 'media_view', 'organize_preview', 'organize_apply'],
  arguments: {
    trip: { description: 'Which trip: place, month or dates', required: true, suggest: suggestEvents },
    title: { description: 'Title of the album', suggest: suggestAlbums },
  },
  text: ({ trip, title }) =>
    [
      `Make an album of this trip: ${trip}.${title ? ` Its title: ${title}.` : ''}`,
      '',
      '1. Find it. With dates: media_items_search with a range. Otherwise media_items_search without filters, then results_overview: the events that last days are trips, and what their descriptions say tells which. Google knows no places, so look with media_view when unsure.',
      '2. results_overview of the trip (a reference such as k7m2#14-74 will do) lists its days.',
      '3. Look at all of it with media_view. Leave out receipts, screenshots, blurry and doubled shots. Choose the cover.',
      '4. organize_preview: the items with "order": "captured", the cover, and a short caption before each day (the reference of the day).',
      '5. Show me title, captions, cover, and what was left out; after my yes organize_apply. Captions cannot be changed afterwards.',
    ].join('\n'),
});
