import { z } from 'zod';
import { Id } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** Ledgers (台账): each act of service stands in one of them. */
export const LedgerBook = z.enum(['case', 'visit', 'group', 'activity']);
export type LedgerBook = z.infer<typeof LedgerBook>;

/** What kind of act a row of service is; the part before the first hyphen names its ledger. */
export const ContactKind = z.enum([
  'case-interview',
  'case-home',
  'case-phone',
  'case-online',
  'case-resource',
  'case-other',
  'case-relief',
  'visit',
  'group-session',
  'activity',
]);
export type ContactKind = z.infer<typeof ContactKind>;

/** Fields of service (服务领域): the eight that SZ-03 names, and four that its "nearly twenty" leave open. */
export const ServiceDomain = z.enum([
  'relief',
  'community',
  'family',
  'drug',
  'correction',
  'mediation',
  'disability',
  'emergency',
  'elder',
  'youth',
  'health',
  'other',
]);
export type ServiceDomain = z.infer<typeof ServiceDomain>;

/** The four large classes of service of LC-05 (老人服务、儿童关爱、社区治理、社会救助). */
export const ServiceClass = z.enum(['elder', 'child', 'governance', 'relief']);
export type ServiceClass = z.infer<typeof ServiceClass>;

/** A month, '2026-03', or a year, '2026'. */
export const LedgerPeriod = z.string().regex(/^(20\d{2}|2100)(-(0[1-9]|1[0-2]))?$/, { error: '请选择月份或年份' });

/** The act behind a row, and the page where it stands. */
export const ContactSource = z.enum(['case-note', 'follow-up', 'visit', 'group-session', 'activity', 'relief-item', 'import']);
export type ContactSource = z.infer<typeof ContactSource>;

/** One act of service, as the worker and the head of the station see it. */
export const ContactRow = z.object({
  id: Id,
  happenedOn: AnyDay,
  kind: ContactKind,
  domain: ServiceDomain,
  minutes: z.int().nullable(),
  /** Times (人次). */
  people: z.int(),
  workerName: z.string(),
  stationName: z.string(),
  organisationName: z.string().nullable(),
  /** Number of the case or title of what was held; null where it is no longer in reach. */
  subject: z.string().nullable(),
  /** Masked. */
  recipientName: z.string().nullable(),
  /** Address of the page of the act; null where it is not in reach. */
  opens: z.string().nullable(),
});

/** Four measures that are never added to each other: acts (次), times (人次), persons (人), minutes. Null where withheld. */
export const LedgerCell = z.object({
  key: z.string(),
  label: z.string(),
  acts: z.int().nullable(),
  times: z.int().nullable(),
  persons: z.int().nullable(),
  minutes: z.int().nullable(),
});
export type LedgerCell = z.infer<typeof LedgerCell>;

/** One question to the ledger: by kind, month, worker … `filter` is the query field that a cell's key fills. */
export const LedgerGroup = z.object({
  key: z.string(),
  title: z.string(),
  filter: z.string().nullable(),
  cells: z.array(LedgerCell),
});
export type LedgerGroup = z.infer<typeof LedgerGroup>;

export const Ledger = z.object({
  asOf: AnyMoment,
  from: AnyDay,
  to: AnyDay,
  scope: z.string(),
  /** Whether rows may be opened, or numbers only. */
  rows: z.boolean(),
  smallest: z.int(),
  total: LedgerCell,
  groups: z.array(LedgerGroup),
  how: z.string(),
  workers: z.array(z.object({ personId: Id, name: z.string() })),
});
export type Ledger = z.infer<typeof Ledger>;
