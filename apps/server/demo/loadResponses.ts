/** What is recorded under lines of support in the demo: transfers, supervisions, seminars, resources; each as far as its line has come. */
import { addDays, addMs, dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { type Diary, MINUTE } from './loadDiary.ts';
import type { Staff } from './loadDistrict.ts';
import { idOf } from './loadRows.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Older lines have their result only: their records were kept on paper. */
const RECORDED_DAYS = 240;

/** A line as its records need it. */
export type ToldLine = {
  readonly id: string;
  readonly helpField: HelpField;
  readonly kind: string;
  readonly holder: Staff | null;
  readonly providerName: string | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly status: string;
};

type Told = {
  readonly kind: 'transfer' | 'supervision' | 'seminar' | 'resource-link';
  readonly status: string;
  readonly author: Staff;
  readonly next: readonly Staff[];
  readonly content: object;
  readonly at: Instant;
  /** The steps after the first, by name, each with who took it. */
  readonly steps: readonly (readonly [name: string, by: Staff, at: Instant])[];
  readonly over: boolean;
  readonly more?: object;
};

const BEGUN = {
  transfer: 'responses.transfer-sent',
  supervision: 'responses.supervision-written',
  seminar: 'responses.seminar-planned',
  'resource-link': 'responses.resource-link-asked',
} as const;

const put = (diary: Diary, line: ToldLine, told: Told): void => {
  const { rows, district, plan } = diary;
  const id = idOf(told.at);
  const last = told.steps.at(-1)?.[2] ?? told.at;
  rows.add('supportResponse', {
    districtId: district.id,
    id,
    lineId: line.id,
    requestId: plan.id,
    kind: told.kind,
    status: told.status,
    helpField: line.helpField,
    holderId: line.holder?.personId ?? null,
    authorId: told.author.personId,
    nextIds: told.next.map((p) => p.personId),
    openedAt: told.at,
    updatedAt: last,
    endedAt: told.over ? last : null,
    number: diary.number,
    version: told.steps.length + 1,
    ...told.more,
  });
  rows.add('supportResponseContent', { districtId: district.id, id, content: JSON.stringify({ kind: told.kind, ...told.content }) });
  const record = { kind: 'response', id, field: line.helpField };
  diary.event(BEGUN[told.kind], told.at, told.author, { ...record, facts: { kind: told.kind } });
  for (const [name, by, at] of told.steps) diary.event(`responses.${told.kind}-${name}`, at, by, record);
  diary.tell(told.next, 'responses.your-turn', last, record);
};

const isRecent = (diary: Diary, at: Instant): boolean => dayOf(at) >= addDays(diary.time.today, -RECORDED_DAYS);

/** A supervision session: signed by both once the line is over, else waiting for the supervisee or for both. */
export const supervisionRows = (diary: Diary, line: ToldLine, worker: Staff): void => {
  const supervisor = line.holder;
  if (supervisor === null || supervisor.personId === worker.personId || !isRecent(diary, line.openedAt)) return;
  const at = diary.between(line.openedAt, line.closedAt ?? diary.time.now, 0.4);
  const signed = addMs(at, 20 * MINUTE);
  const half = line.status === 'open';
  put(diary, line, {
    kind: 'supervision',
    status: half ? 'half-signed' : 'signed',
    author: supervisor,
    next: half ? [worker] : [],
    at,
    steps: [['sign', supervisor, signed], ...(half ? [] : [['sign', worker, addMs(signed, 40 * MINUTE)] as const])],
    over: !half,
    more: {
      toId: supervisor.personId,
      workerId: worker.personId,
      heldOn: dayOf(at),
      minutes: 75,
      supervisorSignedAt: signed,
      workerSignedAt: half ? null : addMs(signed, 40 * MINUTE),
    },
    content: {
      heldOn: dayOf(at),
      startsAt: '09:30',
      endsAt: '10:45',
      type: 'educational',
      form: 'individual',
      others: '',
      topics: '会谈目标定得太多，每次都谈不完；社工自己也常常睡不好。',
      advice: '先把目标减为两项，写在会谈前；每次结束前留五分钟，请服务对象说一说这次最有用的一句话。周末不接非紧急的来电。',
      followUp: '两周后带一次会谈的过程记录来，一起看哪里停得住、哪里停不住。',
      question: null,
    },
  });
};

const resourceRows = (diary: Diary, line: ToldLine, author: Staff, order: number): void => {
  const at = addMs(line.openedAt, 3 * HOUR);
  const end = line.closedAt ?? diary.time.now;
  const heard = diary.between(at, end, 0.3);
  const given = diary.between(at, end, 0.6);
  const said = diary.between(at, end, 0.9);
  const done = line.status === 'done';
  const status = done ? 'closed' : line.status === 'not-possible' ? 'declined' : (['promised', 'provided', 'asked'] as const)[order % 3];
  const provided = status === 'closed' || status === 'provided';
  const steps = (
    [
      ['promise', author, heard],
      ['provide', author, given],
      ['feedback', author, said],
    ] as const
  ).slice(0, { asked: 0, promised: 1, provided: 2, closed: 3, declined: 0 }[status ?? 'asked']);
  put(diary, line, {
    kind: 'resource-link',
    status: status ?? 'asked',
    author,
    next: ['closed', 'declined'].includes(status ?? '') ? [] : [author],
    at,
    steps: status === 'declined' ? [['decline', author, heard]] : steps,
    over: ['closed', 'declined'].includes(status ?? ''),
    more: { heldOn: provided ? dayOf(given) : null, amountFen: provided && order % 3 === 0 ? 120_000 + (order % 5) * 30_000 : null },
    content: {
      resourceId: null,
      resourceName: line.providerName ?? '街道公益项目（演示）',
      asked: '请先派一位联系人与社工见一面，说清能帮到哪一步、要带哪些材料，再约服务对象。',
      reply: status === 'asked' ? null : status === 'declined' ? '本季度名额已满，建议下季度再来。' : '可以承接，已指定联系人，一周内上门。',
      provided: provided ? '联系人上门两次，材料当场核对，需要补的写成了清单。' : null,
      result: done ? '所需的支持已经用上，联系人每月回访一次。' : null,
      feedback: done ? '“有人把话说明白了，心里踏实。”' : null,
      satisfaction: done ? 4 + (order % 2) : null,
    },
  });
};

const HANDED = ['situation', 'domain', 'tried', 'asks'];

const transferRows = (diary: Diary, line: ToldLine, parts: string, sender: Staff, to: Staff & { place: string }, status: string): void => {
  const at = addMs(line.openedAt, 2 * HOUR);
  const end = line.closedAt ?? diary.time.now;
  const taken = diary.between(at, end, 0.25);
  const over = diary.between(at, end, 0.9);
  const accepted = status === 'accepted' || status === 'done';
  const replyBy = status === 'sent' ? diary.time.day(3) : addDays(dayOf(at), 7);
  const handed = (JSON.parse(parts) as { field: string }[]).filter((p) => HANDED.includes(p.field));
  put(diary, line, {
    kind: 'transfer',
    status,
    author: sender,
    next: status === 'done' ? [] : status === 'returned' ? [sender] : [to],
    at,
    steps:
      status === 'returned'
        ? [['return', to, taken]]
        : [...(accepted ? [['accept', to, taken] as const] : []), ...(status === 'done' ? [['finish', to, over] as const] : [])],
    over: status === 'done',
    more: {
      toId: to.personId,
      returnedBy: status === 'returned' ? to.personId : null,
      heldOn: replyBy,
    },
    content: {
      reason: '服务对象近期搬到贵街道居住，后续家访和资源都在那边，请贵站接着跟进。',
      handed,
      basisKind: 'statutory-duty',
      basisGround: '跨街道续接服务，依社工站服务职责移交',
      replyBy,
      returned:
        status === 'returned'
          ? [{ name: to.name, place: to.place, at: taken, reason: '核对过住址，新住处不在我站服务范围，请改送邻近街道。' }]
          : [],
      receipt: accepted
        ? { says: '由本站社工跟进，先电话联系，再约第一次家访。', contactOn: addDays(dayOf(taken), 2), at: taken, byName: to.name }
        : null,
      result: status === 'done' ? '已完成首次家访，建立本站个案，原站社工一起到场介绍。' : null,
    },
  });
};

const seminarRows = (diary: Diary, line: ToldLine, chair: Staff, people: readonly Staff[], status: 'planned' | 'held' | 'concluded'): void => {
  const at = addMs(line.openedAt, 4 * HOUR);
  const planned = status === 'planned';
  const heldOn = planned ? diary.time.workday(diary.time.day(2)) : dayOf(diary.between(at, line.closedAt ?? diary.time.now, 0.7));
  const noted = diary.between(at, line.closedAt ?? diary.time.now, 0.85);
  put(diary, line, {
    kind: 'seminar',
    status,
    author: chair,
    next: status === 'concluded' ? [] : [chair],
    at,
    steps: [...(planned ? [] : [['hold', chair, noted] as const]), ...(status === 'concluded' ? [['conclude', chair, addMs(noted, HOUR)] as const] : [])],
    over: status === 'concluded',
    more: { heldOn },
    content: {
      topic: '家里几个人都要帮，先帮谁，怎样不互相打架',
      heldOn,
      startsAt: '14:30',
      place: '支援中心二楼小会议室',
      participantIds: people.map((p) => p.personId),
      guests: planned ? '街道妇联一人' : '',
      agenda: '一、社工讲十分钟；二、各人说一件自己遇到过的相似的事；三、定下三件马上能做的。',
      minutes: planned ? null : '讨论集中在先后次序：先稳住照护的人，再谈孩子和钱。两位社工讲了各自走过的弯路。',
      conclusions: status === 'concluded' ? '照护的人每周有半天喘息；家里的事一次只谈一件；下月再碰一次头。' : null,
    },
  });
};

/** A line that the platform's own people hold, beside those that the conference decided. */
const extraLine = (diary: Diary, by: Staff, at: Instant, of: { kind: 'referral' | 'seminar'; field: HelpField; holder: Staff; task: string; result: string }, closedAt: Instant | null): ToldLine => {
  const { rows, district, plan } = diary;
  const id = idOf(at);
  const status = closedAt === null ? 'open' : 'done';
  rows.add('supportLine', {
    districtId: district.id,
    id,
    requestId: plan.id,
    helpField: of.field,
    kind: of.kind,
    holderId: of.holder.personId,
    providerName: null,
    task: of.task,
    status,
    result: closedAt === null ? null : of.result,
    openedAt: at,
    closedAt,
    number: diary.number,
  });
  diary.event('support.line-opened', at, by, { kind: 'line', id, field: of.field, facts: { kind: of.kind } });
  if (closedAt === null) diary.tell([of.holder], 'support.line-opened', at, { kind: 'line', id });
  else diary.event('support.line-closed', closedAt, of.holder, { kind: 'line', id, field: of.field, facts: { status } });
  return { id, helpField: of.field, kind: of.kind, holder: of.holder, providerName: null, openedAt: at, closedAt, status };
};

/** Records under the lines of one request that was conferred on; `parts` are its texts with every identity replaced. */
export const responseRows = (diary: Diary, held: Instant, by: Staff, lines: readonly ToldLine[], parts: string, order: number): void => {
  const { district, plan, time } = diary;
  if (!isRecent(diary, held)) return;
  for (const [i, line] of lines.entries()) {
    if (line.kind === 'resource') resourceRows(diary, line, plan.asker, Number(dayOf(held).slice(8)) + i);
    if (line.kind === 'supervision') supervisionRows(diary, line, plan.asker);
  }
  const closing = plan.at.over;
  const opened = addMs(held, 3 * HOUR);
  const field = plan.story.helpFields[0] ?? 'family';
  const { worker, worker2, head } = district.named;
  const near = plan.asker.personId === worker.personId ? worker2 : plan.asker.personId === worker2.personId ? worker : null;
  if (closing !== undefined && order % 3 !== 0) return;
  const to = closing !== undefined ? head : (near ?? head);
  if (to.personId !== plan.asker.personId) {
    const transfer = { kind: 'referral', field, holder: plan.asker, task: '把后续的家访与资源对接转给新住处的社工站', result: '已由新住处的社工站接手。' } as const;
    const line = extraLine(diary, by, opened, transfer, closing === undefined ? null : diary.between(opened, closing, 0.8));
    const status = closing !== undefined ? 'done' : plan.asker.personId === worker.personId ? 'accepted' : near === null ? 'returned' : 'sent';
    transferRows(diary, line, parts, plan.asker, { ...to, place: to.streetName }, status);
  }
  const seminar = { kind: 'seminar', field, holder: by, task: '请走过相似个案的同事一起谈一次，定下先后次序', result: '研讨一次，定下三件先做的事。' } as const;
  const overAt = closing === undefined ? null : diary.between(opened, closing, 0.85);
  const line = extraLine(diary, by, addMs(opened, 10 * MINUTE), seminar, overAt);
  const people = [plan.asker, ...district.workers.filter((w) => w.accountId !== null && w.personId !== plan.asker.personId).slice(0, 2)];
  const gone = Date.parse(time.now) - Date.parse(held) > 12 * DAY;
  seminarRows(diary, line, by, people, closing !== undefined ? 'concluded' : gone ? 'held' : 'planned');
};
