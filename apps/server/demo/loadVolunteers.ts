/** Volunteers of two stations, invented, with their tasks: most settled over the year, one that waits for its hours, some ahead. */
import { type Day, dayOf, type Instant, instantAt, type TimeOfDay } from '@jieyou/core/shared/day.ts';
import type { NamedVolunteer } from '@jieyou/core/shared/helping.ts';
import { minutesBetween } from '@jieyou/core/volunteers/rules.ts';
import type { VolunteerDraft, VolunteerSkill, VolunteerSlot } from '@jieyou/core/volunteers/schema.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { sealVolunteer, shownName } from '../src/volunteers/store.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { fictitiousIdNumber, fictitiousMobile, openNameBook } from './names.ts';
import { randomFor } from './random.ts';

// Why the demo's tasks were chosen (LC-13).
const CHOSEN = {
  needed: { met: true, says: '走访时好几户都提到，眼下没有人做' },
  professional: { met: true, says: '社工牵头，先讲清怎么做再上门' },
  broad: { met: true, says: '附近几个小区的居民都能参加' },
};

const SKILLS: readonly (readonly VolunteerSkill[])[] = [
  ['talk', 'care'],
  ['tutoring', 'arts'],
  ['medical', 'care'],
  ['repair', 'transport'],
  ['haircut', 'talk'],
  ['organising'],
  ['computer', 'tutoring'],
  ['cooking', 'handcraft'],
];
const SLOTS: readonly (readonly VolunteerSlot[])[] = [
  ['weekday-morning', 'weekday-afternoon'],
  ['weekend-morning', 'weekend-afternoon'],
  ['weekday-evening', 'weekend-morning', 'weekend-afternoon'],
  ['weekday-morning', 'weekday-afternoon', 'weekend-morning', 'weekend-afternoon'],
];
const TEAMS = ['邻里暖心队', '', '小区守望志愿服务队', '银发互助队', '', '青年志愿服务队'] as const;
const EXPERTISE = ['退休护士', '', '会手语', '开过理发店', '', '中学数学老师', '会潮汕话', ''] as const;

type Class = 'elder-care' | 'disability-aid' | 'relief' | 'mutual-help' | 'youth';
type Plan = readonly [
  title: string,
  cls: Class,
  place: string,
  on: number,
  from: string,
  to: string,
  skills: readonly VolunteerSkill[],
  people: number,
  status: 'open' | 'staffed' | 'done' | 'settled' | 'cancelled',
  second?: true,
];

const plans: readonly Plan[] = [
  ['陪长者去社康复查', 'elder-care', '社工站门口', -310, '09:00', '11:00', ['care'], 2, 'settled'],
  ['周末作业辅导', 'youth', '社区图书角', -268, '09:30', '11:30', ['tutoring'], 3, 'settled'],
  ['帮邻居修水龙头', 'mutual-help', '三栋架空层', -231, '14:00', '16:00', ['repair'], 2, 'settled'],
  ['送米油到楼下', 'relief', '党群服务中心', -197, '10:00', '11:30', ['transport'], 3, 'settled'],
  ['陪练轮椅上下坡', 'disability-aid', '街心公园东门', -160, '15:00', '16:30', ['care'], 2, 'settled'],
  ['上门前的集合：理发', 'elder-care', '社工站会客室', -124, '09:00', '11:30', ['haircut'], 2, 'settled'],
  ['暑期手机课助教', 'elder-care', '社区活动室', -98, '09:30', '11:00', ['computer'], 3, 'settled', true],
  ['手工角值守', 'youth', '社区图书角', -71, '15:00', '17:00', ['handcraft'], 2, 'settled'],
  ['衣物整理', 'relief', '三栋架空层', -45, '10:00', '12:00', [], 4, 'settled', true],
  ['陪伴谈心：周三下午', 'elder-care', '社工站会客室', -27, '14:30', '16:00', ['talk'], 2, 'settled'],
  ['广场引导', 'mutual-help', '文化广场', -16, '09:00', '11:00', ['organising'], 3, 'settled'],
  ['暴雨天取消的踏查', 'disability-aid', '北山步道口', -9, '08:30', '10:30', [], 2, 'cancelled'],
  ['节前送温暖搬运', 'relief', '党群服务中心', -2, '10:00', '12:00', ['transport'], 3, 'done', true],
  ['周末作业陪伴', 'youth', '社区图书角', 5, '09:30', '11:30', ['tutoring'], 2, 'staffed'],
  ['陪长者做操', 'elder-care', '社区花园', 8, '09:00', '10:30', ['talk'], 3, 'open'],
  ['衣物交换日帮手', 'relief', '三栋架空层', 15, '10:00', '12:00', ['organising', 'handcraft'], 4, 'open', true],
];

/** Somebody on the register who may be named in plans. */
export type DemoVolunteer = { readonly id: string; readonly name: string; readonly stationId: string };

/** Volunteers whom a plan of a station names: people of the register, and one name that was typed before there was a register. */
export const namedOf = (known: readonly DemoVolunteer[], stationId: string | null, n: number): NamedVolunteer[] => {
  const own = known.filter((v) => v.stationId === stationId);
  const [one, typed] = [own[n % Math.max(1, own.length)], own[(n + 3) % Math.max(1, own.length)]];
  return [
    ...(one === undefined ? [] : [{ volunteerId: one.id, name: '', task: '签到与布置' }]),
    ...(typed === undefined || n % 2 === 0 ? [] : [{ volunteerId: null, name: typed.name, task: '拍照以外的杂事' }]),
  ];
};

/** Writes the register, the tasks, who was there and how long. */
export const volunteerRows = (rows: Rows, district: District, time: DemoTime, crypto: CryptoProvider): readonly DemoVolunteer[] => {
  const known: DemoVolunteer[] = [];
  const random = randomFor('volunteers');
  const book = openNameBook(random);
  const districtId = district.id;
  const { worker, worker2 } = district.named;
  const stations = [worker, worker2].map((lead) => ({ lead, ids: [] as string[] }));
  for (let n = 0; n < 40; n++) {
    const of = stations[n % 3 === 2 ? 1 : 0];
    const stationId = of?.lead.stationId ?? null;
    if (of === undefined || stationId === null) continue;
    const { lead } = of;
    const gender = n % 5 < 3 ? 'female' : 'male';
    const young = n === 7 || n === 22;
    const birthOn = time.day(-(young ? 365 * 16 + 40 : 365 * (22 + ((n * 7) % 48)) + n * 5));
    const since = time.day(-700 + n * 16);
    const agreed = n % 3 === 0 && !young;
    const draft: VolunteerDraft = {
      name: book.next(gender),
      gender,
      birthOn,
      phone: young ? null : fictitiousMobile('recipient', 7000 + n),
      idNumber: agreed ? fictitiousIdNumber(birthOn, gender, 300 + n) : null,
      idAgreedOn: agreed ? since : null,
      team: young ? '青年志愿服务队' : (TEAMS[n % TEAMS.length] ?? ''),
      skills: [...(SKILLS[n % SKILLS.length] ?? [])],
      areas: n % 4 === 0 ? [] : [lead.divisionPath.split('/').filter(Boolean).at(-1) ?? districtId],
      slots: [...(SLOTS[n % SLOTS.length] ?? [])],
      since,
      insuredUntil: n % 2 === 0 ? time.day(200) : null,
      guardianName: young ? book.next('female') : null,
      guardianPhone: young ? fictitiousMobile('recipient', 7100 + n) : null,
      guardianAgreedOn: young ? since : null,
      expertise: EXPERTISE[n % EXPERTISE.length] ?? '',
      notes: '',
    };
    const at = instantAt(since, '10:00' as TimeOfDay);
    const id = idOf(at);
    const status = n === 11 ? 'paused' : n === 30 ? 'withdrawn' : 'active';
    rows.add('volunteer', {
      districtId,
      id,
      stationId,
      organisationId: lead.organisationId,
      divisionPath: lead.divisionPath,
      status,
      nameMasked: shownName(draft.name, birthOn, time.day(0)),
      team: draft.team,
      skills: draft.skills,
      areas: draft.areas,
      slots: draft.slots,
      since,
      insuredUntil: draft.insuredUntil,
      stoppedOn: status === 'active' ? null : time.day(-20),
      madeBy: lead.personId,
      updatedAt: at,
      version: status === 'active' ? 1 : 2,
    });
    rows.add('volunteerContent', { districtId, id, ...sealVolunteer(crypto, id, draft, time.day(0)) });
    if (status === 'active' && !young) {
      of.ids.push(id);
      known.push({ id, name: draft.name, stationId });
    }
  }
  for (const [n, [title, cls, placeSays, on, from, to, skills, people, status, second]] of plans.entries()) {
    const of = stations[second ? 1 : 0];
    const stationId = of?.lead.stationId ?? null;
    if (of === undefined || stationId === null || of.ids.length === 0) continue;
    const { lead, ids } = of;
    const day: Day = time.day(on);
    const [startsAt, endsAt]: Instant[] = [instantAt(day, from as TimeOfDay), instantAt(day, to as TimeOfDay)];
    if (startsAt === undefined || endsAt === undefined) continue;
    const madeAt = time.notAfter(instantAt(time.day(on - 12), '10:00' as TimeOfDay), 200 - n);
    const id = idOf(madeAt);
    const over = status === 'done' || status === 'settled';
    const settledAt = status === 'settled' ? instantAt(time.day(on + 1), '09:30' as TimeOfDay) : null;
    rows.add('volunteerTask', {
      districtId,
      id,
      title,
      class: cls,
      status,
      forKind: 'own',
      forId: null,
      startsAt,
      endsAt,
      place: placeSays,
      areaId: null,
      wanted: people,
      skills: [...skills],
      risky: false,
      criteria: JSON.stringify(CHOSEN),
      leadId: lead.personId,
      stationId,
      organisationId: lead.organisationId,
      divisionPath: lead.divisionPath,
      madeBy: lead.personId,
      recordedBy: over ? lead.personId : null,
      recordedAt: over ? endsAt : null,
      settledBy: settledAt === null ? null : lead.personId,
      settledAt,
      updatedAt: settledAt ?? (over ? endsAt : madeAt),
      version: status === 'settled' ? 4 : status === 'done' ? 3 : status === 'staffed' ? 2 : 1,
    });
    rows.add('volunteerTaskContent', {
      districtId,
      id,
      says: `在${placeSays}集合，听牵头社工安排。穿便于走动的鞋，带水。不拍照，不问家事。`,
      summary: over ? `${dayOf(startsAt)} 按时完成，来的人都说下次还来。` : null,
      cancelSays: status === 'cancelled' ? '暴雨黄色预警，改期另行通知。' : null,
    });
    const full = minutesBetween(startsAt, endsAt);
    for (let i = 0; i < people; i++) {
      const volunteerId = ids[(n * 3 + i * 2) % ids.length];
      if (volunteerId === undefined || (status === 'open' && i > 0)) continue;
      const absent = over && i === 2 && n % 2 === 0;
      rows.add('volunteerTurn', {
        districtId,
        id: idOf(madeAt),
        taskId: id,
        volunteerId,
        status: over ? (absent ? 'absent' : 'came') : status === 'staffed' ? 'confirmed' : 'invited',
        minutes: over && !absent ? full - (i === 1 ? 15 : 0) : null,
        invitedAt: madeAt,
        invitedBy: lead.personId,
      });
    }
  }
  return known;
};
