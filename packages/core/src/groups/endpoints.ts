import { z } from 'zod';
import { ServiceDomain } from '../contacts/schema.ts';
import { ById, endpoint, Id, line, PageQuery, PaperFormat, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { helpRefusals, NamedVolunteer } from '../shared/helping.ts';
import { AnyDay } from '../shared/words.ts';
import { changesLeads, keepsGroups, reviewsGroups, seesGroups } from './policy.ts';
import {
  Group,
  GroupBudgetLine,
  GroupClosing,
  GroupDraft,
  GroupKind,
  GroupRow,
  GroupSession,
  GroupStatus,
  LeaveReason,
  ListedSession,
  MeasureMoment,
  ScoreOnForm,
  SessionPlan,
  SessionRecord,
  SessionStatus,
} from './schema.ts';

const BySession = z.object({ id: Id, sessionId: Id });
const ByMember = z.object({ id: Id, memberId: Id });
const moving = ['groups.moved-on', 'record.changed-meanwhile'] as const;
const planning = [
  'volunteers.not-on-register',
  'groups.size-upside-down',
  'groups.size-beyond',
  'groups.scale-upside-down',
  'groups.co-lead-unknown',
] as const;

const filters = {
  status: severalOf(GroupStatus),
  kind: severalOf(GroupKind),
  domain: severalOf(ServiceDomain),
  title: z.string().trim().max(40).optional(),
  leadId: Id.optional(),
  mine: z.enum(['yes']).optional(),
  waiting: z.enum(['approval', 'session']).optional(),
};

export const listGroups = endpoint({
  id: 'listGroups',
  method: 'GET',
  path: '/api/groups',
  says: '查看小组清单',
  allow: seesGroups,
  query: PageQuery.extend({ ...filters, sort: z.enum(['newest', 'start']).optional() }),
  reply: pageOf(GroupRow),
});

export const exportGroups = exportOf(listGroups, 'exportGroups', '小组清单');

export const readGroup = endpoint({
  id: 'readGroup',
  method: 'GET',
  path: '/api/groups/{id}',
  says: '查看一个小组：计划、组员（已打码）、各节、前后测',
  allow: seesGroups,
  params: ById,
  reply: Group,
  reads: 'content',
});

export const createGroup = endpoint({
  id: 'createGroup',
  method: 'POST',
  path: '/api/groups',
  says: '计划一个小组',
  allow: keepsGroups,
  body: GroupDraft,
  reply: Written,
  refusals: ['groups.no-station', ...planning],
});

export const updateGroup = endpoint({
  id: 'updateGroup',
  method: 'PUT',
  path: '/api/groups/{id}',
  says: '修改小组计划书（提交审批以前）',
  allow: keepsGroups,
  params: ById,
  body: GroupDraft.extend({ version: Version }),
  reply: Written,
  refusals: [...moving, ...planning],
});

export const nameGroupVolunteers = endpoint({
  id: 'nameGroupVolunteers',
  method: 'PUT',
  path: '/api/groups/{id}/volunteers',
  says: '从登记册里选协助小组的志愿者，或把以前写的姓名对上登记册',
  allow: keepsGroups,
  params: ById,
  body: z.object({ volunteers: z.array(NamedVolunteer).max(50), version: Version }),
  reply: Written,
  refusals: [...moving, 'volunteers.not-on-register'],
});

export const moveGroup = endpoint({
  id: 'moveGroup',
  method: 'POST',
  path: '/api/groups/{id}/moves',
  says: '小组进入下一阶段、退回一阶段或取消',
  allow: keepsGroups,
  params: ById,
  body: z.object({
    move: z.enum(['submit', 'rework', 'start', 'turn', 'mature', 'back', 'wind-up', 'cancel']),
    says: passage(300, 2).nullable(),
    version: Version,
  }),
  reply: Written,
  refusals: [
    ...moving,
    'groups.plan-incomplete',
    'groups.no-head',
    'groups.too-few-members',
    'groups.no-session-held',
    'groups.sessions-open',
    'groups.reason-missing',
  ],
});

export const reviewGroup = endpoint({
  id: 'reviewGroup',
  method: 'POST',
  path: '/api/groups/{id}/reviews',
  says: '站长批准小组计划书，或退回修改',
  allow: reviewsGroups,
  params: ById,
  body: z.object({ decision: z.enum(['approve', 'return']), says: passage(500, 0), version: Version }),
  reply: Written,
  refusals: [...moving, 'groups.reviewer-is-author', 'groups.reason-missing'],
});

export const askGroupLead = endpoint({
  id: 'askGroupLead',
  method: 'POST',
  path: '/api/groups/{id}/lead-changes',
  says: '提出小组换牵头人，由站长确认；站长提出的立即生效',
  allow: changesLeads,
  params: ById,
  body: z.object({ toId: Id, reason: line(200, 2), stays: z.boolean(), version: Version }),
  reply: Written,
  refusals: [...moving, 'groups.lead-same', 'groups.lead-elsewhere', 'groups.lead-approved', 'groups.lead-asked', 'groups.lead-own'],
});

export const answerGroupLead = endpoint({
  id: 'answerGroupLead',
  method: 'POST',
  path: '/api/groups/{id}/lead-changes/{changeId}/answer',
  says: '站长确认或不同意小组换牵头人；提出的一方可以撤回',
  allow: changesLeads,
  params: z.object({ id: Id, changeId: Id }),
  body: z.object({ decision: z.enum(['confirm', 'decline', 'withdraw']), says: line(200, 0), version: Version }),
  reply: Written,
  refusals: [...moving, 'groups.lead-answered', 'groups.lead-own', 'groups.lead-elsewhere', 'groups.reason-missing'],
});

export const joinGroup = endpoint({
  id: 'joinGroup',
  method: 'POST',
  path: '/api/groups/{id}/members',
  says: '让一位服务对象加入小组',
  allow: keepsGroups,
  params: ById,
  body: z.object({ recipientId: Id, joinedOn: AnyDay }),
  reply: Written,
  refusals: ['groups.not-joinable', 'groups.in-future', 'groups.full', 'groups.member-already', 'groups.person-still'],
});

export const leaveGroup = endpoint({
  id: 'leaveGroup',
  method: 'POST',
  path: '/api/groups/{id}/members/{memberId}/leaving',
  says: '登记组员离开小组与原因',
  allow: keepsGroups,
  params: ByMember,
  body: z.object({ leftOn: AnyDay, reason: LeaveReason, version: Version }),
  reply: Written,
  refusals: [...moving, 'groups.left-already', 'groups.in-future', 'groups.left-before-joined'],
});

export const planSession = endpoint({
  id: 'planSession',
  method: 'POST',
  path: '/api/groups/{id}/sessions',
  says: '给小组加一节',
  allow: keepsGroups,
  params: ById,
  body: SessionPlan,
  reply: Written,
  refusals: ['groups.not-running'],
});

export const readSession = endpoint({
  id: 'readGroupSession',
  method: 'GET',
  path: '/api/groups/{id}/sessions/{sessionId}',
  says: '查看一节小组的出席与记录',
  allow: seesGroups,
  params: BySession,
  reply: GroupSession,
  reads: 'content',
});

export const listSessions = endpoint({
  id: 'listGroupSessions',
  method: 'GET',
  path: '/api/group-sessions',
  says: '查看各小组的节次：要记录的、接下来的、记过的',
  allow: seesGroups,
  query: PageQuery.extend({
    status: severalOf(SessionStatus),
    mine: z.enum(['yes']).optional(),
    from: AnyDay.optional(),
    to: AnyDay.optional(),
    sort: z.enum(['newest', 'soonest']).optional(),
  }),
  reply: pageOf(ListedSession),
});

export const shiftSession = endpoint({
  id: 'shiftGroupSession',
  method: 'PATCH',
  path: '/api/groups/{id}/sessions/{sessionId}',
  says: '一节小组改期或换地点',
  allow: keepsGroups,
  params: BySession,
  body: z.object({ plannedOn: AnyDay, place: line(80, 2), version: Version }),
  reply: Written,
  refusals: moving,
});

export const holdSession = endpoint({
  id: 'holdGroupSession',
  method: 'PUT',
  path: '/api/groups/{id}/sessions/{sessionId}/record',
  says: '记录一节小组：出席、动力、目标达成；自动记入台账，可以更正',
  allow: keepsGroups,
  params: BySession,
  body: SessionRecord.extend({ version: Version }),
  reply: Written,
  refusals: [
    ...moving,
    'groups.not-running',
    'groups.in-future',
    'groups.attendance-missing',
    'groups.not-a-member',
    'groups.person-still',
    'groups.nobody-came',
    'groups.recorder-only',
    'groups.helpers-fewer',
    ...helpRefusals.filter((code) => code !== 'record.changed-meanwhile'),
  ],
});

export const cancelSession = endpoint({
  id: 'cancelGroupSession',
  method: 'POST',
  path: '/api/groups/{id}/sessions/{sessionId}/cancellation',
  says: '取消一节小组；已记入台账的一并撤回',
  allow: keepsGroups,
  params: BySession,
  body: z.object({ says: passage(300, 2), version: Version }),
  reply: Written,
  refusals: [...moving, 'groups.recorder-only'],
});

export const measureGroup = endpoint({
  id: 'measureGroup',
  method: 'PUT',
  path: '/api/groups/{id}/measures',
  says: '登记前测或后测；没有测的空着',
  allow: keepsGroups,
  params: ById,
  body: z.object({
    moment: MeasureMoment,
    takenOn: AnyDay,
    values: z
      .array(
        z.object({
          memberId: Id,
          indicatorId: Id,
          value: z.int({ error: '请填整数' }).min(-1000).max(1000).nullable(),
          /** The score that it is: its points and its day are taken from the form, whatever was typed. */
          cites: ScoreOnForm.nullable().default(null),
        }),
      )
      .min(1, { error: '没有要登记的分数' })
      .max(500),
  }),
  reply: Written,
  refusals: [
    'groups.moved-on',
    'groups.in-future',
    'groups.indicator-unknown',
    'groups.not-a-member',
    'groups.person-still',
    'groups.value-beyond',
    'groups.score-unknown',
    'groups.score-unfit',
  ],
});

export const closeGroup = endpoint({
  id: 'closeGroup',
  method: 'POST',
  path: '/api/groups/{id}/closing',
  says: '小组总结与决算；总结后可以更正',
  allow: keepsGroups,
  params: ById,
  body: GroupClosing.extend({ budget: z.array(GroupBudgetLine).max(20), version: Version }),
  reply: Written,
  refusals: [...moving, 'groups.no-session-held', 'groups.sessions-open', 'groups.lead-closes', 'groups.spent-missing'],
});

export const printGroup = endpoint({
  id: 'printGroup',
  method: 'GET',
  path: '/api/groups/{id}/paper',
  says: '打印小组计划书、单节记录或总结（A4），或存为 Word',
  allow: seesGroups,
  params: ById,
  query: z.object({
    what: z.enum(['plan', 'session', 'summary']),
    sessionId: Id.optional(),
    format: PaperFormat.default('pdf'),
  }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser', 'groups.not-recorded'],
  streams: 'application/pdf',
});
