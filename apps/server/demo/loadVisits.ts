/** Home visits of the demo: a station that goes out, some on time, some late, two planned for the first day; invented throughout. */
import { addDays, ageOn, type Day, daysBetween, type Instant, instantAt } from '@jieyou/core/shared/day.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { randomFor } from './random.ts';

const HEALTH = [
  ['good', '精神不错，三餐按时，药盒里的药吃到了昨天。'],
  ['fair', '膝盖还疼，下楼要扶栏杆，约了下周复诊。'],
  ['watch', '这周只睡三四个小时，饭量减了一半。'],
  ['fair', '血压偏高，家里的血压计换了电池。'],
  ['good', ''],
] as const;
const SAFETY = [
  ['good', '煤气和电线都看过，没有问题。'],
  ['fair', '卫生间地面湿滑，已请社区来装扶手。'],
  ['watch', '插线板老化，厨房堆了不少纸箱。'],
  ['good', ''],
  ['fair', '门锁不好关，记下了，请物业修。'],
] as const;
const LIFE = [
  ['good', '每天去楼下坐一会儿，和邻居下棋。'],
  ['fair', '多数时间看电视，说想去合唱队看看。'],
  ['watch', '很少出门，也不接老朋友的电话。'],
  ['good', '孩子放学后来陪，周末一起买菜。'],
  ['fair', ''],
] as const;
const COMPANIONS = ['周老师', '黎主任', '阮阿姨', '柯老师'] as const;
const ACTIONS = ['陪同去社区医院量血压、开药', '请物业当天更换插线板', '联系女儿来住两晚'] as const;

// Days since the last visit, in turn: all states of being due for intervals of 7, 14 and 30 days.
const LAST = [2, 30, 9, 14, 21, 27, 36, 5, 29, 45, 16, 12] as const;
/** What makes visits needed more often, as age and domain allow it; not for everybody. */
const needsOf = (age: number, domain: string | null, i: number): string[] => {
  if (age < 18) return i % 2 === 0 ? ['child'] : [];
  if (domain === 'disability-inclusion') return ['disabled'];
  if (age >= 62) return i % 3 === 0 ? ['alone', 'frail'] : i % 3 === 1 ? ['alone'] : [];
  return [];
};

/** Adds the visits to cases that were written before. */
export const visitRows = (rows: Rows, district: District, time: DemoTime): void => {
  const random = randomFor('visits');
  const districtId = district.id;
  const { worker } = district.named;
  const cases = rows.of('caseFile');
  const ageOf = new Map(rows.of('recipient').map((r) => [r.id, r.birthOn == null ? null : (ageOn(r.birthOn as Day, time.today) ?? null)]));
  const seen = new Set<string>();
  const add = (
    file: (typeof cases)[number],
    visit: { status: 'planned' | 'done' | 'not-met' | 'cancelled'; on: Day; urgent?: boolean; open?: boolean; reason?: string },
  ): void => {
    const past = visit.status === 'done' || visit.status === 'not-met';
    const madeAt = time.notAfter(instantAt(past ? visit.on : addDays(time.today, -3), 16 * 3_600_000), 45) as Instant;
    const id = idOf(madeAt);
    const first = !seen.has(file.recipientId);
    const done = visit.status === 'done';
    rows.add('visit', {
      districtId,
      id,
      caseId: file.id,
      stationId: file.stationId,
      workerId: file.workerId,
      status: visit.status,
      plannedOn: visit.status === 'planned' || visit.status === 'cancelled' ? visit.on : null,
      half: random.pick(['morning', 'afternoon', 'any']),
      reason: visit.reason ?? (first ? 'first' : 'regular'),
      visitedOn: past ? visit.on : null,
      minutes: done ? random.pick([25, 40, 40, 60, 75]) : null,
      first: done ? first : null,
      notMet: visit.status === 'not-met' ? random.pick(['away', 'away', 'refused']) : null,
      madeBy: file.workerId,
      madeAt,
      recordedBy: past ? file.workerId : null,
      recordedAt: past ? madeAt : null,
      version: 1,
    });
    const [health, healthSays] = visit.urgent === true ? (['urgent', '家里的药断了三天，走路发晃。'] as const) : random.pick(HEALTH);
    const [safety, safetySays] = random.pick(SAFETY);
    const [life, lifeSays] = random.pick(LIFE);
    rows.add('visitContent', {
      districtId,
      id,
      why: visit.status === 'planned' ? '看看上次说的事办得怎样。' : '',
      companionRole: done && first ? 'civil-affairs' : null,
      companionName: done && first ? random.pick(COMPANIONS) : null,
      aloneReason: null,
      health: done ? health : null,
      healthSays: done ? healthSays : null,
      safety: done ? safety : null,
      safetySays: done ? safetySays : null,
      life: done ? life : null,
      lifeSays: done ? lifeSays : null,
      says: visit.status === 'not-met' ? '敲门没有人应，邻居说早上出去了，留了便条。' : visit.status === 'cancelled' ? '本人住院，出院后再约。' : null,
    });
    if (visit.urgent === true) {
      const doneAt = visit.open === true ? null : madeAt;
      rows.add('visitAction', {
        districtId,
        id: idOf(madeAt),
        visitId: id,
        caseId: file.id,
        ownerId: file.workerId,
        what: random.pick(ACTIONS),
        byWhom: '本人',
        until: addDays(visit.on, 1),
        doneAt,
        doneBy: doneAt === null ? null : file.workerId,
        doneSays: doneAt === null ? null : '当天办妥。',
      });
    }
    if (done) seen.add(file.recipientId);
  };

  // Two years and more: one visit to each of the older files.
  const older = cases
    .filter((f) => daysBetween(f.openedOn as Day, time.today) > 430 && daysBetween(f.openedOn as Day, time.today) < 820)
    .toSorted((a, b) => a.openedOn.localeCompare(b.openedOn));
  for (const file of older.filter((_, i) => i % Math.max(1, Math.floor(older.length / 14)) === 0))
    add(file, { status: 'done', on: addDays(file.openedOn as Day, 5) });

  // Every second open file of the colleagues at the station.
  const near = cases.filter((f) => f.stationId === worker.stationId && f.workerId !== worker.personId && f.status === 'open');
  for (const [i, file] of near.entries()) {
    const last = addDays(time.today, -(LAST[(i * 5) % LAST.length] ?? 30));
    if (i % 2 === 0 && last >= file.openedOn) add(file, { status: 'done', on: last });
  }

  // The open files of the worker: most were visited, a few wait for their first.
  const own = cases.filter((f) => f.workerId === worker.personId && f.status === 'open');
  for (const [i, file] of own.entries()) {
    const needs = needsOf(ageOf.get(file.recipientId) ?? 40, file.domain ?? null, i);
    const setAt = time.notAfter(instantAt(addDays(file.openedOn as Day, 1), 10 * 3_600_000), 60);
    if (needs.length > 0) rows.add('visitNeed', { districtId, id: file.id, needs, setBy: file.workerId, setAt, version: 1 });
    const last = addDays(time.today, -(LAST[i % LAST.length] ?? 30));
    if (i % 9 === 4 || last < file.openedOn) continue;
    const before = addDays(last, -random.int(20, 40));
    if (i % 3 === 0 && before >= file.openedOn) add(file, { status: 'done', on: before });
    add(file, { status: 'done', on: last, urgent: i === 7 || i === 19, open: i === 7 });
  }
  for (const [i, status] of (['planned', 'planned', 'planned', 'not-met', 'cancelled', 'planned'] as const).entries()) {
    const file = own[i + 8];
    if (file === undefined) continue;
    const on = [0, 0, -1, -2, 4, 6][i] ?? 0;
    if (status === 'not-met' && addDays(time.today, on) < (file.openedOn as Day)) continue;
    add(file, { status, on: addDays(time.today, on), reason: 'follow-up' });
  }
};
