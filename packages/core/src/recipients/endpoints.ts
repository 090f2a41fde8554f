import { z } from 'zod';
import { PersonalField, RecipientChange } from '../cases/schema.ts';
import { ById, endpoint, Id, line, PageQuery, pageOf, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay } from '../shared/words.ts';
import { mergesRecipients, opensRecipients, searchesRecipients, seesRecipients, writesRecipients } from './policy.ts';
import {
  CategoryDraft,
  FormerNameDraft,
  GuardianDraft,
  GuardianField,
  HouseholdDraft,
  ListedCategory,
  MemberChange,
  MemberDraft,
  Merge,
  PictureView,
  Places,
  RecipientFile,
  RecipientPair,
  RecipientRow,
  RecipientSearch,
  RecipientSearchReply,
  RecipientStep,
  RecipientStepKind,
  SafeContactDraft,
  TieChange,
  TieDraft,
} from './schema.ts';

/** Longest sealed lookup in characters. */
const LOOKUP_MAX = 400;

const reason = line(120, 2);
const Opened = z.object({ value: z.string().nullable() });

/** What identifies a person goes into a body, never into an address. */
export const searchRecipients = endpoint({
  id: 'searchRecipients',
  repeatable: true,
  method: 'POST',
  path: '/api/recipient-searches',
  says: '建档前查找服务对象：证件、电话、姓名加生日、同音、曾用名',
  allow: searchesRecipients,
  body: RecipientSearch,
  reply: RecipientSearchReply,
  reads: 'content',
});

const filters = {
  category: severalOf(ListedCategory),
  stationId: Id.optional(),
  /** A sealed name, ID number or phone (`sealLookup`). */
  lookup: z.string().max(LOOKUP_MAX).optional(),
  open: z.enum(['yes', 'no']).optional(),
};

export const listRecipients = endpoint({
  id: 'listRecipients',
  method: 'GET',
  path: '/api/recipients',
  says: '查看服务对象清单（个人信息已打码）',
  allow: seesRecipients,
  query: PageQuery.extend(filters),
  reply: pageOf(RecipientRow),
  reads: 'content',
});

export const exportRecipients = exportOf(listRecipients, 'exportRecipients', '服务对象清单');

export const readRecipient = endpoint({
  id: 'readRecipient',
  method: 'GET',
  path: '/api/recipients/{id}',
  says: '查看一位服务对象：打码的信息、类别、监护人、家庭、个案',
  allow: seesRecipients,
  params: ById,
  reply: RecipientFile,
  reads: 'content',
});

export const correctRecipient = endpoint({
  id: 'correctRecipient',
  method: 'PATCH',
  path: '/api/recipients/{id}',
  says: '修改服务对象的资料；没有写的不变；改了名的，旧名记为曾用名，写错的不留',
  allow: writesRecipients,
  params: ById,
  body: RecipientChange,
  reply: Written,
  refusals: ['recipients.stands-still', 'record.changed-meanwhile'],
});

export const listRecipientSteps = endpoint({
  id: 'listRecipientSteps',
  method: 'GET',
  path: '/api/recipients/{id}/timeline',
  says: '查看一位服务对象经历的服务，新的在上；范围外的个案只有日期与记录人',
  allow: seesRecipients,
  params: ById,
  query: PageQuery.extend({ kind: severalOf(RecipientStepKind) }),
  reply: pageOf(RecipientStep),
  reads: 'content',
});

export const openRecipientField = endpoint({
  id: 'openRecipientField',
  repeatable: true,
  method: 'POST',
  path: '/api/recipients/{id}/unmask',
  says: '填写理由后查看服务对象的一项个人信息',
  allow: opensRecipients,
  params: ById,
  body: z.object({ field: PersonalField, formerNameId: Id.optional(), reason }),
  reply: Opened,
  reads: 'content',
});

export const addFormerName = endpoint({
  id: 'addFormerName',
  method: 'POST',
  path: '/api/recipients/{id}/former-names',
  says: '登记曾用名',
  allow: writesRecipients,
  params: ById,
  body: FormerNameDraft,
  reply: Written,
  refusals: ['recipients.stands-still', 'recipients.name-known'],
});

export const addCategory = endpoint({
  id: 'addCategory',
  method: 'POST',
  path: '/api/recipients/{id}/categories',
  says: '登记服务对象的类别与依据',
  allow: writesRecipients,
  params: ById,
  body: CategoryDraft,
  reply: Written,
  refusals: [
    'recipients.stands-still',
    'recipients.category-in-future',
    'recipients.category-overlaps',
    'recipients.category-not-minor',
    'recipients.category-too-old',
  ],
});

export const endCategory = endpoint({
  id: 'endCategory',
  method: 'POST',
  path: '/api/recipients/{id}/categories/{categoryId}/end',
  says: '登记类别的截止日期',
  allow: writesRecipients,
  params: z.object({ id: Id, categoryId: Id }),
  body: z.object({ toDay: AnyDay }),
  reply: Written,
  refusals: ['recipients.stands-still', 'recipients.category-over', 'recipients.category-backwards'],
});

export const addGuardian = endpoint({
  id: 'addGuardian',
  method: 'POST',
  path: '/api/recipients/{id}/guardians',
  says: '登记监护人',
  allow: writesRecipients,
  params: ById,
  body: GuardianDraft,
  reply: Written,
  refusals: ['recipients.stands-still'],
});

export const openGuardianField = endpoint({
  id: 'openGuardianField',
  repeatable: true,
  method: 'POST',
  path: '/api/recipients/{id}/guardians/{guardianId}/unmask',
  says: '填写理由后查看监护人的姓名或电话',
  allow: opensRecipients,
  params: z.object({ id: Id, guardianId: Id }),
  body: z.object({ field: GuardianField, reason }),
  reply: Opened,
  reads: 'content',
});

export const endGuardian = endpoint({
  id: 'endGuardian',
  method: 'DELETE',
  path: '/api/recipients/{id}/guardians/{guardianId}',
  says: '登记不再是监护人',
  allow: writesRecipients,
  params: z.object({ id: Id, guardianId: Id }),
  reply: Written,
  refusals: ['recipients.stands-still', 'recipients.guardian-over'],
});

export const markContact = endpoint({
  id: 'markContact',
  method: 'PUT',
  path: '/api/recipients/{id}/contact',
  says: '标记联系不安全，写明怎样、何时可以联系；或取消标记',
  allow: writesRecipients,
  params: ById,
  body: z.object({ unsafe: SafeContactDraft.nullable() }),
  reply: Written,
  refusals: ['recipients.stands-still'],
});

export const beginHousehold = endpoint({
  id: 'beginHousehold',
  method: 'POST',
  path: '/api/recipients/{id}/household',
  says: '为服务对象建立家庭',
  allow: writesRecipients,
  params: ById,
  body: HouseholdDraft,
  reply: Written,
  refusals: ['recipients.stands-still', 'recipients.in-other-household'],
});

export const changeHousehold = endpoint({
  id: 'changeHousehold',
  method: 'PATCH',
  path: '/api/households/{id}',
  says: '修改家庭住址',
  allow: writesRecipients,
  params: ById,
  body: z.object({ version: Version, address: line(120, 2).nullable() }),
  reply: Written,
  refusals: ['record.changed-meanwhile'],
});

export const openHouseholdField = endpoint({
  id: 'openHouseholdField',
  repeatable: true,
  method: 'POST',
  path: '/api/households/{id}/unmask',
  says: '填写理由后查看家庭住址，或一位成员的姓名',
  allow: opensRecipients,
  params: ById,
  body: z.object({ memberId: Id.nullable(), reason }),
  reply: Opened,
  reads: 'content',
});

export const addHouseholdMember = endpoint({
  id: 'addHouseholdMember',
  method: 'POST',
  path: '/api/households/{id}/members',
  says: '登记家庭成员：服务对象，或只写姓名',
  allow: writesRecipients,
  params: ById,
  body: MemberDraft,
  reply: Written,
  refusals: [
    'recipients.stands-still',
    'recipients.not-in-reach',
    'recipients.member-already',
    'recipients.in-other-household',
    'recipients.head-already',
  ],
});

export const changeHouseholdMember = endpoint({
  id: 'changeHouseholdMember',
  method: 'PATCH',
  path: '/api/households/{id}/members/{memberId}',
  says: '修改成员与户主的关系、是否同住，以及家系图上的性别、出生年份、在世与否、辈分',
  allow: writesRecipients,
  params: z.object({ id: Id, memberId: Id }),
  body: MemberChange,
  reply: Written,
  refusals: ['recipients.head-already', 'recipients.member-left'],
});

export const endHouseholdMember = endpoint({
  id: 'endHouseholdMember',
  method: 'DELETE',
  path: '/api/households/{id}/members/{memberId}',
  says: '登记成员离开家庭',
  allow: writesRecipients,
  params: z.object({ id: Id, memberId: Id }),
  reply: Written,
  refusals: ['recipients.member-left'],
});

export const addHouseholdTie = endpoint({
  id: 'addHouseholdTie',
  method: 'POST',
  path: '/api/households/{id}/ties',
  says: '登记成员之间的亲属与亲疏、成员与外部系统的关系',
  allow: writesRecipients,
  params: ById,
  body: TieDraft,
  reply: Written,
  refusals: ['recipients.member-left', 'recipients.tie-already', 'recipients.kin-circle', 'recipients.parents-already'],
});

export const changeHouseholdTie = endpoint({
  id: 'changeHouseholdTie',
  method: 'PATCH',
  path: '/api/households/{id}/ties/{tieId}',
  says: '修改一条关系：亲疏、亲属、方向',
  allow: writesRecipients,
  params: z.object({ id: Id, tieId: Id }),
  body: TieChange,
  reply: Written,
  refusals: ['recipients.tie-other-kind', 'recipients.kin-circle', 'recipients.parents-already'],
});

export const placeHousehold = endpoint({
  id: 'placeHousehold',
  method: 'PUT',
  path: '/api/households/{id}/picture',
  says: '保存家系图或生态图上移动过的位置；不带位置就恢复自动排列',
  allow: writesRecipients,
  params: ById,
  body: z.object({ version: Version, view: PictureView, places: Places }),
  reply: Written,
  refusals: ['record.changed-meanwhile'],
});

export const printHousehold = endpoint({
  id: 'printHousehold',
  method: 'GET',
  path: '/api/households/{id}/paper',
  says: '打印家系图或生态图（A4，姓名打码，附图例）',
  allow: opensRecipients,
  params: ById,
  query: z.object({ view: PictureView, format: z.enum(['html', 'pdf']).default('pdf') }),
  reply: z.any(),
  streams: 'application/pdf',
  refusals: ['print.no-browser'],
  reads: 'content',
  rate: 'heavy',
});

export const endHouseholdTie = endpoint({
  id: 'endHouseholdTie',
  method: 'DELETE',
  path: '/api/households/{id}/ties/{tieId}',
  says: '去掉一条关系',
  allow: writesRecipients,
  params: z.object({ id: Id, tieId: Id }),
  reply: Written,
});

export const listRecipientPairs = endpoint({
  id: 'listRecipientPairs',
  method: 'GET',
  path: '/api/recipient-pairs',
  says: '查看可能是同一人的服务对象',
  allow: mergesRecipients,
  query: PageQuery,
  reply: pageOf(RecipientPair),
  reads: 'content',
});

export const tellApart = endpoint({
  id: 'tellApart',
  method: 'POST',
  path: '/api/recipient-pairs/dismissals',
  says: '确认两位服务对象不是同一人',
  allow: mergesRecipients,
  body: z.object({ oneId: Id, otherId: Id, reason }),
  reply: Written,
  refusals: ['recipients.same-row', 'recipients.apart-already'],
});

export const mergeRecipients = endpoint({
  id: 'mergeRecipients',
  method: 'POST',
  path: '/api/recipient-merges',
  says: '把两份档案合并为一人',
  allow: mergesRecipients,
  body: z.object({ keptId: Id, goneId: Id, reason }),
  reply: Written,
  refusals: ['recipients.same-row', 'recipients.merged-already', 'recipients.other-id-number', 'recipients.stands-still'],
});

export const listRecipientMerges = endpoint({
  id: 'listRecipientMerges',
  method: 'GET',
  path: '/api/recipient-merges',
  says: '查看合并记录',
  allow: mergesRecipients,
  query: PageQuery,
  reply: pageOf(Merge),
  reads: 'content',
});

export const exportRecipientMerges = exportOf(listRecipientMerges, 'exportRecipientMerges', '合并记录');

export const undoRecipientMerge = endpoint({
  id: 'undoRecipientMerge',
  method: 'POST',
  path: '/api/recipient-merges/{id}/undo',
  says: '撤销一次合并，移动过的都回到原处',
  allow: mergesRecipients,
  params: ById,
  body: z.object({ reason }),
  reply: Written,
  refusals: ['recipients.undone-already', 'recipients.merged-further', 'recipients.stands-still'],
});
