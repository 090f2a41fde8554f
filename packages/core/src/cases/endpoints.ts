import { z } from 'zod';
import { ServiceDomain } from '../contacts/schema.ts';
import { ById, endpoint, Id, line, PageQuery, PaperFormat, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { ProblemSought } from '../shared/fields.ts';
import { AnyDay } from '../shared/words.ts';
import { attachesFiles, namesCoWorkers, opensCases, seesAttachments, seesCases, unmasksRecipients, writesCases } from './policy.ts';
import {
  Attachment,
  CaseDraft,
  CaseFields,
  CaseFile,
  CaseRow,
  CaseStatus,
  ConsentDraft,
  ConsentPurpose,
  ConsentReceiver,
  CountedIn,
  CoWorker,
  CoWorkerChoice,
  CoWorkerDraft,
  Note,
  NoteParts,
  PersonalField,
  ReceiverKind,
  RecipientChange,
  Risk,
} from './schema.ts';
import { CaseStage, NoteKind } from './words.ts';
import { WorkOutcome } from './work.ts';

/** Longest note in characters; the casework issue widens the note, not its length. */
export const NOTE_MAX = 20_000;

/** Longest act of service in minutes: one day. */
const LONGEST_RECORD = 1440;

/** Longest sealed lookup in characters. */
const LOOKUP_MAX = 400;

/** Addresses are logged and remembered by browsers: what identifies a person goes into a body, and a sealed word into the address. */
export const sealLookup = endpoint({
  id: 'sealLookup',
  repeatable: true,
  method: 'POST',
  path: '/api/lookups',
  says: '把要查找的姓名、证件号码或电话换成密文，供清单查询',
  allow: seesCases,
  body: z.object({ typed: line(40) }),
  reply: z.object({ lookup: z.string() }),
});

export const listCases = endpoint({
  id: 'listCases',
  method: 'GET',
  path: '/api/cases',
  says: '查看个案清单',
  allow: seesCases,
  query: PageQuery.extend({
    status: severalOf(CaseStatus),
    stage: severalOf(CaseStage),
    domain: severalOf(ProblemSought),
    serviceDomain: severalOf(ServiceDomain),
    risk: severalOf(Risk),
    workOutcome: severalOf(WorkOutcome),
    workerId: Id.optional(),
    /** A sealed name, ID number or phone (`sealLookup`): looked up in the blind index, never by pattern. */
    lookup: z.string().max(LOOKUP_MAX).optional(),
    number: z.string().trim().max(40).optional(),
  }),
  reply: pageOf(CaseRow),
  reads: 'content',
});

export const exportCases = exportOf(listCases, 'exportCases', '个案清单');

export const readCase = endpoint({
  id: 'readCase',
  method: 'GET',
  path: '/api/cases/{id}',
  says: '查看个案档案（个人信息已打码）',
  allow: seesCases,
  params: ById,
  reply: CaseFile,
  reads: 'content',
});

export const createCase = endpoint({
  id: 'createCase',
  method: 'POST',
  path: '/api/cases',
  says: '建立个案',
  allow: opensCases,
  body: CaseDraft,
  reply: Written.extend({ number: z.string() }),
  refusals: ['cases.no-station', 'cases.open-already'],
});

export const updateCase = endpoint({
  id: 'updateCase',
  method: 'PATCH',
  path: '/api/cases/{id}',
  says: '修改个案资料',
  allow: writesCases,
  params: ById,
  body: CaseFields.omit({ serviceDomain: true }).partial().extend({ version: Version, recipient: RecipientChange.optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'cases.closed', 'cases.recipient-changed'],
});

export const changeServiceField = endpoint({
  id: 'changeServiceField',
  method: 'POST',
  path: '/api/cases/{id}/service-field',
  says: '改个案的服务领域，从某一天起',
  allow: writesCases,
  params: ById,
  body: z.object({ field: CountedIn, fromDay: AnyDay, version: Version }),
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'cases.closed',
    'cases.field-same',
    'cases.field-ahead',
    'cases.field-before-opening',
    'cases.field-before-last',
  ],
});

export const listNotes = endpoint({
  id: 'listNotes',
  method: 'GET',
  path: '/api/cases/{id}/notes',
  says: '查看个案记录',
  allow: seesCases,
  params: ById,
  /** The page that begins with this note. */
  query: PageQuery.extend({ at: Id.optional() }),
  reply: pageOf(Note),
  reads: 'content',
});

export const addNote = endpoint({
  id: 'addNote',
  method: 'POST',
  path: '/api/cases/{id}/notes',
  says: '写一条个案记录',
  allow: writesCases,
  params: ById,
  body: z.object({
    id: Id.optional(),
    happenedOn: AnyDay,
    body: passage(NOTE_MAX),
    kind: NoteKind.optional(),
    minutes: z.int().min(1).max(LONGEST_RECORD).nullable().optional(),
    tookPart: line(120, 0).optional(),
    parts: NoteParts.nullable().optional(),
  }),
  reply: Written,
  refusals: ['cases.closed', 'cases.note-in-future'],
});

export const unmaskRecipient = endpoint({
  id: 'unmaskRecipient',
  repeatable: true,
  method: 'POST',
  path: '/api/cases/{id}/unmask',
  says: '填写理由后查看一项个人信息',
  allow: unmasksRecipients,
  params: ById,
  body: z.object({ field: PersonalField, reason: line(120, 2) }),
  reply: z.object({ field: PersonalField, value: z.string().nullable() }),
  reads: 'content',
});

export const recordConsent = endpoint({
  id: 'recordConsent',
  method: 'POST',
  path: '/api/cases/{id}/consents',
  says: '登记服务对象的同意',
  allow: writesCases,
  params: ById,
  body: ConsentDraft,
  reply: Written,
  refusals: ['cases.consent-backwards', 'cases.consent-receiver-unknown', 'cases.consent-no-notice'],
});

export const listConsentReceivers = endpoint({
  id: 'listConsentReceivers',
  method: 'GET',
  path: '/api/consent-receivers',
  says: '登记同意时可选的接收方：联动单位、机构、专家',
  allow: writesCases,
  query: z.object({ purpose: ConsentPurpose.default('referral') }),
  reply: z.object({ rows: z.array(z.object({ kind: ReceiverKind, id: Id, name: z.string() })) }),
});

export const nameConsentReceiver = endpoint({
  id: 'nameConsentReceiver',
  method: 'POST',
  path: '/api/cases/{id}/consents/{consentId}/receiver',
  says: '给没有写明对象的旧同意写明提供给谁，一次；原来的文字留在历史里',
  allow: writesCases,
  params: z.object({ id: Id, consentId: Id }),
  body: ConsentReceiver,
  reply: Written,
  refusals: ['cases.consent-receiver-unknown', 'cases.consent-receiver-kind', 'cases.consent-receiver-named'],
});

/** A consent with the notice on which it rests, as an A4 paper to sign. */
export const printConsent = endpoint({
  id: 'printConsent',
  method: 'GET',
  path: '/api/cases/{id}/consents/{consentId}/print',
  says: '打印知情同意书：同意的内容，连同当时的告知书',
  allow: seesCases,
  params: z.object({ id: Id, consentId: Id }),
  query: z.object({ format: PaperFormat.default('html') }),
  reply: z.any(),
  refusals: ['print.no-browser'],
  reads: 'content',
  streams: 'text/html',
  rate: 'heavy',
});

export const withdrawConsent = endpoint({
  id: 'withdrawConsent',
  method: 'POST',
  path: '/api/cases/{id}/consents/{consentId}/withdrawal',
  says: '登记服务对象撤回同意',
  allow: writesCases,
  params: z.object({ id: Id, consentId: Id }),
  reply: Written,
  refusals: ['cases.consent-withdrawn'],
});

export const listCoWorkers = endpoint({
  id: 'listCoWorkers',
  method: 'GET',
  path: '/api/cases/{id}/co-workers',
  says: '查看个案现在与以前的协办社工',
  allow: seesCases,
  params: ById,
  reply: z.object({ rows: z.array(CoWorker) }),
  reads: 'content',
});

export const listCoWorkerChoices = endpoint({
  id: 'listCoWorkerChoices',
  method: 'GET',
  path: '/api/cases/{id}/co-workers/choices',
  says: '按姓名或拼音查找可以协办的本站社工',
  allow: namesCoWorkers,
  params: ById,
  query: z.object({ text: z.string().trim().max(40).optional() }),
  reply: z.object({ rows: z.array(CoWorkerChoice) }),
});

export const nameCoWorker = endpoint({
  id: 'nameCoWorker',
  method: 'POST',
  path: '/api/cases/{id}/co-workers',
  says: '请一位本站社工协办个案',
  allow: namesCoWorkers,
  params: ById,
  body: CoWorkerDraft,
  reply: Written,
  refusals: ['cases.closed', 'cases.circle-is-worker', 'cases.circle-already', 'cases.circle-other-station', 'cases.circle-past'],
});

export const removeCoWorker = endpoint({
  id: 'removeCoWorker',
  method: 'DELETE',
  path: '/api/cases/{id}/co-workers/{circleId}',
  says: '结束一位社工的协办',
  allow: namesCoWorkers,
  params: z.object({ id: Id, circleId: Id }),
  reply: z.object({ ok: z.literal(true) }),
  refusals: ['cases.circle-over'],
});

/** What a file may be attached to. */
export const AttachedTo = z.enum(['case', 'request']);

export const addAttachment = endpoint({
  id: 'addAttachment',
  method: 'POST',
  path: '/api/{kind}/{id}/attachments',
  says: '添加附件（图片、PDF、Word、Excel；不超过 20 MB）',
  allow: attachesFiles,
  params: z.object({ kind: AttachedTo, id: Id }),
  // Longer than a name is kept: what comes from a computer may be long, and is cut.
  query: z.object({
    name: line(260),
    // A visit of this case, in which the photograph was taken.
    visitId: Id.optional(),
  }),
  reply: Attachment,
  refusals: ['files.too-large', 'files.kind-not-allowed', 'files.content-differs-from-name', 'files.empty', 'files.too-many'],
  takesFile: true,
  rate: 'heavy',
});

export const readAttachment = endpoint({
  id: 'readAttachment',
  method: 'GET',
  path: '/api/attachments/{id}',
  says: '下载附件',
  allow: seesAttachments,
  params: ById,
  reply: z.any(),
  reads: 'content',
  streams: 'application/octet-stream',
});

export const removeAttachment = endpoint({
  id: 'removeAttachment',
  method: 'DELETE',
  path: '/api/attachments/{id}',
  says: '删除附件（只限添加者，且尚未进入资料包）',
  allow: attachesFiles,
  params: ById,
  reply: z.object({ ok: z.literal(true) }),
  refusals: ['files.in-packet', 'files.not-yours'],
});
