import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { makesVisits, seesVisits } from './policy.ts';
import {
  DayHalf,
  DueState,
  DueVisit,
  MissedVisit,
  OpenVisitAction,
  Visit,
  VisitNeed,
  VisitPlan,
  VisitRecord,
  VisitRow,
  VisitStart,
  VisitStatus,
} from './schema.ts';

export const listVisits = endpoint({
  id: 'listVisits',
  method: 'GET',
  path: '/api/visits',
  says: '查看探访清单',
  allow: seesVisits,
  query: PageQuery.extend({
    status: severalOf(VisitStatus),
    caseId: Id.optional(),
    workerId: Id.optional(),
    mine: z.enum(['yes']).optional(),
    from: AnyDay.optional(),
    to: AnyDay.optional(),
    action: z.enum(['open']).optional(),
    sort: z.enum(['newest', 'soonest']).optional(),
  }),
  reply: pageOf(VisitRow),
  reads: 'content',
});

export const exportVisits = exportOf(listVisits, 'exportVisits', '探访清单');

export const listDueVisits = endpoint({
  id: 'listDueVisits',
  method: 'GET',
  path: '/api/due-visits',
  says: '查看该探访谁：按需要和上次探访推算',
  allow: seesVisits,
  query: PageQuery.extend({
    state: severalOf(DueState),
    need: severalOf(VisitNeed),
    area: z.string().trim().max(40).optional(),
    workerId: Id.optional(),
    mine: z.enum(['yes']).optional(),
    planned: z.enum(['yes', 'no']).optional(),
    sort: z.enum(['due', 'area', 'last']).optional(),
  }),
  reply: pageOf(DueVisit),
  reads: 'content',
});

export const listVisitActions = endpoint({
  id: 'listVisitActions',
  method: 'GET',
  path: '/api/visit-actions',
  says: '查看没有办完的即时处置',
  allow: seesVisits,
  query: PageQuery.extend({ mine: z.enum(['yes']).optional() }),
  reply: pageOf(OpenVisitAction),
  reads: 'content',
});

export const exportDueVisits = exportOf(listDueVisits, 'exportDueVisits', '该探访的人');

export const readVisitStart = endpoint({
  id: 'readVisitStart',
  method: 'GET',
  path: '/api/cases/{id}/visit-start',
  says: '开始一次探访前查看：是否首访、上次情况、已有安排',
  allow: seesVisits,
  params: ById,
  reply: VisitStart,
  reads: 'content',
});

export const readVisit = endpoint({
  id: 'readVisit',
  method: 'GET',
  path: '/api/visits/{id}',
  says: '查看一次探访',
  allow: seesVisits,
  params: ById,
  reply: Visit,
  reads: 'content',
});

export const planVisit = endpoint({
  id: 'planVisit',
  method: 'POST',
  path: '/api/visits',
  says: '安排一次探访',
  allow: makesVisits,
  body: VisitPlan,
  reply: Written,
  refusals: ['visits.case-closed', 'visits.in-past', 'visits.too-far'],
});

export const moveVisit = endpoint({
  id: 'moveVisit',
  method: 'PATCH',
  path: '/api/visits/{id}',
  says: '探访改期',
  allow: makesVisits,
  params: ById,
  body: z.object({ plannedOn: AnyDay, half: DayHalf, version: Version }),
  reply: Written,
  refusals: ['visits.over', 'visits.in-past', 'visits.too-far', 'record.changed-meanwhile'],
});

export const recordVisit = endpoint({
  id: 'recordVisit',
  method: 'PUT',
  path: '/api/visits/{id}/record',
  says: '记录一次探访；编号由手机生成，重发不会记两次',
  allow: makesVisits,
  params: ById,
  body: VisitRecord,
  reply: Written,
  refusals: [
    'visits.over',
    'visits.case-closed',
    'visits.in-future',
    'visits.in-past',
    'visits.too-far',
    'visits.next-not-later',
    'visits.companion-missing',
    'visits.companion-or-alone',
    'visits.action-missing',
    'visits.action-in-past',
  ],
});

export const missVisit = endpoint({
  id: 'missVisit',
  method: 'PUT',
  path: '/api/visits/{id}/miss',
  says: '记录探访未遇；编号由手机生成，重发不会记两次',
  allow: makesVisits,
  params: ById,
  body: MissedVisit,
  reply: Written,
  refusals: ['visits.over', 'visits.case-closed', 'visits.in-future', 'visits.in-past', 'visits.too-far', 'visits.next-not-later'],
});

export const cancelVisit = endpoint({
  id: 'cancelVisit',
  method: 'POST',
  path: '/api/visits/{id}/cancellation',
  says: '取消一次安排好的探访',
  allow: makesVisits,
  params: ById,
  body: z.object({ says: passage(300, 2) }),
  reply: Written,
  refusals: ['visits.over'],
});

export const finishVisitAction = endpoint({
  id: 'finishVisitAction',
  method: 'POST',
  path: '/api/visits/{id}/actions/{actionId}/done',
  says: '登记即时处置已完成',
  allow: makesVisits,
  params: z.object({ id: Id, actionId: Id }),
  /** `at`: when it was done, where it is ticked off later, from a phone that had no network. */
  body: z.object({ says: line(200, 0), at: AnyMoment.optional() }),
  reply: Written,
  refusals: ['visits.action-done'],
});

export const setVisitNeeds = endpoint({
  id: 'setVisitNeeds',
  method: 'PUT',
  path: '/api/cases/{id}/visit-needs',
  says: '登记一位服务对象的探访需要',
  allow: makesVisits,
  params: ById,
  body: z.object({ needs: z.array(VisitNeed).max(5) }),
  reply: Written,
  refusals: ['visits.case-closed'],
});

export const printVisitDay = endpoint({
  id: 'printVisitDay',
  method: 'GET',
  path: '/api/visit-days/{day}/paper',
  says: '打印一天的探访安排（A4）',
  allow: seesVisits,
  params: z.object({ day: AnyDay }),
  query: z.object({ format: z.enum(['pdf', 'html']).default('pdf'), mine: z.enum(['yes']).optional() }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser'],
  streams: 'application/pdf',
});
