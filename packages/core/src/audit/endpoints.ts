import { z } from 'zod';
import { policy } from '../identity/policy.ts';
import { endpoint, Id, line, PageQuery, pageOf, severalOf } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

export const readsAudit = policy('readsAudit', '审计管理员', ['audit']);

/** Kinds of entries: what was done, what was read, what was opened with a reason, what was refused, sign-ins. */
export const AuditKind = z.enum(['event', 'read', 'unmask', 'refused', 'sign-in', 'export']);
export type AuditKind = z.infer<typeof AuditKind>;

export const AuditEntry = z.object({
  id: Id,
  at: AnyMoment,
  kind: AuditKind,
  action: z.string(),
  actorName: z.string().nullable(),
  username: z.string().nullable(),
  recordKind: z.string().nullable(),
  recordId: Id.nullable(),
  outcome: z.string(),
  reason: z.string().nullable(),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
});

export const AuditFilter = z.object({
  from: AnyDay.optional(),
  to: AnyDay.optional(),
  kind: severalOf(AuditKind),
  person: z.string().trim().max(40).optional(),
  action: z.string().trim().max(80).optional(),
  recordId: Id.optional(),
});

export const listAuditTrail = endpoint({
  id: 'listAuditTrail',
  method: 'GET',
  path: '/api/audit',
  says: '查看审计记录：谁、做了什么、哪条记录、何时、从哪里',
  allow: readsAudit,
  query: PageQuery.extend(AuditFilter.shape),
  reply: pageOf(AuditEntry),
});

export const exportAuditTrail = endpoint({
  id: 'exportAuditTrail',
  method: 'GET',
  path: '/api/audit/export',
  says: '导出审计记录（Excel）',
  allow: readsAudit,
  query: AuditFilter.extend({ reason: line(120, 2) }),
  reply: z.any(),
  streams: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  // No client content; but like content, the export leaves only after it has been recorded with its reason.
  reads: 'content',
  rate: 'heavy',
});

export const listAuditSeals = endpoint({
  id: 'listAuditSeals',
  method: 'GET',
  path: '/api/audit/seals',
  says: '查看每日封存的摘要链',
  allow: readsAudit,
  reply: z.object({
    rows: z.array(z.object({ day: AnyDay, entries: z.int(), hash: z.string(), previous: z.string(), sealedAt: AnyMoment })),
    todayProtectedBy: z.string(),
  }),
});
