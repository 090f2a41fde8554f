import { z } from 'zod';
import { ById, endpoint, Id, PageQuery, PaperFormat, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { SignatureDraft } from '../signatures/schema.ts';
import { Gender } from '../workforce/schema.ts';
import { decidesPapers, handsCasesOver, movesCases, ordersHandovers, readsPapers, seesCases, seesHandovers } from './policy.ts';
import {
  CasePaper,
  HandoverAnswer,
  HandoverDraft,
  HandoverRow,
  HandoverStatus,
  OpenAlarm,
  SignerChoice,
  StageAct,
  StageFile,
} from './stageSchema.ts';

export const readStages = endpoint({
  id: 'readStages',
  method: 'GET',
  path: '/api/cases/{id}/stages',
  says: '查看个案各阶段的文书与办理情况',
  allow: seesCases,
  params: ById,
  reply: StageFile,
  reads: 'content',
});

export const moveCase = endpoint({
  id: 'moveCase',
  method: 'POST',
  path: '/api/cases/{id}/stages',
  says: '办理个案的下一步：接案决定、预估、计划、评估、结案、回访、暂停、恢复、重开、归档',
  allow: movesCases,
  params: ById,
  body: StageAct,
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'cases.stage-moved-on',
    'cases.signature-missing',
    'cases.signature-in-future',
    'signatures.guardian-kept-back',
    'cases.signer-is-author',
    'cases.signer-unknown',
    'cases.plan-over',
    'cases.plan-missing',
    'cases.assessment-owed',
    'cases.request-live',
    'cases.alarm-open',
    'cases.goals-not-evaluated',
    'cases.goals-differ',
    'cases.day-past',
    'cases.pause-too-long',
    'cases.note-in-future',
    'cases.before-closing',
    'cases.follow-up-outstanding',
    'cases.work-missing',
    'cases.work-not-asked',
    'cases.work-in-future',
    'cases.work-holds',
  ],
});

export const signCasePlan = endpoint({
  id: 'signCasePlan',
  method: 'POST',
  path: '/api/case-papers/{id}/signatures',
  says: '在还没有送签的计划上签名：本人、监护人、有关单位、见证人',
  allow: movesCases,
  params: ById,
  body: SignatureDraft,
  reply: Written,
  refusals: ['cases.paper-moved-on', 'signatures.paper-changed', 'signatures.guardian-kept-back', 'signatures.id-taken'],
});

export const listSigners = endpoint({
  id: 'listSigners',
  method: 'GET',
  path: '/api/cases/{id}/signers',
  says: '查看谁可以签字：本站站长，或本区的督导',
  allow: movesCases,
  params: ById,
  reply: z.object({ rows: z.array(SignerChoice) }),
});

export const readCasePaper = endpoint({
  id: 'readCasePaper',
  method: 'GET',
  path: '/api/case-papers/{id}',
  says: '查看个案的一份计划、评估或结案（送到自己面前签字的，或本人经办、本站的）',
  allow: readsPapers,
  params: ById,
  reply: z.object({
    paper: CasePaper,
    /** The plan that was signed, and its last evaluation: a closing is read beside them. */
    plan: CasePaper.nullable(),
    evaluation: CasePaper.nullable(),
    caseId: Id,
    number: z.string(),
    recipientName: z.string(),
    recipientGender: Gender,
    recipientAge: z.int().nullable(),
    workerName: z.string(),
    stationName: z.string(),
    /** Whether the case itself is in reach. */
    opensCase: z.boolean(),
    signs: z.boolean(),
    whyNot: z.string().nullable(),
    openAlarms: z.array(OpenAlarm),
  }),
  reads: 'content',
});

export const decideCasePaper = endpoint({
  id: 'decideCasePaper',
  method: 'POST',
  path: '/api/case-papers/{id}/decision',
  says: '签署计划或结案，或说明理由退回社工（撰写人和承办人不能签）',
  allow: decidesPapers,
  params: ById,
  body: z
    .object({ version: Version, decision: z.enum(['sign', 'return']), reason: passage(600, 0) })
    .refine((d) => d.decision === 'sign' || d.reason.length >= 2, { error: '请写明退回的理由', path: ['reason'] }),
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'cases.paper-moved-on',
    'cases.signer-is-author',
    'cases.stage-moved-on',
    'cases.request-live',
    'cases.alarm-open',
    'cases.not-over',
  ],
});

/** An assessment, a plan with its agreement, an evaluation or a closing, as an A4 paper. */
export const printCasePaper = endpoint({
  id: 'printCasePaper',
  method: 'GET',
  path: '/api/case-papers/{id}/print',
  says: '打印预估、服务计划与协议、评估或结案小结；也可存为 Word',
  allow: readsPapers,
  params: ById,
  query: z.object({ format: PaperFormat.default('html') }),
  reply: z.any(),
  refusals: ['print.no-browser', 'cases.not-printable'],
  reads: 'content',
  streams: 'text/html',
  rate: 'heavy',
});

export const listHandovers = endpoint({
  id: 'listHandovers',
  method: 'GET',
  path: '/api/case-handovers',
  says: '查看个案移交：本人移出、接收的，站长看本站的',
  allow: seesHandovers,
  query: PageQuery.extend({ status: severalOf(HandoverStatus) }),
  reply: pageOf(HandoverRow),
});

export const exportHandovers = exportOf(listHandovers, 'exportHandovers', '个案移交清单');

export const listHandoverChoices = endpoint({
  id: 'listHandoverChoices',
  method: 'GET',
  path: '/api/case-handovers/choices',
  says: '按姓名或拼音查找本站在岗的社工',
  allow: seesHandovers,
  query: z.object({ text: z.string().trim().max(40).optional() }),
  reply: z.object({ rows: z.array(z.object({ personId: Id, name: z.string(), post: z.string(), mine: z.boolean() })) }),
});

export const proposeHandover = endpoint({
  id: 'proposeHandover',
  method: 'POST',
  path: '/api/case-handovers',
  says: '提出移交一个个案，或一位社工的全部个案；站长可让全部个案立即移交',
  allow: handsCasesOver,
  body: HandoverDraft,
  /** `reliefs`: relief cases of the same worker, which the head hands over one by one. */
  reply: z.object({ cases: z.int(), skipped: z.int(), reliefs: z.int() }),
  refusals: ['cases.handover-same', 'cases.handover-other-station', 'cases.handover-running', 'cases.archived', 'cases.handover-nothing'],
});

export const answerHandover = endpoint({
  id: 'answerHandover',
  method: 'POST',
  path: '/api/case-handovers/{id}/answer',
  says: '接收或不接收移交来的个案；提出人可以撤回',
  allow: ordersHandovers,
  params: ById,
  body: HandoverAnswer,
  reply: Written,
  refusals: ['record.changed-meanwhile', 'cases.handover-over', 'cases.handover-not-yours', 'cases.handover-reason'],
});
