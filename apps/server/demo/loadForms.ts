/** Filled forms of the demo: some of each kind under the worker's cases, a group and an activity, and scales that were measured twice; invented throughout. */

import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { type FormFacts, type FormValues, fill, NO_FACTS, toldOf } from '@jieyou/core/forms/filling.ts';
import { scoresOf } from '@jieyou/core/forms/scale.ts';
import { addDays, ageOn, type Day, type Instant, instantAt, isMinorOn } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { installedForms, shippedForms } from '../src/forms/seed.ts';
import type { Tx } from '../src/platform/db/database.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { refitForm } from './ownForms.ts';

const BURDEN = ['tired', 'sleep', 'time', 'work', 'money', 'friends', 'angry', 'guilty', 'leave'] as const;
const HEAVY = ['always', 'often', 'often', 'always', 'often', 'sometimes', 'sometimes', 'often', 'seldom'] as const;
const LIGHTER = ['often', 'sometimes', 'sometimes', 'sometimes', 'sometimes', 'seldom', 'seldom', 'sometimes', 'never'] as const;
const LONELY = ['talk', 'left', 'trust', 'around', 'belong', 'days'] as const;
const LIVING = ['eat', 'wash', 'bath', 'dress', 'toilet', 'urine', 'stool', 'bed', 'walk', 'stairs'] as const;

const BELONGING = ['known', 'said', 'heard', 'help', 'gives', 'outside'] as const;

const zip = (keys: readonly string[], values: readonly (string | null)[]): FormValues =>
  Object.fromEntries(keys.flatMap((key, i) => (values[i] == null ? [] : [[key, values[i]]])));

type Told = {
  readonly code: string;
  /** Days before today. */
  readonly ago: number;
  readonly values: FormValues;
  readonly status?: 'draft' | 'waiting' | 'signed';
};

const ASSESSED: FormValues = {
  'household-size': 2,
  body: '高血压十年，膝盖疼，上下楼要扶。药按时吃。',
  mind: '近来常叹气，说怕拖累女儿。',
  social: '退休，以前常去棋牌室，今年去得少。',
  strengths: '做饭好，愿意教邻居包粽子。',
  members: [{ who: '女儿', age: '41', health: '健康', work: '超市收银', near: 'close' }],
  daily: '三餐自理，女儿下班来买菜，看病靠社区班车。',
  stress: '女儿轮班，夜里没有人在家。',
  assets: '女儿孝顺，对门邻居有钥匙。',
  local: '楼下有长者饭堂和社区医院。',
  obstacles: '楼里没有电梯。',
  problems: [
    { what: '夜间没有人照应', need: '夜间求助的办法', first: 'now' },
    { what: '出门少', need: '每周有一次出门', first: 'soon' },
  ],
  analysis: '照应的缺口在夜里，先补这一处；情绪和出门少有关，慢慢来。',
};
const PLANNED: FormValues = {
  aim: '夜里有人照应，白天愿意出门。',
  goals: [
    { goal: '夜里有求助的办法', measure: '夜间求助能接通的次数', now: '0', target: '每次接通' },
    { goal: '每周出门一次', measure: '每周出门次数', now: '0', target: '1' },
  ],
  method: '任务中心：一次做成一件小事。',
  actions: [
    { what: '装夜间呼叫器', who: '社工' },
    { what: '陪去长者饭堂两次', who: '志愿者' },
  ],
};
/** What the form of a process record asks beside the summary, on the newest notes of the first files. */
const PROCESSES = [
  {
    place: '家里',
    goal: '看夜间的安排，听本人怎么说。',
    state: '精神比上次好，话多了。',
    reflection: '不要急着给办法，先让女儿说完。',
    nextPlan: '下周带志愿者一起上门。',
  },
  {
    place: '社工站个案室',
    goal: '谈一谈一个人的时候怎么过。',
    state: '先是低着头，说到合唱队时抬头笑了。',
    reflection: '愿意出门，卡在没有人陪着走第一次。',
    nextPlan: '请一位邻居下周三陪着去一次。',
  },
] as const;

/** What each of the first files of the worker holds, newest last. */
const plans = (today: Day): readonly (readonly Told[])[] => [
  [
    { code: 't02-assessment', ago: 60, values: ASSESSED, status: 'signed' },
    { code: 's01-burden', ago: 58, values: { ...zip(BURDEN, HEAVY), relief: 'never' } },
    { code: 't04-plan', ago: 50, values: PLANNED, status: 'signed' },
    { code: 's01-burden', ago: 3, values: { ...zip(BURDEN, LIGHTER), relief: 'often' } },
  ],
  [
    { code: 's02-loneliness', ago: 45, values: zip(LONELY, ['seldom', 'often', 'never', 'often', 'never', 'often']) },
    { code: 's02-loneliness', ago: 5, values: zip(LONELY, ['sometimes', 'sometimes', 'sometimes', null, 'sometimes', 'seldom']) },
    {
      code: refitForm.code,
      ago: 2,
      values: { round: 'month', on: addDays(today, -2), way: 'phone', reached: true, state: '扶手装好了，夜里起身有得扶，说睡得踏实。', again: false },
    },
  ],
  [
    { code: 's03-daily-living', ago: 40, values: zip(LIVING, ['self', 'self', 'half', 'half', 'half', 'yes', 'yes', 'half', 'half', 'with']) },
    { code: 's03-daily-living', ago: 6, values: zip(LIVING, ['self', 'self', 'half', 'self', 'self', 'yes', 'yes', 'self', 'half', null]) },
    {
      code: 't06-referral',
      ago: 1,
      status: 'draft',
      values: { reason: '上下楼要人搀，想申请上门照料。', to: '街道居家养老服务中心', asks: '每周上门两次，先试一个月。', agreed: true },
    },
  ],
  [
    {
      code: 's05-risk-screen',
      ago: 0,
      status: 'waiting',
      values: { ideas: 'once', plan: 'no', means: 'no', intent: 'no', before: 'old', level: 'medium', why: '说过一次“没意思”，没有计划，手边没有东西。', 'safety-plan': '夜里难受先打给姐姐，再打 12356。' },
    },
  ],
];

/** Adds filled forms to cases that were written before; the versions are those that ship. */
export const formRows = async (tx: Tx, rows: Rows, district: District, time: DemoTime): Promise<void> => {
  const refit = idOf(time.notAfter(instantAt(addDays(time.today, -120), 10 * 3_600_000), 30) as Instant);
  rows.add('formTemplate', {
    id: refit,
    divisionId: district.id,
    code: refitForm.code,
    edition: 1,
    title: refitForm.title,
    standard: refitForm.standard,
    subject: refitForm.subject,
    signer: refitForm.signer,
    document: JSON.stringify(refitForm),
    reason: '适老化改造项目的验收要求。',
    issuedBy: district.named.centre.personId,
    issuedAt: instantAt(addDays(time.today, -120), 10 * 3_600_000),
  });
  const { rows: templates } = await sql<{ id: string; code: string; edition: number }>`select id, code, edition from form_template`.execute(tx);
  const idOfCode = new Map([...templates, { id: refit, code: refitForm.code, edition: 1 }].map((t) => [`${t.code} ${t.edition}`, t.id]));
  const { worker, head } = district.named;
  const birth = new Map(rows.of('recipient').map((r) => [r.id, r.birthOn ?? null]));
  const own = rows.of('caseFile').filter((f) => f.workerId === worker.personId && f.status === 'open');
  const adults = own.filter((f) => (ageOn((birth.get(f.recipientId) ?? '1950-01-01') as Day, time.today) ?? 0) >= 18);
  const add = (
    under: Record<string, string>,
    of: {
      document: FormDocument;
      templateId: string;
      values: FormValues;
      facts: FormFacts;
      madeAt: Instant;
      status: 'draft' | 'waiting' | 'submitted' | 'signed';
    },
  ): void => {
    const { document, madeAt, status, facts } = of;
    const { kept } = fill(document, of.values, facts, time.today);
    const id = idOf(madeAt);
    const signed = status === 'signed';
    rows.add('formAnswer', {
      districtId: district.id,
      id,
      ...(under as { subjectKind: string; stationId: string }),
      templateId: of.templateId,
      code: document.code,
      keptAs: document.keptAs,
      status,
      rootId: id,
      authorId: worker.personId,
      madeAt,
      savedAt: madeAt,
      submittedAt: status === 'draft' ? null : madeAt,
      decidedBy: signed ? head.personId : null,
      decidedAt: signed ? madeAt : null,
    });
    rows.add('formAnswerContent', {
      districtId: district.id,
      id,
      answers: JSON.stringify(kept),
      facts: JSON.stringify(facts),
      results: JSON.stringify(scoresOf(document, kept)),
      told: status === 'draft' ? null : toldOf(document, kept),
    });
    if (signed)
      rows.add('formDecision', { districtId: district.id, id: idOf(madeAt), answerId: id, signs: true, says: '', decidedBy: head.personId, decidedAt: madeAt });
  };
  // Nothing is filled in before a case began, and no plan is signed that was not come to.
  const told = plans(time.today);
  const chosen: (typeof adults)[number][] = [];
  for (const parts of told) {
    const since = addDays(time.today, -Math.max(...parts.map((one) => one.ago)));
    const file = adults.find((f) => !chosen.includes(f) && f.openedOn <= since && (f.stage === 'intervention' || f.stage === 'evaluation'));
    if (file !== undefined) chosen.push(file);
  }
  for (const [i, parts] of PROCESSES.entries()) {
    const newest = rows.of('caseNote').findLast((n) => n.caseId === chosen[i]?.id);
    if (newest !== undefined) Object.assign(newest, parts, { tookPart: '本人' });
  }
  for (const [i, file] of chosen.entries()) {
    for (const one of told[i] ?? []) {
      const document = [refitForm, ...shippedForms.map((f) => f.document)].find((d) => d.code === one.code);
      const templateId = idOfCode.get(`${one.code} 1`);
      if (document === undefined || templateId === undefined) continue;
      const madeAt = time.notAfter(instantAt(addDays(time.today, -one.ago), (9 + (i % 4)) * 3_600_000), 30) as Instant;
      const born = birth.get(file.recipientId) as Day | null | undefined;
      const facts = { '@minor': born == null ? null : isMinorOn(born, time.today), '@age': born == null ? null : (ageOn(born, time.today) ?? null) };
      add({ subjectKind: 'case', caseId: file.id, stationId: file.stationId }, { document, templateId, values: one.values, facts, madeAt, status: one.status ?? 'submitted' });
    }
  }
  beyondCases(rows, time, (under, code, edition, ago, values, status, facts = NO_FACTS) => {
    const document = installedForms.find((f) => f.document.code === code && f.edition === edition)?.document;
    const templateId = idOfCode.get(`${code} ${edition}`);
    if (document === undefined || templateId === undefined) return;
    const madeAt = time.notAfter(instantAt(addDays(time.today, -ago), 16 * 3_600_000), 30) as Instant;
    add(under, { document, templateId, values, facts, madeAt, status });
  }, worker.personId);
};

type Add = (
  under: Record<string, string>,
  code: string,
  edition: number,
  ago: number,
  values: FormValues,
  status: 'submitted' | 'waiting' | 'signed',
  facts?: FormFacts,
) => void;

/** Forms of a group in the middle of its life and of an activity that is over, as the platform fills them from what is held. */
const beyondCases = (rows: Rows, time: DemoTime, add: Add, worker: string): void => {
  const group = rows.of('serviceGroup').find((g) => g.leadId === worker && g.status === 'working');
  const content = rows.of('serviceGroupContent').find((c) => c.id === group?.id);
  if (group !== undefined && content !== undefined) {
    const of = { subjectKind: 'group', groupId: group.id, stationId: group.stationId };
    const read = <T>(value: unknown): T[] => JSON.parse(String(value)) as T[];
    add(
      of,
      't11a-group-plan',
      2,
      60,
      {
        name: group.title,
        idea: content.idea,
        aims: content.goals,
        whom: `${content.audience}\n${group.minSize} 至 ${group.maxSize} 人`,
        recruit: content.recruiting,
        sessions: read<{ title: string; aim: string; plannedOn: string }>(content.sessions).map((s, i) => ({
          no: String(i + 1),
          on: s.plannedOn,
          theme: s.title,
          aim: s.aim,
        })),
        budget: read<{ title: string; planned: number }>(content.budget).map((b) => ({ what: b.title, amount: b.planned / 100 })),
        risks: read<{ what: string; answer: string }>(content.risks).map((r) => ({ risk: r.what, answer: r.answer })),
        measure: '量“情绪困扰”，第一节前和最后一节后各一次。',
      },
      'signed',
    );
    const session = rows.of('groupSession').find((s) => s.groupId === group.id && s.status === 'held');
    const told = rows.of('groupSessionContent').find((c) => c.id === session?.id);
    if (session !== undefined && told !== undefined)
      add(
        { ...of, sessionId: session.id },
        't11b-group-session',
        2,
        40,
        {
          no: session.number,
          on: session.heldOn ?? session.plannedOn,
          minutes: session.minutes ?? 90,
          done: told.process ?? '',
          dynamics: told.dynamicsSays ?? '',
          reached: 'most',
          'why-not': '时间不够，最后一轮没有轮到每个人；下次先分组。',
          thoughts: '少讲一点，多让他们说。',
        },
        'submitted',
      );
    const member = rows.of('groupMember').find((m) => m.groupId === group.id && m.leftOn == null);
    const born = rows.of('recipient').find((r) => r.id === member?.recipientId)?.birthOn as Day | null | undefined;
    const facts = { '@minor': born == null ? null : isMinorOn(born, time.today), '@age': born == null ? null : (ageOn(born, time.today) ?? null) };
    if (member !== undefined)
      for (const [ago, values] of [
        [40, ['partly', 'no', 'partly', 'partly', 'no', 'mostly']],
        [4, ['yes', 'mostly', 'mostly', 'mostly', 'partly', 'no']],
      ] as const)
        add({ ...of, memberId: member.id }, 's06-belonging', 1, ago, zip(BELONGING, values), 'submitted', facts);
  }
  const done = rows.of('activity').find((a) => a.leadId === worker && a.status === 'done');
  if (done !== undefined)
    add(
      { subjectKind: 'activity', activityId: done.id, stationId: done.stationId },
      't12c-activity-summary',
      2,
      1,
      {
        persons: done.persons ?? 0,
        times: done.times ?? 0,
        done: '来的多是附近几栋的老人，量完血压坐下来聊了一阵。两位说想学手机挂号。',
        spent: [
          { what: '物料', planned: 300, spent: 286 },
          { what: '茶水', planned: 120, spent: 112.5 },
        ],
        difference: '茶水有居民自带，省了一些。',
        photos: false,
        better: '椅子再多借六把；下次把手机挂号放进来。',
      },
      'submitted',
    );
};
