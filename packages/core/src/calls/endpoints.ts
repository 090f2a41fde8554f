import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { keepsHotlines, keepsTickets, seesHotlines, takesCalls } from './policy.ts';
import {
  Call,
  CallDraft,
  CallField,
  CallKind,
  CallMatch,
  CallRow,
  CallStatus,
  HandOverDraft,
  Hotline,
  HotlineDraft,
  Satisfaction,
  SendDraft,
  Ticket,
  TicketDraft,
  TicketRow,
  TicketStatus,
} from './schema.ts';

export const listHotlines = endpoint({
  id: 'listHotlines',
  method: 'GET',
  path: '/api/hotlines',
  says: '查看其他热线的号码与来源',
  allow: seesHotlines,
  query: PageQuery.extend({ text: z.string().trim().max(40).optional() }),
  reply: pageOf(Hotline),
});

export const exportHotlines = exportOf(listHotlines, 'exportHotlines', '热线号码');

export const createHotline = endpoint({
  id: 'createHotline',
  method: 'POST',
  path: '/api/hotlines',
  says: '添加热线号码',
  allow: keepsHotlines,
  body: HotlineDraft,
  reply: Written,
  refusals: ['calls.hotline-taken'],
});

export const updateHotline = endpoint({
  id: 'updateHotline',
  method: 'PATCH',
  path: '/api/hotlines/{id}',
  says: '修改或停用热线号码',
  allow: keepsHotlines,
  params: ById,
  body: HotlineDraft.partial().extend({ active: z.boolean().optional(), version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'calls.hotline-taken'],
});

export const listCalls = endpoint({
  id: 'listCalls',
  method: 'GET',
  path: '/api/calls',
  says: '查看来电清单',
  allow: takesCalls,
  query: PageQuery.extend({
    kind: severalOf(CallKind),
    status: severalOf(CallStatus),
    number: z.string().trim().max(20).optional(),
  }),
  reply: pageOf(CallRow),
});

export const exportCalls = exportOf(listCalls, 'exportCalls', '来电清单');

export const readCall = endpoint({
  id: 'readCall',
  method: 'GET',
  path: '/api/calls/{id}',
  says: '查看一个来电（姓名与电话已打码）',
  allow: takesCalls,
  params: ById,
  reply: Call,
  reads: 'content',
});

export const findCallMatches = endpoint({
  id: 'findCallMatches',
  method: 'POST',
  path: '/api/calls/matches',
  says: '登记来电前按电话查找以前的来电、求助与个案（打码）',
  allow: takesCalls,
  body: z.object({ phone: line(20, 5) }),
  reply: z.object({ rows: z.array(CallMatch) }),
  reads: 'content',
  repeatable: true,
});

export const createCall = endpoint({
  id: 'createCall',
  urgent: true,
  method: 'POST',
  path: '/api/calls',
  says: '登记来电；可以同时转社工站、转其他热线或办结',
  allow: takesCalls,
  body: CallDraft.extend({
    send: SendDraft.optional(),
    handOver: HandOverDraft.optional(),
    result: passage(500, 2).optional(),
  }),
  reply: Written.extend({ number: z.string() }),
  refusals: ['calls.no-way-back', 'calls.hotline-unknown', 'appeals.place-unknown'],
});

export const sendCall = endpoint({
  id: 'sendCall',
  method: 'POST',
  path: '/api/calls/{id}/station',
  says: '把来电转给居民所在街道的社工站',
  allow: takesCalls,
  params: ById,
  body: SendDraft.extend({ version: Version }),
  reply: Written.extend({ appealId: Id }),
  refusals: ['calls.moved-on', 'record.changed-meanwhile', 'calls.no-way-back', 'appeals.place-unknown'],
});

export const handOverCall = endpoint({
  id: 'handOverCall',
  method: 'POST',
  path: '/api/calls/{id}/hand-overs',
  says: '把来电转给其他热线，记下说了什么、结果怎样',
  allow: takesCalls,
  params: ById,
  body: HandOverDraft.extend({ version: Version }),
  reply: Written,
  refusals: ['calls.moved-on', 'record.changed-meanwhile', 'calls.hotline-unknown'],
});

export const endCall = endpoint({
  id: 'endCall',
  method: 'POST',
  path: '/api/calls/{id}/end',
  says: '办结来电，记下结果',
  allow: takesCalls,
  params: ById,
  body: z.object({ result: passage(500, 2), version: Version }),
  reply: Written,
  refusals: ['calls.moved-on', 'record.changed-meanwhile'],
});

export const unmaskCall = endpoint({
  id: 'unmaskCall',
  method: 'POST',
  path: '/api/calls/{id}/unmask',
  says: '填写理由后查看来电中的姓名或电话',
  allow: takesCalls,
  params: ById,
  body: z.object({ field: CallField, reason: line(120, 2) }),
  reply: z.object({ field: CallField, value: z.string().nullable() }),
  reads: 'content',
  repeatable: true,
});

export const listTickets = endpoint({
  id: 'listTickets',
  method: 'GET',
  path: '/api/tickets',
  says: '查看转办单，最急的在前',
  allow: keepsTickets,
  query: PageQuery.extend({
    status: severalOf(TicketStatus),
    clock: z.enum(['overdue']).optional(),
    externalNo: z.string().trim().max(40).optional(),
  }),
  reply: pageOf(TicketRow),
});

export const exportTickets = exportOf(listTickets, 'exportTickets', '转办单清单');

export const readTicket = endpoint({
  id: 'readTicket',
  method: 'GET',
  path: '/api/tickets/{id}',
  says: '查看一张转办单',
  allow: keepsTickets,
  params: ById,
  reply: Ticket,
  reads: 'content',
});

export const createTicket = endpoint({
  id: 'createTicket',
  method: 'POST',
  path: '/api/tickets',
  says: '登记转办单',
  allow: keepsTickets,
  body: TicketDraft,
  reply: Written,
  refusals: ['calls.ticket-taken', 'calls.received-in-future'],
});

export const moveTicketClock = endpoint({
  id: 'moveTicketClock',
  method: 'POST',
  path: '/api/tickets/{id}/clock',
  says: '暂停或恢复转办单的计时，说明原因',
  allow: keepsTickets,
  params: ById,
  body: z.object({ act: z.enum(['pause', 'resume']), why: line(200, 2), version: Version }),
  reply: Written,
  refusals: ['calls.moved-on', 'record.changed-meanwhile'],
});

export const answerTicket = endpoint({
  id: 'answerTicket',
  method: 'POST',
  path: '/api/tickets/{id}/answer',
  says: '登记对转办单的回复',
  allow: keepsTickets,
  params: ById,
  body: z.object({ reply: passage(2000, 2), version: Version }),
  reply: Written,
  refusals: ['calls.moved-on', 'record.changed-meanwhile'],
});

export const rateTicket = endpoint({
  id: 'rateTicket',
  method: 'POST',
  path: '/api/tickets/{id}/satisfaction',
  says: '登记来电人的满意度',
  allow: keepsTickets,
  params: ById,
  body: z.object({ satisfaction: Satisfaction, version: Version }),
  reply: Written,
  refusals: ['calls.moved-on', 'record.changed-meanwhile'],
});

export const unmaskTicket = endpoint({
  id: 'unmaskTicket',
  method: 'POST',
  path: '/api/tickets/{id}/unmask',
  says: '填写理由后查看转办单来电人的姓名或电话',
  allow: keepsTickets,
  params: ById,
  body: z.object({ field: z.enum(['callerName', 'callerPhone']), reason: line(120, 2) }),
  reply: z.object({ field: CallField, value: z.string().nullable() }),
  reads: 'content',
  repeatable: true,
});
