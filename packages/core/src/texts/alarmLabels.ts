/** Words of the room of crises and violence at home that only its own pages and papers need. */
import type { z } from 'zod';
import type { AlarmMove } from '../alarms/moves.ts';
import type {
  AlarmEntryKind,
  AlarmKind,
  AlarmSource,
  AlarmStatus,
  ApplicantKind,
  BreachOutcome,
  Capacity,
  DangerSign,
  DisclosedBy,
  OrderContent,
  OrderStatus,
  ScreenAnswer,
  Screening,
  StepCode,
  ToldWhom,
  ViolenceForm,
  Wish,
} from '../alarms/schema.ts';

import { type Day, formatDay, isDay } from '../shared/day.ts';

type Labels<T extends z.ZodType<string>> = Readonly<Record<z.infer<T>, string>>;

/** What a record is about. */
export const alarmKindLabels: Labels<typeof AlarmKind> = { crisis: '危机', violence: '家暴' };

/** States of a record. */
export const alarmStatusLabels: Labels<typeof AlarmStatus> = { open: '处置中', settled: '已平稳', reviewed: '已复盘', closed: '已关闭' };

/** Moves of a record. */
export const alarmMoveLabels: Readonly<Record<AlarmMove, string>> = {
  settle: '记录结果',
  flareUp: '再次评级',
  review: '复盘',
  close: '关闭',
};

/** By what it came to be known. */
export const alarmSourceLabels: Labels<typeof AlarmSource> = {
  assessment: '接案或预估',
  note: '个案记录',
  visit: '探访',
  call: '来电',
  appeal: '居民求助',
  letter: '来信',
  other: '其他',
};

/** The four questions. */
export const screeningLabels: Readonly<Record<keyof z.infer<typeof Screening>, string>> = {
  idea: '意念',
  plan: '计划',
  means: '手段',
  intent: '意图',
};
export const screeningAsks: Readonly<Record<keyof z.infer<typeof Screening>, string>> = {
  idea: '有没有不想活、想伤害自己或别人的念头',
  plan: '有没有想过怎样做、何时做',
  means: '手边有没有药、刀、绳等，能不能拿到',
  intent: '是不是打算去做，做过准备或试过',
};

/** Answers of the screening. */
export const screenAnswerLabels: Labels<typeof ScreenAnswer> = { no: '没有', some: '有一些', strong: '明确', unknown: '没问到' };

/** What has to be done. */
export const stepCodeLabels: Labels<typeof StepCode> = {
  stay: '有人陪着，不离人',
  'emergency-call': '拨打 110 或 120',
  guardian: '联系监护人或近亲属',
  hospital: '送医诊断',
  'tell-head': '告知站长',
  'tell-supervisor': '告知督导',
  'follow-up': '24 小时内随访',
  supervision: '当日督导',
  'safety-plan': '订安全计划',
  'limit-means': '限制手段：收好药、刀、绳等',
  plan: '订跟进计划',
  'look-again': '再次评估',
  'danger-check': '评估危险',
  choice: '讲清途径，记下本人的选择',
  'police-duty': '报案（没有完全民事行为能力，须及时报案）',
  'warning-visit': '告诫书后查访',
  'court-decision': '法院裁定保护令',
  reconsider: '不服裁定可申请复议',
  'order-ends': '保护令到期：续期或登记失效',
  'aid-decision': '法律援助机构决定',
  'aid-assignment': '指派律师',
};

/** Who was told. */
export const toldWhomLabels: Labels<typeof ToldWhom> = {
  head: '站长',
  supervisor: '督导',
  kin: '近亲属',
  guardian: '监护人',
  police: '110 公安',
  ambulance: '120 急救',
  hospital: '医院',
  community: '居（村）委会',
  school: '学校',
  other: '其他',
};

/** Who spoke of violence. */
export const disclosedByLabels: Labels<typeof DisclosedBy> = {
  self: '本人',
  kin: '亲属',
  neighbour: '邻居',
  school: '学校',
  hospital: '医院',
  police: '公安',
  other: '其他',
};

/** Forms of violence. */
export const violenceFormLabels: Labels<typeof ViolenceForm> = {
  body: '身体',
  mind: '精神（辱骂、恐吓）',
  sexual: '性',
  control: '限制自由、经济控制',
  neglect: '遗弃、不照料',
  other: '其他',
};

/** Capacity for civil conduct. */
export const capacityLabels: Labels<typeof Capacity> = { full: '完全', limited: '限制', none: '无' };

/** Signs of danger. */
export const dangerSignLabels: Labels<typeof DangerSign> = {
  'more-often': '越来越频繁或越来越重',
  weapon: '用过刀、棍等',
  strangled: '掐过脖子',
  'threat-to-kill': '扬言要杀人',
  forced: '强迫性行为',
  stalked: '跟踪、守候',
  pregnant: '正在怀孕或刚生产',
  'child-harmed': '孩子也被打',
  substance: '酗酒或吸毒',
  leaving: '正在分开或刚分开',
  'self-harm': '本人有自伤念头',
  isolated: '不许与外面联系',
};

/** What a capable adult wants. */
export const wishLabels: Labels<typeof Wish> = {
  report: '报警',
  warning: '请公安出具告诫书',
  order: '申请人身安全保护令',
  shelter: '临时庇护',
  aid: '法律援助',
  mediation: '请社区、妇联调解',
  'none-now': '暂时都不要',
};

/** Who applied for an order. */
export const applicantKindLabels: Labels<typeof ApplicantKind> = {
  self: '本人',
  kin: '近亲属代为申请',
  police: '公安机关代为申请',
  'womens-federation': '妇联代为申请',
  committee: '居（村）委会代为申请',
  'relief-station': '救助管理机构代为申请',
  other: '其他',
};

/** What an order contains. */
export const orderContentLabels: Labels<typeof OrderContent> = {
  'no-violence': '禁止实施家庭暴力',
  'no-contact': '禁止骚扰、跟踪、接触',
  'move-out': '责令迁出住所',
  other: '其他保护措施',
};

/** Where an order stands. */
export const orderStatusLabels: Labels<typeof OrderStatus> = {
  applied: '已申请，等法院裁定',
  refused: '已驳回',
  withdrawn: '申请已撤回',
  'in-force': '生效中',
  over: '已失效',
};

/** What a court said. */
export const orderOutcomeLabels = { granted: '作出保护令', refused: '驳回申请', withdrawn: '申请人撤回' } as const;

/** An order by its number within the record. */
export const orderName = (no: number): string => `第 ${no} 份保护令`;

/** Where an order stands, with its days. */
export const orderInWords = (o: {
  readonly status: z.infer<typeof OrderStatus>;
  readonly court: string;
  readonly validTo: string | null;
  readonly endedOn: string | null;
}): string =>
  [
    o.court,
    orderStatusLabels[o.status],
    o.status === 'in-force' && o.validTo !== null ? `有效至 ${formatDay(o.validTo as Day)}` : '',
    o.endedOn === null ? '' : formatDay(o.endedOn as Day),
  ]
    .filter((part) => part !== '')
    .join('　');

/** What became of a breach. */
export const breachOutcomeLabels: Labels<typeof BreachOutcome> = {
  pending: '还没有处理',
  admonished: '训诫',
  fined: '罚款（一千元以下）',
  detained: '拘留（十五日以下）',
  criminal: '追究刑事责任',
};

/** What an order's end was. */
export const orderOverLabels: Readonly<Record<'ended' | 'revoked' | 'not-renewed', string>> = {
  ended: '期满失效',
  revoked: '法院撤销',
  'not-renewed': '本人决定不续',
};

/** What is added to a record. */
export const alarmEntryLabels: Labels<typeof AlarmEntryKind> = {
  addition: '补充',
  told: '告知',
  rated: '评级',
  'safety-plan': '安全计划',
  done: '登记完成',
  dropped: '不再需要',
  danger: '危险评估',
  choice: '本人的选择',
  police: '报案',
  reported: '关联强制报告',
  appeal: '关联居民求助或来电',
  warning: '告诫书',
  'order-applied': '申请保护令',
  'order-decided': '保护令裁定',
  'order-extended': '保护令延长',
  'order-over': '保护令失效',
  reconsidered: '申请复议',
  breach: '违反保护令',
  shelter: '庇护',
  'aid-applied': '申请法律援助',
  'aid-decided': '法律援助决定',
  'aid-assigned': '指派律师',
  settled: '结果',
  reviewed: '复盘',
  closed: '关闭',
};

/** Fields of entries, in the order of reading. */
export const entryFieldLabels: Readonly<Record<string, string>> = {
  rating: '评级',
  reason: '理由',
  lookAgainOn: '再评日期',
  whom: '告知谁',
  name: '姓名',
  code: '事项',
  codes: '事项',
  level: '危险程度',
  signs: '危险迹象',
  wishes: '选择',
  manner: '方式',
  unit: '单位',
  receiptNo: '回执',
  number: '文号',
  issuedOn: '出具日期',
  prohibitions: '禁止事项',
  court: '法院',
  by: '申请人',
  urgent: '情况紧急',
  outcome: '结果',
  contents: '内容',
  validTo: '有效至',
  how: '原因',
  on: '日期',
  place: '庇护地点',
  granted: '决定',
  lawyer: '律师',
  present: '参加的人',
  coping: '自己能做的',
  people: '可以找的人',
  means: '怎样让环境更安全',
  professionals: '专业帮助与热线',
  well: '做得好的',
  better: '下次改进',
  says: '说明',
};

const risks: Readonly<Record<string, string>> = { low: '低', medium: '中', high: '高', extreme: '极高' };
const manners: Readonly<Record<string, string>> = { '110': '拨打 110', station: '到派出所', online: '网上', other: '其他' };

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rating: risks,
  level: risks,
  whom: toldWhomLabels,
  code: stepCodeLabels,
  codes: stepCodeLabels,
  signs: dangerSignLabels,
  wishes: wishLabels,
  manner: manners,
  by: applicantKindLabels,
  contents: orderContentLabels,
  outcome: { ...breachOutcomeLabels, ...orderOutcomeLabels },
  how: orderOverLabels,
};

const one = (field: string, value: unknown): string => {
  if (value === true) return '是';
  if (value === false) return '否';
  const text = String(value);
  if (isDay(text)) return formatDay(text);
  const labels = words[field];
  return labels !== undefined && Object.hasOwn(labels, text) ? (labels[text] ?? text) : text;
};

/** An entry's fields in words, empty ones left out. */
export const entryInWords = (body: Readonly<Record<string, unknown>>): { label: string; says: string }[] =>
  Object.keys(entryFieldLabels).flatMap((field) => {
    const value = body[field];
    if (value === null || value === undefined || value === '') return [];
    const says =
      field === 'granted'
        ? value === true
          ? '给予援助'
          : '不予援助'
        : Array.isArray(value)
          ? value.map((v) => one(field, v)).join('、')
          : one(field, value);
    const label = field === 'signs' && !Array.isArray(value) ? '危险信号' : (entryFieldLabels[field] ?? field);
    return [{ label, says }];
  });

/** Telephone numbers of the moment. */
export const EMERGENCY_LINES = [
  { number: '110', says: '公安' },
  { number: '120', says: '急救' },
  { number: '12356', says: '全国心理援助热线' },
  { number: '12338', says: '妇联维权热线' },
] as const;
