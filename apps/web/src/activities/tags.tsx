import type { ActivityStatus } from '@jieyou/core/activities/schema.ts';
import { activityStatusLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';

const tones: Readonly<Record<ActivityStatus, Tone>> = { planned: 'rest', published: 'moving', done: 'done', cancelled: 'rest' };

/** Where an activity stands. */
export const ActivityStatusTag = ({ status }: { readonly status: ActivityStatus }) => (
  <StatusTag tone={tones[status]}>{activityStatusLabels[status]}</StatusTag>
);
