import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, Version, Written } from '../shared/endpoint.ts';
import { HelpField } from '../shared/fields.ts';
import { AnyMoment } from '../shared/words.ts';
import { SlotAnswer } from './meeting.ts';
import {
  AgendaChoice,
  AgendaItems,
  ClientAgenda,
  OpinionDraft,
  OwnConference,
  OwnPoll,
  Poll,
  PollPerson,
  SupervisorProposal,
} from './meetingSchema.ts';
import * as policies from './policy.ts';

const done = z.object({ ok: z.literal(true) });

export const askForTime = endpoint({
  id: 'askForTime',
  method: 'POST',
  path: '/api/conferences/{id}/polls',
  says: '为会诊征集时间：2 至 6 个时段，请受邀专家和求助人答复',
  allow: policies.chairs,
  params: ById,
  body: z.object({
    slots: z.array(AnyMoment).min(2, { error: '至少给出两个时段' }).max(6, { error: '最多六个时段' }),
    deadline: AnyMoment,
    /** Those without whom it cannot take place; left out: every invited expert and the chair. */
    requiredIds: z.array(Id).max(20).optional(),
  }),
  reply: Written,
  refusals: [
    'support.conference-over',
    'support.slots-twice',
    'support.slot-past',
    'support.deadline-past',
    'support.poll-deadline-late',
    'support.required-unknown',
  ],
});

export const readPoll = endpoint({
  id: 'readPoll',
  method: 'GET',
  path: '/api/conferences/{id}/poll',
  says: '查看会诊时间征集：各时段人数与理由，以及会问到谁',
  allow: policies.chairs,
  params: ById,
  /** The last question, and whom the next one would go to. */
  reply: z.object({ poll: Poll.nullable(), people: z.array(PollPerson) }),
});

export const chooseSlot = endpoint({
  id: 'chooseSlot',
  method: 'POST',
  path: '/api/polls/{id}/choice',
  says: '选定时段，会诊即按此安排',
  allow: policies.chairs,
  params: ById,
  body: z.object({ version: Version, slot: AnyMoment, place: line(80).optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'support.poll-over', 'support.slot-unknown', 'support.slot-past', 'support.conference-over'],
});

export const listOwnPolls = endpoint({
  id: 'listOwnPolls',
  method: 'GET',
  path: '/api/polls',
  says: '查看请我答复的会诊时间',
  allow: policies.votes,
  query: PageQuery.extend({ state: z.enum(['open', 'all']).default('open') }),
  reply: pageOf(OwnPoll),
});

export const answerPoll = endpoint({
  id: 'answerPoll',
  method: 'POST',
  path: '/api/polls/{id}/answers',
  says: '答复会诊时间：可以、勉强可以、不行',
  allow: policies.votes,
  params: ById,
  body: z.object({ answers: z.array(SlotAnswer).min(2).max(6) }),
  reply: done,
  refusals: ['support.poll-over', 'support.answers-incomplete'],
});

export const listOwnConferences = endpoint({
  id: 'listOwnConferences',
  method: 'GET',
  path: '/api/conferences',
  says: '查看我要参加的会诊',
  allow: policies.votes,
  query: PageQuery,
  reply: pageOf(OwnConference),
});

export const planConference = endpoint({
  id: 'planConference',
  method: 'POST',
  path: '/api/support-requests/{id}/conferences',
  says: '取消后重新安排会诊',
  allow: policies.coordinates,
  params: ById,
  body: z.object({ chairId: Id, plannedAt: AnyMoment, place: line(80) }),
  reply: Written,
  refusals: ['support.moved-on', 'support.conference-planned', 'support.no-round', 'support.chair-unknown', 'support.slot-past'],
});

export const moveConference = endpoint({
  id: 'moveConference',
  method: 'POST',
  path: '/api/conferences/{id}/move',
  says: '会诊改期或换地点，通知参加的人',
  allow: policies.chairs,
  params: ById,
  body: z.object({ version: Version, plannedAt: AnyMoment, place: line(80) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'support.conference-over', 'support.slot-past'],
});

export const cancelConference = endpoint({
  id: 'cancelConference',
  method: 'POST',
  path: '/api/conferences/{id}/cancellation',
  says: '取消会诊，通知参加的人',
  allow: policies.chairs,
  params: ById,
  body: z.object({ version: Version, reason: passage(400, 2) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'support.conference-over'],
});

export const readConferenceCalendar = endpoint({
  id: 'readConferenceCalendar',
  method: 'GET',
  path: '/api/conferences/{id}/calendar',
  says: '下载会诊的日历文件（只有编号、时间、地点）',
  allow: policies.votes,
  params: ById,
  reply: z.any(),
  streams: 'text/calendar',
});

export const replaceExpert = endpoint({
  id: 'replaceExpert',
  method: 'POST',
  path: '/api/invitations/{id}/replacement',
  says: '换一位专家：原邀请撤销，新专家看同一份资料，本轮与已有意见不变',
  allow: policies.coordinates,
  params: ById,
  body: z.object({
    expertId: Id,
    helpFields: z.array(HelpField).min(1, { error: '请选择专业' }),
    deadline: AnyMoment,
    reason: passage(400, 2),
  }),
  reply: Written,
  refusals: [
    'support.not-replaceable',
    'support.moved-on',
    'support.deadline-past',
    'support.expert-in-round',
    'support.expert-excluded',
    'support.consent-missing',
    'support.consent-other-receiver',
    'support.consent-receiver-unnamed',
    'support.screener-is-asker',
  ],
});

export const readOpinionDraft = endpoint({
  id: 'readOpinionDraft',
  method: 'GET',
  path: '/api/invitations/{id}/draft',
  says: '取回自己没写完的意见',
  allow: policies.invited,
  params: ById,
  reply: z.object({ draft: OpinionDraft.nullable(), savedAt: AnyMoment.nullable() }),
  reads: 'content',
});

export const keepOpinionDraft = endpoint({
  id: 'keepOpinionDraft',
  repeatable: true,
  method: 'PUT',
  path: '/api/invitations/{id}/draft',
  says: '暂存没写完的意见，只有自己看得到',
  allow: policies.invited,
  params: ById,
  body: OpinionDraft,
  reply: z.object({ savedAt: AnyMoment }),
  refusals: ['support.pledge-missing', 'support.opinion-given'],
});

export const listAgendaConsents = endpoint({
  id: 'listAgendaConsents',
  method: 'GET',
  path: '/api/conferences/{id}/attendance-consents',
  says: '查看案主参加会诊的同意',
  allow: policies.invitesClient,
  params: ById,
  /** The case is named for the asker, who registers the consent there. */
  reply: z.object({ consents: z.array(AgendaChoice), minor: z.boolean(), requestId: Id, caseId: Id.nullable() }),
  reads: 'content',
});

export const writeClientAgenda = endpoint({
  id: 'writeClientAgenda',
  method: 'PUT',
  path: '/api/conferences/{id}/client-agenda',
  says: '请案主参加会诊，写给案主的议程（与专业记录分开）',
  allow: policies.invitesClient,
  params: ById,
  body: z.object({
    version: z.int().min(0).max(1_000_000),
    consentId: Id,
    companion: line(40, 0),
    welcome: passage(400, 2),
    items: AgendaItems,
  }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'support.conference-over', 'support.attendance-consent-missing', 'support.guardian-needed'],
});

export const readClientAgenda = endpoint({
  id: 'readClientAgenda',
  method: 'GET',
  path: '/api/conferences/{id}/client-agenda',
  says: '查看案主议程',
  allow: policies.seesAgenda,
  params: ById,
  reply: z.object({ agenda: ClientAgenda.nullable() }),
  reads: 'content',
});

export const recordClientAttendance = endpoint({
  id: 'recordClientAttendance',
  method: 'POST',
  path: '/api/conferences/{id}/client-attendance',
  says: '登记案主是否到会',
  allow: policies.invitesClient,
  params: ById,
  body: z.object({ version: Version, attended: z.boolean() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'support.attendance-early'],
});

export const printClientAgenda = endpoint({
  id: 'printClientAgenda',
  method: 'GET',
  path: '/api/conferences/{id}/client-agenda/document',
  says: '打印案主议程（没有意见和纪要）',
  allow: policies.seesAgenda,
  params: ById,
  reply: z.any(),
  reads: 'content',
  streams: 'text/html',
  rate: 'heavy',
});

export const proposeSupervisor = endpoint({
  id: 'proposeSupervisor',
  method: 'POST',
  repeatable: true,
  path: '/api/support-requests/{id}/supervisor-proposal',
  says: '为督导支援线推荐督导，逐人说明理由',
  allow: policies.coordinates,
  params: ById,
  body: z.object({ helpField: HelpField }),
  reply: SupervisorProposal,
  refusals: ['support.moved-on'],
});
