/** Experts' time in the demo: minutes that were entered, and a question for the time of conferences that lie well ahead. */
import { addMs, dayOf, type Instant, msOf } from '@jieyou/core/shared/day.ts';
import { type Diary, MINUTE } from './loadDiary.ts';
import type { Staff } from './loadDistrict.ts';
import type { Seat } from './loadPlans.ts';
import { idOf } from './loadRows.ts';

const DAY = 24 * 60 * MINUTE;

/** Minutes of one piece of work; some experts leave them out. */
export const effortRow = (
  diary: Diary,
  of: { expertId: string; by: Staff; source: 'opinion' | 'conference'; sourceId: string; minutes: number; at: Instant },
): void => {
  diary.rows.add('expertEffort', {
    districtId: diary.district.id,
    id: idOf(of.at),
    expertId: of.expertId,
    requestId: diary.plan.id,
    source: of.source,
    sourceId: of.sourceId,
    minutes: of.minutes,
    onDay: dayOf(of.at),
    enteredBy: of.by.personId,
    enteredAt: of.at,
  });
};

/** Three slots around the planned time, answered by every second person who was asked. */
export const pollRows = (diary: Diary, conferenceId: string, at: Instant, planned: Instant, chair: Staff, seats: readonly Seat[]): void => {
  const { rows, district, time, plan } = diary;
  const deadline = addMs(planned, -18 * 60 * MINUTE);
  if (msOf(deadline) <= msOf(time.now)) return;
  const pollId = idOf(at);
  const experts = seats.filter((s) => s.state !== 'declined');
  const voters = new Map<string, string | null>(experts.map((s) => [s.expert.personId, s.expert.expertId]));
  for (const one of [chair, plan.asker]) if (!voters.has(one.personId)) voters.set(one.personId, null);
  rows.add('conferencePoll', {
    districtId: district.id,
    id: pollId,
    requestId: plan.id,
    conferenceId,
    number: diary.number,
    chairId: chair.personId,
    status: 'open',
    deadline,
    slots: [planned, addMs(planned, DAY), addMs(planned, DAY + 4 * 60 * MINUTE)],
    voterIds: [...voters.keys()],
    createdBy: chair.personId,
    createdAt: at,
  });
  for (const [i, [personId, expertId]] of [...voters].entries()) {
    rows.add('pollVote', {
      districtId: district.id,
      id: idOf(at),
      pollId,
      requestId: plan.id,
      personId,
      expertId,
      chairId: chair.personId,
      required: personId !== plan.asker.personId,
      answers: i % 2 === 1 ? [i % 4 === 1 ? 'yes' : 'no', 'yes', 'if-need-be'] : null,
      answeredAt: i % 2 === 1 ? addMs(at, 30 * MINUTE) : null,
    });
  }
};
