import { z } from 'zod';
import { anyone } from '../identity/policy.ts';
import { FoundRecipient } from '../recipients/schema.ts';
import { ById, endpoint, Id, line, PageQuery, PaperFormat, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { HelpTold, helpRefusals, NamedVolunteer } from '../shared/helping.ts';
import { keepsActivities, makesCampaigns, seesActivities, seesCampaigns } from './policy.ts';
import {
  Activity,
  ActivityCategory,
  ActivityCode,
  ActivityDraft,
  ActivityRow,
  ActivityStatus,
  BudgetLine,
  Campaign,
  CampaignDraft,
  CampaignRow,
  PublicActivity,
  RegistrationDraft,
  RegistrationStatus,
  WorkerRegistration,
} from './schema.ts';

export const readPublicActivity = endpoint({
  id: 'readPublicActivity',
  method: 'GET',
  path: '/api/public/activities/{code}',
  says: '居民凭链接查看一场活动（不用账号，看不到任何报名的人）',
  allow: anyone,
  params: z.object({ code: ActivityCode }),
  reply: PublicActivity,
});

export const registerAsResident = endpoint({
  id: 'registerAsResident',
  method: 'POST',
  path: '/api/public/activities/{code}/registrations',
  says: '居民报名活动（不用账号）',
  allow: anyone,
  params: z.object({ code: ActivityCode }),
  body: RegistrationDraft,
  /** The same answer whether or not the phone was registered before. */
  reply: z.object({ state: z.enum(['in', 'waiting']) }),
  refusals: ['activities.registration-closed', 'activities.too-many-people', 'activities.waiting-full'],
  rate: 'public',
  repeatable: true,
});

export const listActivities = endpoint({
  id: 'listActivities',
  method: 'GET',
  path: '/api/activities',
  says: '查看社区活动清单',
  allow: seesActivities,
  query: PageQuery.extend({ status: severalOf(ActivityStatus), category: severalOf(ActivityCategory), campaignId: Id.optional() }),
  reply: pageOf(ActivityRow),
});

export const exportActivities = exportOf(listActivities, 'exportActivities', '社区活动清单');

export const readActivity = endpoint({
  id: 'readActivity',
  method: 'GET',
  path: '/api/activities/{id}',
  says: '查看一场活动与报名的人（姓名电话已打码）',
  allow: seesActivities,
  params: ById,
  reply: Activity,
  reads: 'content',
});

export const printActivity = endpoint({
  id: 'printActivity',
  method: 'GET',
  path: '/api/activities/{id}/paper',
  says: '打印活动计划书，结束后打印活动总结；也可存为 Word，不含报名人的姓名',
  allow: seesActivities,
  params: ById,
  query: z.object({ format: PaperFormat.default('pdf') }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser'],
  streams: 'application/pdf',
  rate: 'heavy',
});

export const readActivityCode = endpoint({
  id: 'readActivityCode',
  method: 'GET',
  path: '/api/activities/{id}/code',
  says: '报名二维码（SVG）',
  allow: seesActivities,
  params: ById,
  reply: z.any(),
  refusals: ['activities.not-published'],
  streams: 'image/svg+xml',
});

export const createActivity = endpoint({
  id: 'createActivity',
  method: 'POST',
  path: '/api/activities',
  says: '计划一场活动',
  allow: keepsActivities,
  body: ActivityDraft,
  reply: Written,
  refusals: [
    'activities.no-station',
    'activities.ends-before',
    'activities.campaign-unknown',
    'activities.co-lead-unknown',
    'volunteers.not-on-register',
  ],
});

const moving = ['activities.moved-on', 'record.changed-meanwhile'] as const;

export const updateActivity = endpoint({
  id: 'updateActivity',
  method: 'PUT',
  path: '/api/activities/{id}',
  says: '修改活动计划',
  allow: keepsActivities,
  params: ById,
  body: ActivityDraft.extend({ version: Version }),
  reply: Written,
  refusals: [
    ...moving,
    'activities.ends-before',
    'activities.campaign-unknown',
    'activities.co-lead-unknown',
    'volunteers.not-on-register',
  ],
});

export const nameActivityVolunteers = endpoint({
  id: 'nameActivityVolunteers',
  method: 'PUT',
  path: '/api/activities/{id}/volunteers',
  says: '从登记册里选协助活动的志愿者，或把以前写的姓名对上登记册',
  allow: keepsActivities,
  params: ById,
  body: z.object({ volunteers: z.array(NamedVolunteer).max(100), version: Version }),
  reply: Written,
  refusals: [...moving, 'volunteers.not-on-register'],
});

export const moveActivity = endpoint({
  id: 'moveActivity',
  method: 'POST',
  path: '/api/activities/{id}/moves',
  says: '发布、撤下或取消一场活动',
  allow: keepsActivities,
  params: ById,
  body: z.object({ move: z.enum(['publish', 'withdraw', 'cancel']), reason: line(120, 2).nullable(), version: Version }),
  reply: Written,
  refusals: [...moving, 'activities.reason-missing'],
});

export const registerByWorker = endpoint({
  id: 'registerByWorker',
  method: 'POST',
  path: '/api/activities/{id}/registrations',
  says: '替居民登记报名',
  allow: keepsActivities,
  params: ById,
  body: WorkerRegistration,
  reply: z.object({ id: Id, status: RegistrationStatus }),
  refusals: ['activities.moved-on', 'activities.registered-before', 'activities.too-many-people'],
});

export const changeRegistration = endpoint({
  id: 'changeRegistration',
  method: 'POST',
  path: '/api/activities/{id}/registrations/{registrationId}/change',
  says: '让候补的人递补，或取消一个报名',
  allow: keepsActivities,
  params: z.object({ id: Id, registrationId: Id }),
  body: z.object({ to: z.enum(['in', 'cancelled']) }),
  reply: Written,
  refusals: ['activities.moved-on', 'activities.no-room'],
});

export const unmaskRegistration = endpoint({
  id: 'unmaskRegistration',
  method: 'POST',
  path: '/api/activities/{id}/registrations/{registrationId}/unmask',
  says: '填写理由后查看一个报名的姓名与电话',
  allow: seesActivities,
  params: z.object({ id: Id, registrationId: Id }),
  body: z.object({ reason: line(120, 2) }),
  reply: z.object({ name: z.string(), phone: z.string().nullable() }),
  reads: 'content',
  repeatable: true,
});

const behind = z.object({ id: Id, registrationId: Id });

export const findAttendants = endpoint({
  id: 'findAttendants',
  method: 'POST',
  path: '/api/activities/{id}/registrations/{registrationId}/attendant-searches',
  says: '按报名的电话和姓名，在本人服务的对象里找可能是谁；查找留痕',
  allow: keepsActivities,
  params: behind,
  reply: z.object({ found: z.array(FoundRecipient) }),
  reads: 'content',
  repeatable: true,
});

export const linkAttendant = endpoint({
  id: 'linkAttendant',
  method: 'POST',
  path: '/api/activities/{id}/registrations/{registrationId}/attendants',
  says: '把一个报名对上服务对象；只能由人来对',
  allow: keepsActivities,
  params: behind,
  body: z.object({ recipientId: Id }),
  reply: Written,
  refusals: ['activities.moved-on', 'activities.linked-already', 'recipients.stands-still'],
});

export const unlinkAttendant = endpoint({
  id: 'unlinkAttendant',
  method: 'DELETE',
  path: '/api/activities/{id}/registrations/{registrationId}/attendants/{recipientId}',
  says: '取消报名与服务对象的对应',
  allow: keepsActivities,
  params: behind.extend({ recipientId: Id }),
  reply: Written,
});

export const signInToActivity = endpoint({
  id: 'signInToActivity',
  method: 'PUT',
  path: '/api/activities/{id}/attendance',
  says: '登记到场：每个报名来了几人，没有报名的来了几人',
  allow: keepsActivities,
  params: ById,
  body: z.object({
    came: z.array(z.object({ id: Id, came: z.int().min(0).max(100) })).max(2000),
    walkIns: z.int().min(0).max(100_000),
    version: Version,
  }),
  reply: Written,
  refusals: moving,
});

export const finishActivity = endpoint({
  id: 'finishActivity',
  method: 'POST',
  path: '/api/activities/{id}/finish',
  says: '结束活动：总结与决算；结束后可以更正，台账随之更正',
  allow: keepsActivities,
  params: ById,
  body: z.object({ summary: passage(4000, 2), budget: z.array(BudgetLine).max(20), help: HelpTold.optional(), version: Version }),
  reply: Written,
  refusals: ['activities.moved-on', 'activities.not-yet', 'activities.lead-finishes', ...helpRefusals],
});

export const listCampaigns = endpoint({
  id: 'listCampaigns',
  method: 'GET',
  path: '/api/campaigns',
  says: '查看宣传周与各周的合计',
  allow: seesCampaigns,
  query: PageQuery,
  reply: pageOf(CampaignRow),
});

export const exportCampaigns = exportOf(listCampaigns, 'exportCampaigns', '宣传周清单');

export const readCampaign = endpoint({
  id: 'readCampaign',
  method: 'GET',
  path: '/api/campaigns/{id}',
  says: '查看一个宣传周：按类别、按站点的合计',
  allow: seesCampaigns,
  params: ById,
  reply: Campaign,
});

export const createCampaign = endpoint({
  id: 'createCampaign',
  method: 'POST',
  path: '/api/campaigns',
  says: '建立宣传周',
  allow: makesCampaigns,
  body: CampaignDraft,
  reply: Written,
  refusals: ['activities.ends-before'],
});
