import { volunteerStatusLabels, volunteerTaskStatusLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import type { VolunteerStatus, VolunteerTaskStatus } from '@jieyou/core/volunteers/schema.ts';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';

const people: Readonly<Record<VolunteerStatus, Tone>> = { active: 'moving', paused: 'needs', withdrawn: 'rest' };
const tasks: Readonly<Record<VolunteerTaskStatus, Tone>> = {
  open: 'moving',
  staffed: 'moving',
  done: 'needs',
  settled: 'done',
  cancelled: 'rest',
};

/** Whether somebody helps now. */
export const VolunteerStatusTag = ({ status }: { readonly status: VolunteerStatus }) => (
  <StatusTag tone={people[status]}>{volunteerStatusLabels[status]}</StatusTag>
);

/** Where a task stands. */
export const TaskStatusTag = ({ status }: { readonly status: VolunteerTaskStatus }) => (
  <StatusTag tone={tasks[status]}>{volunteerTaskStatusLabels[status]}</StatusTag>
);
