/** What prompts suggest for their arguments; the code behind it is loaded when a person types. */
import type { Suggest } from '../mcp/prompt.ts';

const suggestions = () => import('./suggestions.ts');

/** From a list that does not change. */
export const suggestFrom =
  (values: readonly string[]): Suggest =>
  async (typed) =>
    values.filter((value) => value.toLowerCase().includes(typed.trim().toLowerCase()));

export const suggestAlbums: Suggest = async (...typed) => (await suggestions()).suggestAlbums(...typed);
export const suggestYears: Suggest = async (...typed) => (await suggestions()).suggestYears(...typed);
export const suggestEvents: Suggest = async (...typed) => (await suggestions()).suggestEvents(...typed);
export const suggestFolders: Suggest = async (...typed) => (await suggestions()).suggestFolders(...typed);
