import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, PaperFormat, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { AnyDay } from '../shared/words.ts';
import { SignatureDraft } from '../signatures/schema.ts';
import { FormKey, FormSubject } from './document.ts';
import { exportsForms, fillsForms, issuesTemplates, printsRooms, seesForms, seesTemplates, signsForms } from './policy.ts';
import { FormRoom } from './rooms.ts';
import {
  FormAnswer,
  FormAnswerRow,
  FormStatus,
  FormTemplate,
  FormTemplateRow,
  FormUnder,
  FormUnderKind,
  FormValuesSent,
} from './schema.ts';

const MOST_TEXT = 120_000;

export const listFormTemplates = endpoint({
  id: 'listFormTemplates',
  method: 'GET',
  path: '/api/form-templates',
  says: '查看本区现行的表单',
  allow: seesTemplates,
  query: PageQuery.extend({ subject: severalOf(FormSubject), word: line(40, 0).optional(), own: z.enum(['yes']).optional() }),
  reply: pageOf(FormTemplateRow),
});

export const readFormTemplate = endpoint({
  id: 'readFormTemplate',
  method: 'GET',
  path: '/api/form-templates/{id}',
  says: '查看一版表单',
  allow: seesTemplates,
  params: ById,
  reply: FormTemplate,
});

export const checkFormTemplate = endpoint({
  id: 'checkFormTemplate',
  method: 'POST',
  path: '/api/form-template-checks',
  says: '校验一份表单文稿，不保存',
  allow: issuesTemplates,
  body: z.object({ text: passage(MOST_TEXT) }),
  reply: z.object({ problems: z.array(z.object({ at: z.string(), says: z.string() })), document: z.unknown() }),
  repeatable: true,
});

export const issueFormTemplate = endpoint({
  id: 'issueFormTemplate',
  method: 'POST',
  path: '/api/form-templates',
  says: '签发一版表单，本区从此按新版填写',
  allow: issuesTemplates,
  body: z.object({
    text: passage(MOST_TEXT),
    reason: passage(300, 2),
    /** The version in force that the issuer saw; null where the code is new here. */
    insteadOf: Id.nullable(),
  }),
  reply: Written,
  refusals: ['forms.document-wrong', 'forms.superseded-meanwhile', 'forms.nothing-new'],
});

export const retireFormTemplate = endpoint({
  id: 'retireFormTemplate',
  method: 'POST',
  path: '/api/form-templates/{id}/retirement',
  says: '停用一种表单，已填的仍可查看、打印',
  allow: issuesTemplates,
  params: ById,
  body: z.object({ reason: passage(300, 2) }),
  reply: Written,
  refusals: ['forms.superseded-meanwhile'],
});

const Print = z.object({ format: PaperFormat.default('pdf') });

export const printFormTemplate = endpoint({
  id: 'printFormTemplate',
  method: 'GET',
  path: '/api/form-templates/{id}/paper',
  says: '打印空白表（A4）',
  allow: seesTemplates,
  params: ById,
  query: Print,
  reply: z.any(),
  refusals: ['print.no-browser'],
  streams: 'application/pdf',
});

const filters = {
  status: severalOf(FormStatus),
  kind: severalOf(FormUnderKind),
  caseId: Id.optional(),
  groupId: Id.optional(),
  sessionId: Id.optional(),
  activityId: Id.optional(),
  mine: z.enum(['yes']).optional(),
  from: AnyDay.optional(),
  to: AnyDay.optional(),
  sort: z.enum(['newest', 'oldest']).optional(),
};

export const listFormAnswers = endpoint({
  id: 'listFormAnswers',
  method: 'GET',
  path: '/api/form-answers',
  says: '查看填过的表单',
  allow: seesForms,
  query: PageQuery.extend({ ...filters, code: FormKey.optional() }),
  reply: pageOf(FormAnswerRow),
  reads: 'content',
});

export const exportFormAnswers = endpoint({
  id: 'exportFormAnswers',
  method: 'GET',
  path: '/api/form-answers/export',
  says: '填写理由后导出一种表单已提交的内容（Excel，一张表一行），姓名打码，不含只在机构内的栏目',
  allow: exportsForms,
  query: z.object({ ...filters, code: FormKey, reason: passage(200, 2) }),
  reply: z.any(),
  reads: 'content',
  refusals: ['forms.too-many-rows'],
  streams: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  rate: 'heavy',
});

export const readFormAnswer = endpoint({
  id: 'readFormAnswer',
  method: 'GET',
  path: '/api/form-answers/{id}',
  says: '查看一张填过的表单',
  allow: seesForms,
  params: ById,
  reply: FormAnswer,
  reads: 'content',
});

export const beginFormAnswer = endpoint({
  id: 'beginFormAnswer',
  method: 'POST',
  path: '/api/form-answers',
  says: '在个案、小组或社区活动下开始填一张表，或更正一张已提交的表；编号由设备生成，重发不会填两张',
  allow: fillsForms,
  body: z
    .object({
      id: Id.optional(),
      under: FormUnder,
      templateId: Id.nullable(),
      /** The form that is corrected: its version and its answers are taken over. */
      corrects: Id.nullable(),
    })
    .refine((b) => (b.templateId === null) !== (b.corrects === null), { error: '选一种表单，或一张要更正的表', path: ['templateId'] }),
  reply: Written,
  // What a group or an activity holds is read into the form.
  reads: 'content',
  refusals: [
    'forms.case-closed',
    'forms.cancelled',
    'forms.person-still',
    'forms.not-current',
    'forms.not-open-here',
    'forms.kept-in-room',
    'forms.not-correctable',
    'forms.corrected-already',
  ],
});

export const saveFormAnswer = endpoint({
  id: 'saveFormAnswer',
  method: 'PUT',
  path: '/api/form-answers/{id}',
  says: '保存表单草稿',
  allow: fillsForms,
  params: ById,
  body: z.object({ values: FormValuesSent, version: Version }),
  reply: Written,
  refusals: ['forms.case-closed', 'forms.cancelled', 'forms.person-still', 'forms.over', 'forms.not-author', 'record.changed-meanwhile'],
});

export const submitFormAnswer = endpoint({
  id: 'submitFormAnswer',
  method: 'POST',
  path: '/api/form-answers/{id}/submission',
  says: '提交表单；要签字的送站长，表上写明的也可以送督导',
  allow: fillsForms,
  params: ById,
  body: z.object({
    values: FormValuesSent,
    version: Version,
    /** The supervisor before whom it is laid; null for the head of the station. */
    signerId: Id.nullable().default(null),
  }),
  reply: Written,
  refusals: [
    'forms.case-closed',
    'forms.cancelled',
    'forms.person-still',
    'forms.over',
    'forms.not-author',
    'forms.signature-missing',
    'forms.signer-unknown',
    'record.changed-meanwhile',
  ],
});

export const signFormAnswer = endpoint({
  id: 'signFormAnswer',
  method: 'POST',
  path: '/api/form-answers/{id}/signatures',
  says: '在自己填写、还没有提交的表单上签名',
  allow: fillsForms,
  params: ById,
  body: SignatureDraft,
  reply: Written,
  refusals: ['forms.over', 'forms.not-author', 'forms.not-signed-here', 'signatures.guardian-kept-back', 'signatures.id-taken'],
});

export const decideFormAnswer = endpoint({
  id: 'decideFormAnswer',
  method: 'POST',
  path: '/api/form-answers/{id}/decision',
  says: '签署或退回一张表单',
  allow: signsForms,
  params: ById,
  body: z.object({ signs: z.boolean(), says: passage(500, 0), version: Version }),
  reply: Written,
  refusals: ['forms.own', 'forms.not-waiting', 'forms.reason-missing', 'record.changed-meanwhile'],
});

export const discardFormAnswer = endpoint({
  id: 'discardFormAnswer',
  method: 'POST',
  path: '/api/form-answers/{id}/discard',
  says: '作废一份表单草稿',
  allow: fillsForms,
  params: ById,
  body: z.object({ version: Version }),
  reply: Written,
  refusals: ['forms.over', 'record.changed-meanwhile'],
});

export const printRoomForm = endpoint({
  id: 'printRoomForm',
  method: 'GET',
  path: '/api/form-papers/{room}/{id}',
  says: '按本区现行的表打印一条过程记录、一次回访或一次探访（A4、Word）',
  allow: printsRooms,
  params: ById.extend({ room: FormRoom }),
  query: Print,
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser', 'forms.not-yet-recorded'],
  streams: 'application/pdf',
});

export const printFormAnswer = endpoint({
  id: 'printFormAnswer',
  method: 'GET',
  path: '/api/form-answers/{id}/paper',
  says: '打印一张填过的表单（A4）',
  allow: seesForms,
  params: ById,
  query: Print,
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser'],
  streams: 'application/pdf',
});
