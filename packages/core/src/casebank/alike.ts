import { addDays, addMonths, type Day } from '../shared/day.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { Coarsening, Meter } from './schema.ts';

/** What the record knows of the person of a text. */
export type Subject = {
  readonly age: number | null;
  readonly gender: 'female' | 'male' | 'unknown';
  /** Names by which the person's street may be called. */
  readonly streetNames: readonly string[];
};

/** How closely a text tells the age: not at all, by a decade (四十多岁), or by the year (45岁). */
export type AgeShown = 'none' | 'band' | 'exact';

/** What a text still says of its person; the domain is always told, since the bank is ordered by it. */
export type Shown = { readonly age: AgeShown; readonly years: number | null; readonly street: boolean; readonly gender: boolean };

/** People of the district that share some of it, as the database counts them. */
export type AlikeCount = { readonly street: boolean; readonly age: AgeShown; readonly gender: boolean; readonly people: number };

const DIGITS = '零一二三四五六七八九';

/** 45, 四十五 or 十二 as a number; undefined for what is no age. */
const yearsOf = (text: string): number | undefined => {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const parts = /^([二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text);
  if (parts === null || text === '') return undefined;
  const [, tens, ten, ones] = parts;
  if (ten === undefined && tens !== undefined && ones !== undefined) return undefined;
  const unit = ones === undefined ? 0 : DIGITS.indexOf(ones);
  return ten === undefined
    ? tens === undefined
      ? unit
      : DIGITS.indexOf(tens)
    : (tens === undefined ? 1 : DIGITS.indexOf(tens)) * 10 + unit;
};

const AGE = /(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(多|余|来)?\s*(?:周?岁)(左右|上下|出头|以上)?/gu;

type Told = { readonly years: number; readonly vague: boolean };

const agesIn = (text: string): Told[] =>
  [...text.matchAll(AGE)].flatMap((m) => {
    const years = yearsOf(m[1] ?? '');
    return years === undefined || years > 120 ? [] : [{ years, vague: m[2] !== undefined || m[3] !== undefined }];
  });

/** The first year of the decade of an age, 45 → 40. */
export const decadeOf = (years: number): number => Math.floor(years / 10) * 10;

// Texts speak of several people. An age is the person's own when it fits the record, a year more or less since it was written; where
// the record knows no age, any age may be the person's.
const isOwn = (told: Told, age: number | null): boolean =>
  age === null || (told.vague ? decadeOf(told.years) === decadeOf(age) : Math.abs(told.years - age) <= 1);

const GENDER_WORDS = {
  female: /女|她|母|妈|妻|奶奶|外婆|姥姥|姐|姑|姨|嫂|媳/u,
  male: /男|(?<!其)他(?!人)|父|爸|丈夫|爷爷|外公|姥爷|哥|叔|伯|舅|先生/u,
} as const;

/** What a text that is to be published says of its person. When in doubt it says it: too strict is the safe side. */
export const shownIn = (texts: readonly string[], subject: Subject): Shown => {
  const text = texts.join('\n').normalize('NFKC');
  const own = agesIn(text).filter((told) => isOwn(told, subject.age));
  const exact = own.find((told) => !told.vague);
  const told = exact ?? own[0];
  return {
    age: told === undefined ? 'none' : told.vague ? 'band' : 'exact',
    years: told === undefined ? null : (subject.age ?? told.years),
    street: subject.streetNames.some((name) => name.length >= 2 && text.includes(name)),
    gender: subject.gender !== 'unknown' && GENDER_WORDS[subject.gender].test(text),
  };
};

/** Birth days of everybody who is from `from` to `to` years old on a day, both included. */
export const bornFor = (from: number, to: number, on: Day): { readonly from: Day; readonly to: Day } => ({
  from: addDays(addMonths(on, -12 * (to + 1)), 1),
  to: addMonths(on, -12 * from),
});

type Way = { readonly street: boolean; readonly age: AgeShown; readonly gender: boolean; readonly steps: readonly Coarsening[] };

/** Every way of saying less, the fewest changes first; the street goes before the age and the age before the gender. */
const waysFrom = (shown: Shown): Way[] => {
  const streets: (readonly [boolean, readonly Coarsening[]])[] = shown.street
    ? [
        [true, []],
        [false, ['street']],
      ]
    : [[false, []]];
  const ages: (readonly [AgeShown, readonly Coarsening[]])[] =
    shown.age === 'exact'
      ? [
          ['exact', []],
          ['band', ['age-band']],
          ['none', ['age']],
        ]
      : shown.age === 'band'
        ? [
            ['band', []],
            ['none', ['age']],
          ]
        : [['none', []]];
  const genders: (readonly [boolean, readonly Coarsening[]])[] = shown.gender
    ? [
        [true, []],
        [false, ['gender']],
      ]
    : [[false, []]];
  return genders
    .flatMap(([gender, g]) =>
      ages.flatMap(([age, a]) => streets.map(([street, s]) => ({ street, age, gender, steps: [...s, ...a, ...g] }))),
    )
    .sort((a, b) => a.steps.length - b.steps.length);
};

/** People of whom the text may speak, whether they are enough, and what to leave out where they are not. A count that is missing is none. */
export const meterOf = (shown: Shown, counts: readonly AlikeCount[], least: number): Meter => {
  const peopleOf = (way: Pick<Way, 'street' | 'age' | 'gender'>) =>
    counts.find((c) => c.street === way.street && c.age === way.age && c.gender === way.gender)?.people ?? 0;
  const people = peopleOf(shown);
  const enough = people >= least;
  const way = enough ? undefined : waysFrom(shown).find((one) => peopleOf(one) >= least);
  return {
    people,
    least,
    enough,
    shown: [
      'domain',
      ...(shown.age === 'none' ? [] : [shown.age === 'exact' ? ('age' as const) : ('age-band' as const)]),
      ...(shown.street ? (['street'] as const) : []),
      ...(shown.gender ? (['gender'] as const) : []),
    ],
    coarsen: enough ? [] : [...(way?.steps ?? (['wait'] as const))],
  };
};

/** Whether a text may be released: it must fit enough people of the district. */
export const alikeVerdict = (meter: Meter): Verdict<'casebank.too-few-alike'> =>
  meter.enough ? yes : no('casebank.too-few-alike', { people: meter.people, least: meter.least, coarsen: meter.coarsen });
