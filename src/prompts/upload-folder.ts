import { definePrompt } from '../mcp/prompt.ts';
import { suggestAlbums, suggestFolders } from './suggest.ts';

export default definePrompt({
  name: 'upload_folder',
  title: 'Upload and album a folder',
  description: 'The photos and videos of a folder on this computer into Google Photos, in an album.',
  tools: ['local_scan', 'results_overview', 'media_view', 'media_upload', 'organize_preview', 'organize_apply'],
  arguments: {
    folder: { description: 'Folder on this computer', required: true, suggest: suggestFolders },
    album: {
      description: 'Title of the album, new or existing; default: the name of the folder',
      suggest: suggestAlbums,
    },
  },
  text: ({ folder, album }) =>
    [
      `Upload the photos and videos in ${folder} into ${album ? `the album "${album}"` : 'an album named after the folder'}.`,
      '',
      '1. local_scan of the folder, then results_overview: how many, from when, where, what is double, what was uploaded before.',
      '2. Look at it with media_view. Tell me what you would leave out, and ask.',
      '3. media_upload with the references of the rest and albumTitle; an interrupted upload goes on when called again, and nothing is uploaded twice.',
      '4. With organize_preview suggest a cover, and captions if it is a trip or a party; after my yes organize_apply.',
      'Items stay in the order in which they were added: Google never re-sorts an album.',
    ].join('\n'),
});
