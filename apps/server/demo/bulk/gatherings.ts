/** Community activities by the month, each with those who registered, its sign-in and one act of service. */
import { budgetSums, minutesOf } from '@jieyou/core/activities/rules.ts';
import { ActivityCategory, categoryDomain } from '@jieyou/core/activities/schema.ts';
import { addDays, type Day, dayOf, instantAt, weekdayOf } from '@jieyou/core/shared/day.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { registrationPlace, volunteersPlace } from '../../src/activities/store.ts';
import { exactIndexes } from '../../src/cases/index.ts';
import { idOf } from '../loadRows.ts';
import { fictitiousMobile, surnames } from '../names.ts';
import { busyDay, type Desk, type Server } from './people.ts';
import { activityPlaces, activityWords } from './words.ts';

const signs = [...'abcdefghjkmnpqrstuvwxyz23456789'];

/** Shares a number out into parts that differ a little and add up exactly. */
export const sharedOut = (random: Desk['random'], total: number, count: number): number[] => {
  const weights = Array.from({ length: count }, () => 0.6 + random.next());
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.map((w) => Math.floor((total * w) / sum));
  for (let rest = total - parts.reduce((a, b) => a + b, 0), n = 0; rest > 0; rest -= 1, n += 1) parts[n % count] = (parts[n % count] ?? 0) + 1;
  return parts;
};

/** A campaign week (宣传周) that is over, and its days. */
export type Week = { readonly id: string; readonly from: Day };

/** The week of the last World Social Work Day (third Tuesday of March) that is over. */
export const campaignWeek = (today: Day): { readonly from: Day; readonly to: Day } => {
  for (let year = Number(today.slice(0, 4)); ; year -= 1) {
    const first = `${year}-03-01` as Day;
    const from = addDays(first, ((2 - weekdayOf(first) + 7) % 7) + 13);
    const to = addDays(from, 6);
    if (to < today) return { from, to };
  }
};

/** Writes so many activities over so many days back, or in a campaign week; `times` is the number of people who came to all of them (人次). */
export const gatheringRows = (
  desk: Desk,
  servers: readonly Server[],
  of: { count: number; span: number; times: number | null; ahead: number; week?: Week },
): void => {
  const { rows, crypto, time, random } = desk;
  const came = of.times === null ? [] : sharedOut(random, of.times, of.count);
  const { week } = of;
  const days = Array.from({ length: of.count }, (): Day => (week === undefined ? busyDay(time, random, of.span, 4) : addDays(week.from, random.int(0, 6))));
  const ahead = Array.from({ length: of.ahead }, (): Day => addDays(time.today, random.int(3, 26)));
  for (const [n, day] of [...days, ...ahead].entries()) {
    const server = random.pick(servers);
    const { districtId } = server;
    const done = n < of.count;
    const category = random.pick(ActivityCategory.options);
    const [titles, ends] = activityWords[category];
    const hour = random.pick([9, 9.5, 10, 14.5, 15, 19]);
    const startsAt = instantAt(day, hour * 3_600_000);
    const endsAt = instantAt(day, (hour + random.pick([1.5, 2, 2.5])) * 3_600_000);
    const plannedAt = time.notAfter(instantAt(addDays(day, -18), 10 * 3_600_000 + n), 200);
    const id = idOf(plannedAt);
    const times = done ? (came[n] ?? random.int(12, 58)) : 0;
    let registered = 0;
    const mobile = random.int(0, 1_000);
    const registrations = Array.from({ length: Math.min(random.int(2, 6), done ? Math.floor(times / 2) : 6) }, (_, r) => {
      const at = time.notAfter(instantAt(addDays(day, -12 + r), 12 * 3_600_000), 100 - r);
      const registrationId = idOf(at);
      const people = category === 'youth' ? 2 : 1;
      const there = done && r % 5 !== 4 ? people : 0;
      registered += there;
      const name = `${random.weighted(surnames)}${random.pick(['阿姨', '伯伯', '女士', '先生', '奶奶', '叔叔'])}`;
      const phone = fictitiousMobile('recipient', 5_300 + mobile + r);
      return {
        districtId,
        id: registrationId,
        activityId: id,
        status: 'in',
        source: random.pick(['public', 'public', 'worker']),
        people,
        came: done ? there : null,
        registeredAt: at,
        nameCt: crypto.encrypt(name, registrationPlace(registrationId, 'name')),
        nameMasked: maskName(name),
        phoneCt: crypto.encrypt(phone, registrationPlace(registrationId, 'phone')),
        phoneMasked: maskPhone(phone),
        phoneIndex: exactIndexes(crypto, phone).phone,
      };
    });
    const planned = random.int(12, 60) * 1000;
    const budget = [
      { title: '物料', planned, spent: done ? planned - random.int(0, 40) * 100 : null },
      { title: '茶水', planned: 9_000, spent: done ? 8_600 : null },
    ];
    const sums = budgetSums(budget);
    const place = { stationId: server.stationId, organisationId: server.organisationId, divisionPath: server.divisionPath };
    rows.add('activity', {
      districtId,
      id,
      title: `${server.streetName.replace(/街道$/, '')}${random.pick(titles)}`,
      category,
      campaignId: week?.id ?? null,
      place: random.pick(activityPlaces),
      startsAt,
      endsAt,
      capacity: null,
      status: done ? 'done' : random.pick(['published', 'published', 'planned']),
      leadId: server.personId,
      coLeadIds: [],
      ...place,
      publicCode: Array.from({ length: 16 }, () => random.pick(signs)).join(''),
      plannedFen: sums.planned,
      spentFen: sums.spent,
      walkIns: done ? times - registered : 0,
      times: done ? times : null,
      persons: done ? times : null,
      cancelReason: null,
      updatedAt: done ? endsAt : plannedAt,
      version: done ? 4 : 2,
    });
    rows.add('activityContent', {
      districtId,
      id,
      aims: random.pick(['认识邻居，知道社工站在哪里、能帮什么。', '让平时少出门的人来坐坐。', '把一件常被问到的事讲明白。']),
      budget: JSON.stringify(budget),
      volunteersCt: crypto.encrypt(JSON.stringify(random.chance(0.5) ? ['热心小林'] : []), volunteersPlace(id)),
      summary: done ? random.pick(ends) : null,
    });
    for (const registration of registrations) rows.add('activityRegistration', registration);
    if (!done) continue;
    rows.add('serviceContact', {
      districtId,
      id: idOf(endsAt),
      sourceKind: 'activity',
      sourceId: id,
      kind: 'activity',
      domain: categoryDomain[category],
      happenedOn: dayOf(startsAt),
      minutes: minutesOf(startsAt, endsAt),
      people: times,
      who: registrations.filter((r) => (r.came ?? 0) > 0).map((r) => r.id),
      workerId: server.personId,
      ...place,
      activityId: id,
      writtenAt: endsAt,
    });
  }
};
