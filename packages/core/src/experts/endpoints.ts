import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, pageOf, severalOf, Version, Written, wholeBetween } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { HelpField } from '../shared/fields.ts';
import { AnyDay } from '../shared/words.ts';
import { keepsExperts, keepsOwnAvailability, seesExperts, seesOwnExpert } from './policy.ts';
import { ExpertDraft, ExpertFile, ExpertRow, OwnExpert } from './schema.ts';

export const listExperts = endpoint({
  id: 'listExperts',
  method: 'GET',
  path: '/api/experts',
  says: '查看专家库',
  allow: seesExperts,
  query: PageQuery.extend({
    text: z.string().trim().max(40).optional(),
    helpField: severalOf(HelpField),
    state: z.enum(['in-term', 'out-of-term', 'inactive']).optional(),
    /** In term on this day and still in the bank. */
    termOn: AnyDay.optional(),
    /** Asked to so many panels between two days; only for those who see the load. */
    loadFrom: AnyDay.optional(),
    loadTo: AnyDay.optional(),
    loadLeast: wholeBetween(0, 100_000).optional(),
    loadMost: wholeBetween(0, 100_000).optional(),
  }),
  reply: pageOf(ExpertRow),
});

export const exportExperts = exportOf(listExperts, 'exportExperts', '专家名册');

export const readExpert = endpoint({
  id: 'readExpert',
  method: 'GET',
  path: '/api/experts/{id}',
  says: '查看专家档案',
  allow: seesExperts,
  params: ById,
  reply: ExpertFile,
});

export const readOwnExpert = endpoint({
  id: 'readOwnExpert',
  method: 'GET',
  path: '/api/experts/own',
  says: '查看我的时间：可参加的日子、不在的日期、本月会诊次数',
  allow: seesOwnExpert,
  reply: OwnExpert,
});

export const readExpertLoad = endpoint({
  id: 'readExpertLoad',
  method: 'GET',
  path: '/api/experts/{id}/load',
  says: '查看一位专家按月或按季的会诊次数与所填时长（不排名）',
  allow: keepsOwnAvailability,
  params: ById,
  query: z.object({ by: z.enum(['month', 'quarter']).default('month') }),
  reply: z.object({
    periods: z.array(
      z.object({
        period: z.string(),
        panels: z.int(),
        opinions: z.int(),
        conferences: z.int(),
        minutes: z.int(),
        /** Opinions and conferences for which nobody entered minutes. */
        withoutMinutes: z.int(),
      }),
    ),
  }),
});

export const createExpert = endpoint({
  id: 'createExpert',
  method: 'POST',
  path: '/api/experts',
  says: '聘请专家入库',
  allow: keepsExperts,
  body: ExpertDraft,
  reply: Written,
  refusals: ['experts.term-backwards'],
});

export const updateExpert = endpoint({
  id: 'updateExpert',
  method: 'PATCH',
  path: '/api/experts/{id}',
  says: '修改专家资料、任期或停用',
  allow: keepsExperts,
  params: ById,
  body: ExpertDraft.partial().extend({ version: Version, active: z.boolean().optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'experts.term-backwards'],
});

export const addExpertAway = endpoint({
  id: 'addExpertAway',
  method: 'POST',
  path: '/api/experts/{id}/away',
  says: '登记专家不在的日期',
  allow: keepsOwnAvailability,
  params: ById,
  body: z.object({ fromDay: AnyDay, toDay: AnyDay, reason: line(60).nullable().optional() }),
  reply: Written,
  refusals: ['experts.away-backwards', 'experts.away-past', 'experts.away-overlaps'],
});

export const removeExpertAway = endpoint({
  id: 'removeExpertAway',
  method: 'DELETE',
  path: '/api/experts/{id}/away/{awayId}',
  says: '取消不在的日期',
  allow: keepsOwnAvailability,
  params: z.object({ id: Id, awayId: Id }),
  reply: z.object({ ok: z.literal(true) }),
});

export const declareRelation = endpoint({
  id: 'declareRelation',
  method: 'POST',
  path: '/api/experts/{id}/relations',
  says: '登记专家与某人或某机构的利害关系',
  allow: keepsExperts,
  params: ById,
  body: z
    .object({ personId: Id.nullable(), organisationId: Id.nullable(), says: line(80) })
    .refine((b) => (b.personId === null) !== (b.organisationId === null), { error: '请选择一个人或一个机构', path: ['personId'] }),
  reply: Written,
  refusals: ['workforce.person-unknown'],
});

export const withdrawRelation = endpoint({
  id: 'withdrawRelation',
  method: 'DELETE',
  path: '/api/experts/{id}/relations/{relationId}',
  says: '撤销登记的利害关系',
  allow: keepsExperts,
  params: z.object({ id: Id, relationId: Id }),
  reply: z.object({ ok: z.literal(true) }),
});
