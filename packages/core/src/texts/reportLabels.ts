/** Words of the reports room; loaded by its pages only. */
import type { ReportMove } from '../reports/moves.ts';
import type { EntryKind, Placement, PoliceManner, ReportStatus, Situation } from '../reports/schema.ts';

/** Where the nine situations stand. */
export const SITUATION_SOURCE = '《关于建立侵害未成年人案件强制报告制度的意见（试行）》第四条';

/** The nine situations, shortened. */
export const situationLabels: Readonly<Record<Situation, string>> = {
  'private-injury': '隐私部位有不正常的伤',
  'under-14': '不满 14 岁女孩：疑受性侵、怀孕或流产',
  'over-14': '已满 14 岁女孩：疑受性侵致怀孕或流产',
  'many-injuries': '多处受伤、严重营养不良、意识不清，疑受虐待、欺凌或麻醉',
  'grave-harm': '自杀、自残、工伤、中毒等致伤残或死亡',
  abandoned: '被遗弃，或长期没有人照料',
  'unknown-origin': '来源不明、失踪、疑被拐卖或收买',
  begging: '被人组织乞讨',
  other: '其他严重侵害，或正面临危险',
};

/** The same for tables. */
export const situationShort: Readonly<Record<Situation, string>> = {
  'private-injury': '隐私部位受伤',
  'under-14': '不满 14 岁女孩疑受性侵',
  'over-14': '已满 14 岁女孩疑受性侵',
  'many-injuries': '多处受伤或营养不良',
  'grave-harm': '自伤、中毒等致伤残死亡',
  abandoned: '遗弃或无人照料',
  'unknown-origin': '来源不明或失踪',
  begging: '被组织乞讨',
  other: '其他严重侵害',
};

/** States of a report. */
export const reportStatusLabels: Readonly<Record<ReportStatus, string>> = {
  registered: '已登记，待确认',
  handling: '处理中，待报警登记',
  reported: '已报警，待公安反馈',
  following: '跟进中',
  disputed: '不属于，待督导签字',
  closing: '待第二人复核结束',
  closed: '已结束',
  'not-applicable': '经核实不属于',
};

/** Moves of a report, as words on the diagram. */
export const reportMoveLabels: Readonly<Record<ReportMove, string>> = {
  acknowledge: '确认收到',
  callPolice: '报警登记',
  hearPolice: '公安反馈',
  dispute: '提出经核实不属于',
  signOff: '督导签字',
  overrule: '督导退回',
  proposeClosing: '提出结束',
  confirmClosing: '第二人复核',
  returnClosing: '退回跟进',
};

/** How the police were told. */
export const policeMannerLabels: Readonly<Record<PoliceManner, string>> = {
  '110': '拨打 110',
  station: '到派出所',
  online: '网上报警',
  other: '其他方式',
};

/** Where the child is safe. */
export const placementLabels: Readonly<Record<Placement, string>> = {
  home: '留在家中，已评估安全',
  relatives: '由亲属照料',
  shelter: '临时庇护',
  'temporary-guardianship': '民政临时监护（未成年人保护法第九十二条）',
  hospital: '住院治疗',
  other: '其他安置',
};

/** What an entry is about. */
export const entryKindLabels: Readonly<Record<EntryKind, string>> = {
  addition: '补充说明',
  police: '报警登记',
  authority: '告知主管部门',
  materials: '材料固定',
  feedback: '公安反馈',
  placement: '安置保护',
  'follow-up': '跟进',
  acknowledged: '确认收到',
  disputed: '提出经核实不属于',
  'signed-off': '督导签字：不属于',
  overruled: '督导退回：继续办理',
  'closing-proposed': '提出结束',
  'closing-confirmed': '复核结束',
  'closing-returned': '退回继续跟进',
  'to-centre': '转支援中心督办',
};

/** Minutes in words: 42 分钟, 3 小时 5 分, 2 天 4 小时. */
export const minutesInWords = (minutes: number): string => {
  if (minutes < 60) return `${minutes} 分钟`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} 小时${minutes % 60 === 0 ? '' : ` ${minutes % 60} 分`}`;
  const hours = Math.floor((minutes % 1440) / 60);
  return `${Math.floor(minutes / 1440)} 天${hours === 0 ? '' : ` ${hours} 小时`}`;
};
