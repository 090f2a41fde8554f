/** Words of the four responses: 转介, 督导, 研讨, 资源链接. Apart from `labels.ts`, so that first pages stay light. */
import type { z } from 'zod';
import type { ResponseKind, ResponseMove, ResponseStatus, SupervisionForm, SupervisionType } from '../responses/schema.ts';

/** Kinds of records under a line of support. */
export const responseKindLabels: Readonly<Record<ResponseKind, string>> = {
  transfer: '转介',
  supervision: '督导',
  seminar: '研讨',
  'resource-link': '资源链接',
};

/** What the papers are called. */
export const responsePaperLabels: Readonly<Record<ResponseKind, string>> = {
  transfer: '转介单',
  supervision: '督导记录',
  seminar: '研讨纪要',
  'resource-link': '资源链接单',
};

/** States of the records. */
export const responseStatusLabels: Readonly<Record<ResponseStatus, string>> = {
  sent: '待接收',
  accepted: '已接收',
  returned: '已退回',
  done: '已办结',
  written: '待签认',
  'half-signed': '待另一方签认',
  questioned: '待更正',
  signed: '双方已签认',
  planned: '待召开',
  held: '待写结论',
  concluded: '已有结论',
  asked: '待回复',
  promised: '已答应',
  provided: '已提供，待反馈',
  declined: '不能提供',
  closed: '已完成',
  withdrawn: '已撤回',
};

/** Steps, as button words. */
export const responseMoveLabels: Readonly<Record<ResponseMove, string>> = {
  accept: '接收并回执',
  return: '退回',
  redirect: '改送他处',
  finish: '登记办结',
  sign: '签认',
  question: '请更正',
  correct: '更正记录',
  hold: '记录研讨',
  conclude: '写结论',
  promise: '登记答应',
  decline: '登记不能提供',
  provide: '登记已提供',
  feedback: '登记结果与反馈',
  withdraw: '撤回',
};

/** 督导类型. */
export const supervisionTypeLabels: Readonly<Record<z.infer<typeof SupervisionType>, string>> = {
  administrative: '行政督导',
  educational: '教育督导',
  supportive: '支持督导',
};

/** 督导形式. */
export const supervisionFormLabels: Readonly<Record<z.infer<typeof SupervisionForm>, string>> = {
  individual: '个别督导',
  group: '团体督导',
  'on-site': '现场督导',
  online: '线上督导',
};
