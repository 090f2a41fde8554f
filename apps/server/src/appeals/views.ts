import type { listAppeals as listEndpoint } from '@jieyou/core/appeals/endpoints.ts';
import { seenByAppeal } from '@jieyou/core/appeals/policy.ts';
import { appealActs } from '@jieyou/core/appeals/rules.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { appealClock, callRulesOf } from './clock.ts';
import * as store from './store.ts';

/** How a person stands to an appeal. `takesAs`: a deputy takes it for the person whose work it is. */
export const standing = (actor: Actor, appeal: Pick<store.AppealRecord, 'stationId' | 'takerId' | 'urgent'>) => {
  const own = appeal.takerId !== null && actor.selves.includes(appeal.takerId);
  const works = actor.assignments.filter((a) => a.role === 'worker' && a.stationId !== null && a.stationId === appeal.stationId);
  const post = works.find((a) => a.deputyFor === null) ?? works[0];
  const centre = scopeOf(actor, 'centre', 'district').length > 0;
  return {
    own,
    takes: post !== undefined || (centre && (appeal.stationId === null || appeal.urgent)),
    takesAs: post?.deputyFor ?? actor.personId,
    heads: appeal.stationId !== null && scopeOf(actor, 'head', 'station').includes(appeal.stationId),
    opensCases: actor.assignments.some((a) => a.role === 'worker'),
    places: centre,
  };
};

type Row = Omit<store.AppealRecord, 'readsContent' | 'districtId'> & {
  stationName: string | null;
  streetName: string | null;
  takerName: string | null;
};

const COLUMNS = sql`a.id, a.number, a.channel, a.status, a.topic, a.urgent, a.station_id, a.taker_id, a.asked_at, a.due_at, a.at_risk_at, a.version,
  s.name as station_name, d.name as street_name, p.name as taker_name`;
const JOINS = sql`left join station s on s.id = a.station_id left join division d on d.id = a.street_id left join person p on p.id = a.taker_id`;

type Rules = Awaited<ReturnType<typeof callRulesOf>>;

const rowOf = (row: Row, ctx: Ctx, rules: Rules) => ({
  id: row.id,
  number: row.number,
  channel: row.channel,
  status: row.status,
  topic: row.topic as 'family',
  urgent: row.urgent,
  stationId: row.stationId,
  stationName: row.stationName,
  streetName: row.streetName,
  takerName: row.takerName,
  askedAt: row.askedAt,
  clock: appealClock(row, ctx.now, rules),
  version: row.version,
});

/** Appeals in reach: those in danger first, then what is due first; ended ones after the open ones. */
export const listAppeals = async (ctx: Ctx, query: z.infer<typeof listEndpoint.query>) => {
  const rules = await callRulesOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const page = await readPage<Row & { rank: number }>(ctx.tx, query, {
    columns: sql`${COLUMNS}, a.rank`,
    from: sql`from (select x.*, case when x.status not in ('waiting', 'taken') then 2 when x.urgent and x.status = 'waiting' then 0 else 1 end as rank
      from appeal x where x.district_id = ${ctx.actor.districtId}) a ${JOINS}`,
    where: allOf([
      store.appealInReach(ctx.actor, 'a'),
      query.status !== undefined && sql`a.status = any(${query.status}::text[])`,
      query.channel !== undefined && sql`a.channel = any(${query.channel}::text[])`,
      query.topic !== undefined && sql`a.topic = any(${query.topic}::text[])`,
      query.number !== undefined && query.number !== '' && sql`a.number = ${query.number.toUpperCase()}`,
      query.clock === 'overdue' &&
        sql`a.status in ('waiting', 'taken') and a.due_at < ${ctx.now} and not (a.urgent and a.status = 'taken')`,
      query.clock === 'urgent' && sql`a.status in ('waiting', 'taken') and a.urgent`,
    ]),
    sort: [
      { column: 'rank', direction: 'asc', type: 'int' },
      { column: 'due_at', direction: 'asc', type: 'timestamptz' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'a',
  });
  return { ...page, rows: page.rows.map((row) => rowOf(row, ctx, rules)) };
};

/** One appeal; the words of the resident only for those who answer it. */
export const readAppeal = async (ctx: Ctx, id: string) => {
  const { tx, actor, crypto } = ctx;
  const facts = (await store.appealById(tx, actor, id)) ?? ctx.notFound();
  const rules = await callRulesOf(tx, actor.districtId, ctx.today);
  const { rows } =
    await sql<Row>`select ${COLUMNS} from appeal a ${JOINS} where a.district_id = ${actor.districtId} and a.id = ${id}`.execute(tx);
  const row = rows[0] ?? ctx.notFound();
  const found = facts.readsContent
    ? await tx.selectFrom('appealContent').selectAll().where('districtId', '=', actor.districtId).where('id', '=', id).executeTakeFirst()
    : undefined;
  const { rows: steps } = await sql<{
    id: string;
    at: string;
    kind: string;
    byName: string | null;
    saysCt: string | null;
    toResident: boolean;
  }>`select t.id, t.at, t.kind, p.name as by_name, t.says_ct, t.to_resident from appeal_step t left join person p on p.id = t.by_id
    where t.district_id = ${actor.districtId} and t.appeal_id = ${id} order by t.id desc`.execute(tx);
  const { rows: requests } = await sql<{ id: string; receiptNo: string | null; status: string }>`
    select r.id, r.receipt_no, r.status from support_request r where r.district_id = ${actor.districtId} and r.appeal_id = ${id} order by r.id`.execute(
    tx,
  );
  const { rows: more } = await sql<{ takerName: string | null; tellerName: string | null; caseNumber: string | null }>`select
    (select name from person where id = ${facts.callTakerId}) as taker_name,
    (select t.name from appeal a join person t on t.id = a.teller_id where a.district_id = ${actor.districtId} and a.id = ${id}) as teller_name,
    (select number from case_file where district_id = ${actor.districtId} and id = ${facts.caseId}) as case_number`.execute(tx);
  if (found !== undefined) ctx.saw('appeal', id);
  return {
    ...rowOf(row, ctx, rules),
    content:
      found === undefined
        ? null
        : {
            says: crypto.decrypt(found.saysCt, store.appealPlace(id, 'says')),
            name: found.nameMasked,
            reach: found.reach as 'phone',
            phone: found.phoneMasked,
            safeTimes: found.safeTimes as 'any'[],
            safeNote: found.safeNoteCt === null ? null : crypto.decrypt(found.safeNoteCt, store.appealPlace(id, 'safeNote')),
            mayMessage: found.mayMessage,
            unsafe: found.unsafe,
          },
    steps: steps.map((s) => ({
      id: s.id,
      at: s.at,
      kind: s.kind as 'asked',
      byName: s.byName,
      says: s.saysCt === null ? null : crypto.decrypt(s.saysCt, store.stepPlace(s.id)),
      toResident: s.toResident,
    })),
    call:
      facts.callId === null || facts.callNumber === null
        ? null
        : { id: facts.callId, number: facts.callNumber, takerName: more[0]?.takerName ?? '' },
    tellerName: more[0]?.tellerName ?? null,
    // A case out of reach is not named.
    caseId: more[0]?.caseNumber == null ? null : facts.caseId,
    caseNumber: more[0]?.caseNumber ?? null,
    requests,
    can: facts.readsContent || standing(actor, facts).places ? appealActs({ status: facts.status, ...standing(actor, facts) }) : [],
    seenBy: seenByAppeal,
  };
};

/** Cases and earlier appeals with the same phone, masked: looked up in the blind index before anything is opened twice. */
export const findAppealMatches = async (ctx: Ctx, id: string) => {
  const facts = (await store.appealById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!facts.readsContent) return { rows: [] };
  const content = await ctx.tx
    .selectFrom('appealContent')
    .select('phoneIndex')
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .executeTakeFirst();
  ctx.saw('appeal', id, { outcome: 'list-by-identity' });
  return { rows: content?.phoneIndex == null ? [] : await matchesOfPhone(ctx, content.phoneIndex, id) };
};

/** What is known under a phone's blind index, as far as the asker reaches. */
export const matchesOfPhone = async (ctx: Ctx, phoneIndex: string, exceptId: string | null) => {
  const { rows: cases } = await sql<{
    id: string;
    number: string;
    status: string;
    nameMasked: string;
    workerName: string;
    stationName: string;
    mine: boolean;
  }>`select * from cases_of_phone(${phoneIndex})`.execute(ctx.tx);
  const { rows: appeals } = await sql<{
    id: string;
    number: string;
    status: string;
    nameMasked: string | null;
    takerName: string | null;
    stationName: string | null;
  }>`select a.id, a.number, a.status, c.name_masked, p.name as taker_name, s.name as station_name
    from appeal_content c join appeal a on a.district_id = c.district_id and a.id = c.id
      left join person p on p.id = a.taker_id left join station s on s.id = a.station_id
    where c.district_id = ${ctx.actor.districtId} and c.phone_index = ${phoneIndex} and a.id is distinct from ${exceptId}::uuid
      and ${store.appealInReach(ctx.actor, 'a')} order by a.id desc limit 10`.execute(ctx.tx);
  return [
    ...cases.map((c) => ({
      kind: 'case' as const,
      id: c.id,
      number: c.number,
      name: c.nameMasked,
      status: c.status,
      workerName: c.workerName,
      stationName: c.stationName,
      mine: c.mine,
    })),
    ...appeals.map((a) => ({
      kind: 'appeal' as const,
      id: a.id,
      number: a.number,
      name: a.nameMasked,
      status: a.status,
      workerName: a.takerName,
      stationName: a.stationName,
      mine: false,
    })),
  ];
};

/** What the public page needs: where one may live, whom one may call, and how long an answer takes. */
export const readPublicStart = async (ctx: Ctx) => {
  const { districts, streets, stations } = await store.placesOf(ctx.tx);
  const found = [];
  for (const d of districts) {
    const rules = await callRulesOf(ctx.tx, d.id, ctx.today);
    found.push({
      id: d.id,
      name: d.name,
      centreName: d.centreName ?? d.name,
      centrePhone: stations.find((s) => s.districtId === d.id && s.tier === 'district-station')?.phone ?? null,
      answerDays: rules.pack['appeal.answerDays'],
      streets: streets.filter((s) => s.districtId === d.id).map(({ id, name }) => ({ id, name })),
      hotlines: await ctx.tx
        .selectFrom('hotline')
        .select(['number', 'name', 'helps', 'hours', 'urgent'])
        .where('districtId', '=', d.id)
        .where('active', '=', true)
        .orderBy('position')
        .orderBy('id')
        .execute(),
    });
  }
  return { districts: found };
};
