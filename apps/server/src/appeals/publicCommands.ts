import { randomInt } from 'node:crypto';
import type { AppealEvent } from '@jieyou/core/appeals/events.ts';
import { appealMoves } from '@jieyou/core/appeals/moves.ts';
import { CODE_DIGITS, codeAnswers, stationOfStreet } from '@jieyou/core/appeals/rules.ts';
import type { AppealDraft } from '@jieyou/core/appeals/schema.ts';
import { yearOf } from '@jieyou/core/shared/day.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { z } from 'zod';
import { exactIndexes } from '../cases/index.ts';
import { centreOf, holdersAt } from '../identity/index.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { appealClock, appealDue, callRulesOf } from './clock.ts';
import * as store from './store.ts';

type Draft = Omit<z.infer<typeof AppealDraft>, 'districtId' | 'leaveEmpty'>;

/** An event of somebody who has no account: who it was is not known, and the address from which it came is not kept. */
const noteStranger = (ctx: Ctx, districtId: string, type: AppealEvent, id: string) =>
  ctx.tx
    .insertInto('event')
    .values({ districtId, id: ctx.id(), at: ctx.now, type, recordKind: 'appeal', recordId: id, facts: '{}', httpRequest: ctx.http.id })
    .execute();

const newCode = (): string => Array.from({ length: CODE_DIGITS }, () => randomInt(10)).join('');

/** A call that stands behind an appeal. */
export type CallBehind = { readonly id: string; readonly number: string; readonly takerId: string; readonly startedAt: string };

/** Where an appeal goes: the street's station, else the centre. Undefined for a street that is not of the district. */
const placeFor = async (ctx: Ctx, districtId: string, streetId: string | null) => {
  const { districts, streets, stations } = await store.placesOf(ctx.tx, districtId);
  const district = districts[0];
  if (district === undefined) return undefined;
  if (streetId === null) return { district, station: null, centre: centreStation(stations, districtId) };
  const street = streets.find((s) => s.id === streetId && s.districtId === districtId);
  if (street === undefined) return undefined;
  const stationId = stationOfStreet(
    street,
    stations.filter((s) => s.districtId === districtId),
  );
  return { district, station: stations.find((s) => s.id === stationId) ?? null, centre: centreStation(stations, districtId) };
};

const centreStation = (stations: readonly { tier: string; districtId: string; phone: string | null }[], districtId: string) =>
  stations.find((s) => s.districtId === districtId && s.tier === 'district-station');

/** Writes an appeal down, starts its clock, and tells those who answer: in danger the duty person of the centre at once. */
export const openAppeal = async (
  ctx: Ctx<'appeals.place-unknown'>,
  districtId: string,
  draft: Draft,
  by:
    | { readonly codeHash: string }
    | { readonly call: CallBehind }
    | { readonly teller: { readonly id: string; readonly communityId: string } },
) => {
  const { tx, crypto } = ctx;
  const place = await placeFor(ctx, districtId, draft.streetId);
  if (place === undefined) return ctx.refuse('appeals.place-unknown');
  const rules = await callRulesOf(tx, districtId, ctx.today);
  const id = ctx.id();
  const year = yearOf(ctx.today);
  const number = `JM-${year}-${String(await nextNumber(tx, { districtId, kind: 'JM', scope: '', year })).padStart(5, '0')}`;
  const due = appealDue(rules, draft.danger, ctx.now);
  const call = 'call' in by ? by.call : undefined;
  const teller = 'teller' in by ? by.teller : undefined;
  await tx
    .insertInto('appeal')
    .values({
      districtId,
      id,
      number,
      channel: call !== undefined ? 'hotline' : teller !== undefined ? 'civil-affairs' : 'public',
      tellerId: teller?.id ?? null,
      communityId: teller?.communityId ?? null,
      status: 'waiting',
      topic: draft.topic,
      urgent: draft.danger,
      streetId: draft.streetId,
      stationId: place.station?.id ?? null,
      callId: call?.id ?? null,
      callNumber: call?.number ?? null,
      callTakerId: call?.takerId ?? null,
      codeHash: 'codeHash' in by ? by.codeHash : null,
      askedAt: ctx.now,
      toldAt: call?.startedAt ?? null,
      ...due,
      packVersion: rules.version,
      updatedAt: ctx.now,
    })
    .execute();
  const seal = (field: 'name' | 'phone' | 'safeNote', value: string | null) =>
    value === null ? null : crypto.encrypt(value, store.appealPlace(id, field));
  await tx
    .insertInto('appealContent')
    .values({
      districtId,
      id,
      saysCt: crypto.encrypt(draft.says, store.appealPlace(id, 'says')),
      nameCt: seal('name', draft.name),
      nameMasked: draft.name === null ? null : maskName(draft.name),
      phoneCt: seal('phone', draft.phone),
      phoneMasked: draft.phone === null ? null : maskPhone(draft.phone),
      phoneIndex: draft.phone === null ? null : exactIndexes(crypto, draft.phone).phone,
      reach: draft.reach,
      safeTimes: draft.safeTimes,
      safeNoteCt: seal('safeNote', draft.safeNote),
      mayMessage: draft.mayMessage,
      unsafe: draft.unsafe,
    })
    .execute();
  await tx
    .insertInto('appealStep')
    .values({
      districtId,
      id: ctx.id(),
      appealId: id,
      at: ctx.now,
      kind: 'asked',
      byId: call?.takerId ?? teller?.id ?? null,
      toResident: true,
    })
    .execute();
  const people = await whomToTell(ctx, districtId, place.station?.id ?? null, draft.danger);
  await ctx.services.live.send(
    tx,
    districtId,
    people,
    { kind: draft.danger ? 'appeals.urgent' : 'appeals.new', recordKind: 'appeal', recordId: id, number },
    new Date(ctx.now),
  );
  return {
    id,
    number,
    dueAt: due.dueAt,
    stationName: place.station?.name ?? place.district.centreName ?? place.district.name,
    stationPhone: place.station?.phone ?? place.centre?.phone ?? null,
  };
};

const whomToTell = async (ctx: Ctx, districtId: string, stationId: string | null, urgent: boolean): Promise<string[]> => {
  const station = await holdersAt(ctx.tx, stationId, ['worker', 'head']);
  if (!urgent) return station.length > 0 ? station : centreOf(ctx.tx, districtId);
  const duty = await store.rotaOf(ctx.tx, districtId, ctx.today);
  // Without a rota everybody of the centre is called.
  return [...station, ...(duty === undefined ? await centreOf(ctx.tx, districtId) : [duty.dutyId])];
};

/** A resident asks; the code is shown this once. */
export const askAsResident = async (ctx: Ctx<'appeals.place-unknown'>, body: z.infer<typeof AppealDraft>) => {
  const { districtId, leaveEmpty: _, ...draft } = body;
  const code = newCode();
  const codeHash = await store.holdCode(ctx.tx, ctx.crypto, code);
  const made = await openAppeal(ctx, districtId, draft, { codeHash });
  await noteStranger(ctx, districtId, 'appeal.asked', made.id);
  return { code, number: made.number, stationName: made.stationName, stationPhone: made.stationPhone, dueAt: made.dueAt };
};

/** The appeal behind a code; a code that is none, and one whose time is over, answer alike. */
const behind = async (ctx: Ctx, code: string): Promise<store.AppealRecord> => {
  const found = await store.appealOfCode(ctx.tx, await store.holdCode(ctx.tx, ctx.crypto, code));
  if (found === undefined) return ctx.notFound();
  const rules = await callRulesOf(ctx.tx, found.districtId, ctx.today);
  return codeAnswers(found.endedAt, ctx.now, rules.pack['appeal.seenDays']) ? found : ctx.notFound();
};

const shown = async (ctx: Ctx, appeal: store.AppealRecord) => {
  const { districts, stations } = await store.placesOf(ctx.tx, appeal.districtId);
  const station = stations.find((s) => s.id === appeal.stationId) ?? centreStation(stations, appeal.districtId);
  const steps = await ctx.tx
    .selectFrom('appealStep')
    .select(['id', 'at', 'kind', 'saysCt', 'toResident'])
    .where('districtId', '=', appeal.districtId)
    .where('appealId', '=', appeal.id)
    .orderBy('id')
    .execute();
  const rules = await callRulesOf(ctx.tx, appeal.districtId, ctx.today);
  return {
    number: appeal.number,
    status: appeal.status,
    urgent: appeal.urgent,
    askedAt: appeal.askedAt,
    dueAt: appealClock(appeal, ctx.now, rules).dueAt,
    stationName: appeal.stationId === null ? (districts[0]?.centreName ?? '') : ((station as { name?: string } | undefined)?.name ?? ''),
    stationPhone: station?.phone ?? null,
    steps: steps.map((s) => ({
      at: s.at,
      kind: s.kind as 'asked',
      says: s.toResident && s.saysCt !== null ? ctx.crypto.decrypt(s.saysCt, store.stepPlace(s.id)) : null,
    })),
    mayWithdraw: moveVerdict(appealMoves, appeal.status, 'withdraw').ok,
  };
};

/** State and answers, for whoever has the code. */
export const readOwnAppeal = async (ctx: Ctx, code: string) => {
  const appeal = await behind(ctx, code);
  await noteStranger(ctx, appeal.districtId, 'appeal.looked', appeal.id);
  return shown(ctx, appeal);
};

/** The resident takes it back; those who work on it are told. */
export const withdrawOwnAppeal = async (ctx: Ctx<'appeals.moved-on'>, code: string) => {
  const appeal = await behind(ctx, code);
  if (!moveVerdict(appealMoves, appeal.status, 'withdraw').ok) ctx.refuse('appeals.moved-on', { status: appeal.status });
  const version = await store.changeAppeal(ctx.tx, appeal, { status: 'withdrawn', endedAt: ctx.now }, ctx.now);
  if (version === undefined) return ctx.refuse('appeals.moved-on');
  await ctx.tx
    .insertInto('appealStep')
    .values({
      districtId: appeal.districtId,
      id: ctx.id(),
      appealId: appeal.id,
      at: ctx.now,
      kind: 'withdrawn',
      byId: null,
      toResident: true,
    })
    .execute();
  await noteStranger(ctx, appeal.districtId, 'appeal.withdrawn', appeal.id);
  if (appeal.takerId !== null)
    await ctx.services.live.send(
      ctx.tx,
      appeal.districtId,
      [appeal.takerId],
      { kind: 'appeals.withdrawn', recordKind: 'appeal', recordId: appeal.id, number: appeal.number },
      new Date(ctx.now),
    );
  return shown(ctx, { ...appeal, status: 'withdrawn', version });
};
