/** The Chinese name of every value of the privacy room; loaded with its pages only. */
import type { z } from 'zod';
import type { Withheld } from '../privacy/map.ts';
import type { RightMove } from '../privacy/moves.ts';
import type {
  AskerKind,
  BreachKind,
  HoldGround,
  IdentityProof,
  ListStatus,
  RetentionClass,
  RightKind,
  RightStatus,
  RiskGrade,
  StopGround,
} from '../privacy/schema.ts';

type Labels<T extends string> = Readonly<Record<T, string>>;

export const rightKindLabels: Labels<RightKind> = {
  access: '查阅',
  copy: '复制',
  correct: '更正',
  delete: '删除',
  explain: '解释说明',
  'withdraw-consent': '撤回同意',
};
export const askerKindLabels: Labels<AskerKind> = { self: '本人', guardian: '未成年人的监护人', heir: '去世者的近亲属' };
export const rightStatusLabels: Labels<RightStatus> = {
  received: '已受理',
  checking: '核对身份',
  answering: '答复中',
  done: '已办结',
  partly: '部分办理',
  refused: '未予办理',
  withdrawn: '已撤回',
};
export const rightMoveLabels: Labels<RightMove> = {
  check: '开始核对身份',
  confirm: '身份已核对',
  reject: '身份核对不上',
  answer: '同意办理',
  answerPartly: '部分办理',
  refuse: '不予办理',
  withdraw: '撤回请求',
};
export const identityProofLabels: Labels<IdentityProof> = {
  'id-card': '居民身份证原件',
  'known-in-person': '承办社工当面认得',
  'household-register': '户口簿',
  guardianship: '监护关系证明',
  'death-certificate': '死亡证明',
  kinship: '亲属关系证明',
  'call-back': '按登记电话回拨核对',
};
export const stopGroundLabels: Labels<StopGround> = {
  'retention-term': '保管期限未满',
  'open-case': '个案还在服务中',
  'mandatory-report': '涉及强制报告',
  judicial: '司法机关要求保留',
  dispute: '涉及投诉或争议',
  'other-law': '其他法定理由',
};
export const holdGroundLabels: Labels<HoldGround> = {
  'mandatory-report': '涉及强制报告',
  judicial: '司法机关要求保留',
  dispute: '涉及投诉或争议',
  'other-law': '其他法定理由',
};
export const markKindLabels: Labels<'hold' | 'extension' | 'judicial'> = { hold: '不得销毁', extension: '延长保管', judicial: '司法档案' };
export const retentionClassLabels: Labels<RetentionClass> = { adult: '成年人个案', minor: '未成年人个案', judicial: '司法档案' };
export const listStatusLabels: Labels<ListStatus> = { appraised: '待批准', approved: '待执行', returned: '已退回', executed: '已执行' };
export const riskGradeLabels: Labels<z.infer<typeof RiskGrade>> = { low: '低', medium: '中', high: '高' };
export const breachKindLabels: Labels<z.infer<typeof BreachKind>> = {
  identity: '姓名与证件号码',
  contact: '电话与住址',
  narrative: '个案内容',
  health: '医疗健康',
  minors: '不满十四周岁未成年人信息',
  account: '账号与口令',
  other: '其他',
};
export const breachWaitLabels: Labels<'authority' | 'persons' | 'measures'> = {
  authority: '通知主管部门',
  persons: '告知个人',
  measures: '补救措施',
};
export const withheldLabels: Labels<Withheld> = {
  'third-party': '含有他人信息，不随副本提供',
  professional: '专业人员之间的判断与工作安排，不随副本提供',
  trace: '平台自身的留痕，不随副本提供',
  cipher: '只供系统查找用的密文，不随副本提供',
};
