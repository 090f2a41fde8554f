/** The rail: what a role works on, in the order of the day. Nobody sees a menu of everything. */
import type { Role } from '@jieyou/core/identity/schema.ts';

/** One entry of the rail. */
export type Entry = { readonly to: string; readonly says: string; readonly search?: Readonly<Record<string, string>> };
/** A group of entries; the first has no heading. */
export type Group = { readonly says?: string; readonly entries: readonly Entry[] };

type Line = Entry & { readonly roles: readonly Role[]; readonly group: 'work' | 'know' | 'people' | 'rules' };

const everybody: readonly Role[] = ['worker', 'head', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street'];

const lines: readonly Line[] = [
  { group: 'work', to: '/', says: '工作台', roles: [...everybody, 'civil-affairs'] },
  { group: 'work', to: '/clues', says: '我报的线索', roles: ['civil-affairs'] },
  { group: 'work', to: '/board', says: '筛选台', roles: ['centre'] },
  { group: 'work', to: '/requests', says: '我的求助', roles: ['worker'] },
  { group: 'work', to: '/requests', says: '求助', roles: ['head', 'centre', 'agency', 'officer', 'street'] },
  { group: 'work', to: '/cases', says: '个案', roles: ['worker', 'head'] },
  { group: 'work', to: '/visits', says: '探访', roles: ['worker', 'head'] },
  { group: 'work', to: '/forms', says: '表单', roles: ['worker', 'head', 'supervisor'] },
  { group: 'work', to: '/recipients', says: '服务对象', roles: ['worker', 'head'] },
  { group: 'work', to: '/appeals', says: '居民求助', roles: ['worker', 'head', 'centre'] },
  { group: 'work', to: '/calls', says: '热线来电', roles: ['centre'] },
  { group: 'work', to: '/tickets', says: '转办单', roles: ['centre'] },
  { group: 'work', to: '/invitations', says: '会诊邀请', roles: ['expert'] },
  { group: 'work', to: '/time-polls', says: '会诊时间', roles: ['expert', 'worker', 'supervisor', 'centre'] },
  { group: 'work', to: '/my-time', says: '我的时间', roles: ['expert'] },
  { group: 'work', to: '/lines', says: '支援线', roles: ['worker', 'centre', 'supervisor', 'expert'] },
  { group: 'work', to: '/transfers', says: '支援记录', roles: everybody },
  { group: 'work', to: '/actions', says: '行动项', roles: ['worker', 'head', 'centre', 'supervisor', 'expert'] },
  { group: 'work', to: '/reports', says: '强制报告', roles: ['head', 'supervisor', 'centre'] },
  // Not among the first: those stand at the foot of a phone, which others may look at.
  { group: 'work', to: '/alarms', says: '危机与家暴', roles: ['worker', 'head', 'supervisor'] },
  { group: 'work', to: '/referrals', says: '转介', roles: ['worker', 'head', 'centre'] },
  { group: 'work', to: '/relief-cases', says: '救助个案', roles: ['worker', 'head'] },
  {
    group: 'work',
    to: '/relief-joints',
    says: '助联体会商',
    roles: ['worker', 'head', 'centre', 'agency', 'officer', 'street', 'civil-affairs', 'expert', 'supervisor'],
  },
  { group: 'work', to: '/groups', says: '小组', roles: ['worker', 'head'] },
  { group: 'work', to: '/activities', says: '社区活动', roles: ['worker', 'head'] },
  { group: 'work', to: '/volunteers', says: '志愿者', roles: ['worker', 'head', 'centre', 'agency', 'officer', 'street'] },
  { group: 'work', to: '/volunteer-tasks', says: '志愿任务', roles: ['worker', 'head', 'centre'] },
  { group: 'work', to: '/campaigns', says: '宣传周', roles: ['centre', 'agency', 'officer', 'street'] },
  { group: 'work', to: '/ledgers', says: '服务台账', roles: ['worker', 'head', 'centre', 'officer', 'street', 'agency'] },
  { group: 'work', to: '/imports', says: '台账导入', roles: ['head', 'centre', 'worker'] },
  { group: 'work', to: '/figures', says: '数字', roles: ['centre', 'officer', 'street', 'agency', 'head'] },
  { group: 'know', to: '/casebank', says: '案例库', roles: everybody },
  { group: 'know', to: '/casebank/drafts', says: '案例草稿', roles: ['centre'] },
  { group: 'know', to: '/competitions', says: '案例评优', roles: everybody },
  { group: 'know', to: '/theme-seminars', says: '主题研讨', roles: everybody },
  { group: 'know', to: '/research-outputs', says: '研究成果', roles: everybody },
  { group: 'know', to: '/experts', says: '专家库', roles: ['centre', 'supervisor', 'officer'] },
  { group: 'know', to: '/resources', says: '政策与资源', roles: everybody },
  { group: 'know', to: '/partners', says: '联动单位', roles: everybody },
  { group: 'know', to: '/hotlines', says: '热线号码', roles: ['centre', 'worker', 'head', 'system'] },
  { group: 'people', to: '/assignments', says: '角色任命', roles: ['security'] },
  { group: 'people', to: '/workers', says: '社工', roles: ['centre', 'head', 'agency', 'officer', 'street', 'system', 'security'] },
  { group: 'people', to: '/rota', says: '值班表', roles: ['centre'] },
  { group: 'people', to: '/absences', says: '请假与代理', roles: [...everybody, 'civil-affairs', 'security', 'system', 'audit'] },
  { group: 'people', to: '/organisations', says: '机构', roles: ['centre', 'officer', 'system'] },
  { group: 'people', to: '/stations', says: '站点', roles: ['centre', 'officer', 'street', 'system'] },
  { group: 'people', to: '/divisions', says: '区划', roles: ['system'] },
  { group: 'rules', to: '/sealed', says: '封存件', roles: ['centre', 'security'] },
  { group: 'rules', to: '/privacy-requests', says: '权利请求', roles: ['worker', 'head', 'centre', 'officer'] },
  { group: 'rules', to: '/retention', says: '档案保管', roles: ['head'] },
  { group: 'rules', to: '/destruction-lists', says: '销毁清册', roles: ['head', 'centre'] },
  { group: 'rules', to: '/impact-assessments', says: '影响评估', roles: ['security', 'centre', 'officer'] },
  { group: 'rules', to: '/breaches', says: '安全事件', roles: ['security', 'centre', 'officer'] },
  { group: 'rules', to: '/audit', says: '审计记录', roles: ['audit'] },
  { group: 'rules', to: '/audit/seals', says: '每日封存', roles: ['audit'] },
  { group: 'rules', to: '/holidays', says: '节假日', roles: ['system'] },
  { group: 'rules', to: '/form-templates', says: '表单版本', roles: ['centre'] },
  { group: 'rules', to: '/rules', says: '规则', roles: ['centre', 'officer', 'system', 'audit'] },
];

const headings: Readonly<Record<Line['group'], string | undefined>> = {
  work: undefined,
  know: '知识与资源',
  people: '人员与站点',
  rules: '规则与留痕',
};

/** The rail of somebody with these roles; an address stands in it once. */
export const railOf = (roles: readonly Role[]): Group[] => {
  const taken = new Set<string>();
  const mine = lines.filter((line) => {
    if (!line.roles.some((r) => roles.includes(r)) || taken.has(line.to)) return false;
    taken.add(line.to);
    return true;
  });
  return (Object.keys(headings) as Line['group'][]).flatMap((group) => {
    const entries = mine.filter((line) => line.group === group);
    const says = headings[group];
    return entries.length === 0 ? [] : [says === undefined ? { entries } : { says, entries }];
  });
};

/** Where somebody begins: the workbench, or the first page of one's rail for those who have none. */
export const firstPageOf = (roles: readonly Role[]): string => railOf(roles)[0]?.entries[0]?.to ?? '/notices';
