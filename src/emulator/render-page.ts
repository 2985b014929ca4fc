/** The emulator's HTML, CSS, SVG and scripts for the browser: real files in `pages/`, carried as text by the bundle. */
import badGateway from './pages/bad-gateway.html';
import consent from './pages/consent.html';
import emptyAlbum from './pages/empty-album.svg';
import file from './pages/file.svg';
import mediaError from './pages/media-error.html';
import notFound from './pages/not-found.html';
import notFoundPicture from './pages/not-found.svg';
import oauth from './pages/oauth.css';
import oauthError from './pages/oauth-error.html';
import pickerScript from './pages/picker.client.js';
import pickerStyle from './pages/picker.css';
import picker from './pages/picker.html';
import pickerIcon from './pages/picker.svg';
import pickerGridScript from './pages/picker-grid.client.js';
import pickerOver from './pages/picker-over.html';
import pickerSelectionScript from './pages/picker-selection.client.js';
import profile from './pages/profile.svg';

const PAGES: Readonly<Record<string, string>> = {
  'bad-gateway.html': badGateway,
  'consent.html': consent,
  'empty-album.svg': emptyAlbum,
  'file.svg': file,
  'media-error.html': mediaError,
  'not-found.html': notFound,
  'not-found.svg': notFoundPicture,
  'oauth-error.html': oauthError,
  'oauth.css': oauth,
  'picker-grid.client.js': pickerGridScript,
  'picker-over.html': pickerOver,
  'picker-selection.client.js': pickerSelectionScript,
  'picker.client.js': pickerScript,
  'picker.css': pickerStyle,
  'picker.html': picker,
  'picker.svg': pickerIcon,
  'profile.svg': profile,
};

/** The text of `pages/<name>`; a page is added to the list above. */
export async function page(name: string): Promise<string> {
  const text = PAGES[name];
  if (text === undefined) throw new Error(`no page ${name}`);
  return text;
}
