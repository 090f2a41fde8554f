import { z } from 'zod';
import { ById, endpoint, Id, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay } from '../shared/words.ts';
import {
  approvesDestruction,
  decidesRights,
  handsOutCopies,
  keepsArchive,
  keepsPrivacyRegisters,
  receivesRights,
  seesArchive,
  seesConsentUses,
  seesPrivacyRegisters,
  seesRights,
} from './policy.ts';
import {
  AnswerDraft,
  Assessment,
  AssessmentDraft,
  Breach,
  BreachDraft,
  ConsentUse,
  DestructionDraft,
  DestructionList,
  DestructionRow,
  IdentityCheck,
  ListStatus,
  MarkDraft,
  RetentionClass,
  RetentionRow,
  Right,
  RightDecision,
  RightDraft,
  RightKind,
  RightRow,
  RightStatus,
} from './schema.ts';

export const listRights = endpoint({
  id: 'listRights',
  method: 'GET',
  path: '/api/privacy-requests',
  says: '查看个人信息权利请求',
  allow: seesRights,
  query: PageQuery.extend({
    receiptNo: z.string().trim().max(40).optional(),
    kind: severalOf(RightKind),
    status: severalOf(RightStatus),
    overdue: z.enum(['yes']).optional(),
  }),
  reply: pageOf(RightRow),
});

export const exportRights = exportOf(listRights, 'exportRights', '个人信息权利请求清单');

export const receiveRight = endpoint({
  id: 'receiveRight',
  method: 'POST',
  path: '/api/privacy-requests',
  says: '受理个人信息权利请求',
  allow: receivesRights,
  body: RightDraft,
  reply: Written.extend({ receiptNo: z.string(), dueOn: AnyDay, found: z.boolean() }),
  refusals: ['privacy.person-unclear', 'privacy.not-for-heirs', 'privacy.no-station'],
});

export const readRight = endpoint({
  id: 'readRight',
  method: 'GET',
  path: '/api/privacy-requests/{id}',
  says: '查看一件个人信息权利请求',
  allow: receivesRights,
  params: ById,
  reply: Right,
  reads: 'content',
});

export const beginRightCheck = endpoint({
  id: 'beginRightCheck',
  method: 'POST',
  path: '/api/privacy-requests/{id}/checking',
  says: '开始核对请求人身份',
  allow: receivesRights,
  params: ById,
  body: z.object({ version: Version }),
  reply: Written,
  refusals: ['privacy.moved-on'],
});

export const confirmRightIdentity = endpoint({
  id: 'confirmRightIdentity',
  method: 'POST',
  path: '/api/privacy-requests/{id}/identity',
  says: '登记核对了哪些身份材料',
  allow: receivesRights,
  params: ById,
  body: IdentityCheck.extend({ version: Version }),
  reply: Written,
  refusals: ['privacy.moved-on', 'privacy.identity-thin'],
});

export const rejectRightIdentity = endpoint({
  id: 'rejectRightIdentity',
  method: 'POST',
  path: '/api/privacy-requests/{id}/identity-refusal',
  says: '身份核对不上，不予办理',
  allow: decidesRights,
  params: ById,
  body: z.object({ reason: passage(600, 2), route: passage(600, 2), version: Version }),
  reply: Written,
  refusals: ['privacy.moved-on', 'privacy.own-receipt'],
});

export const prepareRightAnswer = endpoint({
  id: 'prepareRightAnswer',
  method: 'PUT',
  path: '/api/privacy-requests/{id}/answer',
  says: '拟答复',
  allow: receivesRights,
  params: ById,
  body: AnswerDraft.extend({ version: Version }),
  reply: Written,
  refusals: ['privacy.moved-on', 'privacy.not-a-file-of-theirs'],
});

export const decideRight = endpoint({
  id: 'decideRight',
  method: 'POST',
  path: '/api/privacy-requests/{id}/decision',
  says: '决定个人信息权利请求',
  allow: decidesRights,
  params: ById,
  body: RightDecision.extend({ version: Version }),
  reply: Written.extend({ stopped: z.int(), erased: z.int() }),
  refusals: ['privacy.moved-on', 'privacy.own-receipt', 'privacy.reason-missing', 'privacy.answer-missing', 'privacy.still-running'],
});

export const withdrawRight = endpoint({
  id: 'withdrawRight',
  method: 'POST',
  path: '/api/privacy-requests/{id}/withdrawal',
  says: '登记请求人撤回请求',
  allow: receivesRights,
  params: ById,
  body: z.object({ reason: passage(400, 2), version: Version }),
  reply: Written,
  refusals: ['privacy.moved-on'],
});

export const downloadPersonalCopy = endpoint({
  id: 'downloadPersonalCopy',
  method: 'GET',
  path: '/api/privacy-requests/{id}/copy',
  says: '取出个人信息副本（压缩包）',
  allow: handsOutCopies,
  params: ById,
  reply: z.any(),
  refusals: ['privacy.copy-not-decided'],
  streams: 'application/zip',
  reads: 'content',
  rate: 'heavy',
});

export const readRightPaper = endpoint({
  id: 'readRightPaper',
  method: 'GET',
  path: '/api/privacy-requests/{id}/paper',
  says: '打印答复书',
  allow: receivesRights,
  params: ById,
  query: z.object({ format: z.enum(['html', 'pdf']).default('html') }),
  reply: z.any(),
  refusals: ['privacy.not-answered', 'print.no-browser'],
  streams: 'text/html',
  reads: 'content',
});

export const listRetention = endpoint({
  id: 'listRetention',
  method: 'GET',
  path: '/api/retention',
  says: '查看个案的保管期限',
  allow: keepsArchive,
  query: PageQuery.extend({
    number: z.string().trim().max(40).optional(),
    retentionClass: severalOf(RetentionClass),
    due: z.enum(['yes', 'no']).optional(),
  }),
  reply: pageOf(RetentionRow),
});

export const exportRetention = exportOf(listRetention, 'exportRetention', '保管期限清单');

export const markRetention = endpoint({
  id: 'markRetention',
  method: 'POST',
  path: '/api/cases/{id}/retention-marks',
  says: '登记保管标记：不得销毁、延长、司法档案',
  allow: keepsArchive,
  params: ById,
  body: MarkDraft,
  reply: Written,
  refusals: ['privacy.until-missing'],
});

export const liftRetentionMark = endpoint({
  id: 'liftRetentionMark',
  method: 'POST',
  path: '/api/retention-marks/{id}/lifting',
  says: '解除保管标记',
  allow: keepsArchive,
  params: ById,
  body: z.object({ reason: passage(400, 2) }),
  reply: Written,
  refusals: ['privacy.moved-on'],
});

export const listDestructionLists = endpoint({
  id: 'listDestructionLists',
  method: 'GET',
  path: '/api/destruction-lists',
  says: '查看销毁清册',
  allow: seesArchive,
  query: PageQuery.extend({ status: severalOf(ListStatus) }),
  reply: pageOf(DestructionRow),
});

export const exportDestructionLists = exportOf(listDestructionLists, 'exportDestructionLists', '销毁清册目录');

export const appraiseDestruction = endpoint({
  id: 'appraiseDestruction',
  method: 'POST',
  path: '/api/destruction-lists',
  says: '鉴定到期个案，编制销毁清册',
  allow: keepsArchive,
  body: DestructionDraft,
  reply: Written.extend({ number: z.string() }),
  refusals: ['privacy.not-due', 'privacy.on-hold', 'privacy.on-another-list', 'privacy.several-stations'],
});

export const readDestructionList = endpoint({
  id: 'readDestructionList',
  method: 'GET',
  path: '/api/destruction-lists/{id}',
  says: '查看一份销毁清册',
  allow: seesArchive,
  params: ById,
  reply: DestructionList,
});

export const answerDestruction = endpoint({
  id: 'answerDestruction',
  method: 'POST',
  path: '/api/destruction-lists/{id}/answer',
  says: '批准或退回销毁清册',
  allow: approvesDestruction,
  params: ById,
  body: z.object({ answer: z.enum(['approve', 'return']), says: passage(600, 2), version: Version }),
  reply: Written,
  refusals: ['privacy.moved-on', 'privacy.own-appraisal'],
});

export const readDestructionPaper = endpoint({
  id: 'readDestructionPaper',
  method: 'GET',
  path: '/api/destruction-lists/{id}/paper',
  says: '打印销毁清册',
  allow: seesArchive,
  params: ById,
  query: z.object({ format: z.enum(['html', 'pdf']).default('html') }),
  reply: z.any(),
  refusals: ['print.no-browser'],
  streams: 'text/html',
});

export const listAssessments = endpoint({
  id: 'listAssessments',
  method: 'GET',
  path: '/api/impact-assessments',
  says: '查看个人信息保护影响评估',
  allow: seesPrivacyRegisters,
  query: PageQuery.extend({ text: z.string().trim().max(40).optional(), review: z.enum(['due']).optional() }),
  reply: pageOf(Assessment),
});

export const exportAssessments = exportOf(listAssessments, 'exportAssessments', '影响评估清单');

export const recordAssessment = endpoint({
  id: 'recordAssessment',
  method: 'POST',
  path: '/api/impact-assessments',
  says: '登记个人信息保护影响评估',
  allow: keepsPrivacyRegisters,
  body: AssessmentDraft,
  reply: Written,
  refusals: ['privacy.review-backwards'],
});

export const updateAssessment = endpoint({
  id: 'updateAssessment',
  method: 'PUT',
  path: '/api/impact-assessments/{id}',
  says: '修改个人信息保护影响评估',
  allow: keepsPrivacyRegisters,
  params: ById,
  body: AssessmentDraft.extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'privacy.review-backwards'],
});

export const listBreaches = endpoint({
  id: 'listBreaches',
  method: 'GET',
  path: '/api/breaches',
  says: '查看个人信息安全事件',
  allow: seesPrivacyRegisters,
  query: PageQuery.extend({ state: z.enum(['open', 'closed']).optional() }),
  reply: pageOf(Breach),
});

export const exportBreaches = exportOf(listBreaches, 'exportBreaches', '安全事件清单');

export const recordBreach = endpoint({
  id: 'recordBreach',
  method: 'POST',
  path: '/api/breaches',
  says: '登记个人信息安全事件',
  allow: keepsPrivacyRegisters,
  body: BreachDraft,
  reply: Written,
  refusals: ['privacy.breach-in-future'],
});

export const updateBreach = endpoint({
  id: 'updateBreach',
  method: 'PUT',
  path: '/api/breaches/{id}',
  says: '补记个人信息安全事件',
  allow: keepsPrivacyRegisters,
  params: ById,
  body: BreachDraft.extend({ close: z.boolean(), version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'privacy.breach-in-future', 'privacy.breach-unfinished', 'privacy.breach-closed'],
});

export const listConsentUses = endpoint({
  id: 'listConsentUses',
  method: 'GET',
  path: '/api/cases/{id}/consent-uses',
  says: '查看依同意提供了什么、给了谁',
  allow: seesConsentUses,
  params: ById,
  reply: z.object({ caseId: Id, rows: z.array(ConsentUse) }),
  reads: 'content',
});
