import { LIMITS } from '../../google/limits.ts';
import type { PatchDescription } from '../steps/types.ts';
import type { DescriptionPlan } from './input.ts';
import { usableIds } from './items.ts';
import { type Planning, quoteStart } from './planning.ts';

const SUBJECT = 'descriptions';

/** One step for each item whose description is to change. */
export function planDescriptions(plans: readonly DescriptionPlan[], planning: Planning): PatchDescription[] {
  const steps = new Map<string, PatchDescription>();
  for (const { items, text } of plans) {
    if (text.length > LIMITS.description) {
      const reason = `a description has more than ${LIMITS.description} characters`;
      planning.problems.add(SUBJECT, reason, { name: quoteStart(text) });
      continue;
    }
    for (const id of usableIds(items, planning.facts, SUBJECT, planning.problems)) {
      if (steps.has(id)) {
        const name = planning.facts.items.get(id)?.filename ?? id;
        planning.problems.add(SUBJECT, 'an item is given two descriptions; the first counts', { name });
      } else steps.set(id, describe(id, text, planning));
    }
  }
  return [...steps.values()].filter(({ description, before }) => description !== before);
}

function describe(mediaItemId: string, description: string, { facts }: Planning): PatchDescription {
  const { filename = mediaItemId, description: before = '' } = facts.items.get(mediaItemId) ?? {};
  return { kind: 'patchDescription', mediaItemId, filename, description, before };
}
