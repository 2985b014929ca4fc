/** The guide's knowledge as a skill, `skill://organize-google-photos/SKILL.md`, for clients that load skills. */
import { memorySkillFiles, type SkillSource, SkillsExtension } from '@modelcontextprotocol/server/ext/skills';
import { guide } from '../resources/guide.ts';
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

const FILES: Record<string, string> = { [`${NAME}/SKILL.md`]: SKILL, [`${NAME}/references/guide.md`]: guide };

/** Throws when a rule of the skill format is broken. Digests are computed only for clients that ask for skills. */
const catalog = () => SkillsExtension.load(memorySkillFiles(FILES), { strict: true });

const source: SkillSource = {
  list: async () => ({ skills: [...(await catalog()).entries] }),
  get: async (uri) => (await catalog()).entries.find((entry) => entry.uri === uri),
  async read(uri) {
    const text = FILES[uri.replace('skill://', '')];
    return text === undefined ? undefined : { text, mimeType: 'text/markdown' };
  },
  listResources: async () => [
    { uri: `skill://${NAME}/SKILL.md`, name: NAME, description: DESCRIPTION, mimeType: 'text/markdown' },
  ],
};

/** One extension serves any number of servers. */
export const createSkills = (): SkillsExtension =>
  new SkillsExtension({ source, strict: true, cacheHint: { ttlMs: DAY_MS, cacheScope: 'public' } });
