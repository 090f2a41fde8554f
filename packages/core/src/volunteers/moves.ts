import { moves } from '../shared/moves.ts';
import type { VolunteerStatus, VolunteerTaskStatus } from './schema.ts';

/** Moves on the register. */
export type VolunteerMove = 'pause' | 'resume' | 'withdraw';

/** Who pauses may come back; who has left is entered anew. */
export const volunteerMoves = moves<VolunteerStatus, VolunteerMove>({
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  withdraw: { from: ['active', 'paused'], to: 'withdrawn' },
});

/** Moves of a task. */
export type VolunteerTaskMove = 'staff' | 'reopen' | 'finish' | 'settle' | 'cancel' | 'hand-over';

/** What may become of a task (SM-15). Hours are recorded, may be mended while they wait, and are settled once. */
export const volunteerTaskMoves = moves<VolunteerTaskStatus, VolunteerTaskMove>({
  staff: { from: ['open'], to: 'staffed' },
  reopen: { from: ['staffed'], to: 'open' },
  finish: { from: ['staffed', 'done'], to: 'done' },
  settle: { from: ['done'], to: 'settled' },
  cancel: { from: ['open', 'staffed'], to: 'cancelled' },
  'hand-over': { from: ['open', 'staffed', 'done'], to: ['open', 'staffed', 'done'] },
});
