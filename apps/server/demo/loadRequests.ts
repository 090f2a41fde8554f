/** Requests as rows: everything that happened to each, with its events, as the support room and the case bank write it. */
import { addMs, msOf } from '@jieyou/core/shared/day.ts';
import { assess } from '@jieyou/core/support/checklist.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { checklistOf, startedClock } from '../src/support/clock.ts';
import { adviceRows } from './loadAdvice.ts';
import { caseRows } from './loadCases.ts';
import { type Desk, Diary, MINUTE, notUndefined } from './loadDiary.ts';
import type { District } from './loadDistrict.ts';
import { endRows } from './loadEnds.ts';
import { nextDate } from './loadFollowUp.ts';
import { accept, acknowledge, ask, consentRows, submit } from './loadIntake.ts';
import type { RequestPlan } from './loadPlans.ts';
import type { Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { randomFor } from './random.ts';

/** The clock that runs now. */
const clockOf = (diary: Diary) => {
  const plan = diary.plan;
  const { rules } = diary.time;
  const { at } = plan;
  const stopped = { clockKind: null, clockStartedAt: null, clockDueAt: null, clockAtRiskAt: null, clockPausedAt: null };
  const { warnedFor: _unused, ...screening } =
    at.submitted === undefined ? { ...stopped, warnedFor: null } : startedClock(rules, 'screening', at.submitted);
  switch (plan.end) {
    case 'submitted':
      return screening;
    case 'needs-info':
      return { ...screening, clockPausedAt: at.asked ?? null };
    case 'crisis': {
      const since = notUndefined(at.submitted, 'submission');
      const due = addMs(since, rules.pack['crisis.acknowledgeMinutes'] * MINUTE);
      return { clockKind: 'crisis', clockStartedAt: since, clockDueAt: due, clockAtRiskAt: since, clockPausedAt: null };
    }
    case 'matching':
    case 'supporting': {
      const { warnedFor: _, ...clock } =
        plan.end === 'matching'
          ? startedClock(rules, 'panel', notUndefined(at.accepted, 'acceptance'))
          : startedClock(rules, 'conference', notUndefined(at.invited, 'invitation'));
      return clock;
    }
    default:
      return stopped;
  }
};

/** The request as it stands at the end of what is told. */
const registerRow = (diary: Diary, caseId: string, nextOn: string | null): void => {
  const { rows, district, time } = diary;
  const plan = diary.plan;
  const { at, asker } = plan;
  const crisis = plan.lane === 'crisis' && at.submitted !== undefined;
  const [duty, backup] = diary.duty(at.submitted ?? at.created);
  const solvedAt = plan.end === 'closed' ? at.over : undefined;
  rows.add('supportRequest', {
    districtId: district.id,
    id: plan.id,
    receiptNo: plan.receiptNo,
    archiveNo: plan.archiveNo,
    status: plan.end,
    channel: plan.round === 1 ? 'phone' : 'desk',
    domain: plan.story.domain,
    helpFields: [...plan.story.helpFields],
    risk: plan.risk,
    caseId,
    stationId: asker.stationId as string,
    organisationId: asker.organisationId,
    divisionPath: asker.divisionPath,
    askerId: asker.personId,
    holderId: plan.holder?.personId ?? null,
    ...clockOf(diary),
    packVersion: at.submitted === undefined ? null : time.rules.version,
    nextOn,
    crisisSince: crisis ? (at.submitted ?? null) : null,
    crisisDutyId: crisis ? duty.personId : null,
    crisisBackupId: crisis ? backup.personId : null,
    crisisAcknowledgedAt: at.acknowledged ?? null,
    crisisAcknowledgedBy: at.acknowledged === undefined ? null : (plan.holder ?? duty).personId,
    submittedAt: at.submitted ?? null,
    acceptedAt: at.accepted ?? null,
    closedAt: at.over ?? null,
    solved: solvedAt === undefined ? null : plan.solved,
    duplicateOf: plan.duplicateOf?.id ?? null,
    createdAt: at.created,
    updatedAt: diary.last,
    version: 1 + diary.moves,
  });
};

/** What happened, in its order, and the register row last: it tells where the request stands then. */
const write = (diary: Diary): void => {
  const { rows, district, time, crypto } = diary;
  const plan = diary.plan;
  const { at, asker } = plan;
  const written = caseRows(rows, district, crypto, time, plan.caseOf);
  const consents = consentRows(diary, written.id);
  const pack = time.rules;
  const result = at.submitted === undefined ? null : assess(checklistOf(pack), plan.checklist);
  const halfDone = plan.end === 'draft' && asker.accountId !== null && plan.round % 2 === 0;
  rows.add('supportContent', {
    districtId: district.id,
    id: plan.id,
    caseNumber: plan.caseOf.number,
    recipientMasked: written.masked,
    recipientGender: plan.caseOf.person.gender,
    recipientBirthOn: plan.caseOf.person.birthOn,
    household: plan.told.household,
    story: plan.told.story,
    tried: halfDone ? '' : plan.told.tried,
    asks: plan.end === 'draft' ? '' : plan.told.asks,
    wishes: JSON.stringify({ expertGender: plan.story.wish === 'female-expert' ? 'female' : null }),
    checklist: JSON.stringify(halfDone ? { ...plan.checklist, severalDepartments: null, riskRising: null } : plan.checklist),
    checklistResult: result === null ? null : JSON.stringify(result),
    identitiesCt: crypto.encrypt(JSON.stringify(written.identities), { table: 'support_content', row: plan.id, field: 'identities' }),
  });

  diary.event('support.created', at.created, asker);
  let nextOn: string | null = null;
  if (at.submitted !== undefined) submit(diary, at.submitted);
  if (at.acknowledged !== undefined) acknowledge(diary, at.acknowledged);
  if (at.asked !== undefined) ask(diary, at.asked);
  if (at.accepted !== undefined) accept(diary, at.accepted);
  if (at.invited !== undefined) nextOn = adviceRows(diary, at.invited, written.identities, consents);
  if (at.held !== undefined && at.over === undefined) nextOn = nextDate(diary, at.held);
  if (at.over !== undefined) nextOn = endRows(diary, at.over, written.identities);
  registerRow(diary, written.id, nextOn);
};

/** Writes one request after another; numbers must have been drawn. */
export const requestRows = (
  rows: Rows,
  district: District,
  time: DemoTime,
  crypto: CryptoProvider,
  plans: readonly RequestPlan[],
): void => {
  const desk: Desk = { rows, district, time, crypto, random: randomFor('request rows') };
  // Rows of one moment get ids in the order of their making, so the oldest request is written first.
  for (const plan of plans.toSorted((a, b) => msOf(a.at.created) - msOf(b.at.created))) write(new Diary(desk, plan));
};
