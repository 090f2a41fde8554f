import type { GroupStatus, Reached, SessionStatus } from '@jieyou/core/groups/schema.ts';
import { groupStatusLabels, reachedLabels, sessionStatusLabels } from '@jieyou/core/texts/groupLabels.ts';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';

const groupTones: Readonly<Record<GroupStatus, Tone>> = {
  drafting: 'rest',
  submitted: 'needs',
  approved: 'moving',
  beginning: 'moving',
  turning: 'moving',
  working: 'moving',
  ending: 'moving',
  closed: 'done',
  cancelled: 'rest',
};
/** Where a group stands. */
export const GroupStatusTag = ({ status }: { readonly status: GroupStatus }) => (
  <StatusTag tone={groupTones[status]}>{groupStatusLabels[status]}</StatusTag>
);

const sessionTones: Readonly<Record<SessionStatus, Tone>> = { planned: 'moving', held: 'done', cancelled: 'rest' };
/** What became of a session. */
export const SessionStatusTag = ({ status }: { readonly status: SessionStatus }) => (
  <StatusTag tone={sessionTones[status]}>{sessionStatusLabels[status]}</StatusTag>
);

const reachedTones: Readonly<Record<Reached, Tone>> = { not: 'needs', partly: 'needs', mostly: 'moving', fully: 'done' };
/** Whether a session reached its aim. */
export const ReachedTag = ({ reached }: { readonly reached: Reached }) => (
  <StatusTag tone={reachedTones[reached]}>{reachedLabels[reached]}</StatusTag>
);
