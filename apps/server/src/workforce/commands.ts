import { randomInt } from 'node:crypto';
import { reaches } from '@jieyou/core/identity/policy.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import type { WorkforceEvent } from '@jieyou/core/workforce/events.ts';
import { mayKeepAbsence, rolesOfWorkers, rotaRole, scopeNeededBy, workerKeepReach } from '@jieyou/core/workforce/policy.ts';
import { absenceVerdict, assignmentVerdict, leavingVerdict, rotaVerdict, scopeVerdict } from '@jieyou/core/workforce/rules.ts';
import type { Gender, WorkerLevel } from '@jieyou/core/workforce/schema.ts';
import { hashPassword, oneTimePassword } from '../identity/index.ts';
import { given } from '../platform/db/given.ts';
import type { Ctx, EventRecord } from '../platform/http/context.ts';
import { Denied, Invalid } from '../platform/http/errors.ts';
import { pinyinOf } from './pinyin.ts';
import * as store from './store.ts';

const record = (ctx: Ctx<never>, type: WorkforceEvent, recordKind: string, recordId: string, facts: EventRecord['facts'] = {}) =>
  ctx.record({ type, recordKind, recordId, facts });

/** Somebody new of the district's staff; other rooms register experts with it. */
export const registerPerson = async (
  ctx: Ctx<never>,
  person: { name: string; gender: Gender; post: string; organisationId: string | null; stationId: string | null; phone: string | null },
): Promise<string> => {
  const id = ctx.id();
  await store.insertPerson(ctx.tx, { ...person, ...pinyinOf(person.name), id, districtId: ctx.actor.districtId });
  return id;
};

/** Changes what is kept of somebody of the staff; what is left out stays. */
export const changePerson = async (
  ctx: Ctx<never>,
  personId: string,
  change: {
    name?: string | undefined;
    gender?: Gender | undefined;
    post?: string | undefined;
    organisationId?: string | null | undefined;
    stationId?: string | null | undefined;
    phone?: string | null | undefined;
  },
): Promise<void> => {
  await store.changePerson(ctx.tx, personId, given({ ...change, ...(change.name === undefined ? {} : pinyinOf(change.name)) }));
};

type Placement = { organisationId: string | null; stationId: string | null };

// An organisation out of reach is refused to an agency's manager; to those who reach the district it does not exist.
const checkPlacement = async (ctx: Ctx<'workforce.not-your-agency' | 'workforce.station-unknown'>, to: Placement): Promise<void> => {
  const found = await store.scopesFound(ctx.tx, ctx.actor.districtId, { ...to, divisionId: null });
  const mayPlace = reaches(ctx.actor, workerKeepReach, { organisationId: to.organisationId, districtId: ctx.actor.districtId });
  if (!mayPlace) ctx.refuse('workforce.not-your-agency');
  if (!found.organisation) ctx.notFound();
  if (to.stationId !== null && !found.station) ctx.refuse('workforce.station-unknown');
};

type WorkerDraft = {
  name: string;
  gender: Gender;
  post: string;
  level: WorkerLevel;
  organisationId: string;
  stationId: string | null;
  phone: string | null;
  joinedOn: string;
};

/** Registers a worker of an organisation that the person keeps. */
export const createWorker = async (ctx: Ctx<'workforce.not-your-agency' | 'workforce.station-unknown'>, draft: WorkerDraft) => {
  await checkPlacement(ctx, draft);
  const { level, joinedOn, ...person } = draft;
  const personId = await registerPerson(ctx, person);
  const id = ctx.id();
  await store.insertWorker(ctx.tx, { id, personId, districtId: ctx.actor.districtId, level, joinedOn });
  await record(ctx, 'workforce.worker-registered', 'worker', id, { organisationId: draft.organisationId });
  return { id, version: 1 };
};

type WorkerChange = { [K in keyof WorkerDraft]?: WorkerDraft[K] | undefined } & { version: number; leftOn?: string | null | undefined };

/**
 * Changes a record of service. With the day of leaving, the roles that belong to a worker end too; who still holds work is
 * refused.
 */
export const updateWorker = async (
  ctx: Ctx<'record.changed-meanwhile' | 'workforce.not-your-agency' | 'workforce.station-unknown' | 'workforce.still-holds-work'>,
  id: string,
  { version, level, joinedOn, leftOn, ...person }: WorkerChange,
) => {
  const was = await store.workerById(ctx.tx, id);
  if (was === undefined || !reaches(ctx.actor, workerKeepReach, { organisationId: was.organisationId, districtId: was.districtId }))
    return ctx.notFound();
  if (person.organisationId !== undefined || person.stationId !== undefined) {
    await checkPlacement(ctx, {
      organisationId: person.organisationId ?? was.organisationId,
      stationId: person.stationId === undefined ? was.stationId : person.stationId,
    });
  }
  const leaves = leftOn === undefined ? was.leftOn : leftOn;
  if (leaves !== null && leaves < (joinedOn ?? was.joinedOn)) throw new Invalid([{ path: 'leftOn', message: '离职日期不能早于入职日期' }]);
  const isLeaving = typeof leftOn === 'string';
  if (isLeaving) {
    const verdict = leavingVerdict(await store.openWorkOf(ctx.tx, was.personId));
    if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  }
  const now = (await store.updateWorker(ctx.tx, id, version, given({ level, joinedOn, leftOn }))) ?? ctx.refuse('record.changed-meanwhile');
  await changePerson(ctx, was.personId, person);
  if (isLeaving) {
    const ended = await store.endRoles(ctx.tx, was.personId, rolesOfWorkers, leftOn);
    await record(ctx, 'workforce.worker-left', 'worker', id, { leftOn, endedRoles: ended });
  } else await record(ctx, 'workforce.worker-changed', 'worker', id);
  // Station and organisation are part of what a session remembers.
  await ctx.services.sessions.forget(ctx.tx);
  return { id, version: now };
};

type Scope = { stationId: string | null; organisationId: string | null; divisionId: string | null };
type AssignmentDraft = Scope & {
  personId: string;
  role: Role;
  validFrom: string;
  validTo: string | null;
  deputyId: string | null;
  username?: string | undefined;
};

// A scope that the role does not use is dropped, so that it cannot widen anything later.
const scopeFor = (role: Role, scope: Scope): Scope => ({
  stationId: scopeNeededBy[role] === 'station' ? scope.stationId : null,
  organisationId: scopeNeededBy[role] === 'organisation' ? scope.organisationId : null,
  divisionId: ['street', 'community'].includes(scopeNeededBy[role] ?? '') ? scope.divisionId : null,
});

const checkTerm = (validFrom: string, validTo: string | null): void => {
  if (validTo !== null && validTo < validFrom) throw new Invalid([{ path: 'validTo', message: '结束日期不能早于开始日期' }]);
};

const checkHolders = async (
  ctx: Ctx<'workforce.own-role' | 'workforce.deputy-is-self' | 'workforce.roles-exclude'>,
  change: { id: string | null; role: Role; personId: string; deputyId: string | null; validFrom: string; validTo: string | null },
): Promise<void> => {
  const heldBy = (personId: string) => store.rolesTouching(ctx.tx, personId, ctx.today, change.id);
  const verdict = assignmentVerdict({
    role: change.role,
    term: { from: change.validFrom, to: change.validTo },
    holderId: change.personId,
    heldByHolder: await heldBy(change.personId),
    deputyId: change.deputyId,
    heldByDeputy: change.deputyId === null ? [] : await heldBy(change.deputyId),
    changedBy: ctx.actor.personId,
  });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
};

const openAccountFor = async (
  ctx: Ctx<'workforce.username-needed' | 'workforce.username-taken'>,
  personId: string,
  username: string | undefined,
): Promise<{ username: string; oneTimePassword: string | null }> => {
  const existing = await store.accountOf(ctx.tx, personId);
  if (existing !== undefined) return { username: existing.username, oneTimePassword: null };
  if (username === undefined) return ctx.refuse('workforce.username-needed');
  const password = oneTimePassword(randomInt);
  const id = ctx.id();
  const opened = await store.openAccount(ctx.tx, {
    id,
    personId,
    username,
    passwordHash: await hashPassword(password),
    createdAt: ctx.now,
  });
  if (!opened) ctx.refuse('workforce.username-taken', { username });
  await record(ctx, 'workforce.account-opened', 'account', id, { personId });
  return { username, oneTimePassword: password };
};

/** Gives a role. Who has no account gets one; its one-time password is answered once and kept nowhere. */
export const createAssignment = async (
  ctx: Ctx<
    | 'workforce.person-unknown'
    | 'workforce.roles-exclude'
    | 'workforce.scope-missing'
    | 'workforce.username-taken'
    | 'workforce.username-needed'
    | 'workforce.deputy-is-self'
    | 'workforce.own-role'
  >,
  { username, ...draft }: AssignmentDraft,
) => {
  checkTerm(draft.validFrom, draft.validTo);
  for (const personId of [draft.personId, draft.deputyId]) {
    if (personId !== null && (await store.personOf(ctx.tx, ctx.actor.districtId, personId)) === undefined)
      ctx.refuse('workforce.person-unknown');
  }
  await checkHolders(ctx, { ...draft, id: null });
  const verdict = scopeVerdict(draft.role, await store.scopesFound(ctx.tx, ctx.actor.districtId, draft));
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const account = await openAccountFor(ctx, draft.personId, username);
  const id = ctx.id();
  await store.insertAssignment(ctx.tx, {
    ...draft,
    ...scopeFor(draft.role, draft),
    id,
    districtId: ctx.actor.districtId,
    grantedBy: ctx.actor.personId,
  });
  await record(ctx, 'workforce.role-given', 'assignment', id, {
    personId: draft.personId,
    role: draft.role,
    validFrom: draft.validFrom,
    validTo: draft.validTo,
    deputyId: draft.deputyId,
  });
  await ctx.services.sessions.forget(ctx.tx);
  return { id, version: 1, ...account };
};

/** Ends or prolongs a role, or names another deputy. */
export const updateAssignment = async (
  ctx: Ctx<'record.changed-meanwhile' | 'workforce.deputy-is-self' | 'workforce.roles-exclude' | 'workforce.own-role'>,
  id: string,
  { version, ...change }: { version: number; validTo?: string | null | undefined; deputyId?: string | null | undefined },
) => {
  const was = (await store.assignmentById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const next = { ...was, ...given(change) };
  checkTerm(next.validFrom, next.validTo);
  if (next.deputyId !== null && (await store.personOf(ctx.tx, ctx.actor.districtId, next.deputyId)) === undefined) ctx.notFound();
  await checkHolders(ctx, next);
  const now = (await store.updateAssignment(ctx.tx, id, version, given(change))) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'workforce.role-changed', 'assignment', id, { role: was.role, validTo: next.validTo, deputyId: next.deputyId });
  await ctx.services.sessions.forget(ctx.tx);
  return { id, version: now };
};

/** Records an absence, one's own or, for the security administrator, anybody's of the district; deputies are told. */
export const recordAbsence = async (
  ctx: Ctx<'workforce.absence-backwards' | 'workforce.person-unknown'>,
  { personId = ctx.actor.personId, ...absence }: { personId?: string | undefined; fromDay: string; toDay: string; reason: string },
) => {
  const { districtId } = ctx.actor;
  if (!mayKeepAbsence(ctx.actor, { personId, districtId })) throw new Denied();
  const verdict = absenceVerdict(absence);
  if (!verdict.ok) ctx.refuse(verdict.code);
  if ((await store.personOf(ctx.tx, districtId, personId)) === undefined) ctx.refuse('workforce.person-unknown');
  const id = ctx.id();
  await store.insertAbsence(ctx.tx, { id, districtId, personId, ...absence });
  await record(ctx, 'workforce.absence-recorded', 'absence', id, { personId, fromDay: absence.fromDay, toDay: absence.toDay });
  const told = [personId, ...(await store.deputiesOf(ctx.tx, personId, ctx.today))].filter((p) => p !== ctx.actor.personId);
  await ctx.notify(told, { kind: 'workforce.absence-recorded', recordKind: 'absence', recordId: id, number: absence.fromDay });
  await ctx.services.sessions.forget(ctx.tx);
  return { id, version: 1 };
};

/** Ends an absence, before or after it began: from this moment the person's work is the person's own again. */
export const endAbsence = async (ctx: Ctx<never>, id: string): Promise<{ ok: true }> => {
  const absence = await store.absenceById(ctx.tx, ctx.actor.districtId, id);
  if (absence === undefined || !mayKeepAbsence(ctx.actor, absence)) return ctx.notFound();
  if (!(await store.endAbsence(ctx.tx, id, ctx.now))) ctx.notFound();
  await record(ctx, 'workforce.absence-ended', 'absence', id, { personId: absence.personId });
  await ctx.services.sessions.forget(ctx.tx);
  return { ok: true };
};

/** Sets who answers a crisis on a day and who stands behind; both are of the centre on that day. */
export const saveRota = async (
  ctx: Ctx<'workforce.rota-same-person' | 'workforce.person-unknown'>,
  day: string,
  body: { dutyId: string; backupId: string; phone: string },
) => {
  const verdict = rotaVerdict(body);
  if (!verdict.ok) ctx.refuse(verdict.code);
  for (const personId of [body.dutyId, body.backupId]) {
    if (!(await store.holdsRole(ctx.tx, ctx.actor.districtId, personId, rotaRole, day))) ctx.refuse('workforce.person-unknown');
  }
  const saved = await store.saveRota(ctx.tx, { ...body, id: ctx.id(), districtId: ctx.actor.districtId, day });
  await record(ctx, 'workforce.rota-saved', 'rota', saved.id, { day, dutyId: body.dutyId, backupId: body.backupId });
  return saved;
};
