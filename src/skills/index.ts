/** The guide's knowledge as a skill, `skill://organize-google-photos/SKILL.md`, for clients that load skills. */
import type { SkillCatalog } from '@modelcontextprotocol/server/ext/skills';
import guide from '../resources/guide.md';
import recipes from '../resources/recipes.md';
import head from './organize-google-photos.md';

const FOLDER = 'organize-google-photos';
const DAY_MS = 86_400_000;

/** One catalogue serves any number of servers. Throws when a rule of the skill format is broken. */
export async function loadSkills(): Promise<SkillCatalog> {
  const { memorySkillFiles, SkillsExtension } = await import('@modelcontextprotocol/server/ext/skills');
  const files = { [`${FOLDER}/SKILL.md`]: `${head}\n${recipes}`, [`${FOLDER}/references/guide.md`]: guide };
  return SkillsExtension.load(memorySkillFiles(files), {
    strict: true,
    cacheHint: { ttlMs: DAY_MS, cacheScope: 'public' },
  });
}
