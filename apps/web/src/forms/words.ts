import type { FormResult, FormStatus, FormUnder } from '@jieyou/core/forms/schema.ts';
import type { Tone } from '../house/StatusTag.tsx';

/** What a state means for the one who looks. */
export const formTones: Readonly<Record<FormStatus, Tone>> = {
  draft: 'moving',
  waiting: 'needs',
  returned: 'needs',
  submitted: 'done',
  signed: 'done',
  replaced: 'rest',
  discarded: 'rest',
};

/** The page of what a form stands under. */
export const placeOf = (under: FormUnder): string => {
  if (under.kind === 'case') return `/cases/${under.id}`;
  if (under.kind === 'activity') return `/activities/${under.id}`;
  return under.sessionId === null ? `/groups/${under.id}` : `/groups/${under.id}/sessions/${under.sessionId}`;
};

/** What a band means. */
export const bandTones: Readonly<Record<FormResult['tone'], Tone>> = { calm: 'done', watch: 'needs', act: 'danger' };

/** How a score stands to the one before, in words. */
export const changeWords = (before: FormResult | undefined, now: FormResult): string => {
  if (before === undefined || before.score === null || now.score === null) return '';
  const by = now.score - before.score;
  if (by === 0) return '和上次一样';
  const better = now.more === 'worse' ? by < 0 : by > 0;
  return `比上次${by > 0 ? '多' : '少'} ${Math.abs(by)} 分，${better ? '好转' : '变差'}`;
};
