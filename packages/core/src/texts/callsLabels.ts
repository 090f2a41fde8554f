/** Chinese names of what calls and tickets hold; only their own pages carry them. */
import type { z } from 'zod';
import type { CallMove, TicketMove } from '../calls/moves.ts';
import type {
  CallerRelation,
  CallField,
  CallKind,
  CallMatch,
  CallStatus,
  HandOverOutcome,
  Satisfaction,
  TicketStatus,
} from '../calls/schema.ts';

type Labels<T extends z.ZodType<string>> = Readonly<Record<z.infer<T>, string>>;

export const callKindLabels: Labels<typeof CallKind> = {
  help: '求助',
  enquiry: '咨询',
  complaint: '投诉建议',
  'no-action': '无需办理',
  spam: '骚扰',
};

export const callStatusLabels: Readonly<Record<CallStatus, string>> = {
  open: '待处理',
  sent: '已转社工站',
  handed: '已转其他热线',
  done: '已办结',
};

export const callMoveLabels: Readonly<Record<CallMove, string>> = { send: '转社工站', hand: '转其他热线', end: '办结' };

export const callerRelationLabels: Labels<typeof CallerRelation> = {
  self: '本人',
  family: '家人',
  neighbour: '邻居朋友',
  worker: '社工同行',
  other: '其他人',
};

export const handOverOutcomeLabels: Labels<typeof HandOverOutcome> = {
  connected: '已接通转过去',
  'told-number': '告诉了号码',
  'no-answer': '对方没有接通',
  refused: '来电人不愿意',
};

export const callFieldLabels: Labels<typeof CallField> = {
  callerName: '来电人姓名',
  callerPhone: '来电人电话',
  personName: '当事人姓名',
  personPhone: '当事人电话',
};

export const callMatchLabels: Readonly<Record<z.infer<typeof CallMatch>['kind'], string>> = { case: '个案', appeal: '求助', call: '来电' };

export const ticketStatusLabels: Readonly<Record<TicketStatus, string>> = { open: '办理中', paused: '暂停计时', answered: '已回复' };

export const ticketMoveLabels: Readonly<Record<TicketMove, string>> = {
  pause: '暂停计时',
  resume: '恢复计时',
  answer: '回复',
  rate: '登记满意度',
};

export const satisfactionLabels: Labels<typeof Satisfaction> = {
  very: '非常满意',
  satisfied: '满意',
  basically: '基本满意',
  dissatisfied: '不满意',
  'not-asked': '未能回访',
};
