import type { GroupEvent } from '@jieyou/core/groups/events.ts';
import { leadAnswerVerdict, leadVerdict } from '@jieyou/core/groups/rules.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import * as store from './store.ts';

type Moving = 'groups.moved-on' | 'record.changed-meanwhile';
type Asking = Moving | 'groups.lead-same' | 'groups.lead-elsewhere' | 'groups.lead-approved' | 'groups.lead-asked' | 'groups.lead-own';
type Answering = Moving | 'groups.lead-answered' | 'groups.lead-own' | 'groups.lead-elsewhere' | 'groups.reason-missing';

const note = async (ctx: Ctx<never>, type: GroupEvent, id: string, change: string) => {
  await ctx.record({ type, recordKind: 'group', recordId: id, facts: { change } });
  await ctx.changed('group', id);
};

const tell = (ctx: Ctx<never>, whom: readonly string[], kind: 'groups.lead-asked' | 'groups.lead-answered', id: string) =>
  ctx.notify(
    [...new Set(whom)].filter((p) => p !== ctx.actor.personId),
    { kind, recordKind: 'group', recordId: id, number: '' },
  );

/** A group within reach, with what the person is to it; acts on one group follow each other. */
const groupOf = async (ctx: Ctx<never>, id: string) => {
  const found = (await store.groupById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const heads = scopeOf(ctx.actor, 'head', 'station').includes(found.stationId);
  if (!found.inHand && !heads) throw new Denied();
  if (found.inHand) await store.lockGroup(ctx.tx, ctx.actor.districtId, id);
  return { group: (await store.groupById(ctx.tx, ctx.actor, id)) ?? ctx.notFound(), heads };
};

/** Asks that somebody else leads the group; what the head asks holds at once. */
export const askGroupLead = async (
  ctx: Ctx<Asking>,
  id: string,
  ask: { toId: string; reason: string; stays: boolean; version: number },
) => {
  const { tx, actor } = ctx;
  const { group, heads } = await groupOf(ctx as Ctx<never>, id);
  if (group.version !== ask.version) ctx.refuse('record.changed-meanwhile', { version: group.version });
  const verdict = leadVerdict({
    status: group.status,
    leadId: group.leadId,
    toId: ask.toId,
    approvedBy: group.approvedBy,
    ofStation: await store.areOfStation(tx, group.stationId, [ask.toId]),
    running: await store.leadChangeRuns(tx, actor.districtId, id),
  });
  if (!verdict.ok) ctx.refuse(verdict.code as Asking, verdict.facts);
  const orders = heads && !group.inHand;
  if (orders && actor.selves.includes(ask.toId)) ctx.refuse('groups.lead-own');
  const change = ctx.id();
  await tx
    .insertInto('groupLeadChange')
    .values({
      districtId: actor.districtId,
      id: change,
      groupId: id,
      stationId: group.stationId,
      fromId: group.leadId,
      toId: ask.toId,
      stays: ask.stays,
      reason: ask.reason,
      status: 'asked',
      askedBy: actor.personId,
      askedAt: ctx.now,
    })
    .execute();
  await note(ctx as Ctx<never>, 'group.lead-asked', id, change);
  if (orders) await confirm(ctx, group, { id: change, fromId: group.leadId, toId: ask.toId, askedBy: actor.personId, version: 1 }, '');
  else await tell(ctx as Ctx<never>, await store.headsOf(tx, actor.districtId, group.stationId), 'groups.lead-asked', id);
  return { id: change, version: orders ? 2 : 1 };
};

type Change = Pick<store.LeadChangeKept, 'id' | 'fromId' | 'toId' | 'askedBy' | 'version'>;

const confirm = async (ctx: Ctx<Moving>, group: store.GroupFacts, change: Change, says: string): Promise<void> => {
  const { tx, actor } = ctx;
  const to = { status: 'confirmed', answeredBy: actor.personId, answeredAt: ctx.now, answer: says } as const;
  if (!(await store.answerLeadChange(tx, actor.districtId, change, to)))
    ctx.refuse('record.changed-meanwhile', { version: change.version });
  if ((await store.passLead(tx, change.id)) === null) ctx.refuse('groups.moved-on', { status: group.status });
  await tell(ctx as Ctx<never>, [change.fromId, change.toId, change.askedBy], 'groups.lead-answered', group.id);
  await note(ctx as Ctx<never>, 'group.lead-changed', group.id, change.id);
};

/** The head confirms or declines; those who lead withdraw what they asked. */
export const answerGroupLead = async (
  ctx: Ctx<Answering>,
  at: { id: string; changeId: string },
  ask: { decision: 'confirm' | 'decline' | 'withdraw'; says: string; version: number },
) => {
  const { tx, actor } = ctx;
  const { group, heads } = await groupOf(ctx as Ctx<never>, at.id);
  const change = (await store.leadChangeById(tx, actor.districtId, at.id, at.changeId)) ?? ctx.notFound();
  if (ask.decision === 'withdraw' ? !group.inHand : !heads) throw new Denied();
  const verdict = leadAnswerVerdict({
    status: change.status,
    decision: ask.decision,
    toSelf: actor.selves.includes(change.toId),
    says: ask.says,
  });
  if (!verdict.ok) ctx.refuse(verdict.code as Answering, verdict.facts);
  if (change.version !== ask.version) ctx.refuse('record.changed-meanwhile', { version: change.version });
  if (ask.decision === 'confirm') {
    // Whoever was asked for may have left the station since.
    if (!(await store.areOfStation(tx, group.stationId, [change.toId]))) ctx.refuse('groups.lead-elsewhere');
    await confirm(ctx, group, change, ask.says);
  } else {
    const status = ask.decision === 'decline' ? 'declined' : 'withdrawn';
    const to = { status, answeredBy: actor.personId, answeredAt: ctx.now, answer: ask.says } as const;
    if (!(await store.answerLeadChange(tx, actor.districtId, change, to)))
      ctx.refuse('record.changed-meanwhile', { version: change.version });
    await tell(ctx as Ctx<never>, [change.fromId, change.askedBy], 'groups.lead-answered', at.id);
    await note(ctx as Ctx<never>, 'group.lead-kept', at.id, change.id);
  }
  return { id: change.id, version: change.version + 1 };
};
