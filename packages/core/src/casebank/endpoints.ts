import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { CaseDomain, HelpField } from '../shared/fields.ts';
import { AnyDay } from '../shared/words.ts';
import { draftsPublication, recallsPublication, releasesPublication, searchesCaseBank } from './policy.ts';
import {
  BankEntry,
  BankRow,
  DraftRow,
  DraftStatus,
  Meter,
  Method,
  PublicationDraft,
  RecallCause,
  RecallRow,
  RecallStatus,
  Sections,
} from './schema.ts';

export const draftPublication = endpoint({
  id: 'draftPublication',
  method: 'POST',
  path: '/api/casebank/drafts',
  says: '从已结束的求助起草脱敏案例',
  allow: draftsPublication,
  body: z.object({
    requestId: Id,
    title: line(60, 4),
    pseudonym: line(10),
    methods: z.array(Method).min(1, { error: '至少写一种工作方法' }).max(8),
    sections: Sections.partial().optional(),
  }),
  reply: Written.extend({ openFindings: z.int() }),
  refusals: ['casebank.request-not-closed', 'casebank.already-drafted', 'casebank.consent-missing', 'casebank.redaction-failed'],
});

export const listDrafts = endpoint({
  id: 'listDrafts',
  method: 'GET',
  path: '/api/casebank/drafts',
  says: '查看案例草稿',
  allow: draftsPublication,
  query: PageQuery.extend({ status: severalOf(DraftStatus) }),
  reply: pageOf(DraftRow),
});

export const exportDrafts = exportOf(listDrafts, 'exportDrafts', '脱敏案例草稿清单');

export const readDraft = endpoint({
  id: 'readDraft',
  method: 'GET',
  path: '/api/casebank/drafts/{id}',
  says: '查看案例草稿与每一处替换',
  allow: draftsPublication,
  params: ById,
  reply: PublicationDraft,
  reads: 'content',
});

export const updateDraft = endpoint({
  id: 'updateDraft',
  method: 'PATCH',
  path: '/api/casebank/drafts/{id}',
  says: '修改草稿；改动过的文字重新查找个人信息',
  allow: draftsPublication,
  params: ById,
  body: z.object({
    version: Version,
    title: line(60, 4).optional(),
    methods: z.array(Method).min(1).max(8).optional(),
    sections: Sections.partial().optional(),
  }),
  reply: Written.extend({ openFindings: z.int() }),
  refusals: ['record.changed-meanwhile', 'casebank.draft-over', 'casebank.redaction-failed'],
});

export const confirmFindings = endpoint({
  id: 'confirmFindings',
  method: 'POST',
  path: '/api/casebank/drafts/{id}/findings',
  says: '逐处确认替换，或说明为何保留原文',
  allow: draftsPublication,
  params: ById,
  body: z.object({
    version: Version,
    decisions: z
      .array(
        z.object({
          id: Id,
          decision: z.enum(['confirm', 'keep']),
          replacement: line(40).optional(),
          reason: passage(200, 2).optional(),
        }),
      )
      .min(1)
      .max(500),
  }),
  reply: Written.extend({ openFindings: z.int() }),
  refusals: [
    'record.changed-meanwhile',
    'casebank.draft-over',
    'casebank.finding-unknown',
    'casebank.keep-needs-reason',
    'casebank.known-cannot-stay',
    'casebank.redaction-failed',
  ],
});

export const releasePublication = endpoint({
  id: 'releasePublication',
  method: 'POST',
  path: '/api/casebank/drafts/{id}/release',
  says: '由另一名中心人员审核发布入库',
  allow: releasesPublication,
  params: ById,
  body: z.object({ version: Version }),
  reply: Written.extend({ entryId: Id, number: z.string() }),
  refusals: [
    'record.changed-meanwhile',
    'casebank.draft-over',
    'casebank.same-person',
    'casebank.consent-missing',
    'casebank.findings-open',
    'casebank.too-few-alike',
    'casebank.redaction-failed',
  ],
});

export const measureDraft = endpoint({
  id: 'measureDraft',
  method: 'POST',
  path: '/api/casebank/drafts/{id}/meter',
  says: '数一数本区有多少人符合草稿里留下的特征；只给人数',
  allow: draftsPublication,
  params: ById,
  body: z.object({ title: passage(60, 0).optional(), sections: z.record(z.string(), passage(8000, 0)).optional() }),
  reply: Meter,
  repeatable: true,
});

export const recallPublication = endpoint({
  id: 'recallPublication',
  method: 'POST',
  path: '/api/casebank/{id}/recall',
  says: '收回已发布的案例：检索、相似案例、导出、评优、汇编同时不再有它',
  allow: recallsPublication,
  params: ById,
  body: z.object({ cause: RecallCause, reason: passage(300, 2) }),
  reply: z.object({ ok: z.literal(true) }),
  refusals: ['casebank.recalled'],
});

export const listRecalls = endpoint({
  id: 'listRecalls',
  method: 'GET',
  path: '/api/casebank/recalls',
  says: '查看待收回与已收回的案例',
  allow: recallsPublication,
  query: PageQuery.extend({ status: severalOf(RecallStatus) }),
  reply: pageOf(RecallRow),
});

export const dismissRecall = endpoint({
  id: 'dismissRecall',
  method: 'POST',
  path: '/api/casebank/recalls/{id}/dismiss',
  says: '说明理由，不收回',
  allow: recallsPublication,
  params: ById,
  body: z.object({ reason: passage(300, 2) }),
  reply: z.object({ ok: z.literal(true) }),
  refusals: ['casebank.recall-decided', 'casebank.consent-missing'],
});

export const discardDraft = endpoint({
  id: 'discardDraft',
  method: 'DELETE',
  path: '/api/casebank/drafts/{id}',
  says: '放弃案例草稿',
  allow: draftsPublication,
  params: ById,
  reply: z.object({ ok: z.literal(true) }),
  refusals: ['casebank.draft-over'],
});

export const searchCaseBank = endpoint({
  id: 'searchCaseBank',
  method: 'GET',
  path: '/api/casebank',
  says: '按文字（两个字起）、问题领域、工作方法查找案例',
  allow: searchesCaseBank,
  query: PageQuery.extend({
    text: z.string().trim().min(2, { error: '请至少输入两个字' }).max(40).optional(),
    domain: severalOf(CaseDomain),
    helpField: severalOf(HelpField),
    method: z.string().trim().max(20).optional(),
    excellent: z.enum(['yes']).optional(),
    /** Of one's own district only. */
    ours: z.enum(['yes']).optional(),
    /** Released on or before this day. */
    releasedUntil: AnyDay.optional(),
  }),
  reply: pageOf(BankRow),
});

export const readPublishedCase = endpoint({
  id: 'readPublishedCase',
  method: 'GET',
  path: '/api/casebank/{id}',
  says: '阅读一个已发布的脱敏案例',
  allow: searchesCaseBank,
  params: ById,
  reply: BankEntry,
  refusals: ['casebank.recalled'],
});
