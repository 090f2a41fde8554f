import { listAuditTrail } from '@jieyou/core/audit/endpoints.ts';
import { createCase } from '@jieyou/core/cases/endpoints.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import * as endpoints from '@jieyou/core/reports/endpoints.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, TEST_NOW, type TestApp } from '../../test/harness.ts';
import { EMBEDDED_LOGIN, urlOf } from '../platform/db/migrate.ts';
import { idAt } from '../platform/ids.ts';
import { remindReports } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

let made = 0;
const newId = () => {
  made += 1;
  return idAt(t.clock.now().getTime() - 1000, made);
};
const draft = (over: object = {}) =>
  ({
    id: newId(),
    situation: 'abandoned',
    place: '银杏里七栋楼下',
    seen: '六岁孩子独自在家三天，锅里只有冷饭。',
    child: '小苗',
    discoveredAt: null,
    caseId: null,
    requestId: null,
    ...over,
  }) as never;
const report = async (by: string, over: object = {}) => (await t.as(by)).ok(endpoints.createReport, { body: draft(over) });
const read = async (by: string, id: string) => (await t.as(by)).ok(endpoints.readReport, { params: { id } });
const add = async (by: string, id: string, body: object) =>
  (await t.as(by)).call(endpoints.addReportEntry, { params: { id }, body: body as never });
const now = () => t.clock.now().toISOString();

const openCase = async (by: string) =>
  (await t.as(by)).ok(createCase, {
    body: {
      recipient: { name: '柳苗苗', gender: 'female', birthOn: '2017-05-01', idNumber: null, phone: null, address: null },
      household: '',
      aliases: [],
      school: null,
      serviceDomain: 'family',
      domain: 'parent-child',
      helpFields: ['family'],
      risk: 'high',
      summary: '孩子由祖母照料。',
    } as never,
  });

test('from the discovery to the end: reporter, head, police, supervisor, second person', async () => {
  const { id: caseId } = await openCase('worker');
  const found = new Date(t.clock.now().getTime() - 12 * 60_000).toISOString();
  const made1 = await report('worker', { caseId, discoveredAt: found });
  expect(made1.number).toMatch(/^QB-2026-\d{4}$/);
  const { id } = made1;
  const own = await read('worker', id);
  expect(own).toMatchObject({ status: 'registered', minutes: 12, mine: true, reporterName: '周晓岚', caseId, can: ['add'] });
  expect(await read('head', id)).toMatchObject({ reporterName: '周晓岚', caseId, stationName: '一街道社工站', supervisorName: '高远' });
  expect((await (await t.as('head')).ok(readWorkbench)).todos).toContainEqual(
    expect.objectContaining({ kind: 'report', recordId: id, dueAt: made1.dueAt }),
  );
  expect((await (await t.as('worker')).call(endpoints.acknowledgeReport, { params: { id } })).status).toBe(403);
  await (await t.as('head')).ok(endpoints.acknowledgeReport, { params: { id } });
  expect((await (await t.as('head')).call(endpoints.acknowledgeReport, { params: { id } })).error.code).toBe('reports.acknowledged');

  const police = { kind: 'police', at: now(), manner: '110', unit: '银杏派出所', officerNo: '012345', receiptNo: 'J-77', says: null };
  expect((await add('head', id, { ...police, at: new Date(t.clock.now().getTime() + 61_001).toISOString() })).error.code).toBe(
    'reports.in-future',
  );
  expect((await add('head', id, { kind: 'feedback', at: now(), unit: '银杏派出所', says: '已受理' })).error.code).toBe('reports.moved-on');
  expect((await add('head', id, police)).status).toBe(200);
  const afterPolice = await read('supervisor', id);
  expect(afterPolice).toMatchObject({ status: 'reported', minutes: 12, reportedAt: police.at });
  expect((await add('worker', id, { kind: 'addition', says: '孩子说妈妈去了外地。' })).status).toBe(200);
  expect((await add('worker', id, { kind: 'materials', says: '门口照片一张' })).error.code).toBe('reports.second-person');
  for (const entry of [
    { kind: 'authority', at: now(), unit: '街道民政办', says: null },
    { kind: 'materials', says: '由派出所一次询问，社工在场，未另行追问。' },
    { kind: 'feedback', at: now(), unit: '银杏派出所', says: '已受理调查' },
    { kind: 'placement', placement: 'temporary-guardianship', says: '区民政临时监护' },
  ])
    expect((await add('supervisor', id, entry)).status).toBe(200);
  const propose = async (by: string) =>
    (await t.as(by)).call(endpoints.proposeReportClosing, { params: { id }, body: { says: '孩子已由姑姑照料' } });
  expect((await propose('head')).error).toMatchObject({ code: 'reports.incomplete', facts: { missing: ['follow-up'] } });
  await add('head', id, { kind: 'follow-up', says: '姑姑家安顿好，已上学。' });
  expect((await propose('head')).status).toBe(200);
  const decide = async (by: string, decision: 'confirm' | 'return' = 'confirm') =>
    (await t.as(by)).call(endpoints.decideReportClosing, { params: { id }, body: { decision, says: '看过全部记录' } });
  expect((await decide('head')).error.code).toBe('reports.second-person');
  expect((await decide('supervisor', 'return')).status).toBe(200);
  // The reporter may propose the end as well, and is then never the one who confirms it.
  expect((await propose('worker')).status).toBe(200);
  expect((await t.owner.selectFrom('mandatoryReport').select('proposedBy').where('id', '=', id).executeTakeFirstOrThrow()).proposedBy).toBe(
    null,
  );
  expect((await decide('supervisor')).status).toBe(200);
  const ended = await read('head', id);
  expect(ended).toMatchObject({ status: 'closed', can: ['print'] });
  expect(ended.entries.map((e) => [e.kind, e.by])).toEqual([
    ['acknowledged', '孙立春'],
    ['police', '孙立春'],
    ['addition', '报告人'],
    ['authority', '高远'],
    ['materials', '高远'],
    ['feedback', '高远'],
    ['placement', '高远'],
    ['follow-up', '孙立春'],
    ['closing-proposed', '孙立春'],
    ['closing-returned', '高远'],
    ['closing-proposed', '报告人'],
    ['closing-confirmed', '高远'],
  ]);
  expect((await add('head', id, { kind: 'addition', says: '再补一句' })).error.code).toBe('reports.over');
});

test('经核实不属于 needs a reason and the supervisor, and is no way out after the police were told', async () => {
  const { id } = await report('worker');
  const dispute = async (by: string, reason = '核实：孩子由祖母照料，那几天祖母住院由邻居看顾。') =>
    (await t.as(by)).call(endpoints.disputeReport, { params: { id }, body: { reason } });
  expect((await dispute('head', '不属于')).status).toBe(400);
  expect((await dispute('head')).status).toBe(200);
  const sign = async (by: string, decision: 'sign' | 'overrule') =>
    (await t.as(by)).call(endpoints.decideDispute, { params: { id }, body: { decision, says: '已看过材料' } });
  expect((await sign('head', 'sign')).error.code).toBe('reports.second-person');
  expect((await sign('supervisor', 'overrule')).status).toBe(200);
  expect((await read('worker', id)).status).toBe('handling');
  await dispute('head');
  expect((await sign('supervisor', 'sign')).status).toBe(200);
  expect((await read('head', id)).status).toBe('not-applicable');

  const second = await report('worker');
  await add('worker', second.id, {
    kind: 'police',
    at: now(),
    manner: 'station',
    unit: '银杏派出所',
    officerNo: null,
    receiptNo: null,
    says: null,
  });
  const late = await (await t.as('head')).call(endpoints.disputeReport, {
    params: { id: second.id },
    body: { reason: '核实：不属于九种情形之一。' },
  });
  expect(late.error.code).toBe('reports.moved-on');
});

test('a report that is sent twice is one; an id that is somebody else’s is as if it were none', async () => {
  const body = draft();
  const worker = await t.as('worker');
  const first = await worker.ok(endpoints.createReport, { body });
  expect(await worker.ok(endpoints.createReport, { body })).toEqual(first);
  const stranger = await (await t.as('worker2')).call(endpoints.createReport, { body });
  expect(stranger.status).toBe(404);
});

test('nobody acknowledges: head and supervisor are reminded, then the centre keeps it, without the reporter', async () => {
  const { id, number } = await report('worker');
  const told = async (by: string) =>
    (await (await t.as(by)).ok(listNotices, { query: { limit: 100, state: 'all' } })).rows
      .filter((n) => n.recordId === id)
      .map((n) => n.kind);
  t.clock.advance({ minutes: 14 });
  await remindReports(t.services);
  expect(await told('head')).toEqual(['report.registered']);
  t.clock.advance({ minutes: 1 });
  await remindReports(t.services);
  await remindReports(t.services);
  expect(await told('head')).toEqual(['report.unacknowledged', 'report.registered']);
  expect(await told('centre')).toEqual([]);
  expect((await (await t.as('centre')).call(endpoints.readReport, { params: { id } })).status).toBe(404);
  for (let i = 0; i < 2; i += 1) {
    t.clock.advance({ minutes: 15 });
    await remindReports(t.services);
  }
  expect(await told('centre')).toEqual(['report.unacknowledged']);
  const seen = await read('centre', id);
  expect(seen).toMatchObject({ number, reporterName: null, caseId: null, mine: false });
  expect(seen.entries.map((e) => [e.kind, e.by])).toEqual([['to-centre', '平台']]);
  await (await t.as('centre')).ok(endpoints.acknowledgeReport, { params: { id } });
  t.clock.advance({ minutes: 60 });
  const before = (await told('head')).length;
  await remindReports(t.services);
  expect((await told('head')).length).toBe(before);
  t.clock.set(TEST_NOW);
});

test('whoever has no station reports too: the centre keeps it from the start; the head who reports is not the one who keeps it', async () => {
  const byExpert = await report('expert');
  expect(await read('centre', byExpert.id)).toMatchObject({ stationName: null, reporterName: null });
  expect((await read('supervisor', byExpert.id)).reporterName).toBe('许文博');
  const byHead = await report('head');
  expect((await (await t.as('head')).call(endpoints.acknowledgeReport, { params: { id: byHead.id } })).error.code).toBe(
    'reports.second-person',
  );
  await (await t.as('centre')).ok(endpoints.acknowledgeReport, { params: { id: byHead.id } });
});

test('a link to a case that one does not reach is left out, and the report is taken', async () => {
  const { id: foreign } = await openCase('worker2');
  const { id } = await report('worker', { caseId: foreign });
  expect(await read('worker', id)).toMatchObject({ caseId: null, stationName: '一街道社工站' });
});

test('figures tell numbers, and a median only of enough reports', async () => {
  const figures = async (by: string) => (await t.as(by)).ok(endpoints.readReportFigures);
  const centre = await figures('centre');
  expect(centre.total).toBeGreaterThanOrEqual(5);
  expect(centre.medianMinutes).toBe(null);
  for (const minutes of [3, 5, 8, 30]) {
    const { id } = await report('worker', { discoveredAt: new Date(t.clock.now().getTime() - minutes * 60_000).toISOString() });
    await add('worker', id, { kind: 'police', at: now(), manner: '110', unit: '110', officerNo: null, receiptNo: null, says: null });
  }
  const later = await figures('centre');
  expect(later.reported).toBeGreaterThanOrEqual(5);
  expect(later.medianMinutes).not.toBe(null);
  expect((await figures('head')).total).toBeLessThanOrEqual(later.total);
});

describe('the reporter’s name', () => {
  const REPORTER = '郑可欣';
  let id = '';
  beforeAll(async () => {
    id = (await report('worker3')).id;
    await read('worker3', id);
    await (await t.as('worker3')).ok(endpoints.listReports, { query: {} });
    // A refusal of the reporter's leaves a record as well.
    await (await t.as('worker3')).call(endpoints.proposeReportClosing, { params: { id }, body: { says: '可以结束' } });
    await add('worker3', id, { kind: 'addition', says: '补一句' });
    await (await t.as('head')).ok(endpoints.acknowledgeReport, { params: { id } });
  });

  test('is on no page but those of the reporter, the head and the supervisor', async () => {
    for (const by of ['head', 'supervisor']) expect((await read(by, id)).reporterName).toBe(REPORTER);
    for (const by of ['worker', 'head2', 'centre', 'agency', 'officer', 'street', 'expert', 'bhead', 'bsupervisor'])
      expect([by, (await (await t.as(by)).call(endpoints.readReport, { params: { id } })).status]).toEqual([by, 404]);
    await t.owner.updateTable('mandatoryReport').set({ centreSince: now() }).where('id', '=', id).execute();
    const centre = await (await t.as('centre')).call(endpoints.readReport, { params: { id } });
    expect(centre.status).toBe(200);
    expect(centre.raw).not.toContain(REPORTER);
  });

  test('is on no paper', async () => {
    for (const by of ['head', 'supervisor', 'centre']) {
      const paper = await (await t.as(by)).call(endpoints.printReport, { params: { id }, query: { format: 'html' } });
      expect(paper.status).toBe(200);
      const words = Buffer.from(paper.raw, 'latin1').toString('utf8');
      expect(words).toContain('强制报告登记表');
      expect(words).not.toContain(REPORTER);
    }
    expect((await (await t.as('worker3')).call(endpoints.printReport, { params: { id } })).status).toBe(403);
  });

  test('is not in the audit list, whatever is looked for', async () => {
    const audit = await t.as('audit');
    const person = t.world.persons.worker3 ?? '';
    const entries = (await audit.ok(listAuditTrail, { query: { recordId: id, limit: 100 } as never })).rows;
    expect(entries.map((e) => e.action)).toEqual(
      expect.arrayContaining(['report.registered', 'report.entry-added', 'readReport', 'proposeReportClosing']),
    );
    expect(entries.filter((e) => e.actorName === REPORTER || e.username === 'worker3')).toEqual([]);
    // Those who keep the report stand in it by name.
    expect(entries.some((e) => e.actorName === '孙立春')).toBe(true);
    const { rows } = await sql<{ n: number }>`select (select count(*) from event where actor_id = ${person} and record_id = ${id})::int
      + (select count(*) from access_record where actor_id = ${person} and (record_id = ${id} or action like '%Report%'))::int as n`.execute(
      t.owner,
    );
    expect(rows[0]?.n).toBe(0);
    // Nor does a request number join what is without a name to what is not.
    const { rows: joined } = await sql<{
      n: number;
    }>`select count(*)::int as n from event e where e.record_id = ${id} and e.type = 'report.registered' and e.http_request is not null`.execute(
      t.owner,
    );
    expect(joined[0]?.n).toBe(0);
  });

  test('is not in the keys of writes, and not in messages of others', async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from idempotency_key where endpoint like '%Report%'`.execute(
      t.owner,
    );
    expect(rows[0]?.n).toBe(0);
    for (const by of ['head', 'supervisor', 'centre']) {
      const raw = JSON.stringify(await (await t.as(by)).ok(listNotices, { query: { limit: 100, state: 'all' } }));
      expect(raw).not.toContain(REPORTER);
    }
  });
});

describe('raw SQL as the platform’s login', () => {
  const under = async (settings: Record<string, string>, statement: string): Promise<string> => {
    const client = new pg.Client({ connectionString: urlOf(t.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }) });
    await client.connect();
    try {
      await client.query('begin');
      for (const [key, value] of Object.entries({ district: t.world.districtId, now: TEST_NOW, ...settings }))
        await client.query(`set local app.${key} = ${pg.escapeLiteral(value)}`);
      return await client.query(statement).then(
        (done) => `done ${done.rowCount}`,
        (error: { code?: string }) => error.code ?? 'error',
      );
    } finally {
      await client.end();
    }
  };
  const who = (name: string) => t.world.persons[name] ?? '';

  test('shows the reporter to the reporter, the head and the named supervisor only', async () => {
    const { id } = await report('worker');
    await t.owner.updateTable('mandatoryReport').set({ centreSince: now() }).where('id', '=', id).execute();
    const [s1, s2] = [t.world.stations.s1, t.world.stations.s2];
    const cases: readonly (readonly [string, Record<string, string>, number, number])[] = [
      ['reporter', { person: who('worker'), worker_selves: who('worker') }, 1, 1],
      // A deputy of the reporter reaches the reporter's cases, and not this.
      [
        'deputy of the reporter',
        { person: who('worker3'), selves: `${who('worker3')},${who('worker')}`, worker_selves: who('worker') },
        0,
        0,
      ],
      ['colleague', { person: who('worker3'), worker_selves: who('worker3') }, 0, 0],
      ['head', { person: who('head'), head_stations: s1 }, 1, 1],
      ['head of another station', { person: who('head2'), head_stations: s2 }, 0, 0],
      ['supervisor', { person: who('supervisor'), supervisor_selves: who('supervisor') }, 1, 1],
      ['centre', { person: who('centre'), centre: '1' }, 0, 1],
      ['officer', { person: who('officer'), officer: '1' }, 0, 0],
      ['audit', { person: who('audit'), audit: '1' }, 0, 0],
      ['jobs', { platform: '1' }, 0, 1],
      ['head of the same station, another district', { person: who('bhead'), head_stations: s1, district: t.world.otherDistrictId }, 0, 0],
    ];
    for (const [name, settings, reporter, register] of cases) {
      expect([name, await under(settings, `select * from report_reporter where id = '${id}'`)]).toEqual([name, `done ${reporter}`]);
      expect([name, await under(settings, `select * from mandatory_report where id = '${id}'`)]).toEqual([name, `done ${register}`]);
      const content = name === 'jobs' ? 0 : register;
      expect([name, await under(settings, `select * from report_content where id = '${id}'`)]).toEqual([name, `done ${content}`]);
    }
  });

  test('changes nothing that was registered, and removes nothing', async () => {
    const settings = { person: who('head'), head_stations: t.world.stations.s1 };
    for (const statement of [
      "update mandatory_report set situation = 'other'",
      'update mandatory_report set discovered_at = now()',
      "update mandatory_report set number = 'x'",
      'update mandatory_report set station_id = null',
      'delete from mandatory_report',
      "update report_content set seen = 'x'",
      'delete from report_content',
      "update report_entry set says = 'x'",
      'delete from report_entry',
      'update report_reporter set reporter_id = reporter_id',
      'delete from report_reporter',
      'truncate report_entry',
    ])
      expect([statement, await under(settings, statement)]).toEqual([statement, '42501']);
  });

  test('writes no entry in another’s name, and no report in another’s', async () => {
    const { id } = await report('worker');
    const entry = (by: string, ofReporter: boolean) =>
      `insert into report_entry (district_id, id, report_id, kind, at, written_at, by_id, of_reporter)
       values ('${t.world.districtId}', '${newId()}', '${id}', 'addition', now(), now(), ${by === '' ? 'null' : `'${who(by)}'`}, ${ofReporter})`;
    const head = { person: who('head'), head_stations: t.world.stations.s1 };
    expect(await under(head, entry('head', false))).toBe('done 1');
    expect(await under(head, entry('supervisor', false))).toBe('42501');
    expect(await under(head, entry('', true))).toBe('42501');
    expect(await under(head, entry('', false))).toBe('42501');
    expect(await under({ person: who('worker') }, entry('', true))).toBe('done 1');
    expect(await under({ person: who('worker2') }, entry('worker2', false))).toBe('42501');
  });
});
