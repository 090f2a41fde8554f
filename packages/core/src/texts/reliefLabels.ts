import type { ReliefMove } from '../relief/moves.ts';
import type {
  JointKind,
  JointStatus,
  Receipt,
  ReliefDrop,
  ReliefLine,
  ReliefNeed,
  ReliefSource,
  ReliefStatus,
  UndertakingStatus,
} from '../relief/schema.ts';

export const reliefStatusLabels: Readonly<Record<ReliefStatus, string>> = {
  screened: '已筛查',
  linked: '已链接',
  delivered: '已送达',
  feedback: '已反馈',
  closed: '已结束',
};
export const reliefMoveLabels: Readonly<Record<ReliefMove, string>> = {
  link: '登记链接',
  deliver: '登记送达',
  hear: '登记反馈',
  close: '结束',
  drop: '不再救助',
};
export const reliefSourceLabels: Readonly<Record<ReliefSource, string>> = {
  list: '救助名单',
  visit: '走访发现',
  asked: '本人求助',
  referred: '部门转介',
};
export const reliefNeedLabels: Readonly<Record<ReliefNeed, string>> = {
  living: '基本生活',
  medical: '医疗',
  housing: '住房',
  schooling: '就学',
  work: '就业',
  care: '照料',
  mind: '心理',
  policy: '政策办理',
  other: '其他',
};
export const reliefLineLabels: Readonly<Record<ReliefLine, string>> = { material: '物质', service: '服务' };
export const receiptLabels: Readonly<Record<Receipt, string>> = { signed: '本人签收', photo: '留有照片', none: '没有回执' };
export const reliefDropLabels: Readonly<Record<ReliefDrop, string>> = {
  'no-need': '筛查后没有需求',
  declined: '本人不要',
  'not-entitled': '不符合条件',
  elsewhere: '已由别处救助',
};
export const jointKindLabels: Readonly<Record<JointKind, string>> = {
  adviser: '救助顾问',
  'social-worker': '救助社工',
  district: '区助联体工作代表',
  organisation: '社会组织',
  'civil-affairs': '民政救助科',
};
export const jointStatusLabels: Readonly<Record<JointStatus, string>> = { called: '已召集', held: '已会商', 'called-off': '已取消' };
export const undertakingStatusLabels: Readonly<Record<UndertakingStatus, string>> = { open: '在办', done: '办到了', dropped: '不办了' };
