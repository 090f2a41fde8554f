import { z } from 'zod';
import { policy, reporters } from '../identity/policy.ts';
import { endpoint, Id } from '../shared/endpoint.ts';
import { AnyMoment } from '../shared/words.ts';

export const seesOwnWorkbench = policy('seesOwnWorkbench', '除三类管理员外的所有角色，只含本人可见的事项', reporters);
export const seesCentreFigures = policy('seesCentreFigures', '支援中心与主管部门', ['centre', 'officer']);

/** One thing that waits for the person; `kind` chooses the words and the page it opens. */
export const Todo = z.object({
  kind: z.enum([
    'draft',
    'screen',
    'crisis',
    'answer-info',
    'propose',
    'no-holder',
    'poll',
    'meeting',
    'invitation',
    'opinion',
    'conference',
    'line',
    'transfer',
    'supervision',
    'seminar',
    'resource-link',
    'action',
    'close',
    'release',
    'recall',
    'stale',
    'report',
    'appeal',
    'call',
    'ticket',
    'referral',
    'right',
    'right-answer',
    'destruction',
    'rule-draft',
    'score',
    'visit',
    'visit-action',
    'alarm',
    'plan-sign',
    'closing-sign',
    'sent-back',
    'assessment-owed',
    'follow-up',
    'look-again',
    'handover',
    'group-session',
    'group-lead',
    'undertaking',
    'form-sign',
    'form-back',
    'volunteer-task',
    'volunteer-hours',
    'volunteer-lead',
  ]),
  recordId: Id,
  number: z.string(),
  /** Masked name of the recipient: of a draft, which has no number yet, and of what waits on a case of one's own. */
  recipientName: z.string().nullable(),
  dueAt: AnyMoment.nullable(),
  since: AnyMoment,
});

/** One thing that the person has handed on and that lies with somebody else; `with` says in whose hands, where that is known. */
export const Awaited = z.object({
  kind: z.enum(['request', 'plan', 'closing', 'handover', 'action', 'right']),
  recordId: Id,
  number: z.string(),
  with: z.string().nullable(),
  dueAt: AnyMoment.nullable(),
  since: AnyMoment,
});

export const readWorkbench = endpoint({
  id: 'readWorkbench',
  method: 'GET',
  path: '/api/workbench',
  says: '查看我的工作台：等我办的事，等别人办的事',
  allow: seesOwnWorkbench,
  reply: z.object({ todos: z.array(Todo), awaited: z.array(Awaited), asOf: AnyMoment }),
  reads: 'content',
});

/** A figure with the list that it counts, so that anybody can trace it to its rows. */
export const Figure = z.object({ key: z.string(), value: z.int(), unit: z.string(), opens: z.string(), how: z.string() });

export const readCentreFigures = endpoint({
  id: 'readCentreFigures',
  method: 'GET',
  path: '/api/centre/figures',
  says: '查看支援中心首页数字，每个都能打开对应清单',
  allow: seesCentreFigures,
  reply: z.object({
    figures: z.array(Figure),
    byStatus: z.array(z.object({ status: z.string(), count: z.int() })),
    byDomain: z.array(z.object({ domain: z.string(), solved: z.int(), live: z.int() })),
    asOf: AnyMoment,
  }),
});
