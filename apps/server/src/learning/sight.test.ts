/**
 * The second line of the competition, without the first: raw SQL as the platform's own login under each person's settings. D is a draft,
 * O open with an entry of the worker, S being scored with an entry of the worker from which the supervisor stands aside, N noticed with an
 * eligible entry of the second worker (N2) and an ineligible one of the first (N1), F is scored in the other district.
 */
import { randomUUID } from 'node:crypto';
import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { startTestApp, TEST_NOW, type TestApp } from '../../test/harness.ts';
import { findActor } from '../identity/actors.ts';
import { tokenHash } from '../identity/sessions.ts';
import { EMBEDDED_LOGIN, urlOf } from '../platform/db/migrate.ts';
import { settingsOf } from '../platform/http/scope.ts';

let t: TestApp;
let w: AccessWorld;
const label = new Map<string, string>();

type Entry = { label: string; author: string; requestId: string; status: 'entered' | 'eligible' | 'ineligible' };

const contest = async (name: string, status: string, districtId: string, judges: readonly string[], entries: readonly Entry[]) => {
  const id = randomUUID();
  label.set(id, name);
  const days = { opensOn: '2026-03-01', closesOn: '2026-03-31', scoreBy: '2026-04-15' };
  await t.owner
    .insertInto('competition')
    .values({
      districtId,
      id,
      title: name,
      theme: '主题',
      domains: [],
      status,
      ...days,
      criteria: '[]',
      awards: '[]',
      madeBy: w.person('centre'),
    })
    .execute();
  for (const judge of judges)
    await t.owner
      .insertInto('competitionJudge')
      .values({ districtId, id: randomUUID(), competitionId: id, personId: w.person(judge) })
      .execute();
  for (const one of entries) {
    const entryId = randomUUID();
    label.set(entryId, one.label);
    const key = { districtId, id: entryId, competitionId: id, code: one.label };
    const said = { requestId: one.requestId, authorId: w.person(one.author), statement: '申报' };
    await t.owner
      .insertInto('competitionEntry')
      .values({ ...key, ...said, status: one.status, enteredAt: TEST_NOW })
      .execute();
    if (one.status !== 'eligible') continue;
    await t.owner
      .insertInto('competitionText')
      .values({ ...key, title: '题目', sections: '{}' })
      .execute();
    const score = { districtId, competitionId: id, entryId, points: '{}', total: 80, comment: '', reason: '', at: TEST_NOW };
    await t.owner
      .insertInto('competitionScore')
      .values({ ...score, id: randomUUID(), judgeId: w.person(judges[0] ?? '') })
      .execute();
    if (name === 'S') {
      const aside = {
        districtId,
        id: randomUUID(),
        competitionId: id,
        entryId,
        judgeId: w.person('supervisor'),
        cause: 'supervised',
        says: '',
      };
      await t.owner
        .insertInto('competitionRecusal')
        .values({ ...aside, at: TEST_NOW })
        .execute();
    }
  }
};

beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
  const [own, other, far] = [(await w.drafted('own')).requestId, (await w.drafted('other')).requestId, (await w.drafted('far')).requestId];
  const here = t.world.districtId;
  const { districtId: there } = await w.one<{ districtId: string }>(sql`select district_id from support_request where id = ${far}`);
  await contest('D', 'draft', here, ['expert'], []);
  await contest('O', 'open', here, ['expert'], [{ label: 'O1', author: 'worker', requestId: own, status: 'entered' }]);
  await contest('S', 'scoring', here, ['expert', 'supervisor'], [{ label: 'S1', author: 'worker', requestId: own, status: 'eligible' }]);
  await contest(
    'N',
    'noticed',
    here,
    ['expert'],
    [
      { label: 'N1', author: 'worker', requestId: own, status: 'ineligible' },
      { label: 'N2', author: 'worker2', requestId: other, status: 'eligible' },
    ],
  );
  await contest('F', 'scoring', there, ['bexpert'], [{ label: 'F1', author: 'bworker', requestId: far, status: 'eligible' }]);
}, 120_000);
afterAll(() => t.stop());

const under = async (username: string, query: string): Promise<pg.QueryResult<{ told: string }>> => {
  const at = new Date(TEST_NOW);
  const { token } = await w.openSession(username);
  const found = await findActor(t.services.db, tokenHash(token), at, dayOf(instantOf(at.getTime())), 1_000_000);
  if (found === null) throw new Error(`${username} is not signed in`);
  const client = new pg.Client({ connectionString: urlOf(t.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }) });
  await client.connect();
  try {
    await client.query('begin');
    for (const [key, value] of Object.entries(settingsOf(found.actor, at, 'raw')))
      await client.query(`set local app.${key} = ${pg.escapeLiteral(value)}`);
    return await client.query<{ told: string }>(query);
  } finally {
    await client.end();
  }
};

const sees = async (username: string, table: string, column: string): Promise<string> =>
  [...new Set((await under(username, `select ${column}::text as told from ${table}`)).rows.map((r) => label.get(r.told) ?? '?'))]
    .sort()
    .join(' ');

// The hand-written truth: nobody but the centre sees a draft, a judge reads what it judges, and points are no one else's while they are given.
it.each<[table: string, column: string, expected: Record<string, string>]>([
  ['competition', 'id', { worker: 'N O S', expert: 'N O S', officer: 'N O S', centre: 'D N O S', bworker: 'F', bcentre: 'F' }],
  [
    'competition_entry',
    'id',
    {
      worker: 'N1 N2 O1 S1',
      worker2: 'N2',
      expert: 'N2',
      supervisor: 'N2',
      officer: 'N2',
      centre: 'N1 N2 O1 S1',
      bworker: 'F1',
      bexpert: '',
    },
  ],
  [
    'competition_text',
    'id',
    { worker: 'N2', expert: 'N2 S1', supervisor: 'N2', expert2: 'N2', centre: 'N2 S1', bexpert: 'F1', bworker: '' },
  ],
  ['competition_score', 'entry_id', { expert: 'N2 S1', supervisor: '', expert2: '', worker: '', centre: 'N2', bexpert: 'F1', bcentre: '' }],
  ['competition_recusal', 'entry_id', { expert: '', supervisor: 'S1', centre: 'S1', worker: '', bcentre: '' }],
  [
    'competition_judge',
    'competition_id',
    { expert: 'D N O S', supervisor: 'N S', worker: 'N', centre: 'D N O S', bexpert: 'F', bworker: '' },
  ],
])('%s', async (table, column, expected) => {
  const found: Record<string, string> = {};
  for (const username of Object.keys(expected)) found[username] = await sees(username, table, column);
  expect(found).toEqual(expected);
});

it('the mean of the others is answered to a judge who has scored, and to nobody else', async () => {
  const [s1 = ''] = [...label].find(([, name]) => name === 'S1') ?? [];
  const asked = (who: string) => under(who, `select scores::text as told from others_mean('${s1}')`);
  expect((await asked('expert')).rows).toEqual([{ told: '0' }]);
  for (const who of ['supervisor', 'centre', 'worker', 'bexpert']) expect([who, (await asked(who)).rows]).toEqual([who, []]);
});

it('only a judge who does not stand aside can write points, and only while they are asked for', async () => {
  const [s1 = ''] = [...label].find(([, name]) => name === 'S1') ?? [];
  const [s = ''] = [...label].find(([, name]) => name === 'S') ?? [];
  const [n2 = ''] = [...label].find(([, name]) => name === 'N2') ?? [];
  const [n = ''] = [...label].find(([, name]) => name === 'N') ?? [];
  const write = (who: string, competition: string, entry: string) =>
    under(
      who,
      `insert into competition_score (district_id, id, competition_id, entry_id, judge_id, points, total, comment, reason, at)
       values ('${t.world.districtId}', '${randomUUID()}', '${competition}', '${entry}', '${w.person(who)}', '{}', 90, '', '', now()) returning id::text as told`,
    );
  expect((await write('expert', s, s1)).rows.length).toBe(1);
  for (const who of ['supervisor', 'expert2', 'centre', 'worker']) await expect(write(who, s, s1)).rejects.toThrow(/row-level security/);
  await expect(write('expert', n, n2)).rejects.toThrow(/row-level security/);
});

it('seminars and outputs are read in their district and written by its centre', async () => {
  const here = t.world.districtId;
  const series = {
    id: randomUUID(),
    title: '家校协同',
    theme: '主题',
    startsOn: '2026-03-05',
    status: 'running',
    madeBy: w.person('centre'),
  };
  await t.owner
    .insertInto('seminarSeries')
    .values({ ...series, districtId: here })
    .execute();
  const output = {
    id: randomUUID(),
    kind: 'paper',
    title: '题名',
    year: 2026,
    authors: ['课题组'],
    status: 'writing',
    madeBy: w.person('centre'),
  };
  await t.owner
    .insertInto('researchOutput')
    .values({ ...output, districtId: here, outlet: '', summary: '', link: '' })
    .execute();
  for (const [who, seen] of [
    ['worker', 1],
    ['centre', 1],
    ['bworker', 0],
    ['bcentre', 0],
  ] as const) {
    for (const table of ['seminar_series', 'research_output'])
      expect([who, table, (await under(who, `select id::text as told from ${table}`)).rows.length]).toEqual([who, table, seen]);
  }
  const retitle = (who: string) =>
    under(who, `update seminar_series set title = '改' where id = '${series.id}' returning id::text as told`);
  expect((await retitle('centre')).rows.length).toBe(1);
  for (const who of ['worker', 'expert', 'officer', 'bcentre']) expect([who, (await retitle(who)).rows.length]).toEqual([who, 0]);
});
