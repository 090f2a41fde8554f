import type { ContactKind, LedgerBook, ServiceDomain } from '../contacts/schema.ts';

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
