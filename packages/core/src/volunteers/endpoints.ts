import { z } from 'zod';
import { ActivityCategory } from '../activities/schema.ts';
import { LedgerPeriod } from '../contacts/schema.ts';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay } from '../shared/words.ts';
import {
  erasesVolunteers,
  keepsVolunteers,
  leadsVolunteerTasks,
  seesVolunteerHours,
  seesVolunteers,
  seesVolunteerTasks,
} from './policy.ts';
import {
  EraseCause,
  Proposal,
  Volunteer,
  VolunteerDraft,
  VolunteerField,
  VolunteerFor,
  VolunteerLedger,
  VolunteerRow,
  VolunteerSkill,
  VolunteerSlot,
  VolunteerStatus,
  VolunteerTask,
  VolunteerTaskDraft,
  VolunteerTaskRow,
  VolunteerTaskStart,
  VolunteerTaskStatus,
} from './schema.ts';

const reason = line(120, 2);
const filters = {
  /** A sealed name, ID number or phone (`sealLookup`). */
  lookup: z.string().max(400).optional(),
  status: severalOf(VolunteerStatus),
  skill: severalOf(VolunteerSkill),
  slot: severalOf(VolunteerSlot),
  areaId: Id.optional(),
  stationId: Id.optional(),
};

export const listVolunteers = endpoint({
  id: 'listVolunteers',
  method: 'GET',
  path: '/api/volunteers',
  says: '查看志愿者登记册（姓名电话已打码）',
  allow: seesVolunteers,
  query: PageQuery.extend(filters),
  reply: pageOf(VolunteerRow),
  reads: 'content',
});

export const exportVolunteers = exportOf(listVolunteers, 'exportVolunteers', '志愿者登记册');

export const readVolunteer = endpoint({
  id: 'readVolunteer',
  method: 'GET',
  path: '/api/volunteers/{id}',
  says: '查看一位志愿者：打码的信息、专长、参加的任务',
  allow: seesVolunteers,
  params: ById,
  reply: Volunteer,
  reads: 'content',
});

const entering = [
  'volunteers.too-young',
  'volunteers.guardian-missing',
  'volunteers.id-not-agreed',
  'volunteers.day-ahead',
  'volunteers.reach-missing',
  'volunteers.area-unknown',
  'volunteers.known',
] as const;

export const createVolunteer = endpoint({
  id: 'createVolunteer',
  method: 'POST',
  path: '/api/volunteers',
  says: '登记一位志愿者；未成年人要有监护人同意',
  allow: keepsVolunteers,
  body: VolunteerDraft,
  reply: Written,
  refusals: [...entering, 'volunteers.no-station'],
});

export const updateVolunteer = endpoint({
  id: 'updateVolunteer',
  method: 'PUT',
  path: '/api/volunteers/{id}',
  says: '修改志愿者登记；没有重填的姓名、电话、证件和监护人保持原样',
  allow: keepsVolunteers,
  params: ById,
  body: VolunteerDraft.extend({
    /** Null: as it was. */
    name: VolunteerDraft.shape.name.nullable(),
    /** Takes the ID number out: the volunteer no longer agrees. */
    dropIdNumber: z.boolean(),
    version: Version,
  }),
  reply: Written,
  refusals: [...entering, 'volunteers.moved-on', 'record.changed-meanwhile'],
});

export const moveVolunteer = endpoint({
  id: 'moveVolunteer',
  method: 'POST',
  path: '/api/volunteers/{id}/moves',
  says: '志愿者暂停、恢复或退出',
  allow: keepsVolunteers,
  params: ById,
  body: z.object({ move: z.enum(['pause', 'resume', 'withdraw']), says: line(200, 0), version: Version }),
  reply: Written,
  refusals: ['volunteers.moved-on', 'volunteers.still-in-tasks', 'record.changed-meanwhile'],
});

export const unmaskVolunteer = endpoint({
  id: 'unmaskVolunteer',
  method: 'POST',
  path: '/api/volunteers/{id}/unmask',
  says: '填写理由后查看志愿者的一项个人信息',
  allow: keepsVolunteers,
  params: ById,
  body: z.object({ field: VolunteerField, reason }),
  reply: z.object({ value: z.string().nullable() }),
  reads: 'content',
  repeatable: true,
});

export const eraseVolunteer = endpoint({
  id: 'eraseVolunteer',
  method: 'POST',
  path: '/api/volunteers/{id}/erasure',
  says: '志愿者退出后按本人要求删除个人信息；时长只留数字',
  allow: erasesVolunteers,
  params: ById,
  body: z.object({ because: EraseCause, version: Version }),
  reply: Written,
  refusals: ['volunteers.not-withdrawn', 'record.changed-meanwhile'],
});

export const printVolunteer = endpoint({
  id: 'printVolunteer',
  method: 'GET',
  path: '/api/volunteers/{id}/paper',
  says: '打印志愿服务记录证明，或本人个人信息副本（A4），须填写理由',
  allow: keepsVolunteers,
  params: ById,
  query: z.object({
    kind: z.enum(['certificate', 'copy']),
    from: AnyDay.optional(),
    to: AnyDay.optional(),
    format: z.enum(['pdf', 'html']).default('pdf'),
    reason,
  }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser', 'volunteers.no-hours', 'volunteers.erased'],
  streams: 'application/pdf',
});

export const listVolunteerTasks = endpoint({
  id: 'listVolunteerTasks',
  method: 'GET',
  path: '/api/volunteer-tasks',
  says: '查看志愿任务清单',
  allow: seesVolunteerTasks,
  query: PageQuery.extend({
    status: severalOf(VolunteerTaskStatus),
    class: severalOf(ActivityCategory),
    forKind: severalOf(VolunteerFor),
    forId: Id.optional(),
    mine: z.enum(['yes']).optional(),
    lead: z.enum(['gone']).optional(),
    from: AnyDay.optional(),
    to: AnyDay.optional(),
  }),
  reply: pageOf(VolunteerTaskRow),
});

export const exportVolunteerTasks = exportOf(listVolunteerTasks, 'exportVolunteerTasks', '志愿任务清单');

export const readVolunteerTask = endpoint({
  id: 'readVolunteerTask',
  method: 'GET',
  path: '/api/volunteer-tasks/{id}',
  says: '查看一项志愿任务与参加的人（已打码）',
  allow: seesVolunteerTasks,
  params: ById,
  reply: VolunteerTask,
  reads: 'content',
});

export const listVolunteerProposals = endpoint({
  id: 'listVolunteerProposals',
  method: 'GET',
  path: '/api/volunteer-tasks/{id}/proposals',
  says: '查看哪些志愿者合适、为什么；按姓名排列，不排名',
  allow: leadsVolunteerTasks,
  params: ById,
  reply: z.object({ rows: z.array(Proposal), more: z.int() }),
  reads: 'content',
});

const planning = [
  'volunteers.ends-before',
  'volunteers.area-unknown',
  'volunteers.text-has-number',
  'volunteers.text-names-recipient',
] as const;
const moving = ['volunteers.moved-on', 'volunteers.lead-only', 'volunteers.lead-gone', 'record.changed-meanwhile'] as const;

export const createVolunteerTask = endpoint({
  id: 'createVolunteerTask',
  method: 'POST',
  path: '/api/volunteer-tasks',
  says: '发起志愿任务；发起的社工牵头',
  allow: leadsVolunteerTasks,
  body: VolunteerTaskStart,
  reply: Written,
  refusals: [...planning, 'volunteers.no-station', 'volunteers.for-unknown'],
});

export const updateVolunteerTask = endpoint({
  id: 'updateVolunteerTask',
  method: 'PUT',
  path: '/api/volunteer-tasks/{id}',
  says: '修改志愿任务',
  allow: leadsVolunteerTasks,
  params: ById,
  body: VolunteerTaskDraft.extend({ version: Version }),
  reply: Written,
  refusals: [...planning, ...moving, 'volunteers.people-fixed'],
});

export const moveVolunteerTask = endpoint({
  id: 'moveVolunteerTask',
  method: 'POST',
  path: '/api/volunteer-tasks/{id}/moves',
  says: '定下人员、重新招募、核定时长或取消志愿任务',
  allow: leadsVolunteerTasks,
  params: ById,
  body: z.object({ move: z.enum(['staff', 'reopen', 'settle', 'cancel']), says: line(200, 0), version: Version }),
  reply: Written,
  refusals: [...moving, 'volunteers.nobody-comes', 'volunteers.reason-missing'],
});

export const inviteVolunteers = endpoint({
  id: 'inviteVolunteers',
  method: 'POST',
  path: '/api/volunteer-tasks/{id}/turns',
  says: '邀请志愿者参加任务',
  allow: leadsVolunteerTasks,
  params: ById,
  body: z.object({ volunteerIds: z.array(Id).min(1, { error: '请选择志愿者' }).max(50) }),
  reply: Written,
  refusals: [
    'volunteers.moved-on',
    'volunteers.lead-only',
    'volunteers.lead-gone',
    'volunteers.asked-before',
    'volunteers.not-active',
    'volunteers.busy',
    'volunteers.not-insured',
    'volunteers.minor-too-long',
    'volunteers.guardian-missing',
    'volunteers.too-young',
  ],
});

export const answerTurn = endpoint({
  id: 'answerTurn',
  method: 'POST',
  path: '/api/volunteer-tasks/{id}/turns/{turnId}/answer',
  says: '登记志愿者的答复：参加或不参加',
  allow: leadsVolunteerTasks,
  params: z.object({ id: Id, turnId: Id }),
  body: z.object({ to: z.enum(['confirmed', 'declined']) }),
  reply: Written,
  refusals: [
    'volunteers.moved-on',
    'volunteers.lead-only',
    'volunteers.lead-gone',
    'volunteers.enough',
    'volunteers.not-active',
    'volunteers.busy',
    'volunteers.not-insured',
    'volunteers.minor-too-long',
    'volunteers.guardian-missing',
    'volunteers.too-young',
  ],
});

export const recordVolunteerHours = endpoint({
  id: 'recordVolunteerHours',
  method: 'PUT',
  path: '/api/volunteer-tasks/{id}/hours',
  says: '登记每位志愿者的时长；由牵头社工核定后记入台账',
  allow: leadsVolunteerTasks,
  params: ById,
  body: z.object({
    hours: z.array(z.object({ turnId: Id, minutes: z.int().min(1, { error: '至少 1 分钟' }).max(1440).nullable() })).max(500),
    summary: passage(1000, 0),
    version: Version,
  }),
  reply: Written,
  refusals: [
    'volunteers.moved-on',
    'volunteers.lead-gone',
    'volunteers.not-yet',
    'volunteers.hours-missing',
    'volunteers.hours-too-long',
    'volunteers.text-has-number',
    'volunteers.text-names-recipient',
    'record.changed-meanwhile',
  ],
});

export const handOverVolunteerTask = endpoint({
  id: 'handOverVolunteerTask',
  method: 'POST',
  path: '/api/volunteer-tasks/{id}/lead',
  says: '把志愿任务移交给本站另一位社工牵头',
  allow: keepsVolunteers,
  params: ById,
  body: z.object({ leadId: Id, says: line(200, 2), version: Version }),
  reply: Written,
  refusals: ['volunteers.moved-on', 'volunteers.lead-unknown', 'volunteers.lead-hands-over', 'record.changed-meanwhile'],
});

const hours = { period: LedgerPeriod.optional(), stationId: Id.optional(), class: ActivityCategory.optional() };

export const readVolunteerLedger = endpoint({
  id: 'readVolunteerLedger',
  method: 'GET',
  path: '/api/volunteer-ledger',
  says: '查看志愿服务台账的数字：项、人次、人、分钟',
  allow: seesVolunteerHours,
  query: z.object(hours),
  reply: VolunteerLedger,
});

export const exportVolunteerLedger = endpoint({
  id: 'exportVolunteerLedger',
  method: 'GET',
  path: '/api/volunteer-ledger/file',
  says: '填写理由后导出志愿服务台账（Excel，或 A4 横向 PDF）',
  allow: seesVolunteerHours,
  query: z.object({ ...hours, format: z.enum(['xlsx', 'pdf']).default('xlsx'), reason }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser', 'volunteers.too-many-rows'],
  streams: 'application/octet-stream',
  rate: 'heavy',
});
