/** How acts of service are counted. */
import { addDays, addMonths, type Day, dayFrom, formatDay } from '../shared/day.ts';
import type { CaseDomain } from '../shared/fields.ts';
import type { ContactKind, LedgerBook, ServiceClass, ServiceDomain } from './schema.ts';

/** The ledger in which a kind of act stands. */
export const bookOf = (kind: ContactKind): LedgerBook => kind.split('-')[0] as LedgerBook;

const DOMAINS: Readonly<Record<CaseDomain, ServiceDomain>> = {
  'mental-recovery': 'health',
  'disability-inclusion': 'disability',
  'youth-internet': 'youth',
  'parent-child': 'family',
  'family-relations': 'family',
  'domestic-violence': 'family',
  'end-of-life': 'elder',
};
/** The field of service of a case, from its main problem. */
export const serviceDomainOf = (domain: string): ServiceDomain =>
  Object.hasOwn(DOMAINS, domain) ? DOMAINS[domain as CaseDomain] : 'other';

/**
 * The class of LC-05 that holds a field of SZ-03. No source lays one list upon the other: this reading is ours, and what fits none of the
 * four stands outside them.
 */
export const SERVICE_CLASS_OF: Readonly<Record<ServiceDomain, ServiceClass | null>> = {
  relief: 'relief',
  community: 'governance',
  family: null,
  drug: 'governance',
  correction: 'governance',
  mediation: 'governance',
  disability: null,
  emergency: 'governance',
  elder: 'elder',
  youth: 'child',
  health: null,
  other: null,
};

/** First and last day of a month ('2026-03') or a year ('2026'); days are those of Asia/Shanghai. */
export const periodDays = (period: string): { readonly from: Day; readonly to: Day } => {
  const [year = 2000, month] = period.split('-').map(Number);
  const from = dayFrom(year, month ?? 1, 1) as Day;
  return { from, to: addDays(addMonths(from, month === undefined ? 12 : 1), -1) };
};

/** '2026年3月', or '2026年'. */
export const periodSays = (period: string): string =>
  period.length === 4 ? `${period}年` : formatDay(`${period}-01` as Day).replace(/1日$/, '');

/** One act as it counts: `who` names persons by opaque keys; people beyond them are not known by name. */
export type Counted = { readonly people: number; readonly minutes: number | null; readonly who: readonly string[] };

/**
 * Times (人次) add up; persons (人) are counted once in the period, however often they came. Whoever is not known cannot be recognised
 * the next time, and so counts each time.
 */
export const peopleAndTimes = (acts: readonly Counted[]): { acts: number; times: number; persons: number; minutes: number } => {
  const known = new Set(acts.flatMap((a) => a.who));
  const unknown = acts.reduce((n, a) => n + Math.max(0, a.people - new Set(a.who).size), 0);
  return {
    acts: acts.length,
    times: acts.reduce((n, a) => n + a.people, 0),
    persons: known.size + unknown,
    minutes: acts.reduce((n, a) => n + (a.minutes ?? 0), 0),
  };
};

/** How the numbers of a ledger are made, for the page and the papers. */
export const LEDGER_HOW =
  '按服务发生的日期（北京时间）计入当月、当年。次：每一次服务计一次；人次：每次到场的人数相加；人：同一个人在一个期间只计一次，没有登记姓名的参加者无法辨认，每次各计一人；分钟：没有填写时长的不计。更正的以更正后为准，撤回的不计';
