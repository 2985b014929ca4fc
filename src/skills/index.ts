/** The guide's knowledge as a skill, `skill://organize-google-photos/SKILL.md`, for clients that load skills. */
import type { SkillCatalog } from '@modelcontextprotocol/server/ext/skills';
import guide from '../resources/guide.md';
import recipes from '../resources/recipes.md';

const NAME = 'organize-google-photos';
const DESCRIPTION =
  'Finds, shows, uploads and organises photos in Google Photos, from a wish (an album of the Lisbon trip, a caption a ' +
  'day) to finished albums. Use it for albums, captions, trips, years in review, receipts, bursts, uploads and picks.';

const SKILL = `---
name: ${NAME}
description: ${JSON.stringify(DESCRIPTION)}
---

# Organise Google Photos

What an app may do, searching, references and limits: [references/guide.md](references/guide.md).

${recipes}`;

const DAY_MS = 86_400_000;

/** One catalogue serves any number of servers. Throws when a rule of the skill format is broken. */
export async function loadSkills(): Promise<SkillCatalog> {
  const { memorySkillFiles, SkillsExtension } = await import('@modelcontextprotocol/server/ext/skills');
  const files = { [`${NAME}/SKILL.md`]: SKILL, [`${NAME}/references/guide.md`]: guide };
  return SkillsExtension.load(memorySkillFiles(files), {
    strict: true,
    cacheHint: { ttlMs: DAY_MS, cacheScope: 'public' },
  });
}
