/** How a request ends: closed with an evaluation, or declined, advised, withdrawn, ended elsewhere, found to be a duplicate. */
import type { KnownIdentity } from '@jieyou/core/casebank/redaction.ts';
import { addDays, dayOf, daysBetween, type Instant } from '@jieyou/core/shared/day.ts';
import { type Diary, notUndefined } from './loadDiary.ts';
import type { Staff } from './loadDistrict.ts';
import { publicationRows } from './loadPublications.ts';
import { supervisionRows } from './loadResponses.ts';
import { idOf } from './loadRows.ts';
import * as text from './loadText.ts';

const advise = (diary: Diary, at: Instant, by: Staff): void => {
  const { rows, district, time, random } = diary;
  const plan = diary.plan;
  const advice = random.pick(text.advices);
  diary.move('advised', 'support.diverted', at, by, { checklistVersion: time.rules.version }, diary.screening('divert', advice));
  const supervisor = district.named.supervisor;
  const done = daysBetween(dayOf(at), time.today) > 40;
  const id = idOf(at);
  const closedAt = done ? time.after(addDays(dayOf(at), 18), 0, random) : null;
  rows.add('supportLine', {
    districtId: district.id,
    id,
    requestId: plan.id,
    helpField: plan.story.helpFields[0] ?? 'family',
    kind: 'supervision',
    holderId: supervisor.personId,
    providerName: null,
    task: advice,
    status: done ? 'done' : 'open',
    result: done ? '已督导两次，社工调整了会谈安排，目标减为两项。' : null,
    openedAt: at,
    closedAt,
    number: diary.number,
  });
  const line = { id, helpField: plan.story.helpFields[0] ?? 'family', kind: 'supervision', holder: supervisor, providerName: null } as const;
  supervisionRows(diary, { ...line, openedAt: at, closedAt, status: done ? 'done' : 'open' }, plan.asker);
  diary.tell([supervisor], 'support.line-opened', at, { kind: 'line', id });
  diary.tell([plan.asker], 'support.diverted', at);
  if (closedAt !== null) diary.event('support.line-closed', closedAt, supervisor, { kind: 'line', id, facts: { status: 'done' } });
};

const close = (diary: Diary, at: Instant, identities: readonly KnownIdentity[]): string => {
  const { rows, district, random } = diary;
  const plan = diary.plan;
  const by = notUndefined(plan.holder ?? undefined, 'holder');
  const solved = plan.solved === true;
  const followUpOn = addDays(dayOf(at), 90);
  rows.add('supportClosing', {
    districtId: district.id,
    id: plan.id,
    solved,
    evaluation: solved
      ? `${plan.told.closing.result}\n${plan.told.closing.reflection}`
      : '主要问题未能解决，已就可用资源与后续求助途径向服务对象说明，由本站继续跟进。',
    satisfaction: solved ? random.int(4, 5) : random.int(2, 3),
    followUpOn,
    byId: by.personId,
    at,
  });
  diary.move('closed', 'support.closed', at, by, { solved });
  diary.tell([plan.asker], 'support.closed', at);
  if (plan.publication !== null) publicationRows(diary, identities);
  return followUpOn;
};

/** Ends the request as planned; answers its next date where it has one. */
export const endRows = (diary: Diary, at: Instant, identities: readonly KnownIdentity[]): string | null => {
  const { district, random } = diary;
  const plan = diary.plan;
  const { asker } = plan;
  const by = diary.screener();
  const version = diary.time.rules.version;
  switch (plan.end) {
    case 'closed':
      return close(diary, at, identities);
    case 'declined': {
      const [reason, otherRoute] = random.pick(text.refusals);
      const said = diary.screening('decline', `${reason}\n仍可求助的途径：${otherRoute}`, { reason, otherRoute });
      diary.move('declined', 'support.declined', at, by, { checklistVersion: version }, said);
      diary.tell([asker], 'support.declined', at);
      return null;
    }
    case 'advised':
      advise(diary, at, by);
      return null;
    case 'withdrawn':
      diary.move('withdrawn', 'support.withdrawn', at, asker, {}, { kind: 'withdrawal', says: random.pick(text.withdrawals) });
      return null;
    case 'ended-elsewhere':
      diary.move('ended-elsewhere', 'support.ended-elsewhere', at, by, {}, { kind: 'elsewhere', says: random.pick(text.elsewhere) });
      diary.tell([asker], 'support.ended-elsewhere', at);
      return null;
    case 'duplicate': {
      const of = plan.duplicateOf?.archiveNo ?? plan.duplicateOf?.receiptNo ?? '';
      diary.move(
        'duplicate',
        'support.duplicate',
        at,
        district.named.centre,
        { of: plan.duplicateOf?.receiptNo ?? null },
        { kind: 'duplicate', says: `与 ${of} 重复` },
      );
      return null;
    }
    default:
      throw new RangeError(`nothing ends as ${plan.end}`);
  }
};
