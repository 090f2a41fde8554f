import { z } from 'zod';
import { Role } from '../identity/schema.ts';
import { ById, endpoint, Id, line, PageQuery, pageOf, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay } from '../shared/words.ts';
import { keepsAssignments, keepsRota, keepsWorkers, picksPeople, recordsAbsence, seesAssignments, seesWorkforce } from './policy.ts';
import { Absence, AssignmentDraft, AssignmentRow, PersonChoice, RotaDay, Worker, WorkerDraft, WorkerLevel } from './schema.ts';

export const listWorkers = endpoint({
  id: 'listWorkers',
  method: 'GET',
  path: '/api/workers',
  says: '查看社工名册',
  allow: seesWorkforce,
  query: PageQuery.extend({
    text: z.string().trim().max(40).optional(),
    level: severalOf(WorkerLevel),
    organisationId: Id.optional(),
    stationId: Id.optional(),
    state: z.enum(['serving', 'left']).optional(),
    sort: z.enum(['name', 'joined']).default('name'),
  }),
  reply: pageOf(Worker),
});

export const exportWorkers = exportOf(listWorkers, 'exportWorkers', '社工名册');

export const readWorker = endpoint({
  id: 'readWorker',
  method: 'GET',
  path: '/api/workers/{id}',
  says: '查看一名社工的任职资料',
  allow: seesWorkforce,
  params: ById,
  reply: Worker,
});

export const createWorker = endpoint({
  id: 'createWorker',
  method: 'POST',
  path: '/api/workers',
  says: '登记社工',
  allow: keepsWorkers,
  body: WorkerDraft,
  reply: Written,
  refusals: ['workforce.not-your-agency', 'workforce.station-unknown'],
});

export const updateWorker = endpoint({
  id: 'updateWorker',
  method: 'PATCH',
  path: '/api/workers/{id}',
  says: '修改社工任职资料，或登记离职',
  allow: keepsWorkers,
  params: ById,
  body: WorkerDraft.partial().extend({ version: Version, leftOn: AnyDay.nullable().optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'workforce.not-your-agency', 'workforce.station-unknown', 'workforce.still-holds-work'],
});

export const listPeople = endpoint({
  id: 'listPeople',
  method: 'GET',
  path: '/api/people',
  says: '按姓名或拼音选择工作人员',
  allow: picksPeople,
  query: z.object({ text: z.string().trim().max(40).optional(), role: severalOf(Role) }),
  reply: z.object({ rows: z.array(PersonChoice) }),
});

export const listAssignments = endpoint({
  id: 'listAssignments',
  method: 'GET',
  path: '/api/assignments',
  says: '查看角色任命与代理人',
  allow: seesAssignments,
  query: PageQuery.extend({
    text: z.string().trim().max(40).optional(),
    role: severalOf(Role),
    state: z.enum(['current', 'ended', 'coming']).optional(),
  }),
  reply: pageOf(AssignmentRow),
});

export const exportAssignments = exportOf(listAssignments, 'exportAssignments', '角色任命清单');

export const createAssignment = endpoint({
  id: 'createAssignment',
  shownOnce: ['oneTimePassword'],
  method: 'POST',
  path: '/api/assignments',
  says: '任命角色；没有账号的人同时开通账号',
  allow: keepsAssignments,
  body: AssignmentDraft.extend({
    username: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9._-]{2,31}$/, { error: '账号名为 3 至 32 位小写字母、数字或 . _ -' })
      .optional(),
  }),
  reply: Written.extend({ username: z.string(), oneTimePassword: z.string().nullable() }),
  refusals: [
    'workforce.person-unknown',
    'workforce.roles-exclude',
    'workforce.scope-missing',
    'workforce.username-taken',
    'workforce.username-needed',
    'workforce.deputy-is-self',
    'workforce.own-role',
  ],
});

export const updateAssignment = endpoint({
  id: 'updateAssignment',
  method: 'PATCH',
  path: '/api/assignments/{id}',
  says: '结束任命或更换代理人',
  allow: keepsAssignments,
  params: ById,
  body: z.object({ version: Version, validTo: AnyDay.nullable().optional(), deputyId: Id.nullable().optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'workforce.deputy-is-self', 'workforce.roles-exclude', 'workforce.own-role'],
});

export const listAbsences = endpoint({
  id: 'listAbsences',
  method: 'GET',
  path: '/api/absences',
  says: '查看本人（安全管理员：全部）的请假与代理',
  allow: recordsAbsence,
  reply: z.object({ rows: z.array(Absence) }),
});

export const recordAbsence = endpoint({
  id: 'recordAbsence',
  method: 'POST',
  path: '/api/absences',
  says: '登记请假，期间工作由代理人接手',
  allow: recordsAbsence,
  body: z.object({ personId: Id.optional(), fromDay: AnyDay, toDay: AnyDay, reason: line(60) }),
  reply: Written,
  refusals: ['workforce.absence-backwards', 'workforce.person-unknown'],
});

export const endAbsence = endpoint({
  id: 'endAbsence',
  method: 'DELETE',
  path: '/api/absences/{id}',
  says: '撤销请假或提前回岗',
  allow: recordsAbsence,
  params: ById,
  reply: z.object({ ok: z.literal(true) }),
});

export const listRota = endpoint({
  id: 'listRota',
  method: 'GET',
  path: '/api/rota',
  says: '查看支援中心值班表',
  allow: keepsRota,
  query: z.object({ from: AnyDay.optional() }),
  reply: z.object({ rows: z.array(RotaDay) }),
});

export const saveRota = endpoint({
  id: 'saveRota',
  method: 'PUT',
  path: '/api/rota/{day}',
  says: '排定某天的值班与后备',
  allow: keepsRota,
  params: z.object({ day: AnyDay }),
  body: z.object({ dutyId: Id, backupId: Id, phone: line(20) }),
  reply: Written,
  refusals: ['workforce.rota-same-person', 'workforce.person-unknown'],
});
