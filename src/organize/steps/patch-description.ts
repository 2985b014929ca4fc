import { descriptionPatch } from '../../google/update-mask.ts';
import type { StepHandler } from './handler.ts';
import type { PatchDescription } from './types.ts';

export const patchDescription: StepHandler<PatchDescription> = {
  async send({ mediaItemId, description }, context) {
    await context.write('mediaItems.patch', descriptionPatch(mediaItemId, description));
    return {};
  },

  check: async () => ({ state: 'notDone' }),

  describe: ({ filename }) => `describe ${filename}`,
};
