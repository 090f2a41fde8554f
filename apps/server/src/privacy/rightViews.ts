import { mayEver } from '@jieyou/core/identity/policy.ts';
import { type RightMove, RUNNING, rightMoves } from '@jieyou/core/privacy/moves.ts';
import { decidesRights, handsOutCopies, rightRegisterReach } from '@jieyou/core/privacy/policy.ts';
import { daysLeft, deciderVerdict, deletionBlocks, keepUntil, retentionClassOf } from '@jieyou/core/privacy/rules.ts';
import type { RightKind, RightRow, RightStatus, StopGround } from '@jieyou/core/privacy/schema.ts';
import { type Day, day } from '@jieyou/core/shared/day.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { type ZipEntry, zip } from '../platform/zip.ts';
import { copyOf, filesOf, mapOf } from './copy.ts';
import { figuresOf } from './figures.ts';
import { openPersons, openWithheld } from './sealing.ts';
import * as store from './store.ts';

type Row = Omit<z.infer<typeof RightRow>, 'overdue' | 'daysLeft'>;

const running = (status: RightStatus): boolean => RUNNING.includes(status);
const clockOf = (row: { dueOn: string; status: RightStatus }, today: Day) => {
  const left = daysLeft(day(row.dueOn), today);
  return { daysLeft: left, overdue: running(row.status) && left < 0 };
};

/** One page of requests, the newest first: the register only. */
export const listRights = async (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
    receiptNo?: string | undefined;
    kind?: RightKind[] | undefined;
    status?: RightStatus[] | undefined;
    overdue?: 'yes' | undefined;
  },
) => {
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`p.id, p.receipt_no, p.kind, p.asker_kind, p.status, s.name as station_name, p.subject_masked, p.received_at,
      r.name as received_by_name, p.due_on, p.version`,
    from: sql`from privacy_request p join station s on s.id = p.station_id join person r on r.id = p.received_by`,
    where: allOf([
      sql`p.district_id = ${ctx.actor.districtId}`,
      reachSql(ctx.actor, rightRegisterReach, 'p'),
      query.receiptNo !== undefined && query.receiptNo !== '' && sql`p.receipt_no ilike ${containing(query.receiptNo)}`,
      query.kind !== undefined && sql`p.kind = any(${query.kind})`,
      query.status !== undefined && sql`p.status = any(${query.status})`,
      query.overdue === 'yes' && sql`p.due_on < ${ctx.today}::date and p.status = any(${[...RUNNING]})`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'p',
  });
  return { ...page, rows: page.rows.map((row) => ({ ...row, ...clockOf(row, ctx.today) })) };
};

const DECIDING: readonly RightMove[] = ['reject', 'answer', 'answerPartly', 'refuse'];

/** One request with what is kept of the person, counted, and what may be done with it now. */
export const readRight = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor, crypto } = ctx;
  const found = (await store.rightById(tx, actor, id)) ?? ctx.notFound();
  const persons = openPersons(crypto, id, found.personsCt);
  const rows = await store.personalRows(tx, id);
  const cases = await store.casesOfRight(tx, id);
  const { pack } = await figuresOf(tx, actor.districtId, ctx.today);
  const { rows: sources } = await sql<{ source: string }>`select v.source from rule_value v join rule_pack p on p.id = v.pack_id
    where p.code = 'privacy' and p.version = ${await versionOf(ctx, id)} and v.key = 'answer.days' limit 1`.execute(tx);
  ctx.saw('privacy-request', id, { outcome: 'shown' });
  const mine = !deciderVerdict(found, actor.selves).ok;
  const decides = !mine && mayEver(decidesRights, actor);
  return {
    ...pick(found),
    ...clockOf(found, ctx.today),
    askerName: persons.askerName,
    askerPhone: persons.askerPhone,
    withheld: openWithheld(crypto, id, found.withheldCt),
    clockSource: sources[0]?.source ?? '',
    cases: cases.map((c) => {
      const facts = store.closedFacts(c);
      const kept = keepUntil(facts, pack);
      return {
        id: c.id,
        number: c.number,
        stationName: c.stationName,
        open: c.status === 'open',
        retentionClass: kept?.retentionClass ?? retentionClassOf(facts, ctx.today),
        keepUntil: kept?.until ?? null,
        grounds: deletionBlocks(facts, pack, ctx.today),
        running: c.running,
        stopped: c.stopped,
      };
    }),
    map: mapOf(rows),
    files: rows.flatMap((r) =>
      !mayEver(handsOutCopies, actor) || r.tableName !== 'attachment' || r.one['removed_at'] !== null
        ? []
        : [{ id: r.rowId, name: String(r.one['name']), bytes: Number(r.one['bytes']), chosen: found.attachmentIds.includes(r.rowId) }],
    ),
    stops: (await store.stopsOf(tx, actor.districtId, id)).map((s) => ({ ...s, grounds: s.grounds as StopGround[] })),
    mine,
    can: [
      ...movesFrom(rightMoves, found.status).filter((move) => !DECIDING.includes(move) || decides),
      ...(found.status === 'answering' ? ['prepare'] : []),
      ...(copyReady(found) && mayEver(handsOutCopies, actor) ? ['copy'] : []),
      ...(['done', 'partly', 'refused'].includes(found.status) ? ['print'] : []),
    ],
  };
};

const versionOf = async (ctx: Ctx<never>, id: string): Promise<string> =>
  (
    await ctx.tx
      .selectFrom('privacyRequest')
      .select('packVersion')
      .where('districtId', '=', ctx.actor.districtId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).packVersion;

const pick = (r: store.RightKept) => ({
  id: r.id,
  receiptNo: r.receiptNo,
  kind: r.kind,
  askerKind: r.askerKind,
  status: r.status,
  stationName: r.stationName,
  subjectMasked: r.subjectMasked,
  receivedAt: r.receivedAt,
  receivedByName: r.receivedByName,
  dueOn: r.dueOn,
  version: r.version,
  wish: r.wish,
  checked: r.checked,
  checkNote: r.checkNote,
  checkedAt: r.checkedAt,
  answer: r.answer,
  reason: r.reason,
  route: r.route,
  preparedByName: r.preparedByName,
  decidedByName: r.decidedByName,
  decidedAt: r.decidedAt,
});

const copyReady = (r: store.RightKept): boolean =>
  (r.kind === 'copy' || r.kind === 'access') && (r.status === 'done' || r.status === 'partly');

/** The copy as a zip: only after somebody else decided it, and each taking out is recorded. */
export const downloadPersonalCopy = async (ctx: Ctx<'privacy.copy-not-decided'>, id: string): Promise<Buffer> => {
  const { tx, actor, crypto } = ctx;
  const found = (await store.rightById(tx, actor, id)) ?? ctx.notFound();
  if (!copyReady(found)) ctx.refuse('privacy.copy-not-decided');
  const rows = await store.personalRows(tx, id);
  const records = copyOf(crypto, rows, openWithheld(crypto, id, found.withheldCt), found.attachmentIds);
  const attachments: ZipEntry[] = [];
  for (const row of rows) {
    if (row.tableName !== 'attachment' || !found.attachmentIds.includes(row.rowId)) continue;
    const content = await ctx.services.files.get(row.rowId, String(row.one['stored_as']));
    attachments.push({ name: `附件/${attachments.length + 1}-${safeName(String(row.one['name']))}`, content });
  }
  ctx.saw('privacy-request', id, { kind: 'export', outcome: 'personal-copy', reason: found.receiptNo });
  ctx.http.reply
    .header('content-type', 'application/zip')
    .header('content-disposition', fileAs(`个人信息副本${found.receiptNo}.zip`))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store');
  return zip(
    filesOf({ receiptNo: found.receiptNo, madeAt: ctx.now, answer: found.answer }, records, mapOf(rows), attachments),
    new Date(ctx.now),
  );
};

// A name from outside must not leave its folder when the archive is unpacked.
const safeName = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_')
    .replace(/^\.+/, '_')
    .slice(-120);

/** What was given to whom on the consents of a case. */
export const listConsentUses = async (ctx: Ctx<never>, caseId: string) => {
  const { tx, actor } = ctx;
  const { rows: seen } = await sql<{ noted: boolean }>`select note_found('opened_case', f.id) as noted from case_file f
    where f.district_id = ${actor.districtId} and f.id = ${caseId}`.execute(tx);
  if (seen.length === 0) return ctx.notFound();
  ctx.saw('case', caseId, { outcome: 'consent-uses' });
  type Use = {
    consentId: string;
    kind: 'packet' | 'publication' | 'referral';
    number: string;
    receivers: string[];
    fields: string[];
    at: string;
  };
  const { rows } = await sql<Use>`
    select o.consent_id, 'packet' as kind, coalesce(q.archive_no, q.receipt_no, '') as number, o.packet_fields as fields, o.created_at as at,
      array(select p.name from support_invitation i join expert e on e.id = i.expert_id join person p on p.id = e.person_id
        where i.district_id = o.district_id and i.round_id = o.id and i.pledged_at is not null order by 1) as receivers
    from support_round o join support_request q on q.district_id = o.district_id and q.id = o.request_id
    where o.district_id = ${actor.districtId} and q.case_id = ${caseId} and o.consent_id is not null
    union all
    select c.id, 'publication', e.number, array['case'], (e.released_on::timestamp at time zone 'Asia/Shanghai'), array['案例库']
    from casebank_entry e join published_drafts_of(${caseId}) d on d.draft_id = e.draft_id
      join lateral (select k.id from consent k where k.district_id = ${actor.districtId} and k.case_id = ${caseId} and k.purpose = 'publication'
        and k.granted_on <= e.released_on order by k.granted_on desc, k.id desc limit 1) c on true
    where e.recalled_at is null
    union all
    select f.consent_id, 'referral', f.number, c.fields, (f.sent_on::timestamp at time zone 'Asia/Shanghai'), array[p.name]
    from partner_referral f join partner p on p.id = f.partner_id join support_request q on q.district_id = f.district_id and q.id = f.request_id
      left join partner_referral_content c on c.district_id = f.district_id and c.id = f.id
    where f.district_id = ${actor.districtId} and q.case_id = ${caseId}
    order by at desc`.execute(tx);
  return { caseId, rows };
};
