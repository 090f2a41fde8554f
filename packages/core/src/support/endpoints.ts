import { z } from 'zod';
import { SimilarCase } from '../casebank/schema.ts';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { CaseDomain, HelpField } from '../shared/fields.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import * as policies from './policy.ts';
import {
  Action,
  ChecklistAnswers,
  ChecklistResult,
  ClockState,
  ConferenceSheet,
  DecisionDraft,
  Line,
  LineKind,
  LineStatus,
  Opinion,
  OwnInvitation,
  Packet,
  PacketDraft,
  Proposal,
  RequestDraft,
  RequestFile,
  RequestRow,
  RequestStatus,
  ScreenBody,
  Wishes,
} from './schema.ts';

/** What every move answers: the new state and what the caller may do next. */
const Moved = Written.extend({ status: RequestStatus });
const version = { version: Version };

export const listSupportRequests = endpoint({
  id: 'listSupportRequests',
  method: 'GET',
  path: '/api/support-requests',
  says: '查看求助清单（筛选台与我的求助）',
  allow: policies.seesRequests,
  query: PageQuery.extend({
    status: severalOf(RequestStatus),
    live: z.enum(['yes', 'no']).optional(),
    clock: severalOf(ClockState),
    domain: severalOf(CaseDomain),
    helpField: severalOf(HelpField),
    stationId: Id.optional(),
    organisationId: Id.optional(),
    divisionId: Id.optional(),
    submittedFrom: AnyDay.optional(),
    submittedTo: AnyDay.optional(),
    closedFrom: AnyDay.optional(),
    closedTo: AnyDay.optional(),
    answered: z.enum(['yes']).optional(),
    /** Asked of this expert between two days and not declined; finds nothing for those who see no invitations. */
    expertId: Id.optional(),
    invitedFrom: AnyDay.optional(),
    invitedTo: AnyDay.optional(),
    holder: z.enum(['me', 'nobody']).optional(),
    asker: z.enum(['me']).optional(),
    number: z.string().trim().max(40).optional(),
    solved: z.enum(['yes', 'no']).optional(),
    sort: z.enum(['due', 'newest', 'updated']).default('newest'),
  }),
  reply: pageOf(RequestRow),
});

export const exportSupportRequests = exportOf(listSupportRequests, 'exportSupportRequests', '求助清单', policies.exportsRequests);

export const readSupportRequest = endpoint({
  id: 'readSupportRequest',
  method: 'GET',
  path: '/api/support-requests/{id}',
  says: '查看一份求助：状态、钟、经办人、时间线；有权者含内容',
  allow: policies.seesRequests,
  params: ById,
  reply: RequestFile,
  reads: 'content',
});

export const readSimilarCases = endpoint({
  id: 'readSimilarCases',
  method: 'GET',
  path: '/api/support-requests/{id}/similar-cases',
  says: '查看与这份求助相似的已发布案例，并说明为何相似',
  allow: policies.seesSimilarCases,
  params: ById,
  reply: z.object({ rows: z.array(SimilarCase), packVersion: z.string() }),
  reads: 'content',
});

export const createSupportRequest = endpoint({
  id: 'createSupportRequest',
  urgent: true,
  method: 'POST',
  path: '/api/support-requests',
  says: '从个案发起疑难求助（先存草稿，内容由个案带出）',
  allow: policies.asksForHelp,
  body: RequestDraft.extend({ caseId: Id }),
  reply: Moved,
  refusals: ['support.case-closed', 'support.already-live'],
});

export const updateSupportRequest = endpoint({
  id: 'updateSupportRequest',
  method: 'PATCH',
  path: '/api/support-requests/{id}',
  says: '修改求助草稿（自动保存）',
  allow: policies.asksForHelp,
  params: ById,
  body: RequestDraft.extend(version),
  reply: Moved,
  refusals: ['record.changed-meanwhile', 'support.moved-on'],
});

export const assessHardness = endpoint({
  id: 'assessHardness',
  repeatable: true,
  method: 'POST',
  path: '/api/support-requests/self-assessment',
  says: '按当前规则包试算界定清单（只提示，不决定）',
  allow: policies.seesRequests,
  body: ChecklistAnswers,
  reply: z.object({
    result: ChecklistResult,
    items: z.array(z.object({ key: z.string(), label: z.string(), weight: z.number() })),
  }),
});

export const submitSupportRequest = endpoint({
  id: 'submitSupportRequest',
  urgent: true,
  method: 'POST',
  path: '/api/support-requests/{id}/submission',
  says: '提交求助：得到回执号，筛选的钟开始走；有迫切危险的直接进入危机通道',
  allow: policies.asksForHelp,
  params: ById,
  body: z.object(version),
  reply: Moved.extend({ receiptNo: z.string(), dueAt: AnyMoment.nullable(), warning: z.string().nullable() }),
  refusals: ['record.changed-meanwhile', 'support.moved-on', 'support.incomplete'],
});

export const screenSupportRequest = endpoint({
  id: 'screenSupportRequest',
  method: 'POST',
  path: '/api/support-requests/{id}/screening',
  says: '筛选：受理、请补充、不受理、转督导建议、转危机通道',
  allow: policies.screens,
  params: ById,
  body: ScreenBody,
  reply: Moved.extend({ archiveNo: z.string().nullable() }),
  refusals: [
    'record.changed-meanwhile',
    'support.moved-on',
    'support.screener-is-asker',
    'support.checklist-moved-on',
    'support.holder-not-centre',
    'support.supervisor-unknown',
  ],
});

export const acknowledgeCrisis = endpoint({
  id: 'acknowledgeCrisis',
  urgent: true,
  method: 'POST',
  path: '/api/support-requests/{id}/crisis-acknowledgement',
  says: '确认接到危机求助',
  allow: policies.coordinates,
  params: ById,
  body: z.object({ firstAction: passage(600, 2) }),
  reply: Moved,
  refusals: ['support.moved-on', 'support.crisis-acknowledged', 'support.screener-is-asker'],
});

export const supplyInformation = endpoint({
  id: 'supplyInformation',
  method: 'POST',
  path: '/api/support-requests/{id}/information',
  says: '补充材料后送回筛选，钟继续走',
  allow: policies.informsCentre,
  params: ById,
  body: z.object({ ...version, answer: passage(2000, 2) }),
  reply: Moved,
  refusals: ['record.changed-meanwhile', 'support.moved-on'],
});

export const withdrawSupportRequest = endpoint({
  id: 'withdrawSupportRequest',
  method: 'POST',
  path: '/api/support-requests/{id}/withdrawal',
  says: '撤回求助',
  allow: policies.withdraws,
  params: ById,
  body: z.object({ ...version, reason: passage(600, 2) }),
  reply: Moved,
  refusals: ['record.changed-meanwhile', 'support.moved-on'],
});

export const endSupportElsewhere = endpoint({
  id: 'endSupportElsewhere',
  method: 'POST',
  path: '/api/support-requests/{id}/ended-elsewhere',
  says: '登记问题已由其他途径解决',
  allow: policies.endsElsewhere,
  params: ById,
  body: z.object({ ...version, where: passage(600, 2) }),
  reply: Moved,
  refusals: ['record.changed-meanwhile', 'support.moved-on'],
});

export const closeAsDuplicate = endpoint({
  id: 'closeAsDuplicate',
  method: 'POST',
  path: '/api/support-requests/{id}/duplicate',
  says: '作为某号求助的重复件关闭，两份都保留并互相链接',
  allow: policies.coordinates,
  params: ById,
  body: z.object({ ...version, ofNumber: line(40) }),
  reply: Moved,
  refusals: [
    'record.changed-meanwhile',
    'support.moved-on',
    'support.duplicate-unknown',
    'support.duplicate-of-itself',
    'support.screener-is-asker',
  ],
});

export const assignHolder = endpoint({
  id: 'assignHolder',
  method: 'POST',
  path: '/api/support-requests/{id}/holder',
  says: '接手或转交承办',
  allow: policies.coordinates,
  params: ById,
  body: z.object({ ...version, holderId: Id, nextOn: AnyDay.nullable().optional() }),
  reply: Moved,
  refusals: ['record.changed-meanwhile', 'support.moved-on', 'support.holder-not-centre', 'support.holder-is-asker'],
});

export const proposePanel = endpoint({
  id: 'proposePanel',
  method: 'POST',
  path: '/api/support-requests/{id}/panel',
  says: '推荐专家组：覆盖所需专业的最小组合，逐一说明理由',
  allow: policies.coordinates,
  params: ById,
  body: z.object({
    windowFrom: AnyDay.optional(),
    windowTo: AnyDay.optional(),
    helpFields: z.array(HelpField).min(1).max(7).optional(),
    wishes: Wishes.optional(),
  }),
  reply: Proposal,
  refusals: ['support.moved-on', 'support.window-backwards', 'support.screener-is-asker'],
  rate: 'heavy',
});

export const previewPacket = endpoint({
  id: 'previewPacket',
  repeatable: true,
  method: 'POST',
  path: '/api/support-requests/{id}/packet-preview',
  says: '预览脱敏后的专家资料包',
  allow: policies.coordinates,
  params: ById,
  body: PacketDraft.pick({ fields: true, attachmentIds: true }),
  reply: z.object({ parts: Packet.shape.parts, replaced: z.int() }),
  refusals: ['support.packet-unsafe', 'support.attachment-unknown'],
  reads: 'content',
});

export const inviteExperts = endpoint({
  id: 'inviteExperts',
  method: 'POST',
  path: '/api/support-requests/{id}/invitations',
  says: '邀请专家：定下资料包、截止时间、会诊时间与主持人',
  allow: policies.coordinates,
  params: ById,
  body: z.object({
    ...version,
    proposalId: Id,
    seats: z
      .array(z.object({ expertId: Id, helpFields: z.array(HelpField).min(1) }))
      .min(1, { error: '至少邀请一位专家' })
      .max(12),
    overrideReason: passage(600, 2).optional(),
    deadline: AnyMoment,
    quorum: z.int().min(1).max(12).optional(),
    chairId: Id,
    plannedAt: AnyMoment,
    place: line(80),
    packet: PacketDraft,
  }),
  reply: Moved.extend({ roundId: Id, conferenceId: Id, invitations: z.array(z.object({ id: Id, expertId: Id })) }),
  refusals: [
    'record.changed-meanwhile',
    'support.moved-on',
    'support.proposal-unknown',
    'support.override-needs-reason',
    'support.expert-excluded',
    'support.deadline-past',
    'support.quorum-too-high',
    'support.chair-unknown',
    'support.consent-missing',
    'support.consent-too-narrow',
    'support.consent-other-receiver',
    'support.consent-receiver-unnamed',
    'support.packet-unsafe',
    'support.attachment-unknown',
    'support.screener-is-asker',
  ],
});

export const revokeInvitation = endpoint({
  id: 'revokeInvitation',
  method: 'POST',
  path: '/api/invitations/{id}/revocation',
  says: '撤销邀请，资料随即不可见',
  allow: policies.coordinates,
  params: ById,
  body: z.object({ reason: passage(400, 2) }),
  reply: Written,
  refusals: ['support.invitation-over'],
});

export const listOwnInvitations = endpoint({
  id: 'listOwnInvitations',
  method: 'GET',
  path: '/api/invitations',
  says: '查看给我的会诊邀请',
  allow: policies.invited,
  query: PageQuery.extend({ state: z.enum(['waiting', 'all']).default('all') }),
  reply: pageOf(OwnInvitation),
});

export const readInvitation = endpoint({
  id: 'readInvitation',
  method: 'GET',
  path: '/api/invitations/{id}',
  says: '查看一份邀请（不含案情）',
  allow: policies.invited,
  params: ById,
  reply: OwnInvitation,
});

export const answerInvitation = endpoint({
  id: 'answerInvitation',
  method: 'POST',
  path: '/api/invitations/{id}/answer',
  says: '接受邀请并承诺保密，或说明理由谢绝',
  allow: policies.invited,
  params: ById,
  body: z.discriminatedUnion('answer', [
    z.object({ answer: z.literal('accept'), pledge: z.literal(true, { error: '接受前请先作出保密承诺' }) }),
    z.object({ answer: z.literal('decline'), reason: passage(400, 2) }),
  ]),
  reply: Written,
  refusals: ['support.invitation-over', 'support.invitation-answered'],
});

export const openPacket = endpoint({
  id: 'openPacket',
  repeatable: true,
  method: 'POST',
  path: '/api/invitations/{id}/packet',
  says: '打开资料包（每次打开都有记录）',
  allow: policies.invited,
  params: ById,
  reply: Packet,
  refusals: ['support.pledge-missing', 'support.packet-expired'],
  reads: 'content',
});

export const giveOpinion = endpoint({
  id: 'giveOpinion',
  method: 'POST',
  path: '/api/invitations/{id}/opinion',
  says: '提交意见：判断、建议、风险',
  allow: policies.invited,
  params: ById,
  body: z.object({
    judgement: passage(2000, 2),
    advice: passage(2000, 2),
    risk: passage(2000, 2),
    /** What the expert says it took; left out where the expert does not say. */
    minutes: z.int().min(1).max(1440).optional(),
  }),
  reply: Written,
  refusals: ['support.pledge-missing', 'support.invitation-over', 'support.opinion-given', 'support.packet-expired'],
});

export const listOpinions = endpoint({
  id: 'listOpinions',
  method: 'GET',
  path: '/api/invitations/{id}/opinions',
  says: '查看同一轮的意见：自己已交且满足人数或已截止',
  allow: policies.invited,
  params: ById,
  reply: z.object({ opinions: z.array(Opinion), open: z.boolean() }),
  refusals: ['support.opinions-sealed'],
  reads: 'content',
});

export const addSupportLine = endpoint({
  id: 'addSupportLine',
  method: 'POST',
  path: '/api/support-requests/{id}/lines',
  says: '新开一条支援线（转介、督导、会诊、研讨、资源链接），可多条并行',
  allow: policies.coordinates,
  params: ById,
  body: z.object({
    helpField: HelpField,
    kind: LineKind,
    holderId: Id.nullable(),
    providerName: line(80).nullable(),
    task: passage(600, 2),
    /** Why another supervisor than the proposed one. */
    overrideReason: passage(400, 2).optional(),
  }),
  reply: Moved,
  refusals: [
    'support.moved-on',
    'support.line-needs-holder',
    'workforce.person-unknown',
    'support.supervisor-excluded',
    'support.override-needs-reason',
  ],
});

export const closeSupportLine = endpoint({
  id: 'closeSupportLine',
  method: 'POST',
  path: '/api/lines/{id}/result',
  says: '登记支援线结果',
  allow: policies.holdsLines,
  params: ById,
  body: z.object({ ...version, status: z.enum(['done', 'not-possible']), result: passage(1000, 2) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'support.line-over', 'responses.record-under-way'],
});

export const listOwnLines = endpoint({
  id: 'listOwnLines',
  method: 'GET',
  path: '/api/lines',
  says: '查看由我承接的支援线',
  allow: policies.holdsLines,
  query: PageQuery.extend({ status: severalOf(LineStatus) }),
  reply: pageOf(Line),
  reads: 'content',
});

export const readConference = endpoint({
  id: 'readConference',
  method: 'GET',
  path: '/api/conferences/{id}',
  says: '查看会诊安排（主持人与支援中心）',
  allow: policies.chairs,
  params: ById,
  reply: ConferenceSheet,
  reads: 'content',
});

export const holdConference = endpoint({
  id: 'holdConference',
  method: 'POST',
  path: '/api/conferences/{id}/minutes',
  says: '记录会诊：到会专家、纪要、共识和有负责人与期限的决定',
  allow: policies.chairs,
  params: ById,
  body: z.object({
    heldAt: AnyMoment,
    attendeeIds: z.array(Id).min(1, { error: '请勾选到会专家' }).max(12),
    /** Minutes that each expert gave, where the chair enters them. */
    lasted: z.int().min(1).max(1440).optional(),
    minutes: passage(8000, 10),
    consensus: passage(3000, 2),
    decisions: z.array(DecisionDraft).min(1, { error: '至少记录一项决定' }).max(30),
  }),
  reply: Moved.extend({ requestId: Id, actionIds: z.array(Id) }),
  refusals: [
    'support.moved-on',
    'support.conference-over',
    'support.not-the-chair',
    'support.two-fields-needed',
    'support.attendee-not-invited',
    'support.decision-owner-unknown',
    'support.decision-due-past',
    'support.held-in-future',
  ],
});

/** The conference opinion document, laid out as an official paper. */
export const readOpinionDocument = endpoint({
  id: 'readOpinionDocument',
  method: 'GET',
  path: '/api/conferences/{id}/document',
  says: '会诊意见书（打印版或 PDF）',
  allow: policies.seesRequests,
  params: ById,
  query: z.object({ format: z.enum(['html', 'pdf']).default('html') }),
  reply: z.any(),
  refusals: ['support.conference-not-held', 'print.no-browser'],
  reads: 'content',
  streams: 'text/html',
  rate: 'heavy',
});

export const listOwnActions = endpoint({
  id: 'listOwnActions',
  method: 'GET',
  path: '/api/actions',
  says: '查看由我负责的行动项',
  allow: policies.ownsActions,
  query: PageQuery.extend({ status: severalOf(Action.shape.status) }),
  reply: pageOf(Action.extend({ receiptNo: z.string().nullable() })),
  reads: 'content',
});

export const completeAction = endpoint({
  id: 'completeAction',
  method: 'POST',
  path: '/api/actions/{id}/result',
  says: '登记行动项的结果',
  allow: policies.ownsActions,
  params: ById,
  body: z.object({ ...version, status: z.enum(['done', 'not-possible']), result: passage(1000, 2) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'support.action-over'],
});

export const closeSupportRequest = endpoint({
  id: 'closeSupportRequest',
  method: 'POST',
  path: '/api/support-requests/{id}/closure',
  says: '结束支援：评估、是否解决、回访日期；行动项都须有结果',
  allow: policies.holds,
  params: ById,
  body: z.object({
    ...version,
    solved: z.boolean(),
    evaluation: passage(3000, 4),
    satisfaction: z.int().min(1).max(5).nullable(),
    followUpOn: AnyDay,
  }),
  reply: Moved,
  refusals: [
    'record.changed-meanwhile',
    'support.moved-on',
    'support.not-the-holder',
    'support.actions-open',
    'support.lines-open',
    'support.follow-up-past',
  ],
});
