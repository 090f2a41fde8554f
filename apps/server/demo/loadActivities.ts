/** Community activities of two stations: one week with two of them, one full with a waiting list, one cancelled, the others over. */
import { budgetSums, minutesOf } from '@jieyou/core/activities/rules.ts';
import { type ActivityCategory, categoryDomain } from '@jieyou/core/activities/schema.ts';
import { type Day, dayOf, instantAt, type TimeOfDay } from '@jieyou/core/shared/day.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { registrationPlace, volunteersPlace } from '../src/activities/store.ts';
import { exactIndexes } from '../src/cases/index.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { type DemoVolunteer, namedOf } from './loadVolunteers.ts';
import { fictitiousMobile, surnames } from './names.ts';
import { randomFor } from './random.ts';

const SIGNS = [...'abcdefghjkmnpqrstuvwxyz23456789'];

type Plan = {
  readonly title: string;
  readonly category: ActivityCategory;
  readonly place: string;
  /** Days from today; negative is past. */
  readonly on: number;
  readonly from: string;
  readonly to: string;
  readonly capacity: number | null;
  /** Families that registered. */
  readonly families: number;
  readonly walkIns: number;
  readonly status: 'planned' | 'published' | 'done' | 'cancelled';
  readonly second?: true;
  readonly week?: true;
  readonly says?: string;
};

const of = (
  title: string,
  category: ActivityCategory,
  place: string,
  on: number,
  hours: readonly [string, string],
  numbers: readonly [number | null, number, number],
  status: Plan['status'],
  more: Pick<Plan, 'second' | 'week' | 'says'> = {},
): Plan => ({ title, category, place, on, from: hours[0], to: hours[1], capacity: numbers[0], families: numbers[1], walkIns: numbers[2], status, ...more });

const plans: readonly Plan[] = [
  of('重阳敬老茶话会', 'elder-care', '社区邻里中心二楼', -402, ['09:30', '11:00'], [40, 18, 6], 'done', { says: '老人们讲了年轻时的街道，约好每月再聚一次。' }),
  of('社工带您办手续', 'relief', '党群服务中心大厅', -351, ['14:30', '16:30'], [null, 9, 22], 'done', { says: '帮三家弄清了临时救助要带的材料。' }),
  of('寒假作业陪伴营', 'youth', '社区活动室', -288, ['09:00', '11:30'], [20, 15, 0], 'done', { says: '孩子们坐得住一个半小时，家长说回家吵得少了。' }),
  of('轮椅友好路线踏查', 'disability-aid', '街心公园东门', -215, ['15:00', '17:00'], [15, 8, 3], 'done', { says: '记下七处台阶，已转给街道。' }),
  of('邻里互助工具角开张', 'mutual-help', '三栋架空层', -160, ['10:00', '11:30'], [null, 6, 31], 'done', { says: '收到二十多件工具，排了值班。' }),
  of('夏夜量血压', 'elder-care', '文化广场', -96, ['19:00', '20:30'], [null, 12, 45], 'done', { second: true, says: '四位血压偏高的老人已陪同去社康复查。' }),
  of('社工宣传日：摆摊问答', 'mutual-help', '文化广场', -61, ['09:30', '11:30'], [null, 4, 86], 'done', { week: true, says: '问得最多的是怎样申请居家照护。' }),
  of('社工宣传日：亲子折纸', 'youth', '社区图书角', -60, ['15:00', '16:30'], [24, 12, 4], 'done', { week: true, says: '折完的纸鹤送给了独居老人。' }),
  of('照顾者喘息下午', 'elder-care', '社工站会客室', -24, ['14:00', '16:00'], [12, 9, 0], 'done', { says: '九位照顾者第一次有整个下午是自己的。' }),
  of('户外徒步', 'youth', '北山步道口', -12, ['08:30', '11:30'], [30, 11, 0], 'cancelled', { says: '暴雨黄色预警，改期另行通知。' }),
  of('手机防骗小课堂', 'elder-care', '社区活动室', 6, ['09:30', '11:00'], [20, 19, 0], 'published'),
  of('暖冬衣物交换', 'relief', '三栋架空层', 15, ['10:00', '12:00'], [null, 5, 0], 'published', { second: true }),
  of('手语入门', 'disability-aid', '社工站会客室', 24, ['19:00', '20:30'], [16, 0, 0], 'planned'),
];

/** Writes the week, the activities, those who registered, and the acts of service of what is over. */
export const activityRows = (rows: Rows, district: District, time: DemoTime, crypto: CryptoProvider, volunteers: readonly DemoVolunteer[]): void => {
  const random = randomFor('activities');
  const districtId = district.id;
  const { worker, worker2, centre } = district.named;
  const weekId = idOf(instantAt(time.day(-90), '09:00' as TimeOfDay));
  rows.add('campaign', {
    districtId,
    id: weekId,
    name: '社会工作宣传周',
    fromDay: time.day(-62),
    toDay: time.day(-56),
    madeBy: centre.personId,
    madeAt: instantAt(time.day(-90), '09:00' as TimeOfDay),
  });
  let mobile = 400;
  for (const [index, plan] of plans.entries()) {
    const lead = plan.second ? worker2 : worker;
    if (lead.stationId === null) continue;
    const day: Day = time.day(plan.on);
    const [startsAt, endsAt] = [instantAt(day, plan.from as TimeOfDay), instantAt(day, plan.to as TimeOfDay)];
    const plannedAt = time.notAfter(instantAt(time.day(plan.on - 20), '10:00' as TimeOfDay), 300);
    const id = idOf(plannedAt);
    const done = plan.status === 'done';
    const budget = [
      { title: '物料', planned: 30_000 + index * 1_500, spent: done ? 28_600 + index * 1_450 : null },
      { title: '茶水', planned: 12_000, spent: done ? 11_250 : null },
    ];
    let [taken, came] = [0, 0];
    const who: string[] = [];
    const registrations = Array.from({ length: plan.families }, (_, n) => {
      const people = plan.category === 'youth' ? 2 : 1 + (n % 4 === 3 ? 1 : 0);
      const waiting = plan.capacity !== null && taken + people > plan.capacity;
      if (!waiting) taken += people;
      const at = time.notAfter(instantAt(time.day(plan.on - 15 + Math.floor(n / 3)), '12:00' as TimeOfDay), 120 - n);
      const registrationId = idOf(at);
      const name = `${random.weighted(surnames)}${random.pick(['阿姨', '伯伯', '女士', '先生', '奶奶'])}`;
      const phone = fictitiousMobile('recipient', mobile++);
      const there = done && !waiting && n % 6 !== 5 ? people : 0;
      came += there;
      if (there > 0) who.push(registrationId);
      return {
        districtId,
        id: registrationId,
        activityId: id,
        status: waiting ? 'waiting' : 'in',
        source: n % 3 === 2 ? 'worker' : 'public',
        people,
        came: done && !waiting ? there : null,
        registeredAt: at,
        nameCt: crypto.encrypt(name, registrationPlace(registrationId, 'name')),
        nameMasked: maskName(name),
        phoneCt: crypto.encrypt(phone, registrationPlace(registrationId, 'phone')),
        phoneMasked: maskPhone(phone),
        phoneIndex: exactIndexes(crypto, phone).phone ?? null,
      };
    });
    const times = came + plan.walkIns;
    const sums = budgetSums(budget);
    const place = { stationId: lead.stationId, organisationId: lead.organisationId, divisionPath: lead.divisionPath };
    rows.add('activity', {
      districtId,
      id,
      title: plan.title,
      category: plan.category,
      campaignId: plan.week ? weekId : null,
      place: plan.place,
      startsAt,
      endsAt,
      capacity: plan.capacity,
      status: plan.status,
      leadId: lead.personId,
      coLeadIds: [],
      ...place,
      publicCode: Array.from({ length: 16 }, () => random.pick(SIGNS)).join(''),
      plannedFen: sums.planned,
      spentFen: sums.spent,
      walkIns: done ? plan.walkIns : 0,
      times: done ? times : null,
      persons: done ? times : null,
      cancelReason: plan.status === 'cancelled' ? (plan.says ?? null) : null,
      updatedAt: done ? endsAt : plannedAt,
      version: done ? 4 : plan.status === 'planned' ? 1 : 2,
    });
    rows.add('activityContent', {
      districtId,
      id,
      aims: '认识邻居，知道社工站在哪里、能帮什么。',
      budget: JSON.stringify(budget),
      volunteersCt: crypto.encrypt(JSON.stringify(plan.families > 8 ? [...namedOf(volunteers, lead.stationId, plan.families), '楼长老周'] : []), volunteersPlace(id)),
      summary: done ? (plan.says ?? '') : null,
    });
    for (const registration of registrations) rows.add('activityRegistration', registration);
    if (!done) continue;
    rows.add('serviceContact', {
      districtId,
      id: idOf(endsAt),
      sourceKind: 'activity',
      sourceId: id,
      kind: 'activity',
      domain: categoryDomain[plan.category],
      happenedOn: dayOf(startsAt),
      minutes: minutesOf(startsAt, endsAt),
      people: times,
      who,
      workerId: lead.personId,
      ...place,
      activityId: id,
      writtenAt: endsAt,
    });
  }
};
