/** What follows from a conference: minutes, decisions as actions, lines of support, the next date. */
import { addMs, dayOf, daysBetween, type Instant } from '@jieyou/core/shared/day.ts';
import { helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { type Diary, MINUTE } from './loadDiary.ts';
import type { Staff } from './loadDistrict.ts';
import type { Seat } from './loadPlans.ts';
import type { ToldLine } from './loadResponses.ts';
import { idOf } from './loadRows.ts';
import type { SupportKind } from './types.ts';

const lineKinds: Readonly<Record<SupportKind, string>> = {
  referral: 'referral',
  supervision: 'supervision',
  consultation: 'conference',
  seminar: 'seminar',
  'resource-link': 'resource',
};

/** The conference was held: minutes, decisions as actions, and lines of support by field, side by side. Answers the lines. */
export const conferenceRows = (diary: Diary, at: Instant, conferenceId: string, by: Staff, seats: readonly Seat[]): ToldLine[] => {
  const { rows, district, time } = diary;
  const lines: ToldLine[] = [];
  const plan = diary.plan;
  const { told } = plan;
  const districtId = district.id;
  const written = addMs(at, 130 * MINUTE);
  rows.add('supportMinutes', {
    districtId,
    id: conferenceId,
    requestId: plan.id,
    minutes: told.minutes,
    consensus: `会诊形成共识：${told.decisions.map((d) => `${helpFieldLabels[d.field]}方面，${d.text}`).join('')}`,
    attendeeIds: seats.map((s) => s.expert.expertId),
    writtenBy: by.personId,
  });
  diary.move('following', 'support.conference-held', written, by, {
    experts: seats.length,
    decisions: told.decisions.length,
    packVersion: time.rules.version,
  });
  diary.tell([plan.asker], 'support.conference-held', written);
  const closing = plan.at.over;
  for (const [i, decision] of told.decisions.entries()) {
    const owner = ([plan.asker, by, plan.asker] as const)[i % 3] as Staff;
    const done = closing !== undefined || i === 0 || plan.allDone;
    const failed = plan.solved === false && i > 0;
    const doneAt = closing === undefined ? diary.between(written, time.now, 0.5) : diary.between(written, closing, 0.5 + i * 0.09);
    const dueOn =
      closing === undefined
        ? time.day(i === 1 && plan.lateBy > 0 ? -plan.lateBy : i === 0 ? -1 : 3 + i * 5)
        : dayOf(addMs(doneAt, 2 * 24 * 60 * MINUTE));
    const actionId = idOf(written);
    const status = done ? (failed ? 'not-possible' : 'done') : 'open';
    const result = done ? (failed ? '多方联系后仍未落实，原因已告知服务对象。' : decision.doneText) : null;
    rows.add('supportAction', {
      districtId,
      id: actionId,
      requestId: plan.id,
      conferenceId,
      ownerId: owner.personId,
      dueOn,
      says: decision.text,
      status,
      result,
      doneAt: done ? doneAt : null,
      number: diary.number,
    });
    diary.event('support.action-assigned', written, by, { kind: 'action', id: actionId });
    diary.tell([owner], 'support.action-assigned', written, { kind: 'action', id: actionId });
    if (done) diary.event('support.action-done', doneAt, owner, { kind: 'action', id: actionId, facts: { status } });

    // Persons told whole have a line for every field (LH-24); elsewhere the conference itself is no line.
    if (plan.story.persona === null && decision.kind === 'consultation') continue;
    const openedAt = addMs(written, (5 + i) * MINUTE);
    const provider = ['referral', 'resource-link'].includes(decision.kind)
      ? district.providers.filter((p) => p.helpFields.includes(decision.field))
      : [];
    const expert = seats.find((s) => s.fields.includes(decision.field))?.expert;
    const lineId = idOf(openedAt);
    const holder = provider.length > 0 ? null : (expert ?? plan.asker);
    const providerName = provider[(i + plan.round) % Math.max(1, provider.length)]?.name ?? null;
    const closedAt = done ? doneAt : null;
    const task = told.opinions.find((o) => o.field === decision.field)?.advice ?? decision.text;
    rows.add('supportLine', {
      districtId,
      id: lineId,
      requestId: plan.id,
      helpField: decision.field,
      kind: lineKinds[decision.kind],
      holderId: holder?.personId ?? null,
      providerName,
      task,
      status,
      result,
      openedAt,
      closedAt,
      number: diary.number,
    });
    lines.push({ id: lineId, helpField: decision.field, kind: lineKinds[decision.kind], holder, providerName, openedAt, closedAt, status });
    diary.event('support.line-opened', openedAt, by, {
      kind: 'line',
      id: lineId,
      field: decision.field,
      facts: { kind: lineKinds[decision.kind] },
    });
    if (done)
      diary.event('support.line-closed', addMs(doneAt, 7 * MINUTE), owner, {
        kind: 'line',
        id: lineId,
        field: decision.field,
        facts: { status },
      });
  }
  return lines;
};

/** The next date of a request that is being followed up. */
export const nextDate = (diary: Diary, at: Instant): string => {
  const { time } = diary;
  return diary.plan.lateBy > 0 ? time.day(-diary.plan.lateBy) : time.day(Math.max(2, 8 - (daysBetween(dayOf(at), time.today) % 5)));
};
