import { z } from 'zod';
import { ById, endpoint, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { runsSeminars, seesSeminars } from './policy.ts';
import { Seminar, SeminarMinutes, SeminarPlan, SeminarRow, SeminarStatus, Series, SeriesDraft, SeriesRow, SeriesStatus } from './schema.ts';

export const listSeminarSeries = endpoint({
  id: 'listSeminarSeries',
  method: 'GET',
  path: '/api/seminar-series',
  says: '查看主题研讨系列与下一次何时到期',
  allow: seesSeminars,
  query: PageQuery.extend({ status: severalOf(SeriesStatus) }),
  reply: pageOf(SeriesRow),
});

export const readSeminarSeries = endpoint({
  id: 'readSeminarSeries',
  method: 'GET',
  path: '/api/seminar-series/{id}',
  says: '查看一个研讨系列和它的各次研讨',
  allow: seesSeminars,
  params: ById,
  reply: Series,
});

export const createSeminarSeries = endpoint({
  id: 'createSeminarSeries',
  method: 'POST',
  path: '/api/seminar-series',
  says: '建立研讨系列，写明多久召集一次',
  allow: runsSeminars,
  body: SeriesDraft,
  reply: Written,
});

export const updateSeminarSeries = endpoint({
  id: 'updateSeminarSeries',
  method: 'PATCH',
  path: '/api/seminar-series/{id}',
  says: '修改研讨系列，或结束、重新开始',
  allow: runsSeminars,
  params: ById,
  body: SeriesDraft.partial().extend({ version: Version, status: SeriesStatus.optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'learning.seminar-planned'],
});

export const planSeminar = endpoint({
  id: 'planSeminar',
  method: 'POST',
  path: '/api/seminar-series/{id}/seminars',
  says: '安排一次主题研讨',
  allow: runsSeminars,
  params: ById,
  body: SeminarPlan,
  reply: Written,
  refusals: ['learning.series-ended', 'learning.person-unknown', 'learning.case-unknown'],
});

export const listSeminars = endpoint({
  id: 'listSeminars',
  method: 'GET',
  path: '/api/seminars',
  says: '查看各次主题研讨',
  allow: seesSeminars,
  query: PageQuery.extend({ status: severalOf(SeminarStatus), text: z.string().trim().max(40).optional() }),
  reply: pageOf(SeminarRow),
});

export const readSeminar = endpoint({
  id: 'readSeminar',
  method: 'GET',
  path: '/api/seminars/{id}',
  says: '查看一次主题研讨：议程、到会、纪要、关联案例',
  allow: seesSeminars,
  params: ById,
  reply: Seminar,
});

export const updateSeminar = endpoint({
  id: 'updateSeminar',
  method: 'PATCH',
  path: '/api/seminars/{id}',
  says: '修改还没有召开的研讨',
  allow: runsSeminars,
  params: ById,
  body: SeminarPlan.extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'learning.seminar-over', 'learning.person-unknown', 'learning.case-unknown'],
});

export const recordSeminar = endpoint({
  id: 'recordSeminar',
  method: 'POST',
  path: '/api/seminars/{id}/minutes',
  says: '记录或更正研讨纪要、到会的人和关联案例',
  allow: runsSeminars,
  params: ById,
  body: SeminarMinutes.extend({ version: Version }),
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'learning.seminar-over',
    'learning.seminar-not-yet',
    'learning.person-unknown',
    'learning.case-unknown',
  ],
});

export const cancelSeminar = endpoint({
  id: 'cancelSeminar',
  method: 'POST',
  path: '/api/seminars/{id}/cancel',
  says: '取消还没有召开的研讨',
  allow: runsSeminars,
  params: ById,
  body: z.object({ version: Version, reason: passage(200, 2) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'learning.seminar-over'],
});
