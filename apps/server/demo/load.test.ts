import { clockState } from '@jieyou/core/calendar/rules.ts';
import { type KnownIdentity, redact } from '@jieyou/core/casebank/redaction.ts';
import type { Instant } from '@jieyou/core/shared/day.ts';
import { LIVE, RequestStatus } from '@jieyou/core/support/schema.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sm4Provider } from '../src/platform/crypto/crypto.ts';
import { ownerDatabase } from '../src/platform/db/database.ts';
import { type ClonedDatabase, cloneDatabase } from '../test/database.ts';
import { loadDemoIfEmpty } from './load.ts';
import { demoUsernames } from './loadDistrict.ts';
import { demoHolidays } from './loadTime.ts';

const crypto = new Sm4Provider(new Map([['test', Buffer.alloc(32, 9)]]), 'test');
const said: string[] = [];
const say = (line: string): void => void said.push(line);

// A working day at noon; a Sunday after long days off; New Year's Eve; a Saturday that is worked.
const starts = ['2026-03-05T04:00:00.000Z', '2026-10-08T00:30:00.000Z', '2026-12-31T15:59:00.000Z', '2026-11-22T01:00:00.000Z'];

describe.each(starts)('the demo loaded at %s', (start) => {
  let database: ClonedDatabase;
  let owner: ReturnType<typeof ownerDatabase>;
  const now = new Date(start);
  const one = async (query: ReturnType<typeof sql<{ n: number }>>): Promise<number> => (await query.execute(owner)).rows[0]?.n ?? -1;

  beforeAll(async () => {
    database = await cloneDatabase();
    const before = performance.now();
    expect(await loadDemoIfEmpty(database.superuserUrl, crypto, { want: true, dataDir: '', say, now })).toBe(true);
    console.log(`demo loaded in ${((performance.now() - before) / 1000).toFixed(2)} s`);
    owner = ownerDatabase(database.superuserUrl);
  });
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  it('shows the figures of the district, each from its rows', async () => {
    expect(
      await one(
        sql`select count(*)::int as n from worker w join division d on d.id = w.district_id where w.left_on is null and d.name = '龙华区'`,
      ),
    ).toBe(879);
    expect(await one(sql`select count(*)::int as n from expert where active`)).toBe(40);
    expect(await one(sql`select count(*)::int as n from resource`)).toBeGreaterThanOrEqual(100);
    expect(await one(sql`select count(*)::int as n from support_request where status = 'closed' and solved`)).toBe(80);
    expect(await one(sql`select count(*)::int as n from casebank_entry where recalled_at is null`)).toBe(30);
    expect(
      await one(sql`select count(distinct organisation_id)::int as n from person p join worker w on w.person_id = p.id`),
    ).toBeGreaterThanOrEqual(10);
    expect(
      await one(sql`select ((max(submitted_at) - min(submitted_at)) > interval '740 days'
        and min(submitted_at) < ${start}::timestamptz - interval '26 months')::int as n
      from support_request where solved`),
    ).toBe(1);
    expect(await one(sql`select count(distinct domain)::int as n from support_request where solved`)).toBe(7);
    expect(await one(sql`select count(distinct name)::int as n from person`)).toBe(await one(sql`select count(*)::int as n from person`));
  });

  it('has visits over 26 months, some due, some late, two for the first day', async () => {
    expect(await one(sql`select count(*)::int as n from visit`)).toBeGreaterThanOrEqual(55);
    expect(await one(sql`select count(*)::int as n from visit where visited_on < ${start.slice(0, 10)}::date - 700`)).toBeGreaterThan(0);
    expect(await one(sql`select count(*)::int as n from visit v join case_file f on f.id = v.case_id where v.visited_on < f.opened_on`)).toBe(0);
    expect(await one(sql`select count(distinct status)::int as n from visit`)).toBe(4);
    expect(await one(sql`select count(*)::int as n from visit_action where done_at is null`)).toBe(1);
  });

  it('has crises and violence at home: one overdue, some due today, an order that ends in fourteen days', async () => {
    const at = sql`${start}::timestamptz`;
    expect(await one(sql`select count(*)::int as n from alarm`)).toBe(5);
    expect(
      await one(sql`select count(distinct alarm_id)::int as n from alarm_step where done_at is null and due_at < ${at}`),
    ).toBeGreaterThanOrEqual(1);
    const today = start.slice(0, 10);
    expect(await one(sql`select count(*)::int as n from alarm where order_to between ${today}::date + 13 and ${today}::date + 15`)).toBe(1);
    expect(await one(sql`select count(*)::int as n from alarm a join case_file f on f.id = a.case_id where f.status <> 'open'`)).toBe(0);
  });

  it('has requests in every state, and clocks that read right on the day of loading', async () => {
    const { rows } = await sql<{
      status: string;
      n: number;
    }>`select status, count(*)::int as n from support_request group by status`.execute(owner);
    for (const status of RequestStatus.options) expect(rows.find((r) => r.status === status)?.n ?? 0, status).toBeGreaterThanOrEqual(2);
    const clocks = await owner
      .selectFrom('supportRequest')
      .selectAll()
      .where('clockKind', 'in', ['screening', 'panel', 'conference'])
      .execute();
    const states = clocks.map((r) => ({
      status: r.status,
      state: clockState({
        startedAt: r.clockStartedAt as Instant,
        dueAt: r.clockDueAt as Instant,
        pausedAt: r.clockPausedAt as Instant | null,
        now: start as Instant,
        table: demoHolidays,
      }).state,
    }));
    const count = (status: string, state: string) => states.filter((s) => s.status === status && s.state === state).length;
    expect([
      count('submitted', 'on-track'),
      count('submitted', 'at-risk'),
      count('submitted', 'overdue'),
      count('needs-info', 'paused'),
    ]).toEqual([2, 2, 2, 2]);
    expect(count('matching', 'overdue') + count('supporting', 'overdue')).toBe(2);
    expect(await one(sql`select count(*)::int as n from support_request where status = 'crisis' and crisis_acknowledged_at is null`)).toBe(
      1,
    );
  });

  it('has a ledger with a shape, and activities over, open, full and cancelled', async () => {
    expect(await one(sql`select count(*)::int as n from service_contact`)).toBeGreaterThan(300);
    expect(await one(sql`select count(distinct date_trunc('month', happened_on))::int as n from service_contact`)).toBeGreaterThanOrEqual(24);
    expect(await one(sql`select count(*)::int as n from case_note n where not exists (select 1 from service_contact c where c.source_id = n.id)`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from service_contact where happened_on > ${start.slice(0, 10)}::date + 1`)).toBe(0);
    expect(await one(sql`select (sum(acts) = (select count(*) from service_contact))::int as n from contact_tally`)).toBe(1);
    expect(await one(sql`select count(distinct status)::int as n from activity`)).toBe(4);
    expect(await one(sql`select count(*)::int as n from activity where campaign_id is not null`)).toBe(2);
    expect(await one(sql`select count(distinct activity_id)::int as n from activity_registration r join activity a on a.id = r.activity_id
      where r.status = 'waiting' and a.status = 'published'`)).toBe(1);
  });

  it('has groups in every phase, with sessions that are counted', async () => {
    expect(await one(sql`select count(distinct status)::int as n from service_group`)).toBe(8);
    expect(await one(sql`select count(*)::int as n from group_session where status = 'held' and held_on > ${start.slice(0, 10)}::date + 1`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from group_session s where s.status = 'held' and not exists (select 1 from service_contact c
      where c.source_id = s.id and c.people = s.came + s.guests)`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from service_group g where g.status in ('beginning', 'turning', 'working') and (
      select count(*) from group_member m where m.group_id = g.id) < g.min_size`)).toBe(0);
  });

  it('has relief cases at every step, with both lines', async () => {
    expect(await one(sql`select count(distinct status)::int as n from relief_case`)).toBe(5);
    expect(await one(sql`select count(distinct line)::int as n from relief_item`)).toBe(2);
    expect(await one(sql`select count(distinct kind)::int as n from relief_joint_member`)).toBe(5);
    const late = sql`select count(*)::int as n from relief_undertaking where status = 'open' and due_on`;
    expect(await one(sql`${late} < ${start.slice(0, 10)}::date`)).toBe(2);
    expect(await one(sql`${late} > ${start.slice(0, 10)}::date`)).toBe(2);
    expect(await one(sql`select count(*)::int as n from relief_undertaking where settled_on > ${start.slice(0, 10)}::date`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from relief_item where on_day > ${start.slice(0, 10)}::date + 1`)).toBe(0);
  });

  it('leaves nothing in the future and nothing out of order', async () => {
    expect(await one(sql`select count(*)::int as n from event where at > ${start}`)).toBe(0);
    expect(await one(sql`select count(*)::int as n from case_note where written_at > ${start}`)).toBe(0);
    expect(
      await one(
        sql`select count(*)::int as n from support_request where updated_at > ${start} or submitted_at < created_at
          or accepted_at < submitted_at or closed_at < coalesce(accepted_at, submitted_at)`,
      ),
    ).toBe(0);
    expect(
      await one(sql`select count(*)::int as n from support_opinion o join support_round r on r.id = o.round_id
        join support_invitation i on i.id = o.id
      where o.given_at > r.deadline or o.given_at < i.pledged_at or i.pledged_at < i.invited_at`),
    ).toBe(0);
    expect(await one(sql`select count(*)::int as n from casebank_entry where released_on > ${start.slice(0, 10)}`)).toBe(0);
    expect(
      await one(
        sql`select count(*)::int as n from support_action a join support_request r on r.id = a.request_id where r.status = 'closed'
          and a.status = 'open'`,
      ),
    ).toBe(0);
    expect(
      await one(
        sql`select count(*)::int as n from support_line a join support_request r on r.id = a.request_id where r.status = 'closed'
          and a.status = 'open'`,
      ),
    ).toBe(0);
    expect(
      await one(
        sql`select count(*)::int as n from support_conference c join support_request r on r.id = c.request_id
          where c.held_at < r.accepted_at or c.held_at > r.closed_at`,
      ),
    ).toBe(0);
  });

  it('keeps the rules of the house in the past too', async () => {
    expect(await one(sql`select count(*)::int as n from support_request where status <> 'draft' and receipt_no is null`)).toBe(0);
    expect(
      await one(
        sql`select count(*)::int as n from support_request where status = any(${[...LIVE]}::text[])
          and status not in ('submitted', 'crisis') and holder_id is null`,
      ),
    ).toBe(0);
    expect(await one(sql`select count(*)::int as n from case_file f left join person p on p.id = f.worker_id where p.id is null`)).toBe(0);
    expect(
      await one(sql`select count(*)::int as n from support_invitation i join support_request r on r.id = i.request_id
        join expert e on e.id = i.expert_id
      join person p on p.id = e.person_id where p.organisation_id = r.organisation_id or i.invited_at::date < e.term_from
      or i.invited_at::date > e.term_to`),
    ).toBe(0);
    expect(
      await one(sql`select coalesce(max(n), 0)::int as n from (select count(*) as n from support_invitation
        where status not in ('declined', 'revoked')
      group by expert_id, date_trunc('month', invited_at at time zone 'Asia/Shanghai')) as months`),
    ).toBeLessThanOrEqual(4);
    expect(
      await one(sql`select count(*)::int as n from support_minutes m where (select count(distinct f) from unnest(m.attendee_ids) a
      join expert e on e.id = a, unnest(e.help_fields) f) < 2`),
    ).toBe(0);
    expect(await one(sql`select count(*)::int as n from casebank_entry where drafted_by = released_by`)).toBe(0);
    expect(
      await one(sql`select count(*)::int as n from casebank_entry e join publication_draft d on d.id = e.draft_id
        join support_request r on r.id = d.request_id
      where not exists (select 1 from consent c where c.case_id = r.case_id and c.purpose = 'publication'
      and c.expires_on > ${start.slice(0, 10)}::date)`),
    ).toBe(0);
    expect(
      await one(
        sql`select count(*)::int as n from publication_finding f join publication_draft d on d.id = f.draft_id
          where d.status = 'released' and f.status = 'open'`,
      ),
    ).toBe(0);
    expect(await one(sql`select count(*)::int as n from publication_draft where status = 'draft'`)).toBe(2);
    expect(
      await one(sql`select count(*)::int as n from publication_draft d where d.status = 'draft'
        and not exists (select 1 from publication_finding f where f.draft_id = d.id and f.status = 'open')`),
    ).toBe(1);
    expect(await one(sql`select count(*)::int as n from publication_finding where status = 'open'`)).toBeGreaterThanOrEqual(5);
  });

  it('numbers without gaps, in the order of time, and leaves each series where it ended', async () => {
    const series = await owner.selectFrom('numberSeries').selectAll().execute();
    const numbers = new Map<string, string[]>();
    const gather = (kind: string, rows: readonly { number: string | null }[]) =>
      numbers.set(
        kind,
        rows.flatMap((r) => r.number ?? []),
      );
    gather(
      'QZ',
      await sql<{ number: string }>`select receipt_no as number from support_request order by submitted_at`
        .execute(owner)
        .then((r) => r.rows),
    );
    gather(
      'YN',
      await sql<{ number: string }>`select archive_no as number from support_request order by accepted_at`
        .execute(owner)
        .then((r) => r.rows),
    );
    gather('GA', await sql<{ number: string }>`select number from case_file order by id`.execute(owner).then((r) => r.rows));
    gather('AL', await sql<{ number: string }>`select number from casebank_entry order by id`.execute(owner).then((r) => r.rows));
    gather('JM', await sql<{ number: string }>`select number from appeal order by asked_at`.execute(owner).then((r) => r.rows));
    gather('GR', await sql<{ number: string }>`select receipt_no as number from privacy_request order by id`.execute(owner).then((r) => r.rows));
    gather('PG', await sql<{ number: string }>`select number from impact_assessment order by id`.execute(owner).then((r) => r.rows));
    gather('RX', await sql<{ number: string }>`select number from hotline_call order by started_at`.execute(owner).then((r) => r.rows));
    gather('QB', await sql<{ number: string }>`select number from mandatory_report order by registered_at`.execute(owner).then((r) => r.rows));
    let total = 0;
    for (const s of series) {
      const name = s.scope === '' || s.scope === 'district' ? `${s.kind}-${s.year}-` : `${s.scope}-${s.kind}-${s.year}-`;
      const own = (numbers.get(s.kind) ?? []).filter((n) => n.startsWith(name)).map((n) => Number(n.slice(name.length)));
      expect(own, name).toEqual(Array.from({ length: s.last }, (_, i) => i + 1));
      total += own.length;
    }
    expect(total).toBe([...numbers.values()].flat().length);
  });

  it('tells 王桦 whole, and 玲玲 through the crisis lane within 30 to 45 days', async () => {
    const { rows } = await sql<{
      name: string;
      lane: boolean;
      days: number;
      lines: number;
      status: string;
      username: string;
      published: number;
    }>`
      select s.summary, r.crisis_since is not null as lane, r.status, a.username,
        (r.closed_at at time zone 'Asia/Shanghai')::date - (r.submitted_at at time zone 'Asia/Shanghai')::date as days,
        (select count(distinct l.help_field)::int from support_line l where l.request_id = r.id) as lines,
        (select count(*)::int from publication_draft d where d.request_id = r.id and d.status = 'released') as published,
        case when s.summary like '%王桦%' then '王桦' else '玲玲' end as name
      from support_request r join case_content s on s.id = r.case_id join account a on a.person_id = r.asker_id
      where s.summary like '王桦，%' or s.summary like '玲玲，%' order by name`.execute(owner);
    expect(rows.map((r) => [r.name, r.username, r.status, r.lane, r.lines, r.published])).toEqual(
      expect.arrayContaining([
        ['王桦', 'worker', 'closed', false, 5, 1],
        ['玲玲', 'worker2', 'closed', true, 4, 1],
      ]),
    );
    expect(rows).toHaveLength(2);
    const lingling = rows.find((r) => r.name === '玲玲');
    expect(lingling?.days).toBeGreaterThanOrEqual(30);
    expect(lingling?.days).toBeLessThanOrEqual(45);
  });

  it('publishes nothing that the record knows of its people', async () => {
    const { rows } = await sql<{ searchText: string; title: string; methods: string[]; requestId: string; identitiesCt: string }>`
      select e.search_text, e.title, e.methods, d.request_id, c.identities_ct from casebank_entry e
        join publication_draft d on d.id = e.draft_id
      join support_content c on c.id = d.request_id`.execute(owner);
    expect(rows).toHaveLength(30);
    for (const row of rows) {
      const identities = JSON.parse(
        crypto.decrypt(row.identitiesCt, { table: 'support_content', row: row.requestId, field: 'identities' }),
      ) as KnownIdentity[];
      expect(identities.length).toBeGreaterThanOrEqual(4);
      for (const identity of identities) expect(row.searchText, row.title).not.toContain(identity.value);
      expect(redact(row.searchText, identities).findings.filter((f) => f.source === 'known')).toEqual([]);
      expect(row.searchText).not.toMatch(/某某|\{\w+\}/u);
    }
  });

  it('gives experts packets without a name, a phone or an address', async () => {
    const { rows } = await sql<{ id: string; partsCt: string; requestId: string; identitiesCt: string }>`
      select p.id, p.parts_ct, p.request_id, c.identities_ct from support_packet p join support_content c on c.id = p.request_id`.execute(
      owner,
    );
    for (const row of rows) {
      const parts = crypto.decrypt(row.partsCt, { table: 'support_packet', row: row.id, field: 'parts' });
      const identities = JSON.parse(
        crypto.decrypt(row.identitiesCt, { table: 'support_content', row: row.requestId, field: 'identities' }),
      ) as KnownIdentity[];
      for (const identity of identities) expect(parts).not.toContain(identity.value);
    }
  });

  it('opens an account for every role, and work for those who sign in', async () => {
    const accounts = await owner
      .selectFrom('account')
      .select(['username', 'isDemo', 'disabled', 'mustChange', 'secondFactor'])
      .orderBy('createdAt')
      .execute();
    expect(accounts.map((a) => a.username)).toEqual([...demoUsernames]);
    expect(accounts.every((a) => a.isDemo && !a.disabled && !a.mustChange)).toBe(true);
    expect(accounts.filter((a) => a.secondFactor !== null).map((a) => a.username)).toEqual([
      'centre',
      'centre2',
      'officer',
      'system',
      'security',
      'audit',
    ]);
    const of = (username: string) => sql`(select person_id from account where username = ${username})`;
    expect(await one(sql`select count(*)::int as n from case_file where worker_id = ${of('worker')}`)).toBeGreaterThanOrEqual(30);
    expect(
      await one(
        sql`select count(*)::int as n from support_request where asker_id = ${of('worker')}
          and status = any(${['draft', ...LIVE]}::text[])`,
      ),
    ).toBeGreaterThanOrEqual(5);
    expect(
      await one(sql`select count(*)::int as n from support_action where owner_id = ${of('worker')} and status = 'open'`),
    ).toBeGreaterThanOrEqual(1);
    expect(
      await one(
        sql`select count(*)::int as n from support_action where owner_id in (${of('centre')}, ${of('centre2')}) and status = 'open'`,
      ),
    ).toBeGreaterThanOrEqual(1);
    expect(
      await one(sql`select count(*)::int as n from support_line where holder_id = ${of('supervisor')} and status = 'open'`),
    ).toBeGreaterThanOrEqual(1);
    for (const username of ['expert', 'expert2']) {
      expect(
        await one(sql`select count(*)::int as n from support_invitation i join expert e on e.id = i.expert_id
          join support_round r on r.id = i.round_id
        where e.person_id = ${of(username)} and i.status in ('invited', 'accepted') and r.deadline > ${start}`),
        username,
      ).toBeGreaterThanOrEqual(1);
    }
  });

  it('is loaded once', async () => {
    const before = await one(sql`select count(*)::int as n from row_history`);
    expect(await loadDemoIfEmpty(database.superuserUrl, crypto, { want: true, dataDir: '', say, now })).toBe(true);
    expect(await one(sql`select count(*)::int as n from row_history`)).toBe(before);
  });
});

describe('an empty database without the demo', () => {
  it('gets divisions, holidays, rules and three administrators whose passwords are said once', async () => {
    const database = await cloneDatabase();
    const lines: string[] = [];
    const options = { want: false, dataDir: '', say: (line: string) => void lines.push(line) };
    expect(await loadDemoIfEmpty(database.superuserUrl, crypto, options)).toBe(false);
    const owner = ownerDatabase(database.superuserUrl);
    expect((await owner.selectFrom('account').select('username').orderBy('username').execute()).map((a) => a.username)).toEqual([
      'audit',
      'security',
      'system',
    ]);
    expect((await owner.selectFrom('division').select('name').where('tier', '=', 'district').execute()).map((d) => d.name)).toEqual([
      '龙华区',
    ]);
    expect((await owner.selectFrom('division').select('id').where('tier', '=', 'street').execute()).length).toBe(6);
    expect((await owner.selectFrom('holiday').select('id').execute()).length).toBeGreaterThan(80);
    expect((await owner.selectFrom('rulePack').select('code').execute()).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('一次性密码 ')).length).toBe(3);
    expect(await loadDemoIfEmpty(database.superuserUrl, crypto, options)).toBe(false);
    expect(lines.filter((line) => line.includes('一次性密码 ')).length).toBe(3);
    await owner.destroy();
    await database.drop();
  });
});
