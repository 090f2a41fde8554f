/** Whether somebody may be entered, who fits a task and why, and whether its hours stand. */
import { addDays, ageOn, type Day, dayOf, type Instant, msIntoDay, msOf, msPerHour, msPerMinute, weekdayOf } from '../shared/day.ts';
import { splitName, toHalfWidth } from '../shared/identifiers.ts';
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import type { VolunteersPack } from './pack.ts';
import type { FitReason, Turn, VolunteerDraft, VolunteerSlot, VolunteerStatus } from './schema.ts';

/** Why an entry is refused. */
export type EntryRefusal =
  | 'volunteers.too-young'
  | 'volunteers.guardian-missing'
  | 'volunteers.id-not-agreed'
  | 'volunteers.day-ahead'
  | 'volunteers.reach-missing';

/** Below the age at which one decides alone, a guardian with name, phone and the day of consent. */
export type GuardianFacts = Pick<VolunteerDraft, 'birthOn' | 'guardianName' | 'guardianPhone' | 'guardianAgreedOn'>;

/** The rule of age (志愿服务条例: a minor with the guardian's consent): too young, with a guardian, or alone. */
export const guardianVerdict = (
  v: GuardianFacts,
  pack: Pick<VolunteersPack, 'age.least' | 'age.alone'>,
  today: Day,
): Verdict<'volunteers.too-young' | 'volunteers.guardian-missing'> => {
  const age = ageOn(v.birthOn as Day, today) ?? 0;
  if (age < pack['age.least']) return no('volunteers.too-young', { least: pack['age.least'] });
  if (age >= pack['age.alone']) return yes;
  return v.guardianName !== null && v.guardianPhone !== null && v.guardianAgreedOn !== null
    ? yes
    : no('volunteers.guardian-missing', { below: pack['age.alone'] });
};

/** Whether somebody may stand on the register as entered. */
export const entryVerdict = (v: VolunteerDraft, pack: VolunteersPack, today: Day): Verdict<EntryRefusal> =>
  firstNo<EntryRefusal>(
    [v.birthOn, v.since, v.idAgreedOn, v.guardianAgreedOn].some((d) => d !== null && d > today) ? no('volunteers.day-ahead') : yes,
    guardianVerdict(v, pack, today),
    v.idNumber !== null && v.idAgreedOn === null ? no('volunteers.id-not-agreed') : yes,
    v.phone === null && v.guardianPhone === null ? no('volunteers.reach-missing') : yes,
  );

/** The parts of a week that a task touches: morning to 12, afternoon to 18, then evening. */
export const slotsOf = (startsAt: string, endsAt: string): VolunteerSlot[] => {
  const found = new Set<VolunteerSlot>();
  for (let at = msOf(startsAt as Instant); at < msOf(endsAt as Instant) && found.size < 6; at += 15 * msPerMinute) {
    const moment = new Date(at).toISOString() as Instant;
    const hour = msIntoDay(moment) / msPerHour;
    const week = weekdayOf(dayOf(moment)) >= 6 ? 'weekend' : 'weekday';
    found.add(`${week}-${hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'}`);
  }
  return [...found];
};

/** Length in whole minutes. */
export const minutesBetween = (startsAt: string, endsAt: string): number =>
  Math.max(0, Math.round((msOf(endsAt as Instant) - msOf(startsAt as Instant)) / msPerMinute));

/** What a task asks for. `areas` are the task's area and the divisions above it; empty where no area is named. */
export type Sought = {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly skills: readonly string[];
  readonly areas: readonly string[];
  readonly risky: boolean;
};

/** What is known of somebody who may be asked. */
export type Candidate = {
  readonly status: VolunteerStatus;
  readonly skills: readonly string[];
  readonly areas: readonly string[];
  readonly slots: readonly string[];
  readonly birthOn: string | null;
  readonly guardianAgreedOn: string | null;
  readonly insuredUntil: string | null;
  /** Has another task at the same time. */
  readonly busy: boolean;
  /** Tasks of the last days. */
  readonly lately: number;
};

/** Why somebody may not come to a task at all. */
export type ComeRefusal =
  | 'volunteers.not-active'
  | 'volunteers.busy'
  | 'volunteers.not-insured'
  | 'volunteers.minor-too-long'
  | 'volunteers.guardian-missing'
  | 'volunteers.too-young';

/** Whether somebody may come: on the register, free, insured where something may happen, a minor with consent and not for long. */
export const comeVerdict = (v: Candidate, task: Sought, pack: VolunteersPack): Verdict<ComeRefusal> => {
  const on = dayOf(task.startsAt as Instant);
  const age = v.birthOn === null ? null : (ageOn(v.birthOn as Day, on) ?? 0);
  const minor = age !== null && age < pack['age.alone'];
  return firstNo<ComeRefusal>(
    v.status === 'active' ? yes : no('volunteers.not-active'),
    v.busy ? no('volunteers.busy') : yes,
    age !== null && age < pack['age.least'] ? no('volunteers.too-young', { least: pack['age.least'] }) : yes,
    minor && v.guardianAgreedOn === null ? no('volunteers.guardian-missing', { below: pack['age.alone'] }) : yes,
    minor && minutesBetween(task.startsAt, task.endsAt) > pack['minor.minutes']
      ? no('volunteers.minor-too-long', { most: pack['minor.minutes'] })
      : yes,
    task.risky && (v.insuredUntil === null || v.insuredUntil < on) ? no('volunteers.not-insured') : yes,
  );
};

/**
 * Who fits a task and why; undefined for who does not. A skill that is asked for, an area that holds the place, time, and not too many
 * tasks of late. There is no better and worse among those who fit.
 */
export const fitOf = (v: Candidate, task: Sought, pack: VolunteersPack): FitReason[] | undefined => {
  if (!comeVerdict(v, task, pack).ok || v.lately >= pack['load.most']) return undefined;
  const reasons: FitReason[] = [];
  if (task.skills.length === 0) reasons.push('any-skill');
  else if (task.skills.some((s) => v.skills.includes(s))) reasons.push('skill');
  else return undefined;
  if (v.areas.length === 0 || task.areas.length === 0) reasons.push('any-area');
  else if (task.areas.some((a) => v.areas.includes(a))) reasons.push('area');
  else return undefined;
  if (!slotsOf(task.startsAt, task.endsAt).every((s) => v.slots.includes(s))) return undefined;
  reasons.push('slot', 'load');
  if (task.risky) reasons.push('insured');
  return reasons;
};

/** Since when tasks count as load. */
export const loadSince = (startsAt: string, pack: Pick<VolunteersPack, 'load.days'>): Day =>
  addDays(dayOf(startsAt as Instant), -pack['load.days']);

const bare = (text: string): string =>
  toHalfWidth(text)
    .replace(/[\s\-·.,，。()（）]/g, '')
    .toUpperCase();

/**
 * What volunteers read names nobody (LC-13): no telephone and no ID number at all, and nothing of the people behind the task: their
 * names, given names of two characters, numbers.
 */
export const textsVerdict = (
  texts: readonly string[],
  known: { readonly names: readonly string[]; readonly numbers: readonly string[] },
): Verdict<'volunteers.text-has-number' | 'volunteers.text-names-recipient'> => {
  const read = texts.map(bare);
  const names = known.names.flatMap((n) => {
    const given = bare(splitName(n)?.given ?? '');
    return [bare(n), ...(given.length >= 2 ? [given] : [])];
  });
  const named = [...names, ...known.numbers.map(bare)].filter((w) => w.length >= 2);
  if (read.some((t) => named.some((w) => t.includes(w)))) return no('volunteers.text-names-recipient');
  return read.some((t) => /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dX](?!\d)|(?<!\d)\d{15}(?!\d)/.test(t))
    ? no('volunteers.text-has-number')
    : yes;
};

/** A task begins before it ends, within a day. */
export const taskTimesVerdict = (startsAt: string, endsAt: string): Verdict<'volunteers.ends-before'> => {
  const minutes = minutesBetween(startsAt, endsAt);
  return minutes >= 1 && minutes <= 1440 ? yes : no('volunteers.ends-before');
};

/** Why recorded hours are refused. */
export type HoursRefusal = 'volunteers.not-yet' | 'volunteers.hours-missing' | 'volunteers.hours-too-long';

/** Hours stand for all who were to come, and for nobody longer than the task was. */
export const hoursVerdict = (
  given: readonly { readonly turnId: string; readonly minutes: number | null }[],
  turns: readonly Pick<Turn, 'id' | 'status'>[],
  task: { readonly startsAt: string; readonly endsAt: string },
  now: string,
): Verdict<HoursRefusal> => {
  if (msOf(task.startsAt as Instant) > msOf(now as Instant)) return no('volunteers.not-yet', { on: dayOf(task.startsAt as Instant) });
  const due = turns.filter((t) => ['confirmed', 'came', 'absent'].includes(t.status)).map((t) => t.id);
  const ids = new Set(given.map((g) => g.turnId));
  if (ids.size !== given.length || due.length !== ids.size || due.some((id) => !ids.has(id))) return no('volunteers.hours-missing');
  const most = minutesBetween(task.startsAt, task.endsAt);
  return given.some((g) => (g.minutes ?? 0) > most) ? no('volunteers.hours-too-long', { most }) : yes;
};

/** '3 小时 30 分'. */
export const hoursSay = (minutes: number): string => {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  if (h === 0) return `${m} 分钟`;
  return m === 0 ? `${h} 小时` : `${h} 小时 ${m} 分`;
};
