import { SERVICE_CLASS_OF } from '../contacts/rules.ts';
import { type ContactKind, type LedgerBook, type ServiceClass, ServiceDomain } from '../contacts/schema.ts';
import { type Day, formatDay } from '../shared/day.ts';
import { type CaseDomain, caseDomainLabels } from '../shared/fields.ts';

export const ledgerBookLabels: Readonly<Record<LedgerBook, string>> = {
  case: '个案',
  visit: '探访',
  group: '小组',
  activity: '社区活动',
};

export const contactKindLabels: Readonly<Record<ContactKind, string>> = {
  'case-interview': '个案 · 面谈',
  'case-home': '个案 · 家访',
  'case-phone': '个案 · 电话',
  'case-online': '个案 · 线上',
  'case-resource': '个案 · 资源链接',
  'case-other': '个案 · 其他',
  'case-relief': '个案 · 救助服务',
  visit: '探访',
  'group-session': '小组',
  activity: '社区活动',
};

export const serviceDomainLabels: Readonly<Record<ServiceDomain, string>> = {
  relief: '社会救助',
  community: '社区建设',
  family: '婚姻家庭',
  drug: '禁毒戒毒',
  correction: '矫治帮教',
  mediation: '纠纷调解',
  disability: '残障康复',
  emergency: '应急处置',
  elder: '为老服务',
  youth: '青少年服务',
  health: '精神健康',
  other: '其他',
};

export const serviceClassLabels: Readonly<Record<ServiceClass, string>> = {
  elder: '老人服务',
  child: '儿童关爱',
  governance: '社区治理',
  relief: '社会救助',
};

/** The fields of service to choose from, under the four classes of LC-05; those outside of them last. */
export const serviceDomainOptions: readonly { label: string; options: { value: ServiceDomain; label: string }[] }[] = [
  ...(Object.entries(serviceClassLabels) as [ServiceClass, string][]),
  [null, '四大类以外'] as const,
].map(([key, label]) => ({
  label,
  options: ServiceDomain.options.filter((d) => SERVICE_CLASS_OF[d] === key).map((value) => ({ value, label: serviceDomainLabels[value] })),
}));

/** What a case is about, in a word: its problem, and the field of service of an ordinary case that has none. */
export const caseAbout = (c: { readonly domain: CaseDomain | null; readonly serviceDomain: ServiceDomain }): string =>
  c.domain === null ? serviceDomainLabels[c.serviceDomain] : caseDomainLabels[c.domain];

/** A change of a case's field of service, without who made it: '2026年3月10日起：纠纷调解 → 社会救助'. */
export const fieldChangeSays = (c: { readonly fromDay: string; readonly was: ServiceDomain; readonly field: ServiceDomain }): string =>
  `${formatDay(c.fromDay as Day)}起：${serviceDomainLabels[c.was]} → ${serviceDomainLabels[c.field]}`;
