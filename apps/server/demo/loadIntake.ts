/** How a request comes in: consents, submission, the crisis lane, a question back, acceptance. */
import type { PacketField } from '@jieyou/core/cases/schema.ts';
import { addDays, type Day, dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { PACKET_FIELDS } from './loadAdvice.ts';
import type { Diary } from './loadDiary.ts';
import { idOf } from './loadRows.ts';
import * as text from './loadText.ts';

/** The request is submitted, into the crisis lane where there is danger. */
export const submit = (diary: Diary, at: Instant): void => {
  const { asker, lane, receiptNo } = diary.plan;
  const { centre, centre2, head } = diary.district.named;
  const heads = head.stationId === asker.stationId ? [head] : [];
  if (lane === 'crisis') {
    diary.move('crisis', 'support.crisis', at, asker, { receiptNo });
    diary.tell([diary.duty(at)[0]], 'support.crisis', at);
    return;
  }
  diary.move('submitted', 'support.submitted', at, asker, { receiptNo });
  diary.tell([centre, centre2, ...heads], 'support.submitted', at);
};

/** Somebody on duty takes the crisis in hand. */
export const acknowledge = (diary: Diary, at: Instant): void => {
  diary.move(
    'crisis',
    'support.crisis-acknowledged',
    at,
    diary.plan.holder ?? diary.duty(at)[0],
    {},
    {
      kind: 'crisis-action',
      says: diary.random.pick(text.crisisActions),
    },
  );
  diary.tell([diary.plan.asker], 'support.crisis-acknowledged', at);
};

/** The centre asks back. */
export const ask = (diary: Diary, at: Instant): void => {
  const version = diary.time.rules.version;
  diary.move(
    'needs-info',
    'support.asked',
    at,
    diary.screener(),
    { checklistVersion: version },
    diary.screening('ask', diary.random.pick(text.questions)),
  );
  diary.tell([diary.plan.asker], 'support.asked', at);
};

/** The centre accepts. */
export const accept = (diary: Diary, at: Instant): void => {
  const { rules } = diary.time;
  const facts = { archiveNo: diary.plan.archiveNo, checklistVersion: rules.version };
  diary.move(
    'matching',
    'support.accepted',
    at,
    diary.screener(),
    facts,
    diary.screening('accept', diary.random.pick(text.acceptNotes)),
  );
  diary.tell([diary.plan.asker], 'support.accepted', at);
};

/** Consents of the case; answers the ones that later steps rest on. */
export const consentRows = (diary: Diary, caseId: string): { conference: string } => {
  const { rows, district } = diary;
  const { caseOf, at, publication, mayPublish, asker } = diary.plan;
  const add = (purpose: string, receiver: string, fields: readonly PacketField[], on: Day, years: number, receiverKind: string | null): string => {
    const id = idOf(`${on}T02:30:00.000Z`);
    rows.add('consent', {
      districtId: district.id,
      id,
      caseId,
      receiver,
      receiverKind,
      purpose,
      fields: [...fields],
      signedBy: '服务对象本人',
      grantedOn: on,
      expiresOn: addDays(on, years * 365),
      withdrawnOn: null,
      recordedBy: asker.personId,
    });
    const recordedAt = `${on}T02:31:00.000Z`;
    rows.add('event', {
      districtId: district.id,
      id: idOf(recordedAt),
      at: recordedAt,
      type: 'case.consent-recorded',
      actorId: asker.personId,
      deputyFor: null,
      accountId: asker.accountId,
      recordKind: 'case',
      recordId: caseId,
      requestRef: null,
      helpField: null,
      facts: JSON.stringify({ consent: id, purpose, expiresOn: addDays(on, years * 365) }),
      httpRequest: null,
      ip: null,
    });
    return id;
  };
  const asked = dayOf(at.created);
  const first = addDays(asked, -1) < caseOf.openedOn ? caseOf.openedOn : addDays(asked, -1);
  if (diary.plan.end !== 'draft') add('support', '区疑难个案支援中心', PACKET_FIELDS, first, 2, 'organisation');
  // Recorded before consents named their receiver: it carries to nobody until the worker says to whom, once.
  if (diary.plan.end !== 'draft' && asker.personId === district.named.worker.personId) add('referral', '愿意帮忙的单位', PACKET_FIELDS, first, 2, null);
  const conference =
    diary.plan.end === 'draft' || diary.plan.lane === 'crisis' ? '' : add('conference', '支援中心与受邀专家', PACKET_FIELDS, first, 2, 'expert');
  if (at.over !== undefined && (publication !== null || mayPublish)) {
    add('publication', '案例库读者（脱敏后）', ['situation', 'household', 'domain', 'story', 'tried'], dayOf(at.over), 5, 'public');
  }
  return { conference };
};
