import { z } from 'zod';
import { PacketField } from '../cases/schema.ts';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { HelpField } from '../shared/fields.ts';
import { AnyDay } from '../shared/words.ts';
import { HouseholdFacts } from './eligibility.ts';
import { keepsResources, linksResources, matchesResources, refersToPartners, seesReferrals, seesResources } from './policy.ts';
import {
  AgreementDraft,
  ImportCheck,
  IntakeDraft,
  IssuingTier,
  KnownFacts,
  LiaisonDraft,
  Partner,
  PartnerChange,
  PartnerDraft,
  PartnerFile,
  PartnerType,
  PolicyType,
  Ranking,
  ReferralDraft,
  ReferralFile,
  ReferralRow,
  ReferralStatus,
  Resource,
  ResourceDraft,
  ResourceFile,
  ResourceKind,
} from './schema.ts';

export const listResources = endpoint({
  id: 'listResources',
  method: 'GET',
  path: '/api/resources',
  says: '查找政策与资源',
  allow: seesResources,
  query: PageQuery.extend({
    text: z.string().trim().max(40).optional(),
    kind: severalOf(ResourceKind),
    policyType: severalOf(PolicyType),
    helpField: severalOf(HelpField),
    issuingTier: severalOf(IssuingTier),
    state: z.enum(['valid', 'expired']).optional(),
    /** Valid on this day. */
    validOn: AnyDay.optional(),
    takes: z.enum(['yes']).optional(),
    review: z.enum(['due']).optional(),
    ruled: z.enum(['yes', 'no']).optional(),
  }),
  reply: pageOf(Resource),
});

export const exportResources = exportOf(listResources, 'exportResources', '政策与资源清单');

export const readResource = endpoint({
  id: 'readResource',
  method: 'GET',
  path: '/api/resources/{id}',
  says: '查看一项政策或资源',
  allow: seesResources,
  params: ById,
  reply: ResourceFile,
});

export const createResource = endpoint({
  id: 'createResource',
  method: 'POST',
  path: '/api/resources',
  says: '登记政策或资源',
  allow: keepsResources,
  body: ResourceDraft,
  reply: Written,
  refusals: ['resources.validity-backwards'],
});

export const updateResource = endpoint({
  id: 'updateResource',
  method: 'PATCH',
  path: '/api/resources/{id}',
  says: '修改政策或资源',
  allow: keepsResources,
  params: ById,
  // Without the defaults of a new one: what is left out stays as it was.
  body: z.object({
    ...ResourceDraft.partial().shape,
    policyType: ResourceDraft.shape.policyType.unwrap().optional(),
    documentNo: ResourceDraft.shape.documentNo.unwrap().optional(),
    documentOn: ResourceDraft.shape.documentOn.unwrap().optional(),
    eligibility: ResourceDraft.shape.eligibility.unwrap().optional(),
    reviewOn: ResourceDraft.shape.reviewOn.unwrap().optional(),
    version: Version,
  }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.validity-backwards'],
});

export const noteIntake = endpoint({
  id: 'noteIntake',
  method: 'POST',
  path: '/api/resources/{id}/intake',
  says: '登记现在是否接收转介、到何时、还有几个名额',
  allow: keepsResources,
  params: ById,
  body: IntakeDraft.extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.intake-past'],
});

export const reviewResource = endpoint({
  id: 'reviewResource',
  method: 'POST',
  path: '/api/resources/{id}/review',
  says: '复核过了，约定下次复核的日子',
  allow: keepsResources,
  params: ById,
  body: z.object({ version: Version, nextOn: AnyDay, validTo: AnyDay.nullable().optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.review-past', 'resources.validity-backwards'],
});

const MostRanked = z.int().min(1).max(200).default(30);

export const rankForHousehold = endpoint({
  id: 'rankForHousehold',
  method: 'POST',
  path: '/api/resource-ranking',
  says: '按填写的家庭情况找可能用得上的资源，填写的内容不保存',
  allow: seesResources,
  body: z.object({ facts: HouseholdFacts, helpFields: z.array(HelpField).max(7), most: MostRanked }),
  reply: Ranking,
  repeatable: true,
});

export const rankForRequest = endpoint({
  id: 'rankForRequest',
  method: 'POST',
  path: '/api/support-requests/{id}/resource-ranking',
  says: '为一件求助找可能用得上的资源；补填的情况不保存',
  allow: matchesResources,
  params: ById,
  body: z.object({ facts: HouseholdFacts, most: MostRanked }),
  reply: Ranking.extend({
    known: KnownFacts,
    helpFields: z.array(HelpField),
    /** Resources that were linked or referred to already. */
    used: z.array(Id),
    can: z.array(z.enum(['link', 'refer'])),
  }),
  reads: 'content',
  repeatable: true,
});

export const linkResource = endpoint({
  id: 'linkResource',
  method: 'POST',
  path: '/api/support-requests/{id}/resource-links',
  says: '把资源链接到求助，开一条“资源链接”支援线',
  allow: linksResources,
  params: ById,
  body: z.object({ resourceId: Id, helpField: HelpField, task: passage(600, 2) }),
  reply: Written,
  refusals: [
    'support.moved-on',
    'resources.not-valid',
    'resources.linked-already',
    'support.line-needs-holder',
    'workforce.person-unknown',
  ],
});

export const listPartners = endpoint({
  id: 'listPartners',
  method: 'GET',
  path: '/api/partners',
  says: '查看联动单位',
  allow: seesResources,
  query: PageQuery.extend({
    text: z.string().trim().max(40).optional(),
    type: severalOf(PartnerType),
    helpField: severalOf(HelpField),
    active: z.enum(['yes']).optional(),
  }),
  reply: pageOf(Partner),
});

export const exportPartners = exportOf(listPartners, 'exportPartners', '联动单位清单');

export const readPartner = endpoint({
  id: 'readPartner',
  method: 'GET',
  path: '/api/partners/{id}',
  says: '查看一个联动单位：联络人与协议',
  allow: seesResources,
  params: ById,
  reply: PartnerFile,
});

export const createPartner = endpoint({
  id: 'createPartner',
  method: 'POST',
  path: '/api/partners',
  says: '登记联动单位',
  allow: keepsResources,
  body: PartnerDraft,
  reply: Written,
});

export const updatePartner = endpoint({
  id: 'updatePartner',
  method: 'PATCH',
  path: '/api/partners/{id}',
  says: '修改联动单位',
  allow: keepsResources,
  params: ById,
  body: PartnerChange.partial().extend({ version: Version, active: z.boolean().optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile'],
});

export const addLiaison = endpoint({
  id: 'addLiaison',
  method: 'POST',
  path: '/api/partners/{id}/liaisons',
  says: '登记联络人',
  allow: keepsResources,
  params: ById,
  body: LiaisonDraft,
  reply: Written,
  refusals: ['resources.span-backwards'],
});

export const updateLiaison = endpoint({
  id: 'updateLiaison',
  method: 'PATCH',
  path: '/api/partners/{id}/liaisons/{partId}',
  says: '修改联络人，或登记不再担任',
  allow: keepsResources,
  params: ById.extend({ partId: Id }),
  body: LiaisonDraft.extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.span-backwards'],
});

export const addAgreement = endpoint({
  id: 'addAgreement',
  method: 'POST',
  path: '/api/partners/{id}/agreements',
  says: '登记合作协议',
  allow: keepsResources,
  params: ById,
  body: AgreementDraft,
  reply: Written,
  refusals: ['resources.span-backwards'],
});

export const updateAgreement = endpoint({
  id: 'updateAgreement',
  method: 'PATCH',
  path: '/api/partners/{id}/agreements/{partId}',
  says: '修改合作协议',
  allow: keepsResources,
  params: ById.extend({ partId: Id }),
  body: AgreementDraft.extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.span-backwards'],
});

export const startReferral = endpoint({
  id: 'startReferral',
  method: 'GET',
  path: '/api/support-requests/{id}/partner-referral',
  says: '准备转介：有哪些有效的转介同意',
  allow: refersToPartners,
  params: ById,
  reply: z.object({
    number: z.string(),
    helpFields: z.array(HelpField),
    untilDefault: AnyDay,
    consents: z.array(z.object({ id: Id, receiver: z.string(), fields: z.array(PacketField), expiresOn: AnyDay.nullable() })),
  }),
  reads: 'content',
});

export const referToPartner = endpoint({
  id: 'referToPartner',
  method: 'POST',
  path: '/api/support-requests/{id}/partner-referral',
  says: '把求助转介给联动单位，按服务对象同意的范围提供内容',
  allow: refersToPartners,
  params: ById,
  body: ReferralDraft,
  reply: Written.extend({ number: z.string() }),
  refusals: [
    'support.moved-on',
    'resources.partner-unknown',
    'resources.resource-unknown',
    'resources.partner-stopped',
    'resources.until-past',
    'resources.consent-missing',
    'resources.consent-other-receiver',
    'resources.consent-receiver-unnamed',
    'resources.consent-too-narrow',
    'resources.consent-too-short',
    'resources.referred-already',
    'support.packet-unsafe',
  ],
});

export const listReferrals = endpoint({
  id: 'listReferrals',
  method: 'GET',
  path: '/api/partner-referrals',
  says: '转介给联动单位的清单：社工看自己的，站长看本站的，支援中心看本区的',
  allow: seesReferrals,
  query: PageQuery.extend({
    status: severalOf(ReferralStatus),
    helpField: severalOf(HelpField),
    partnerId: Id.optional(),
    requestId: Id.optional(),
    number: z.string().trim().max(40).optional(),
    late: z.enum(['yes']).optional(),
  }),
  reply: pageOf(ReferralRow),
});

export const exportReferrals = exportOf(listReferrals, 'exportReferrals', '转介清单');

export const readReferral = endpoint({
  id: 'readReferral',
  method: 'GET',
  path: '/api/partner-referrals/{id}',
  says: '查看一次转介：提供了什么、给谁、为什么、到何时',
  allow: seesReferrals,
  params: ById,
  reply: ReferralFile,
  reads: 'content',
});

export const answerReferral = endpoint({
  id: 'answerReferral',
  method: 'POST',
  path: '/api/partner-referrals/{id}/answer',
  says: '登记联络人的答复：接收，或退回并说明原因',
  allow: refersToPartners,
  params: ById,
  body: z.object({
    version: Version,
    answer: z.enum(['accept', 'return']),
    answeredBy: line(40),
    answeredOn: AnyDay,
    says: passage(600, 2),
  }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.referral-over', 'resources.answer-day'],
});

export const finishReferral = endpoint({
  id: 'finishReferral',
  method: 'POST',
  path: '/api/partner-referrals/{id}/finish',
  says: '登记转介的结果，办结',
  allow: refersToPartners,
  params: ById,
  body: z.object({ version: Version, result: passage(600, 2) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.referral-over'],
});

export const withdrawReferral = endpoint({
  id: 'withdrawReferral',
  method: 'POST',
  path: '/api/partner-referrals/{id}/withdraw',
  says: '撤回转介，说明原因',
  allow: refersToPartners,
  params: ById,
  body: z.object({ version: Version, reason: passage(600, 2) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'resources.referral-over'],
});

export const readReferralPaper = endpoint({
  id: 'readReferralPaper',
  method: 'GET',
  path: '/api/partner-referrals/{id}/paper',
  says: '转介单（A4，可打印）',
  allow: seesReferrals,
  params: ById,
  query: z.object({ format: z.enum(['html', 'pdf']).default('html') }),
  reply: z.unknown(),
  refusals: ['print.no-browser'],
  reads: 'content',
  streams: 'text/html',
});

const fileRefusals = ['resources.workbook-unreadable', 'resources.workbook-too-large', 'resources.workbook-too-many-rows'] as const;

export const readImportTemplate = endpoint({
  id: 'readImportTemplate',
  method: 'GET',
  path: '/api/resource-import/template',
  says: '下载批量导入的 Excel 模板',
  allow: keepsResources,
  reply: z.unknown(),
  streams: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const checkResourceImport = endpoint({
  id: 'checkResourceImport',
  method: 'POST',
  path: '/api/resource-import/check',
  says: '检查 Excel 文件：哪些行能导入，哪些行有问题；不写入',
  allow: keepsResources,
  reply: ImportCheck,
  refusals: fileRefusals,
  takesFile: true,
  repeatable: true,
});

export const failedResourceRows = endpoint({
  id: 'failedResourceRows',
  method: 'POST',
  path: '/api/resource-import/failed-rows',
  says: '把有问题的行连同原因做成 Excel 文件',
  allow: keepsResources,
  reply: z.unknown(),
  refusals: fileRefusals,
  takesFile: true,
  repeatable: true,
  streams: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const importResources = endpoint({
  id: 'importResources',
  method: 'POST',
  path: '/api/resource-import',
  says: '导入 Excel 文件；有问题的行要先改好，或说明只导入其余的行',
  allow: keepsResources,
  query: z.object({ leaveBad: z.enum(['yes']).optional() }),
  reply: z.object({ added: z.int(), changed: z.int(), unchanged: z.int(), left: z.int() }),
  refusals: [...fileRefusals, 'resources.rows-bad', 'resources.validity-backwards', 'record.changed-meanwhile'],
  takesFile: true,
});

export const exportHsds = endpoint({
  id: 'exportHsds',
  method: 'GET',
  path: '/api/resource-exchange',
  says: '按人类服务数据规范（HSDS 3.0）导出全部政策与资源',
  allow: keepsResources,
  reply: z.unknown(),
  reads: 'content',
  streams: 'application/json',
});

export const importHsds = endpoint({
  id: 'importHsds',
  method: 'POST',
  path: '/api/resource-exchange',
  says: '导入人类服务数据规范（HSDS 3.0）的服务；check 只检查不写入',
  allow: keepsResources,
  query: z.object({
    mode: z.enum(['check', 'apply']).default('check'),
    /** For services of others that do not say it in our words. */
    helpField: severalOf(HelpField),
    leaveBad: z.enum(['yes']).optional(),
  }),
  reply: ImportCheck,
  refusals: [
    'resources.exchange-unreadable',
    'resources.workbook-too-large',
    'resources.rows-bad',
    'resources.validity-backwards',
    'record.changed-meanwhile',
  ],
  takesFile: true,
});
