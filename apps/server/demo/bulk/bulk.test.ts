/** The many of the demo on real PostgreSQL: 石亭 whole, since its figures are told, and a small share of all other chunks. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlarmEntryDraft } from '@jieyou/core/alarms/schema.ts';
import { type Day, dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { supportPackOf } from '@jieyou/core/support/pack.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { exactIndexes, openField } from '../../src/cases/recipient.ts';
import { installDivisions, installRules } from '../../src/ground.ts';
import { findActor } from '../../src/identity/actors.ts';
import { tokenHash } from '../../src/identity/sessions.ts';
import { Sm4Provider } from '../../src/platform/crypto/crypto.ts';
import { ownerDatabase } from '../../src/platform/db/database.ts';
import { EMBEDDED_LOGIN, urlOf } from '../../src/platform/db/migrate.ts';
import { Settings } from '../../src/platform/env.ts';
import { settingsOf } from '../../src/platform/http/scope.ts';
import { idAt } from '../../src/platform/ids.ts';
import { packInForce } from '../../src/rulepacks/index.ts';
import { type ClonedDatabase, cloneDatabase } from '../../test/database.ts';
import { makeSession } from '../../test/sessions.ts';
import { demoDistrictCode, divisions } from '../divisions.ts';
import { customaryNames } from '../load.ts';
import { districtRows } from '../loadDistrict.ts';
import { Rows } from '../loadRows.ts';
import { DemoTime, demoHolidays } from '../loadTime.ts';
import { campaignWeek } from './gatherings.ts';
import { askForBulk, bulkLeft, bulkPlan, loadBulk, shitingFigures } from './load.ts';
import { lichengCode, shitingCode, xiangchengCode } from './scopes.ts';

const now = new Date('2026-03-05T04:00:00.000Z');
const crypto = new Sm4Provider(new Map([['test', Buffer.alloc(32, 9)]]), 'test');
const share = (chunk: string): number => (chunk === '石亭' ? 1 : chunk.endsWith('求助') || chunk === '龙华 宣传周' ? 1 : 0.03);

let database: ClonedDatabase;
let owner: ReturnType<typeof ownerDatabase>;
const one = async (query: ReturnType<typeof sql<{ n: number }>>): Promise<number> => (await query.execute(owner)).rows[0]?.n ?? -1;
const inDistrict = (code: string) => sql`district_id = (select id from division where code = ${code})`;
/** How many rows stand in every table of the platform. */
const countAll = async (): Promise<Record<string, number>> => {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(owner);
  const counts: Record<string, number> = {};
  for (const { name } of rows) counts[name] = await one(sql`select count(*)::int as n from ${sql.table(name)}`);
  return counts;
};

/** Loads in a process of its own and kills it, without a word, in the middle of the statements of a chunk. */
const killedWhileWriting = async (): Promise<void> => {
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '--eval',
      `import { loadBulk } from ${from('./load.ts')};
       import { Sm4Provider } from ${from('../../src/platform/crypto/crypto.ts')};
       import { ownerDatabase } from ${from('../../src/platform/db/database.ts')};
       const share = (chunk) => chunk === '石亭' || chunk.endsWith('求助') || chunk === '龙华 宣传周' ? 1 : 0.03;
       const crypto = new Sm4Provider(new Map([['test', Buffer.alloc(32, 9)]]), 'test');
       await loadBulk(ownerDatabase(process.env.BULK_URL), crypto, { share });`,
    ],
    { env: { ...process.env, BULK_URL: database.superuserUrl }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const gone = new Promise<[number | null, NodeJS.Signals | null]>((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
  const chunksWritten = () => one(sql`select last as n from number_series where kind = 'demo'`);
  const begun = await chunksWritten();
  // Somewhere behind the first chunk that it finished, with rows of the next already on their way.
  let writing = 0;
  while (child.exitCode === null && writing === 0)
    writing =
      (await chunksWritten()) > begun
        ? await one(sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            and backend_xid is not null and query ilike 'insert into%'`)
        : 0;
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect(writing).toBe(1);
};

beforeAll(async () => {
  database = await cloneDatabase();
  owner = ownerDatabase(database.superuserUrl);
  // Longhua's people and places, without the told cases.
  await owner.transaction().execute(async (tx) => {
    const seeds = divisions.map((d) => ({ key: d.code, parentKey: d.parentCode, tier: d.tier, name: d.name, code: d.code }));
    const ground = await installDivisions(tx, seeds, now, customaryNames);
    await installRules(tx, ground.get(divisions[0]?.code ?? '')?.id ?? '', now);
    const pack = await packInForce(tx, 'support', ground.get(demoDistrictCode)?.id ?? '', '2026-03-05');
    const time = new DemoTime(now, { pack: supportPackOf(pack.values), version: pack.version, holidays: demoHolidays });
    const rows = new Rows();
    districtRows(rows, ground, time, crypto, { passwordHash: 'x', disabled: false, taken: new Set() });
    await rows.write(tx);
    await askForBulk(tx);
  });
  // Stopped after a few chunks, as by a kill, and taken up again.
  let asked = 0;
  await loadBulk(owner, crypto, { share, stopped: () => ++asked > 4 });
  expect(await bulkLeft(owner)).toBe(true);
  expect(await one(sql`select count(*)::int as n from recipient`)).toBe(9);
  // Then the process is killed while a chunk is being written: what was not committed leaves nothing behind.
  await killedWhileWriting();
  expect(await bulkLeft(owner)).toBe(true);
  await loadBulk(owner, crypto, { share });
}, 180_000);
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

describe('the many', () => {
  it('are as many as is told', async () => {
    const planned = (name: string) => bulkPlan.filter((c) => c.name.startsWith(name)).reduce((sum, c) => sum + c.recipients, 0);
    expect([planned('龙华 '), planned('鲤城 ')]).toEqual([3_000, 835]);
    const written = bulkPlan.filter((c) => c.name.startsWith('鲤城 ')).reduce((sum, c) => sum + Math.ceil(c.recipients * share(c.name)), 0);
    expect(await one(sql`select count(*)::int as n from recipient where ${inDistrict(lichengCode)}`)).toBe(written);
    expect(await one(sql`select count(*)::int as n from partner where type = 'enterprise' and ${inDistrict(lichengCode)}`)).toBe(58);
    expect(await one(sql`select count(distinct name)::int as n from organisation where type = 'enterprise' and ${inDistrict(lichengCode)}`)).toBe(58);
    const { rows: there } = await sql<{ there: boolean }>`select to_regclass('public.volunteer') is not null as there`.execute(owner);
    if (there[0]?.there === true) expect(await one(sql`select count(*)::int as n from volunteer where ${inDistrict(lichengCode)}`)).toBe(455);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from person p join worker w on w.person_id = p.id
      where p.${inDistrict(lichengCode)} group by p.station_id`.execute(owner);
    expect(rows.map((r) => r.n)).toEqual(Array.from({ length: 8 }, () => 2));
  });

  it('in 石亭 did what the station told, in each unit (ST-06)', async () => {
    const of = inDistrict(xiangchengCode);
    const visits = (category: string) => sql<{ n: number }>`select count(*)::int as n from visit v join case_file f on f.id = v.case_id
      join recipient_category c on c.recipient_id = f.recipient_id and c.category = ${category} where v.status = 'done' and v.${of}`;
    expect(await one(sql`select count(distinct m.household_id)::int as n from household_member m
      join recipient_category c on c.recipient_id = m.recipient_id and c.category = 'subsistence' where m.${of}`)).toBe(shitingFigures.households);
    expect(await one(visits('disabled'))).toBe(shitingFigures.disabledVisits);
    expect(await one(visits('child-in-need'))).toBe(shitingFigures.childVisits);
    expect(await one(sql`select sum(people)::int as n from service_contact where kind = 'activity' and ${of}`)).toBe(shitingFigures.atActivities);
    expect(await one(sql`select sum(value_fen)::int as n from relief_item where line = 'material' and ${of}`)).toBe(shitingFigures.linkedFen);
    expect(await one(sql`select count(*)::int as n from station s join division d on d.id = s.division_id where d.code = ${shitingCode}`)).toBe(1);
  });

  it('stand in the ledgers act by act, and the sums are those of the rows', async () => {
    const without = await one(sql`select count(*)::int as n from (
        select id, 'case-note' as kind, happened_on as on_day from case_note union all select id, 'visit', visited_on from visit where status = 'done'
        union all select id, 'follow-up', happened_on from case_paper where kind = 'follow-up'
        union all select id, 'relief-item', on_day from relief_item where line = 'service'
        union all select id, 'group-session', held_on from group_session where status = 'held'
        union all select id, 'activity', (starts_at at time zone 'Asia/Shanghai')::date from activity where status = 'done') a
      full join service_contact c on c.source_kind = a.kind and c.source_id = a.id and c.happened_on = a.on_day where a.id is null or c.id is null`);
    expect(without).toBe(0);
    const apart = await one(sql`select count(*)::int as n from (
      select district_id, station_id, date_trunc('month', happened_on)::date as month, kind, domain, count(*) as acts, sum(people) as times, sum(coalesce(minutes, 0)) as minutes
        from service_contact group by 1, 2, 3, 4, 5
      except select district_id, station_id, month, kind, domain, sum(acts), sum(times), sum(minutes) from contact_tally group by 1, 2, 3, 4, 5) d`);
    expect(apart).toBe(0);
    expect(await one(sql`select count(distinct month)::int as n from contact_tally where ${inDistrict(demoDistrictCode)}`)).toBeGreaterThanOrEqual(20);
  });

  it('hold groups as the platform would have let them: members of the register, each told of at every session, heads who approve', async () => {
    expect(await one(sql`select count(*)::int as n from service_group where ${inDistrict(xiangchengCode)}`)).toBeGreaterThanOrEqual(12);
    expect(await one(sql`select count(distinct status)::int as n from service_group`)).toBeGreaterThanOrEqual(2);
    expect(await one(sql`select count(*)::int as n from service_group g where approved_by is not null and not exists (select 1 from role_assignment r
      where r.person_id = g.approved_by and r.station_id = g.station_id and r.role = 'head')`)).toBe(0);
    // Everybody who was in on the day is told of, nobody else; whoever came is counted in the act of service.
    expect(await one(sql`select count(*)::int as n from (select s.id as session, m.id as member from group_session s join group_member m on m.group_id = s.group_id
        and s.held_on between m.joined_on and coalesce(m.left_on, s.held_on) where s.status = 'held') due
      full join group_attendance a on a.session_id = due.session and a.member_id = due.member where a.id is null or due.member is null`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from group_session s join service_contact c on c.source_id = s.id where c.people <> s.came + s.guests
      or cardinality(c.who) <> s.came or s.came <> (select count(*) from group_attendance a where a.session_id = s.id and a.presence in ('present', 'late'))`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from service_group g where status = 'closed' and (exists (select 1 from group_session s
      where s.group_id = g.id and s.status = 'planned') or not exists (select 1 from group_session s where s.group_id = g.id and s.status = 'held'))`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from group_member m join recipient r on r.id = m.recipient_id join service_group g on g.id = m.group_id
      where r.station_id <> g.station_id`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from group_session where held_on > ${now.toISOString().slice(0, 10)}`)).toBe(0);
  });

  it('gather more than 500 activities of all streets in one campaign week, each of them counted once', async () => {
    const { rows } = await sql<{ n: number; outside: number; uncounted: number }>`select count(*)::int as n,
        count(*) filter (where (a.starts_at at time zone 'Asia/Shanghai')::date not between w.from_day and w.to_day)::int as outside,
        count(*) filter (where c.people is distinct from a.times)::int as uncounted
      from campaign w join activity a on a.campaign_id = w.id
        left join service_contact c on c.source_id = a.id
      where w.to_day - w.from_day = 6 and w.${inDistrict(demoDistrictCode)}`.execute(owner);
    expect(rows[0]?.n).toBeGreaterThan(500);
    expect(rows[0]).toMatchObject({ outside: 0, uncounted: 0 });
    expect(campaignWeek('2026-03-22' as Day)).toEqual({ from: '2025-03-17', to: '2025-03-23' });
    expect(campaignWeek('2026-03-23' as Day)).toEqual({ from: '2026-03-16', to: '2026-03-22' });
  });

  it('have crises and violence at home that end before their case does and leave no step behind', async () => {
    expect(await one(sql`select count(*)::int as n from alarm where ${inDistrict(xiangchengCode)}`)).toBeGreaterThanOrEqual(3);
    expect(await one(sql`select count(*)::int as n from alarm a join case_file f on f.id = a.case_id where a.status <> 'closed' and f.status <> 'open'`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from alarm a where a.status = 'closed' and (exists (select 1 from alarm_step s where s.alarm_id = a.id
      and (s.done_at is null or s.done_at > s.due_at or s.done_at < a.registered_at)) or not exists (select 1 from alarm_entry e where e.alarm_id = a.id and e.kind = 'closed')
      or (a.kind = 'crisis' and not exists (select 1 from alarm_entry e where e.alarm_id = a.id and e.kind = 'reviewed')))`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from alarm_step where done_at is null and due_at < ${now.toISOString()}::timestamptz`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from alarm_entry where at > ${now.toISOString()}::timestamptz`)).toBe(0);
    const { rows } = await sql<{ kind: string; body: object }>`select distinct on (kind) kind, body from alarm_entry`.execute(owner);
    for (const { kind, body } of rows) expect(AlarmEntryDraft.safeParse({ kind, ...body }).success || kind === 'rated', kind).toBe(true);
  });

  it('have volunteers whose hours are settled once, by whoever leads', async () => {
    expect(await one(sql`select count(*)::int as n from volunteer_task where status = 'settled' and ${inDistrict(xiangchengCode)}`)).toBeGreaterThanOrEqual(20);
    expect(await one(sql`select count(*)::int as n from volunteer_task where status = 'settled' and (settled_by <> lead_id or settled_at < ends_at)`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from volunteer_turn t join volunteer_task k on k.id = t.task_id join volunteer v on v.id = t.volunteer_id
      where v.station_id <> k.station_id or v.since > (k.starts_at at time zone 'Asia/Shanghai')::date
        or t.minutes > extract(epoch from k.ends_at - k.starts_at) / 60 or (k.status in ('done', 'settled')) <> (t.status in ('came', 'absent'))
        and k.status <> 'cancelled'`)).toBe(0);
  });

  it('ask for help with hard cases in their own districts, over the months and in every state, as the platform would allow', async () => {
    const many = (code: string, more: ReturnType<typeof sql>) => one(sql`select count(*)::int as n from support_request where ${inDistrict(code)} and ${more}`);
    expect([await many(lichengCode, sql`solved`), await many(xiangchengCode, sql`solved`), await many(demoDistrictCode, sql`true`)]).toEqual([58, 16, 0]);
    expect(await one(sql`select count(distinct status)::int as n from support_request where ${inDistrict(lichengCode)}`)).toBeGreaterThanOrEqual(11);
    expect(await one(sql`select count(distinct date_trunc('month', closed_at))::int as n from support_request where solved and ${inDistrict(lichengCode)}`)).toBeGreaterThanOrEqual(15);
    // Numbers follow each other; moments follow each other; nobody's case is over while help is under way.
    expect(await one(sql`select count(*)::int as n from number_series s where kind = 'QZ' and last <> (select count(receipt_no) from support_request r
      where r.district_id = s.district_id and r.receipt_no like '%' || s.year || '%')`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from support_request where created_at > submitted_at or submitted_at > accepted_at
      or accepted_at > closed_at or submitted_at > closed_at or greatest(created_at, submitted_at, accepted_at, closed_at) > ${now.toISOString()}::timestamptz`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from support_request r join case_file f on f.id = r.case_id where r.closed_at is null and f.status <> 'open'`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from support_invitation i join expert e on e.id = i.expert_id
      where (i.invited_at at time zone 'Asia/Shanghai')::date < e.term_from or e.district_id <> i.district_id`)).toBe(0);
    expect(await one(sql`select (sum(n) - (select count(*) from support_request where status <> 'draft'))::int as n from figure_tally where kind = 'status'`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from support_statement s where not exists (select 1 from event e where e.id = s.event_id and e.record_id = s.request_id)`)).toBe(0);
  });

  it('cannot be told from what was typed', async () => {
    const found = await owner.selectFrom('recipient').selectAll().orderBy('id').limit(3).execute();
    for (const person of found) {
      const name = openField(crypto, person.id, person, 'name') ?? '';
      expect([exactIndexes(crypto, name).name, person.nameMasked.slice(0, 1)]).toEqual([person.nameIndex, name.slice(0, 1)]);
    }
    expect(found.length).toBe(3);
    for (const table of ['recipient', 'case_file', 'visit', 'service_contact', 'relief_case'])
      expect(await one(sql`select (count(*) - (select count(*) from row_history where table_name = ${table}))::int as n from ${sql.table(table)}`), table).toBe(0);
    expect(await one(sql`select count(*)::int as n from case_file f where not exists (select 1 from event e where e.record_id = f.id and e.type = 'case.opened')`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from visit_content where case_id is null`)).toBe(0);
    // Numbers follow each other without gaps, and the platform goes on after them.
    expect(await one(sql`select count(*)::int as n from number_series s where kind = 'GA' and last <> (select count(*) from case_file f
      where f.district_id = s.district_id and f.number like s.scope || '-GA-' || s.year || '-%')`)).toBe(0);
  });

  it('leave nothing in the future, nobody twice, no two notes alike, no paper signed by its author', async () => {
    const start = now.toISOString();
    expect(await one(sql`select count(*)::int as n from case_note where written_at > ${start}`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from event where at > ${start}`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from visit where visited_on > ${start.slice(0, 10)}`)).toBe(0);
    expect(await one(sql`select (count(*) - count(distinct phone_index))::int as n from recipient where phone_index is not null`)).toBe(0);
    expect(await one(sql`select (count(*) - count(distinct id_number_index))::int as n from recipient where id_number_index is not null`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from (select author_id, body from (select author_id, body,
      row_number() over (partition by author_id order by id desc) as place from case_note) n where place <= 20 group by 1, 2 having count(*) > 1) twice`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from case_paper where decided_by = author_id`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from case_file where (stage = 'closed') <> (closing_kind is not null)`)).toBe(0);
  });

  it('have clues of officers of their communities, numbered in the order of time', async () => {
    const { rows } = await sql<{ username: string; told: number; inOrder: boolean }>`
      select a.username, count(*)::int as told, array_agg(p.number order by p.asked_at) = array_agg(p.number order by p.number) as in_order
      from appeal p join account a on a.person_id = p.teller_id join role_assignment r on r.person_id = p.teller_id and r.division_id = p.community_id
      where a.username in ('lc-civil', 'st-civil') group by 1 order by 1`.execute(owner);
    expect(rows).toEqual([
      { username: 'lc-civil', told: 2, inOrder: true },
      { username: 'st-civil', told: 3, inOrder: true },
    ]);
    expect(await one(sql`select sum(last)::int as n from number_series where kind = 'JM'`)).toBe(await one(sql`select count(*)::int as n from appeal`));
  });

  it('are seen in their own scope only', async () => {
    const login = urlOf(database.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' });
    const dataDir = mkdtempSync(join(tmpdir(), 'jieyou-bulk-'));
    const platform = await assemble({ url: login, env: { ...Settings.parse({}), dataDir }, crypto, demo: true, queue: false });
    const client = new pg.Client({ connectionString: login, options: '-c jit=off' });
    await client.connect();
    try {
      const { rows: tables } = await client.query<{ name: string }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
        and a.attname = 'district_id' where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity
          and has_table_privilege(c.oid, 'select') order by 1`);
      expect(tables.length).toBeGreaterThan(60);
      for (const [n, username] of ['worker', 'lc-worker', 'lc-centre', 'st-head', 'st-street'].entries()) {
        const { token } = await makeSession(owner, username, { id: idAt(now.getTime(), n), at: now });
        const found = await findActor(platform.services.db, tokenHash(token), now, dayOf(instantOf(now.getTime())), 1_000_000);
        if (found === null) throw new Error(`${username} is not signed in`);
        await client.query('begin');
        for (const [key, value] of Object.entries(settingsOf(found.actor, now, 'raw')))
          await client.query(`set local app.${key} = ${pg.escapeLiteral(value)}`);
        const { rows } = await client.query<{ name: string; n: number }>(
          tables.map(({ name }) => `select '${name}' as name, count(*)::int as n from ${name} where district_id <> '${found.actor.districtId}'`).join(' union all '),
        );
        expect(rows.filter((r) => r.n > 0), username).toEqual([]);
        const own = await client.query<{ n: number }>('select count(*)::int as n from recipient');
        if (username.endsWith('worker') || username.endsWith('head')) expect(own.rows[0]?.n, username).toBeGreaterThan(0);
        await client.query('rollback');
      }
    } finally {
      await client.end();
      await platform.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it('are written once: a second run adds nothing', async () => {
    const before = await countAll();
    await loadBulk(owner, crypto, { share });
    expect(await countAll()).toEqual(before);
    expect(await bulkLeft(owner)).toBe(false);
  });
});
