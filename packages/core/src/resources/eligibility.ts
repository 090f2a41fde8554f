/**
 * Who may get a policy or resource, as rules that are data: conditions in groups of all, any and none. The evaluator answers with what
 * is known of a household: it fits, it may fit and this is missing, or it does not fit because of that. It never guesses: what is not
 * known is missing, and only what would change the answer is asked for.
 */
import { z } from 'zod';
import { addMonths, ageOn, type Day, formatDay } from '../shared/day.ts';
import { AnyDay, line } from '../shared/words.ts';

/** Recognised status of a person or household. */
export const ReliefStatus = z.enum([
  'minimum-living',
  'marginal',
  'destitute',
  'disabled',
  'child-in-need',
  'lone-elder',
  'hard-to-employ',
  'bereaved-parents',
]);
export type ReliefStatus = z.infer<typeof ReliefStatus>;

/** Classes of disability (GB/T 26341). */
export const DisabilityClass = z.enum(['sight', 'hearing', 'speech', 'limbs', 'intellect', 'mind', 'multiple']);
export type DisabilityClass = z.infer<typeof DisabilityClass>;

/** What a household lives through. */
export const Circumstance = z.enum([
  'sudden-hardship',
  'serious-illness',
  'incapacity',
  'caring',
  'violence',
  'single-parent',
  'in-school',
  'out-of-school',
  'wages-unpaid',
  'debts',
  'renting',
  'end-of-life',
]);
export type Circumstance = z.infer<typeof Circumstance>;

/** Events from whose day a term runs. */
export const LifeEvent = z.enum(['birth', 'job-loss', 'discharge', 'bereavement', 'diagnosis', 'graduation', 'release']);
export type LifeEvent = z.infer<typeof LifeEvent>;

export const reliefStatusLabels: Readonly<Record<ReliefStatus, string>> = {
  'minimum-living': '低保',
  marginal: '低保边缘',
  destitute: '特困供养',
  disabled: '残疾',
  'child-in-need': '困境儿童',
  'lone-elder': '独居老人',
  'hard-to-employ': '就业困难人员',
  'bereaved-parents': '计划生育特殊家庭',
};
export const disabilityClassLabels: Readonly<Record<DisabilityClass, string>> = {
  sight: '视力',
  hearing: '听力',
  speech: '言语',
  limbs: '肢体',
  intellect: '智力',
  mind: '精神',
  multiple: '多重',
};
export const circumstanceLabels: Readonly<Record<Circumstance, string>> = {
  'sudden-hardship': '突发困难',
  'serious-illness': '重大疾病',
  incapacity: '失能',
  caring: '长期照护家人',
  violence: '遭受家庭暴力',
  'single-parent': '单亲',
  'in-school': '在校就读',
  'out-of-school': '停课或辍学',
  'wages-unpaid': '被拖欠工资',
  debts: '多笔负债',
  renting: '租房居住',
  'end-of-life': '生命末期',
};
export const lifeEventLabels: Readonly<Record<LifeEvent, string>> = {
  birth: '生育',
  'job-loss': '失业',
  discharge: '出院',
  bereavement: '亲人去世',
  diagnosis: '确诊',
  graduation: '毕业',
  release: '解除戒毒或刑满',
};

/** A place by its twelve-digit code; a county's code holds its streets, a street's its communities. */
export const PlaceCode = z.string().regex(/^[1-9]\d{11}$/, { error: '区划代码是十二位数字' });
export const Place = z.object({ code: PlaceCode, name: line(40) });
export type Place = z.infer<typeof Place>;

const Years = z.int().min(0).max(130);
const Places = z.array(Place).min(1, { error: '至少选一个地方' }).max(20);

/** One condition. Money is whole 分 a month for one person. */
export const Condition = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('age'), min: Years.nullable(), max: Years.nullable() })
    .refine((c) => c.min !== null || c.max !== null, { error: '年龄至少写一头' })
    .refine((c) => c.min === null || c.max === null || c.min <= c.max, { error: '年龄的上限小于下限' }),
  z.object({ kind: z.literal('gender'), is: z.enum(['female', 'male']) }),
  z.object({
    kind: z.literal('status'),
    anyOf: z.array(ReliefStatus).min(1, { error: '至少选一种身份' }).max(8),
    /** Only for `disabled`: any of these classes (none means every class), and this grade or a graver one (1 is the gravest). */
    classes: z.array(DisabilityClass).max(7),
    grade: z.int().min(1).max(4).nullable(),
  }),
  z.object({ kind: z.literal('registration'), places: Places }),
  z.object({ kind: z.literal('residence'), places: Places }),
  z.object({ kind: z.literal('income'), atMost: z.int().min(0).max(100_000_000), source: line(80) }),
  z.object({ kind: z.literal('circumstance'), anyOf: z.array(Circumstance).min(1, { error: '至少选一种情形' }).max(12) }),
  z.object({ kind: z.literal('since'), event: LifeEvent, months: z.int().min(1).max(240) }),
  z
    .object({ kind: z.literal('period'), from: AnyDay, to: AnyDay.nullable() })
    .refine((c) => c.to === null || c.to >= c.from, { error: '受理期的结束早于开始' }),
  z.object({ kind: z.literal('consent'), by: z.enum(['self', 'guardian']) }),
]);
export type Condition = z.infer<typeof Condition>;

const Grouping = z.enum(['all', 'any', 'not']);
/** Conditions that count as one. */
export const ConditionGroup = z.object({ kind: Grouping, of: z.array(Condition).min(1, { error: '组里至少写一个条件' }).max(12) });

/** The rules of one resource: a group of conditions and of groups. `not` holds when none of its parts does. */
export const Eligibility = z.object({
  kind: Grouping,
  of: z
    .array(z.union([Condition, ConditionGroup]))
    .min(1, { error: '至少写一个条件' })
    .max(20),
});
export type Eligibility = z.infer<typeof Eligibility>;

/** A rule of any depth, as the evaluator walks it. */
export type Rule = Condition | { readonly kind: 'all' | 'any' | 'not'; readonly of: readonly Rule[] };

// One optional entry for each value of an enum: a plain object, so that a reply carries no key that nobody declared.
const forEach = <K extends string, V extends z.ZodType>(keys: readonly K[], value: V) =>
  z.object(Object.fromEntries(keys.map((key) => [key, value])) as Record<K, V>).partial();

/** What is known of a household on the day of asking; null and left out are not known. */
export const HouseholdFacts = z
  .object({
    birthOn: AnyDay.nullable(),
    age: Years.nullable(),
    gender: z.enum(['female', 'male']).nullable(),
    statuses: forEach(ReliefStatus.options, z.boolean()),
    disabilityClasses: z.array(DisabilityClass).max(7).nullable(),
    disabilityGrade: z.int().min(1).max(4).nullable(),
    registration: Place.nullable(),
    residence: Place.nullable(),
    incomePerHead: z.int().min(0).max(100_000_000).nullable(),
    circumstances: forEach(Circumstance.options, z.boolean()),
    events: forEach(LifeEvent.options, AnyDay),
    consent: z.boolean().nullable(),
  })
  .partial();
export type HouseholdFacts = z.infer<typeof HouseholdFacts>;

export const Answer = z.enum(['fits', 'may', 'not']);
export type Answer = z.infer<typeof Answer>;

/** One condition's answer with its sentence. */
export type Finding = { readonly answer: Answer; readonly says: string };
/** The answer of a rule: the findings that decide it, and what would have to be known. */
export type Outcome = { readonly answer: Answer; readonly findings: readonly Finding[]; readonly missing: readonly string[] };

const found = (answer: 'fits' | 'not', says: string): Outcome => ({ answer, findings: [{ answer, says }], missing: [] });
const lacks = (...missing: readonly string[]): Outcome => ({
  answer: 'may',
  findings: [{ answer: 'may', says: `还不知道${missing.join('、')}` }],
  missing,
});
const judged = (holds: boolean, yes: string, otherwise: string): Outcome => (holds ? found('fits', yes) : found('not', otherwise));

const yuan = (fen: number): string => `${fen % 100 === 0 ? fen / 100 : (fen / 100).toFixed(2)} 元`;

const range = (min: number | null, max: number | null): string => {
  if (max === null) return `${min} 周岁及以上`;
  return min === null ? `${max} 周岁及以下` : min === max ? `${min} 周岁` : `${min} 至 ${max} 周岁`;
};

// The digits of a code that say where; what follows are zeros of the tiers below.
const stem = (code: string): string => {
  if (code.endsWith('0000000000')) return code.slice(0, 2);
  if (code.endsWith('00000000')) return code.slice(0, 4);
  if (code.endsWith('000000')) return code.slice(0, 6);
  return code.endsWith('000') ? code.slice(0, 9) : code;
};

/** Whether a place lies in another; 'wider' when it only holds that one, so that a closer answer is needed. */
export const liesIn = (place: string, within: string): 'in' | 'out' | 'wider' => {
  const one = stem(place);
  const outer = stem(within);
  if (one.startsWith(outer)) return 'in';
  return outer.startsWith(one) ? 'wider' : 'out';
};

const placed = (what: '户籍' | '居住', place: Place | null | undefined, places: readonly Place[]): Outcome => {
  const wanted = places.map((p) => p.name).join('、');
  if (place === null || place === undefined) return lacks(`${what}地（是否在${wanted}）`);
  const answers = places.map((p) => liesIn(place.code, p.code));
  if (answers.includes('in')) return found('fits', `${what}在${place.name}，符合`);
  if (answers.includes('wider')) return lacks(`${what}地的街道或社区（是否在${wanted}）`);
  return found('not', `${what}在${place.name}，不在${wanted}`);
};

const statusOf = (condition: Extract<Condition, { kind: 'status' }>, facts: HouseholdFacts): Outcome => {
  const limits = [
    condition.classes.length > 0 ? `${condition.classes.map((c) => disabilityClassLabels[c]).join('、')}` : '',
    condition.grade === null ? '' : condition.grade === 1 ? '一级' : `${'一二三四'[condition.grade - 1]}级及以上`,
  ].join('');
  const named = (s: ReliefStatus) => (s === 'disabled' && limits !== '' ? `残疾（${limits}）` : reliefStatusLabels[s]);
  const missing: string[] = [];
  const against: string[] = [];
  for (const status of condition.anyOf) {
    const has = facts.statuses?.[status];
    if (has === undefined) missing.push(`是否${named(status)}`);
    else if (!has) against.push(`不是${named(status)}`);
    else if (status !== 'disabled') return found('fits', `是${named(status)}对象`);
    else {
      const { disabilityClasses: classes, disabilityGrade: grade } = facts;
      const otherClass =
        condition.classes.length > 0 && classes !== null && classes !== undefined && !classes.some((c) => condition.classes.includes(c));
      const lighter = condition.grade !== null && grade !== null && grade !== undefined && grade > condition.grade;
      const open = [
        condition.classes.length > 0 && (classes === null || classes === undefined) ? '残疾类别' : '',
        condition.grade !== null && (grade === null || grade === undefined) ? '残疾等级' : '',
      ].filter((m) => m !== '');
      if (otherClass) against.push(`残疾类别不是${condition.classes.map((c) => disabilityClassLabels[c]).join('、')}`);
      else if (lighter) against.push(`残疾等级是${'一二三四'[(grade ?? 1) - 1]}级，要求${limits.replace(/^.*?(?=[一二三四]级)/u, '')}`);
      else if (open.length > 0) missing.push(...open);
      else return found('fits', `是${named(status)}`);
    }
  }
  return missing.length > 0 ? lacks(...missing) : found('not', against.join('，'));
};

const conditionOutcome = (condition: Condition, facts: HouseholdFacts, today: Day): Outcome => {
  switch (condition.kind) {
    case 'age': {
      const { min, max } = condition;
      const age = (facts.birthOn ? ageOn(facts.birthOn as Day, today) : undefined) ?? facts.age ?? null;
      if (age === null) return lacks('年龄');
      const holds = (min === null || age >= min) && (max === null || age <= max);
      return judged(holds, `${age} 岁，在${range(min, max)}之内`, `${age} 岁，要求${range(min, max)}`);
    }
    case 'gender': {
      if (facts.gender === null || facts.gender === undefined) return lacks('性别');
      const wanted = condition.is === 'female' ? '女性' : '男性';
      return judged(facts.gender === condition.is, `是${wanted}`, `只面向${wanted}`);
    }
    case 'status':
      return statusOf(condition, facts);
    case 'registration':
      return placed('户籍', facts.registration, condition.places);
    case 'residence':
      return placed('居住', facts.residence, condition.places);
    case 'income': {
      const income = facts.incomePerHead;
      if (income === null || income === undefined) return lacks('家庭人均月收入');
      const figure = `${yuan(condition.atMost)}（${condition.source}）`;
      return judged(
        income <= condition.atMost,
        `人均月收入 ${yuan(income)}，不高于 ${figure}`,
        `人均月收入 ${yuan(income)}，高于 ${figure}`,
      );
    }
    case 'circumstance': {
      const known = condition.anyOf.filter((c) => facts.circumstances?.[c] === true);
      if (known.length > 0) return found('fits', `有${known.map((c) => circumstanceLabels[c]).join('、')}的情形`);
      const open = condition.anyOf.filter((c) => facts.circumstances?.[c] === undefined);
      if (open.length > 0) return lacks(...open.map((c) => `是否${circumstanceLabels[c]}`));
      return found('not', `没有${condition.anyOf.map((c) => circumstanceLabels[c]).join('、')}的情形`);
    }
    case 'since': {
      const label = lifeEventLabels[condition.event];
      const happened = facts.events?.[condition.event];
      if (happened === undefined) return lacks(`${label}的日期`);
      const last = addMonths(happened as Day, condition.months);
      if (happened > today) return found('not', `${label}还没有发生`);
      return judged(
        today <= last,
        `${label}后 ${condition.months} 个月内，至${formatDay(last)}`,
        `${label}已超过 ${condition.months} 个月，${formatDay(last)}为止`,
      );
    }
    case 'period': {
      if (today < condition.from) return found('not', `${formatDay(condition.from as Day)}才开始受理`);
      if (condition.to !== null && today > condition.to) return found('not', `${formatDay(condition.to as Day)}已停止受理`);
      return found('fits', condition.to === null ? '正在受理' : `正在受理，至${formatDay(condition.to as Day)}`);
    }
    case 'consent': {
      const who = condition.by === 'self' ? '本人' : '监护人';
      if (facts.consent === null || facts.consent === undefined) return lacks(`${who}是否同意`);
      return judged(facts.consent, `${who}同意`, `${who}没有同意`);
    }
  }
};

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

const joined = (answer: Answer, deciding: readonly Outcome[]): Outcome => ({
  answer,
  findings: deciding.flatMap((o) => o.findings),
  missing: answer === 'may' ? unique(deciding.flatMap((o) => o.missing)) : [],
});

const OPPOSITE: Readonly<Record<Answer, Answer>> = { fits: 'not', may: 'may', not: 'fits' };

const excluded = (outcome: Outcome): Outcome => ({
  answer: OPPOSITE[outcome.answer],
  findings: outcome.findings.map((f) => ({
    answer: OPPOSITE[f.answer],
    says: f.answer === 'fits' ? `属于不受理的情形：${f.says}` : f.answer === 'not' ? `不属于不受理的情形：${f.says}` : f.says,
  })),
  missing: outcome.missing,
});

/**
 * Answers a rule. In a group the strongest part decides: one that does not fit ends `all`, one that fits is enough for `any`; what else
 * is missing then no longer matters and is not asked for.
 */
export const evaluate = (rule: Rule, facts: HouseholdFacts, today: Day): Outcome => {
  if (!('of' in rule)) return conditionOutcome(rule, facts, today);
  const parts = rule.of.map((part) => evaluate(part, facts, today));
  const of = (answer: Answer) => parts.filter((p) => p.answer === answer);
  if (rule.kind === 'all') {
    if (of('not').length > 0) return joined('not', of('not'));
    return of('may').length > 0 ? { ...joined('may', parts), missing: joined('may', of('may')).missing } : joined('fits', parts);
  }
  if (rule.kind === 'any') {
    if (of('fits').length > 0) return joined('fits', of('fits'));
    return of('may').length > 0 ? joined('may', of('may')) : joined('not', parts);
  }
  // None of its parts may hold: one that holds decides, one that is open leaves it open.
  if (of('fits').length > 0) return excluded(joined('fits', of('fits')));
  return of('may').length > 0 ? excluded(joined('may', of('may'))) : excluded(joined('not', parts));
};

/** A condition in words, as people read it before anybody is asked. */
export const conditionSays = (condition: Condition): string => {
  switch (condition.kind) {
    case 'age':
      return range(condition.min, condition.max);
    case 'gender':
      return condition.is === 'female' ? '女性' : '男性';
    case 'status': {
      const classes = condition.classes.map((c) => disabilityClassLabels[c]).join('、');
      const grade = condition.grade === null ? '' : condition.grade === 1 ? '一级' : `${'一二三四'[condition.grade - 1]}级及以上`;
      const limits = [classes, grade].filter((l) => l !== '').join('，');
      return `身份是${condition.anyOf.map((s) => (s === 'disabled' && limits !== '' ? `残疾（${limits}）` : reliefStatusLabels[s])).join('或')}`;
    }
    case 'registration':
      return `户籍在${condition.places.map((p) => p.name).join('或')}`;
    case 'residence':
      return `居住在${condition.places.map((p) => p.name).join('或')}`;
    case 'income':
      return `家庭人均月收入不高于 ${yuan(condition.atMost)}（${condition.source}）`;
    case 'circumstance':
      return `有${condition.anyOf.map((c) => circumstanceLabels[c]).join('或')}的情形`;
    case 'since':
      return `${lifeEventLabels[condition.event]}后 ${condition.months} 个月内`;
    case 'period':
      return `受理期：${formatDay(condition.from as Day)}起${condition.to === null ? '' : `，至${formatDay(condition.to as Day)}`}`;
    case 'consent':
      return `${condition.by === 'self' ? '本人' : '监护人'}同意`;
  }
};
