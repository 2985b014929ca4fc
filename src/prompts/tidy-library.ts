import { definePrompt } from '../mcp/prompt.ts';
import { suggestFrom } from './suggest.ts';

const PARTS = ['everything', 'albums', 'photos in no album', 'bursts and duplicates', 'descriptions'];

export default definePrompt({
  name: 'tidy_library',
  title: 'Tidy the library',
  description: 'Albums without a good name, photos in no album, doubles, missing descriptions.',
  tools: [
    'albums_list',
    'media_items_list',
    'media_items_search',
    'results_overview',
    'media_view',
    'organize_preview',
    'organize_apply',
  ],
  arguments: {
    what: { description: 'What to tidy, default everything', suggest: suggestFrom(PARTS) },
  },
  text: ({ what = 'everything' }) =>
    [
      `Tidy my Google Photos library: ${what}.`,
      '',
      '1. albums_list: which are empty, untitled or double? For what is in one: media_items_search with its reference as albumId, then media_view.',
      '2. media_items_list, then results_overview with "albums": true: photos in no album, bursts, likely duplicates, photos without description.',
      '3. Tell me what you found and what you suggest: better titles, albums for events that have none, descriptions. Ask what I want.',
      '4. organize_preview for all of it at once; after my yes organize_apply.',
      'Nothing can be deleted through Google’s API. Give me the links (productUrl) of albums and doubles that I may want to delete myself.',
    ].join('\n'),
});
