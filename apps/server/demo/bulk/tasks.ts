/** Tasks of volunteers by the month, each under a worker who leads it; hours are told once and settled. */
import { addDays, type Day, instantAt } from '@jieyou/core/shared/day.ts';
import { minutesBetween } from '@jieyou/core/volunteers/rules.ts';
import { idOf } from '../loadRows.ts';
import { busyDay, type Desk, eventOf, type Server } from './people.ts';
import type { Helper } from './volunteers.ts';

const told = [
  ['陪长者去社康复查', 'elder-care', '社康中心门口'],
  ['上门陪聊：先到站里集合', 'elder-care', '社工站会客室'],
  ['义剪半日', 'elder-care', '社区活动室'],
  ['陪练轮椅上下坡', 'disability-aid', '街心公园'],
  ['手作小组帮手', 'disability-aid', '社区活动室'],
  ['送米油到楼下', 'relief', '邻里中心'],
  ['衣物整理', 'relief', '架空层'],
  ['修水龙头和灯泡', 'mutual-help', '架空层'],
  ['楼道清洁', 'mutual-help', '楼栋门口'],
  ['周末作业陪伴', 'youth', '图书角'],
  ['四点半课堂助教', 'youth', '社区活动室'],
] as const;
const ends = ['按时完成，来的人都说下次还来。', '早到十分钟，收拾完才走。', '人手刚好，下回可以再多一位。', '都顺利，东西送到门口。'];

/** Writes so many tasks over so many days back and a few ahead, among the volunteers of the station. */
export const taskRows = (desk: Desk, servers: readonly Server[], helpers: readonly Helper[], of: { count: number; span: number; ahead: number }): void => {
  const { rows, time, random } = desk;
  const days = [
    ...Array.from({ length: of.count }, (): Day => busyDay(time, random, of.span, 2)),
    ...Array.from({ length: of.ahead }, (): Day => addDays(time.today, random.int(2, 20))),
  ];
  for (const [n, day] of days.entries()) {
    const lead = random.pick(servers);
    const madeOn = addDays(day, -10);
    const known = helpers.filter((h) => h.stationId === lead.stationId && h.since <= madeOn);
    if (known.length < 2) continue;
    const done = n < of.count;
    const [title, category, where] = random.pick(told);
    const hour = random.pick([9, 9.5, 14, 14.5, 15, 19]);
    const [startsAt, endsAt] = [instantAt(day, hour * 3_600_000), instantAt(day, (hour + random.pick([1, 1.5, 2, 2.5])) * 3_600_000)];
    const madeAt = time.notAfter(instantAt(madeOn, 10 * 3_600_000), 300 - (n % 200));
    const id = idOf(madeAt);
    const status = !done ? random.pick(['open', 'staffed']) : random.chance(0.05) ? 'cancelled' : day > addDays(time.today, -6) ? 'done' : 'settled';
    const over = status === 'done' || status === 'settled';
    const settledAt = status === 'settled' ? time.notAfter(instantAt(addDays(day, 1), 9.5 * 3_600_000), 30) : null;
    const people = random.sample(known, random.int(1, Math.min(4, known.length)));
    const place = { stationId: lead.stationId, organisationId: lead.organisationId, divisionPath: lead.divisionPath };
    rows.add('volunteerTask', {
      districtId: lead.districtId,
      id,
      title,
      class: category,
      status,
      forKind: 'own',
      forId: null,
      startsAt,
      endsAt,
      place: where,
      areaId: null,
      wanted: people.length,
      skills: [],
      risky: false,
      leadId: lead.personId,
      ...place,
      madeBy: lead.personId,
      recordedBy: over ? lead.personId : null,
      recordedAt: over ? endsAt : null,
      settledBy: settledAt === null ? null : lead.personId,
      settledAt,
      updatedAt: settledAt ?? (over ? endsAt : madeAt),
      version: status === 'settled' ? 4 : status === 'done' ? 3 : 2,
    });
    rows.add('volunteerTaskContent', {
      districtId: lead.districtId,
      id,
      says: `在${where}集合，听牵头社工安排。不拍照，不问家事。`,
      summary: over ? random.pick(ends) : null,
      cancelSays: status === 'cancelled' ? '下雨改期，另行通知。' : null,
    });
    eventOf(desk, lead, 'volunteer-task.made', madeAt, 'volunteer-task', id, {});
    const full = minutesBetween(startsAt, endsAt);
    for (const [i, helper] of people.entries()) {
      const absent = over && i > 0 && random.chance(0.08);
      rows.add('volunteerTurn', {
        districtId: lead.districtId,
        id: idOf(madeAt),
        taskId: id,
        volunteerId: helper.id,
        status: over ? (absent ? 'absent' : 'came') : status === 'staffed' ? 'confirmed' : 'invited',
        minutes: over && !absent ? full - random.pick([0, 0, 0, 15]) : null,
        invitedAt: madeAt,
        invitedBy: lead.personId,
      });
    }
    if (settledAt !== null) eventOf(desk, lead, 'volunteer-task.moved', settledAt, 'volunteer-task', id, { move: 'settle' });
  }
};
