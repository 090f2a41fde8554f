import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { VolunteerEvent } from '@jieyou/core/volunteers/events.ts';
import { type VolunteerMove, volunteerMoves } from '@jieyou/core/volunteers/moves.ts';
import { keepsVolunteers } from '@jieyou/core/volunteers/policy.ts';
import { type EntryRefusal, entryVerdict } from '@jieyou/core/volunteers/rules.ts';
import type { EraseCause, VolunteerDraft, VolunteerField } from '@jieyou/core/volunteers/schema.ts';
import { sql } from 'kysely';
import { placeOfStation } from '../contacts/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

/** Remembers what happened with somebody on the register. */
export const note = (ctx: Ctx<never>, type: VolunteerEvent, id: string, facts: Record<string, string | number | null> = {}) =>
  ctx.record({ type, recordKind: 'volunteer', recordId: id, facts });

/** Somebody whom the asker's station keeps. */
export const keptBy = async (ctx: Ctx<never>, id: string): Promise<store.VolunteerFacts> => {
  const found = (await store.volunteerById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.kept) throw new Denied();
  return found;
};

/** The station for which the asker keeps volunteers. */
export const stationOf = async (ctx: Pick<Ctx, 'tx' | 'actor'>) => {
  const held = ctx.actor.assignments.filter((a) => a.stationId !== null && keepsVolunteers.who.includes(a.role as never));
  const post = held.find((a) => a.deputyFor === null) ?? held[0];
  return post?.stationId === undefined || post.stationId === null ? undefined : placeOfStation(ctx.tx, post.stationId);
};

type Entering = EntryRefusal | 'volunteers.area-unknown' | 'volunteers.known';

const check = async (ctx: Ctx<Entering>, draft: VolunteerDraft, except: string | null): Promise<void> => {
  const verdict = entryVerdict(draft, await packOf(ctx), ctx.today);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  if (!(await store.areasKnown(ctx.tx, ctx.actor.districtId, draft.areas))) ctx.refuse('volunteers.area-unknown');
  const index = (value: string | null, kind: 'name' | 'phone' | 'idNumber') =>
    value === null ? null : store.indexesOf(ctx.crypto, value)[kind];
  const { rows } = await sql<{ stationName: string }>`select station_name from volunteer_known(${index(draft.idNumber, 'idNumber')},
    ${index(draft.name, 'name')}, ${index(draft.phone, 'phone')}, ${except})`.execute(ctx.tx);
  if (rows[0] !== undefined) ctx.refuse('volunteers.known', { station: rows[0].stationName });
};

const lineOf = (ctx: Ctx<never>, draft: VolunteerDraft) => ({
  nameMasked: store.shownName(draft.name, draft.birthOn, ctx.today),
  team: draft.team,
  skills: [...new Set(draft.skills)],
  areas: [...new Set(draft.areas)],
  slots: [...new Set(draft.slots)],
  insuredUntil: draft.insuredUntil,
  updatedAt: ctx.now,
});

/** Enters a volunteer into the register of the asker's station. */
export const createVolunteer = async (ctx: Ctx<Entering | 'volunteers.no-station'>, draft: VolunteerDraft) => {
  const place = await stationOf(ctx);
  if (place === undefined) return ctx.refuse('volunteers.no-station');
  await check(ctx, draft, null);
  const id = ctx.id();
  await store.insertVolunteer(
    ctx.tx,
    {
      districtId: ctx.actor.districtId,
      id,
      ...place,
      ...lineOf(ctx as Ctx<never>, draft),
      status: 'active',
      since: draft.since,
      madeBy: ctx.actor.personId,
    },
    store.sealVolunteer(ctx.crypto, id, draft, ctx.today),
  );
  await note(ctx as Ctx<never>, 'volunteer.entered', id);
  return { id, version: 1 };
};

type Change = Omit<VolunteerDraft, 'name'> & { name: string | null; dropIdNumber: boolean; version: number };

/** Changes an entry. What was not typed again stays: the page shows masks, and masks are never stored. */
export const updateVolunteer = async (
  ctx: Ctx<Entering | 'volunteers.moved-on' | 'record.changed-meanwhile'>,
  id: string,
  change: Change,
) => {
  const was = await keptBy(ctx as Ctx<never>, id);
  if (was.status === 'withdrawn') return ctx.refuse('volunteers.moved-on', { status: was.status });
  const kept = (await store.contentById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const open = (ciphertext: string | null, field: Parameters<typeof store.sealedAt>[1]) =>
    ciphertext === null ? null : ctx.crypto.decrypt(ciphertext, store.sealedAt(id, field));
  const { version, dropIdNumber, ...typed } = change;
  const draft: VolunteerDraft = {
    ...typed,
    name: typed.name ?? open(kept.nameCt, 'name') ?? '',
    phone: typed.phone ?? open(kept.phoneCt, 'phone'),
    idNumber: dropIdNumber ? null : (typed.idNumber ?? open(kept.idNumberCt, 'idNumber')),
    idAgreedOn: dropIdNumber ? null : typed.idAgreedOn,
    guardianName: typed.guardianName ?? open(kept.guardianNameCt, 'guardianName'),
    guardianPhone: typed.guardianPhone ?? open(kept.guardianPhoneCt, 'guardianPhone'),
  };
  await check(ctx, draft, id);
  const next = await store.changeVolunteer(ctx.tx, ctx.actor.districtId, was, version, lineOf(ctx as Ctx<never>, draft));
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await ctx.tx
    .updateTable('volunteerContent')
    .set(store.sealVolunteer(ctx.crypto, id, draft, ctx.today))
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .execute();
  await note(ctx as Ctx<never>, 'volunteer.changed', id);
  return { id, version: next };
};

/** Somebody pauses, comes back or leaves. Who is still awaited in a task does not leave unseen. */
export const moveVolunteer = async (
  ctx: Ctx<'volunteers.moved-on' | 'volunteers.still-in-tasks' | 'record.changed-meanwhile'>,
  id: string,
  ask: { move: VolunteerMove; says: string; version: number },
) => {
  const { tx, actor } = ctx;
  const was = await keptBy(ctx as Ctx<never>, id);
  if (!moveVerdict(volunteerMoves, was.status, ask.move).ok) return ctx.refuse('volunteers.moved-on', { status: was.status });
  if (ask.move === 'withdraw') {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from volunteer_turn t
      join volunteer_task k on k.district_id = t.district_id and k.id = t.task_id and k.status in ('open', 'staffed', 'done')
      where t.district_id = ${actor.districtId} and t.volunteer_id = ${id} and t.status in ('confirmed', 'came')`.execute(tx);
    const count = rows[0]?.n ?? 0;
    if (count > 0) return ctx.refuse('volunteers.still-in-tasks', { count });
  }
  // Words first: who has left is changed no more.
  await tx
    .updateTable('volunteerContent')
    .set({ stopSays: ask.move === 'resume' ? null : ask.says })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .execute();
  const change = {
    status: volunteerMoves[ask.move].to as string,
    stoppedOn: ask.move === 'resume' ? null : ctx.today,
    updatedAt: ctx.now,
  };
  const next = await store.changeVolunteer(tx, actor.districtId, was, ask.version, change);
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await note(ctx as Ctx<never>, 'volunteer.moved', id, { move: ask.move });
  return { id, version: next };
};

/** Opens one item of a volunteer for a reason that is kept. */
export const unmaskVolunteer = async (ctx: Ctx<never>, id: string, ask: { field: VolunteerField; reason: string }) => {
  await keptBy(ctx, id);
  const kept = (await store.contentById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  ctx.saw('volunteer', id, { kind: 'unmask', reason: ask.reason, outcome: ask.field });
  await note(ctx, 'volunteer.unmasked', id, { field: ask.field });
  const open = (ciphertext: string | null, field: Parameters<typeof store.sealedAt>[1]) =>
    ciphertext === null || ciphertext === '' ? null : ctx.crypto.decrypt(ciphertext, store.sealedAt(id, field));
  if (ask.field === 'guardian')
    return {
      value: [open(kept.guardianNameCt, 'guardianName'), open(kept.guardianPhoneCt, 'guardianPhone')].filter(Boolean).join(' ') || null,
    };
  const ciphertext = { name: kept.nameCt, phone: kept.phoneCt, idNumber: kept.idNumberCt }[ask.field];
  return { value: open(ciphertext, ask.field) };
};

/** Takes out who somebody was who has left and asked for it; the hours stay as numbers. */
export const eraseVolunteer = async (
  ctx: Ctx<'volunteers.not-withdrawn' | 'record.changed-meanwhile'>,
  id: string,
  ask: { because: EraseCause; version: number },
) => {
  const was = (await store.volunteerById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!was.headed) throw new Denied();
  if (was.status !== 'withdrawn' || was.erasedAt !== null) return ctx.refuse('volunteers.not-withdrawn');
  if (was.version !== ask.version) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  const { rows } = await sql<{ done: boolean }>`select erase_volunteer(${id}) as done`.execute(ctx.tx);
  if (rows[0]?.done !== true) throw new Denied();
  await note(ctx as Ctx<never>, 'volunteer.erased', id, { because: ask.because });
  return { id, version: ask.version + 1 };
};
