/** All hard cases of the demo: six or more for each of the seven domains. */
import { disabilityInclusion } from './stories/disability-inclusion.ts';
import { domesticViolence } from './stories/domestic-violence.ts';
import { endOfLife } from './stories/end-of-life.ts';
import { familyRelations } from './stories/family-relations.ts';
import { mentalRecovery } from './stories/mental-recovery.ts';
import { parentChild } from './stories/parent-child.ts';
import { youthInternet } from './stories/youth-internet.ts';
import type { Story } from './types.ts';

/** Every story, domain by domain. */
export const stories: readonly Story[] = [
  ...mentalRecovery, ...disabilityInclusion, ...youthInternet, ...parentChild, ...familyRelations, ...domesticViolence, ...endOfLife,
];

/** Longest texts that the stories may hold, in characters. */
export const storyLimits = {
  title: 40, household: 80, storyLow: 200, story: 400, tried: 200, asks: 200, opinion: 120, decision: 100, minutes: 300, closing: 120, publicationLow: 150, publication: 300,
} as const;

/** The person told whole for a requirement: 王桦 for LH-24, 玲玲 for LH-25. */
export function personaStory(requirement: 'LH-24' | 'LH-25'): Story {
  const found = stories.find((story) => story.persona?.requirement === requirement);
  if (!found) throw new RangeError(`no story for ${requirement}`);
  return found;
}
