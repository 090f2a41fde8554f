import { z } from 'zod';
import { endpoint, Id, line, PageQuery, pageOf, severalOf } from '../shared/endpoint.ts';
import { seesContacts, seesLedgers } from './policy.ts';
import { ContactKind, ContactRow, Ledger, LedgerBook, LedgerPeriod, ServiceDomain } from './schema.ts';

/** What a ledger is narrowed to. */
const narrowed = {
  /** A month or a year; the current month when nothing is said. */
  period: LedgerPeriod.optional(),
  book: severalOf(LedgerBook),
  kind: severalOf(ContactKind),
  domain: severalOf(ServiceDomain),
  workerId: Id.optional(),
  stationId: Id.optional(),
  organisationId: Id.optional(),
};

export const listContacts = endpoint({
  id: 'listContacts',
  method: 'GET',
  path: '/api/contacts',
  says: '查看服务记录：每一次服务一行，服务对象已打码',
  allow: seesContacts,
  query: PageQuery.extend(narrowed),
  reply: pageOf(ContactRow),
  reads: 'content',
});

export const readLedger = endpoint({
  id: 'readLedger',
  method: 'GET',
  path: '/api/ledgers',
  says: '查看一个月或一年的台账数字：次、人次、人、分钟',
  allow: seesLedgers,
  query: z.object(narrowed),
  reply: Ledger,
});

export const exportLedger = endpoint({
  id: 'exportLedger',
  method: 'GET',
  path: '/api/ledgers/file',
  says: '填写理由后导出台账（Excel，或 A4 横向 PDF）',
  allow: seesLedgers,
  query: z.object({ ...narrowed, format: z.enum(['xlsx', 'pdf']).default('xlsx'), reason: line(120, 2) }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser', 'contacts.too-many-rows'],
  streams: 'application/octet-stream',
  rate: 'heavy',
});
