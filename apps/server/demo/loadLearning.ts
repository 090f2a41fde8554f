/** Competitions, seminars and research outputs of the demo: invented, and told from the cases that stand in its bank. */
import { workingDayAfter } from '@jieyou/core/calendar/rules.ts';
import { recusalOf, resultOf, type Score, totalOf } from '@jieyou/core/learning/rules.ts';
import type { AwardPlan, CompetitionStatus, Criterion } from '@jieyou/core/learning/schema.ts';
import { type Day, instantAt } from '@jieyou/core/shared/day.ts';
import type { District, Staff } from './loadDistrict.ts';
import type { RequestPlan } from './loadPlans.ts';
import { idOf, type Rows } from './loadRows.ts';
import { type DemoTime, demoHolidays } from './loadTime.ts';
import { randomFor } from './random.ts';

const CRITERIA: readonly Criterion[] = [
  { key: 'c1', title: '需求评估', weight: 25, says: '问题看得准，证据写得清' },
  { key: 'c2', title: '介入方法', weight: 35, says: '方法有依据，多专业配合得当' },
  { key: 'c3', title: '服务成效', weight: 25, says: '变化可以核对，目标有跟进' },
  { key: 'c4', title: '反思与可推广', weight: 15, says: '同行能照着做' },
];
const AWARDS: readonly AwardPlan[] = [
  { title: '一等奖', places: 2 },
  { title: '二等奖', places: 4 },
  { title: '三等奖', places: 6 },
];
const LEAST = 2;
const COMMENTS = [
  '分工写得清楚，变化有据可查，值得同行参考。',
  '会诊前把材料备齐，专家的意见都落到了人和日期。',
  '与学校的交接写得具体，别的站照着就能做。',
  '风险的判断有依据，什么时候转介说得明白。',
  '服务对象自己的想法始终在，介入没有代替他作决定。',
  '成效写得实在，没有达到的目标也如实说了。',
  '',
] as const;

type Published = {
  readonly id: string;
  readonly title: string;
  readonly sections: string;
  readonly releasedOn: string;
  readonly row: { award?: string | null };
  readonly plan: RequestPlan;
};

/** Published cases with the request that each was made of, the oldest first. */
const published = (rows: Rows, requests: readonly RequestPlan[]): Published[] => {
  const requestOf = new Map(rows.of('publicationDraft').map((d) => [d.id as string, d.requestId as string]));
  return rows
    .of('casebankEntry')
    .flatMap((e) => {
      const plan = requests.find((p) => p.id === requestOf.get(e.draftId as string));
      const kept = { id: e.id as string, title: e.title as string, sections: e.sections as string, releasedOn: e.releasedOn as string };
      return plan === undefined ? [] : [{ ...kept, row: e as { award?: string | null }, plan }];
    })
    .sort((a, b) => a.releasedOn.localeCompare(b.releasedOn) || a.id.localeCompare(b.id));
};

type Call = {
  readonly title: string;
  readonly theme: string;
  readonly status: CompetitionStatus;
  readonly opens: number;
  readonly closes: number;
  readonly score: number;
  readonly entries: readonly Published[];
  /** How many entries each judge has scored; all of them when it is over. */
  readonly scored: (judge: number, of: number) => number;
};

const competitionRows = (rows: Rows, district: District, time: DemoTime, judges: readonly Staff[], call: Call): void => {
  const random = randomFor(`competition.${call.title}`);
  const districtId = district.id;
  const at = (day: number, hour = 10) => instantAt(time.day(day), hour * 3_600_000);
  const id = idOf(at(call.opens - 2));
  const awarded = call.status === 'awarded';
  const over = awarded || call.status === 'noticed';
  const supervised = new Set(rows.of('supervisionRelation').map((r) => `${String(r.supervisorId)} ${String(r.workerPersonId)}`));
  const entries = call.entries.map((one, i) => {
    const entryId = idOf(at(call.opens + 1 + i, 9 + (i % 8)));
    return { ...one, entryId, code: entryId.slice(-6).toUpperCase(), author: one.plan.asker };
  });
  const blind = call.status !== 'open';
  const recusals = blind
    ? entries.flatMap((e) =>
        judges.flatMap((j) => {
          const cause = recusalOf({
            judgeId: j.personId,
            judgeOrganisationId: j.organisationId,
            authorId: e.author.personId,
            authorOrganisationId: e.author.organisationId,
            supervises: supervised.has(`${j.personId} ${e.author.personId}`),
          });
          return cause === null ? [] : [{ entryId: e.entryId, judgeId: j.personId, cause }];
        }),
      )
    : [];
  const owes = (judgeId: string) => entries.filter((e) => !recusals.some((r) => r.entryId === e.entryId && r.judgeId === judgeId));
  const scores: (Score & { total: number })[] = blind
    ? judges.flatMap((j, n) => {
        const own = owes(j.personId);
        return own.slice(0, call.scored(n, own.length)).map((e) => {
          const level = 72 + ((e.title.length * 7 + entries.indexOf(e) * 5) % 20);
          const points = Object.fromEntries(CRITERIA.map((c) => [c.key, Math.min(100, level + random.int(-5, 7))]));
          return { entryId: e.entryId, judgeId: j.personId, points, total: totalOf(CRITERIA, points) ?? 0 };
        });
      })
    : [];
  const result = over
    ? resultOf({
        entries: entries.map((e) => ({ id: e.entryId, code: e.code })),
        judges: judges.map((j) => j.personId),
        recusals,
        scores,
        criteria: CRITERIA,
        awards: AWARDS,
        least: LEAST,
      })
    : null;
  const noticeFrom = over ? time.workday(time.day(call.score + 3)) : null;
  const centre = district.named.centre;
  rows.add('competition', {
    districtId,
    id,
    title: call.title,
    theme: call.theme,
    domains: [],
    status: call.status,
    opensOn: time.day(call.opens),
    closesOn: time.day(call.closes),
    scoreBy: time.day(call.score),
    criteria: JSON.stringify(CRITERIA),
    awards: JSON.stringify(AWARDS),
    result: result === null ? null : JSON.stringify(result),
    packVersion: over ? '2026.1' : null,
    noticeFrom,
    noticeUntil: noticeFrom === null ? null : workingDayAfter(noticeFrom as Day, 5, demoHolidays),
    madeBy: centre.personId,
  });
  for (const j of judges) rows.add('competitionJudge', { districtId, id: idOf(at(call.opens - 2)), competitionId: id, personId: j.personId });
  for (const e of entries) {
    const award = awarded ? (result?.find((r) => r.entryId === e.entryId)?.award ?? null) : null;
    rows.add('competitionEntry', {
      districtId,
      id: e.entryId,
      competitionId: id,
      code: e.code,
      requestId: e.plan.id,
      entryId: blind ? e.id : null,
      authorId: e.author.personId,
      organisationId: e.author.organisationId,
      statement: '几个专业一起做，过程和变化都有记录，愿意拿出来请同行指正。',
      status: blind ? 'eligible' : 'entered',
      enteredAt: at(call.opens + 1, 9),
      award,
    });
    if (blind)
      rows.add('competitionText', {
        districtId,
        id: e.entryId,
        competitionId: id,
        code: e.code,
        title: e.title,
        sections: e.sections,
      });
    if (award !== null) e.row.award = award;
  }
  const key = () => ({ districtId, id: idOf(at(call.closes + 1)), competitionId: id });
  for (const r of recusals) rows.add('competitionRecusal', { ...key(), ...r, says: '', at: at(call.closes + 1) });
  for (const s of scores)
    rows.add('competitionScore', {
      ...key(),
      entryId: s.entryId,
      judgeId: s.judgeId,
      points: JSON.stringify(s.points),
      total: s.total,
      comment: over && s.total >= 82 ? random.pick(COMMENTS) : '',
      reason: '',
      at: at(call.closes + 2),
    });
};

type SeminarTale = {
  readonly topic: string;
  readonly day: number;
  readonly minutes: string | null;
  readonly conclusions: string;
  readonly cases: readonly number[];
};
type SeriesTale = {
  readonly title: string;
  readonly theme: string;
  readonly everyDays: number | null;
  readonly ended: boolean;
  readonly seminars: readonly SeminarTale[];
};

const series: readonly SeriesTale[] = [
  {
    title: '家校协同研讨',
    theme: '复学个案里，学校、家庭和社工站各做什么，怎样交接。',
    everyDays: null,
    ended: false,
    seminars: [
      {
        topic: '返校第一周谁来接',
        day: -84,
        minutes: '教育专家介绍了班主任访谈的要点。三位社工各讲一个案例，共同的难处是返校当天没有固定的人接。心理专家建议第一周只到半天。',
        conclusions: '返校计划里写明第一周的接送人和半天安排；由社工站每天问一次情况。',
        cases: [0, 3],
      },
      {
        topic: '与家长谈手机的五句话',
        day: -54,
        minutes: '会上分两组演练。大家认为先谈作息、后谈手机更容易开口，立规矩要给孩子留一项自己定。',
        conclusions: '整理成一页谈话提示，放进各站的工具包。',
        cases: [5],
      },
      {
        topic: '班主任怎样参加个案会诊',
        day: -24,
        minutes: '两所学校的老师到会。讨论了哪些内容可以告诉学校，哪些必须先征得家长同意。',
        conclusions: '给学校的说明只写需要学校做的事；同意书单列一项。',
        cases: [8, 11],
      },
      { topic: '毕业年级的压力与支持', day: 3, minutes: null, conclusions: '', cases: [2] },
    ],
  },
  {
    title: '多专业会诊工作坊',
    theme: '一次会诊怎样在九十分钟里谈出可做的事。',
    everyDays: 60,
    ended: false,
    seminars: [
      {
        topic: '把意见变成行动项',
        day: -75,
        minutes: '对照三份会诊意见书，看哪些建议没有落到人和日期。法律与精神卫生专家示范了怎样写一条能照做的建议。',
        conclusions: '每条建议写清谁做、哪天前、做到什么算完成。',
        cases: [1, 4, 7],
      },
    ],
  },
  {
    title: '长期照护者支持',
    theme: '照护者自己的健康、喘息服务和家庭会议。',
    everyDays: 45,
    ended: true,
    seminars: [
      {
        topic: '家庭会议怎样开',
        day: -180,
        minutes: '医务社工带大家走了一遍家庭会议的流程，提醒先把照护时间表画出来再谈分工。',
        conclusions: '时间表作为会前准备材料。',
        cases: [6],
      },
    ],
  },
];

/** Series with their seminars; answers the held ones, for the outputs that came of them. */
const seminarRows = (rows: Rows, district: District, time: DemoTime, bank: readonly Published[]): string[] => {
  const districtId = district.id;
  const { centre, supervisor } = district.named;
  const { expert, expert2 } = district.namedExperts;
  const held: string[] = [];
  for (const [n, tale] of series.entries()) {
    const first = tale.seminars[0]?.day ?? -30;
    const at = instantAt(time.day(first - 20), 9 * 3_600_000);
    const seriesId = idOf(at);
    rows.add('seminarSeries', {
      districtId,
      id: seriesId,
      title: tale.title,
      theme: tale.theme,
      everyDays: tale.everyDays,
      startsOn: time.day(first),
      status: tale.ended ? 'ended' : 'running',
      madeBy: centre.personId,
    });
    for (const [i, one] of tale.seminars.entries()) {
      const id = idOf(at);
      const over = one.minutes !== null;
      if (over) held.push(id);
      rows.add('seminar', {
        districtId,
        id,
        seriesId,
        topic: one.topic,
        heldOn: time.workday(time.day(one.day)),
        startsAt: '14:30',
        place: '支援中心三楼会议室',
        guests: n === 0 ? '学校德育老师两位' : '',
        agenda: JSON.stringify([
          { title: '案例介绍', minutes: 20, leader: '承办社工' },
          { title: '各领域意见', minutes: 60, leader: expert.name },
          { title: '形成共识与后续', minutes: 20, leader: supervisor.name },
        ]),
        status: over ? 'held' : 'planned',
        minutes: one.minutes ?? '',
        conclusions: one.conclusions,
        madeBy: centre.personId,
      });
      const others = district.experts.filter((e) => e !== expert && e !== expert2).slice(n * 3 + i, n * 3 + i + 3);
      for (const [m, member] of [centre, supervisor, expert, expert2, ...others].entries())
        rows.add('seminarMember', { districtId, id: idOf(at), seminarId: id, personId: member.personId, attended: over ? m !== 4 : null });
      for (const entry of one.cases.flatMap((c) => bank[c] ?? []))
        rows.add('seminarCase', { districtId, id: idOf(at), seminarId: id, entryId: entry.id });
    }
  }
  return held;
};

const outputs = [
  { kind: 'mechanism', title: '区级疑难个案支援机制的运行与改进', back: 0, status: 'submitted', outlet: '', summary: '回看两年的求助与会诊，比较界定、撮合、会诊、跟进四段各用多少时间，提出缩短首次会诊时间的三项改进。' },
  { kind: 'model', title: '“社工牵头、专业同场”的疑难个案服务模式研究', back: 0, status: 'writing', outlet: '', summary: '从三十个已发布案例里归纳不同问题组合所需的专业，形成可以照用的会诊配置表。' },
  { kind: 'paper', title: '厌学个案中家校协同的实践路径', back: 1, status: 'published', outlet: '社会工作内部交流刊', summary: '以返校第一周的安排为中心，说明社工在学校与家庭之间的四项工作。' },
  { kind: 'report', title: '街道社工站疑难个案求助情况调研报告', back: 1, status: 'published', outlet: '区社会工作疑难个案支援中心', summary: '走访各街道社工站，了解一线社工在什么时候求助、为什么没有求助。' },
  { kind: 'standard', title: '疑难个案会诊工作指引（试行）', back: 1, status: 'published', outlet: '区社会工作疑难个案支援中心', summary: '写明会前、会中、会后各方要做的事，附意见书和行动项的写法。' },
  { kind: 'book', title: '疑难个案服务案例选', back: 2, status: 'published', outlet: '区社会工作疑难个案支援中心', summary: '经服务对象同意、隐去个人信息的案例，按问题领域编排。' },
] as const;

const outputRows = (rows: Rows, district: District, time: DemoTime, bank: readonly Published[], held: readonly string[]): void => {
  const districtId = district.id;
  const { centre, supervisor } = district.named;
  const year = Number(time.today.slice(0, 4));
  for (const [i, { back, ...one }] of outputs.entries()) {
    const at = instantAt(time.day(-20 - i * 30), 9 * 3_600_000);
    const id = idOf(at);
    const authors = i % 2 === 0 ? ['疑难个案支援中心课题组', supervisor.name] : [centre.name, '疑难个案支援中心课题组'];
    rows.add('researchOutput', { districtId, id, ...one, year: year - back, authors, link: '', madeBy: centre.personId });
    for (const entry of bank.slice(i * 2, i * 2 + 3))
      rows.add('researchOutputSource', { districtId, id: idOf(at), outputId: id, entryId: entry.id, seminarId: null });
    const seminar = held[i];
    if (seminar !== undefined)
      rows.add('researchOutputSource', { districtId, id: idOf(at), outputId: id, entryId: null, seminarId: seminar });
  }
};

/** Competitions that are over, noticed and ready to be awarded, being scored, and open; three series of seminars; six outputs. */
export const learningRows = (rows: Rows, district: District, time: DemoTime, requests: readonly RequestPlan[]): void => {
  const bank = published(rows, requests);
  const { expert, expert2 } = district.namedExperts;
  const others = district.experts.filter((e) => e !== expert && e !== expert2).slice(0, 2);
  const judges = [expert, expert2, district.named.supervisor, ...others];
  const year = time.today.slice(0, 4);
  const before = (day: number) => bank.filter((e) => e.releasedOn < time.day(day));
  const old = before(-200).slice(0, 14);
  const taken = new Set(old.map((e) => e.id));
  const own = (e: Published) => e.plan.asker.personId === district.named.worker.personId;
  const newer = bank.filter((e) => !taken.has(e.id) && e.releasedOn < time.day(-16) && !own(e));
  competitionRows(rows, district, time, judges, {
    title: '第一届疑难个案评优大赛',
    theme: '面向全区社工征集已结束、已脱敏的疑难个案，重在看清问题、多专业配合和可以推广的做法。',
    status: 'awarded',
    opens: -198,
    closes: -168,
    score: -150,
    entries: old,
    scored: (judge, of) => (judge === 3 ? of - 1 : of),
  });
  competitionRows(rows, district, time, judges, {
    title: '第二届疑难个案评优大赛',
    theme: '在第一届的基础上，特别关注家庭、学校与社区一起做的个案。',
    status: 'scoring',
    opens: -15,
    closes: -5,
    score: 12,
    entries: newer.slice(0, 5),
    scored: (judge, of) => (judge === 0 ? Math.min(1, of) : judge === 1 ? Math.min(2, of) : 0),
  });
  competitionRows(rows, district, time, judges, {
    title: '家校协同个案专题评优',
    theme: '学校、家庭与社工站分工清楚、交接得上的个案。',
    status: 'noticed',
    opens: -60,
    closes: -30,
    score: -16,
    entries: newer.slice(7, 11),
    scored: (_, of) => of,
  });
  competitionRows(rows, district, time, judges, {
    title: `${year} 年新入职社工个案专题评优`,
    theme: '入职三年内的社工承办、督导带着做成的个案。',
    status: 'open',
    opens: -4,
    closes: 26,
    score: 45,
    entries: newer.slice(5, 7),
    scored: () => 0,
  });
  outputRows(rows, district, time, bank, seminarRows(rows, district, time, bank));
};
