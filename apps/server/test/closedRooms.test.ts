/**
 * What lower roles, deputies, repeated requests and a stolen login must not reach in rooms that hang on a case: through the door, and as
 * raw SQL under one person's settings.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as appeals from '@jieyou/core/appeals/endpoints.ts';
import * as archives from '@jieyou/core/archive/endpoints.ts';
import * as calls from '@jieyou/core/calls/endpoints.ts';
import * as casebank from '@jieyou/core/casebank/endpoints.ts';
import { addAttachment } from '@jieyou/core/cases/endpoints.ts';
import * as seminars from '@jieyou/core/learning/seminarEndpoints.ts';
import * as notices from '@jieyou/core/notices/endpoints.ts';
import * as privacy from '@jieyou/core/privacy/endpoints.ts';
import * as reports from '@jieyou/core/reports/endpoints.ts';
import * as responses from '@jieyou/core/responses/endpoints.ts';
import * as rulepacks from '@jieyou/core/rulepacks/endpoints.ts';
import * as sealing from '@jieyou/core/sealing/endpoints.ts';
import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clearArchives } from '../src/archive/jobs.ts';
import { findActor } from '../src/identity/actors.ts';
import { tokenHash } from '../src/identity/sessions.ts';
import { digest } from '../src/platform/crypto/crypto.ts';
import { EMBEDDED_LOGIN, urlOf } from '../src/platform/db/migrate.ts';
import { settingsOf } from '../src/platform/http/scope.ts';
import { SESSION_COOKIE } from '../src/platform/http/serve.ts';
import { AccessWorld } from './access.world.ts';
import { startTestApp, TEST_NOW, type TestApp } from './harness.ts';

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
}, 60_000);
afterAll(() => t.stop());
beforeEach(() => t.clock.set(TEST_NOW));

const person = (username: string): string => t.world.persons[username] ?? '';
const district = () => t.world.districtId;

/** Raw SQL as the platform's login under somebody's settings, undone afterwards. Answers the rows, or the error's code. */
const under = async (username: string, ...statements: string[]): Promise<Record<string, unknown>[] | string> => {
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
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.end();
  }
};
const DENIED = '42501';

/** Somebody stands in for somebody else until `back` is called. */
const standsInFor = async (deputy: string, absent: string): Promise<{ back: () => Promise<void> }> => {
  await sql`update role_assignment set deputy_id = ${person(deputy)} where person_id = ${person(absent)}`.execute(t.owner);
  const id = randomUUID();
  await t.owner
    .insertInto('absence')
    .values({ id, districtId: district(), personId: person(absent), fromDay: '2026-03-01', toDay: '2026-03-31', reason: '年休假' })
    .execute();
  await t.services.db.transaction('write', {}, (tx) => t.services.sessions.forget(tx));
  return {
    back: async () => {
      await t.owner.deleteFrom('absence').where('id', '=', id).execute();
      await sql`update role_assignment set deputy_id = null where person_id = ${person(absent)}`.execute(t.owner);
      await t.services.db.transaction('write', {}, (tx) => t.services.sessions.forget(tx));
    },
  };
};

const stop = async (caseId: string): Promise<void> => {
  await sql`update case_file set stopped_at = now() where id = ${caseId}`.execute(t.owner);
  await sql`update support_request set stopped_at = now() where case_id = ${caseId}`.execute(t.owner);
};
/** A sealed case of the first station, and a letter about it that the centre has registered. */
const sealedWithLetter = async () => {
  const caseId = await w.openCase('own');
  const { number } = await w.one<{ number: string }>(sql`select number from case_file where id = ${caseId}`);
  const proposed = await (await t.as('head')).ok(sealing.proposeSealing, {
    body: {
      caseNumber: number,
      authority: '区人民检察院',
      decisionNo: '检封一号',
      decidedOn: '2026-03-04',
      basis: 'non-prosecution',
      reason: '通知',
    },
  });
  await (await t.as('security')).ok(sealing.decideSealing, { params: { id: proposed.id }, body: { decision: 'seal' } });
  const letter = await (await t.as('centre')).ok(sealing.registerQueryLetter, {
    params: { id: proposed.id },
    body: {
      unit: '区人民法院',
      letterNo: '法查八号',
      letterOn: '2026-03-05',
      basis: '办案',
      scope: ['summary'],
      untilDay: '2026-03-31',
      hours: 24,
      readerIds: [person('worker')],
    },
  });
  return { caseId, letter };
};

const caseOf = async (requestId: string): Promise<string> =>
  (await w.one<{ caseId: string }>(sql`select case_id from support_request where id = ${requestId}`)).caseId;

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

describe('a repeated key', () => {
  const onDisk = () =>
    readdirSync(join(t.services.env.dataDir, 'files'))
      .filter((f) => !f.endsWith('.part'))
      .sort();

  it('leaves no second file behind, and takes none away', async () => {
    const caseId = await w.openCase('own');
    const worker = await t.as('worker');
    const ask = { params: { kind: 'case' as const, id: caseId }, query: { name: '表.pdf' }, file: PDF, key: 'upload-key-0001' };
    await worker.ok(addAttachment, ask);
    const files = onDisk();
    expect((await worker.call(addAttachment, ask)).status).toBe(200);
    // What goes, goes after the reply.
    await expect.poll(onDisk).toEqual(files);

    const { letter } = await sealedWithLetter();
    const centre = await t.as('centre');
    const scan = { params: { id: letter.id }, file: PDF, key: 'scan-key-000001' };
    await centre.ok(sealing.addLetterScan, scan);
    const kept = onDisk();
    expect((await centre.call(sealing.addLetterScan, scan)).status).toBe(200);
    // The picture that the row names is still there to be read.
    await expect.poll(onDisk).toEqual(kept);
    expect((await centre.call(sealing.readLetterScan, { params: { id: letter.id } })).status).toBe(200);
  });
});

describe('a key under which something was refused', () => {
  it('answers no success later, though a count was kept', async () => {
    const personId = person('worker3');
    const [right, wrong] = ['123456', '654321'];
    await t.owner
      .insertInto('mailAddress')
      .values({
        districtId: district(),
        id: personId,
        addressCt: 'x',
        addressMasked: 'x',
        consentedAt: TEST_NOW,
        codeHash: digest(`${personId}:${right}`),
        codeExpiresAt: '2026-03-06T00:00:00.000Z',
        atOnce: [],
      })
      .execute();
    const worker = await t.as('worker3');
    const ask = { body: { code: wrong }, key: 'wrong-code-0001' };
    expect((await worker.call(notices.verifyOwnAddress, ask)).error.code).toBe('notices.code-wrong');
    const first = { body: { code: right }, key: 'right-code-0001' };
    const proved = await worker.call(notices.verifyOwnAddress, first);
    expect(proved.status).toBe(200);
    expect((await worker.call(notices.verifyOwnAddress, ask)).error.code).toBe('notices.code-over');
    // And what succeeded is answered again, though the same would be counted as wrong by now.
    await sql`update mail_address set code_hash = 'other', code_expires_at = '2026-03-06' where id = ${personId}`.execute(t.owner);
    const again = await worker.call(notices.verifyOwnAddress, first);
    expect([again.status, again.raw]).toEqual([200, proved.raw]);
    await t.owner.deleteFrom('mailAddress').where('id', '=', personId).execute();
  });
});

describe('a second person', () => {
  it('is nobody who wrote the figures: whoever changed a draft of rules does not issue it', async () => {
    const base = await t.owner.selectFrom('rulePack').select('id').where('code', '=', 'support').executeTakeFirstOrThrow();
    const { id } = await (await t.as('centre')).ok(rulepacks.draftRules, { params: { id: base.id } });
    const officer = await t.as('officer');
    const changes = [{ key: 'clock.screening', value: 9, source: '本平台默认' }];
    await officer.ok(rulepacks.editRuleDraft, {
      params: { id },
      body: { version: 1, effectiveFrom: '2026-03-09', reason: '区里要求', changes },
    });
    await officer.ok(rulepacks.moveRuleDraft, { params: { id }, body: { move: 'submit', version: 2 } });
    const answer = await officer.call(rulepacks.moveRuleDraft, { params: { id }, body: { move: 'approve', version: 3 } });
    expect(answer.error.code).toBe('rulepacks.author-approves');
    // Nor by SQL: without a draft of somebody else there is no version.
    const pack = `insert into rule_pack (id, division_id, code, title, version, effective_from)
      values (gen_random_uuid(), '${district()}', 'support', 'x', '2026.99', '2026-04-01')`;
    for (const by of ['officer', 'worker', 'centre', 'bofficer']) expect([by, await under(by, pack)]).toEqual([by, DENIED]);
    expect(await under('bofficer', 'select id from rule_draft')).toEqual([]);
    await officer.ok(rulepacks.moveRuleDraft, { params: { id }, body: { move: 'withdraw', version: 3 } });
  });

  it('is no deputy of the first: query letters', async () => {
    const { letter } = await sealedWithLetter();
    await (await t.as('centre')).ok(sealing.addLetterScan, { params: { id: letter.id }, file: PDF });
    const stand = await standsInFor('centre2', 'centre');
    const decide = async () =>
      (await t.as('centre2')).call(sealing.decideQueryLetter, { params: { id: letter.id }, body: { decision: 'approve' } });
    expect((await decide()).error.code).toBe('sealing.same-person');
    await stand.back();
    expect((await decide()).status).toBe(200);
  });

  it('is no deputy of the first: the closing of a report', async () => {
    const made = await (await t.as('worker')).ok(reports.createReport, {
      body: {
        id: randomUUID(),
        situation: 'many-injuries',
        place: '学校',
        seen: '手臂有伤',
        child: null,
        discoveredAt: null,
        caseId: null,
        requestId: null,
      },
    });
    await sql`update mandatory_report set status = 'closing', proposed_by = ${person('head')}, acknowledged_at = now() where id = ${made.id}`.execute(
      t.owner,
    );
    const stand = await standsInFor('worker3', 'head');
    const answer = await (await t.as('worker3')).call(reports.decideReportClosing, {
      params: { id: made.id },
      body: { decision: 'confirm', says: '可以结案' },
    });
    expect(answer.error.code).toBe('reports.second-person');
    await stand.back();
  });

  it('is no deputy of the first: the release of a published case', async () => {
    const { draftId } = await w.drafted('own');
    const { draftedBy } = await w.one<{ draftedBy: string }>(sql`select drafted_by from publication_draft where id = ${draftId}`);
    const drafter = Object.entries(t.world.persons).find(([, id]) => id === draftedBy)?.[0] ?? '';
    const stand = await standsInFor('centre3', drafter);
    const read = await (await t.as('centre3')).ok(casebank.readDraft, { params: { id: draftId } });
    const answer = await (await t.as('centre3')).call(casebank.releasePublication, {
      params: { id: draftId },
      body: { version: read.version },
    });
    expect(answer.error.code).toBe('casebank.same-person');
    await stand.back();
  });

  it('is somebody else in the database too: lists of destruction', async () => {
    const caseId = await w.openCase('own');
    await sql`update case_file set status = 'closed', updated_at = '2000-01-01' where id = ${caseId}`.execute(t.owner);
    const at = (status: string, approved: string) => `insert into destruction_list
      (district_id, id, number, station_id, status, opinion, appraised_by, appraised_at, approved_by)
      values ('${district()}', gen_random_uuid(), 'XH-X', '${t.world.stations.s1}', '${status}', 'x', '${person('head')}', now(), ${approved})`;
    expect(await under('head', at('approved', `'${person('centre')}'`))).toBe(DENIED);
    const list = await (await t.as('head')).ok(privacy.appraiseDestruction, { body: { caseIds: [caseId], opinion: '期满' } });
    const approve = (by: string) =>
      `update destruction_list set status = 'approved', approved_by = '${person(by)}' where id = '${list.id}' returning status`;
    expect(await under('head', approve('centre'))).toBe(DENIED);
    expect(await under('centre', approve('centre'))).toEqual([{ status: 'approved' }]);
    const other = await w.openCase('own');
    const join = `insert into destruction_item (district_id, id, list_id, case_id, case_number, retention_class, closed_on, due_on)
      values ('${district()}', gen_random_uuid(), '${list.id}', '${other}', 'x', 'adult', '2000-01-01', '2010-01-01')`;
    expect(await under('centre', join)).toBe(DENIED);
    expect(await under('centre', approve('centre'), join)).toBe(DENIED);
  });
});

describe('a request about own data', () => {
  const receive = async (username: string, caseId: string, kind: 'delete' | 'access', asker: 'self' | 'guardian' = 'self') => {
    const idNumber = `44039919800101${String(Math.floor(Math.random() * 9000) + 1000)}`;
    const { recipientId } = await w.one<{ recipientId: string }>(sql`select recipient_id from case_file where id = ${caseId}`);
    const made = await (await t.as(username)).ok(privacy.receiveRight, {
      body: {
        kind,
        askerKind: asker,
        askerName: '某某某',
        askerPhone: null,
        subjectName: '某某某',
        subjectIdNumber: null,
        subjectPhone: '13900000000',
        wish: idNumber,
      },
    });
    await sql`update privacy_request set recipient_ids = array[${recipientId}]::uuid[] where id = ${made.id}`.execute(t.owner);
    await (await t.as(username)).ok(privacy.confirmRightIdentity, {
      params: { id: made.id },
      body: { checked: asker === 'self' ? ['id-card'] : ['id-card', 'household-register'], checkNote: '', version: 1 },
    });
    return made.id;
  };

  it('never tells who asks, or who receives it, that a mandatory report names the case', async () => {
    const caseId = await w.openCase('own');
    const said = { situation: 'many-injuries' as const, place: '学校', seen: '手臂有伤', child: null, discoveredAt: null, requestId: null };
    await (await t.as('worker')).ok(reports.createReport, { body: { id: randomUUID(), ...said, caseId } });
    // As the head, who knows of the report, and as the worker of another station, who does not.
    for (const by of ['head', 'worker2']) {
      const id = await receive(by, caseId, 'delete', 'guardian');
      const read = await (await t.as(by)).call(privacy.readRight, { params: { id } });
      expect([by, read.status, read.raw.includes('mandatory-report')]).toEqual([by, 200, false]);
      expect(read.body.cases[0]?.grounds).toContain('other-law');
    }
    const ask = `select live_holds('${district()}', '${caseId}') as holds`;
    expect(await under('worker2', ask)).toEqual([{ holds: ['other-law'] }]);
    expect(await under('head', ask)).toEqual([{ holds: ['mandatory-report'] }]);
    expect(await under('bhead', ask)).toEqual([{ holds: [] }]);
  });

  it('shows its receiver counts and names of files, and no word before somebody else decided, by SQL either', async () => {
    const caseId = await w.openCase('own');
    const id = await receive('worker2', caseId, 'access');
    const rows = (await under('worker2', `select table_name, one::text from personal_rows('${id}')`)) as {
      table_name: string;
      one: string;
    }[];
    expect(rows.map((r) => r.table_name)).toContain('case_content');
    expect(rows.filter((r) => r.one !== '{}')).toEqual([]);
    // Nobody makes a request that was decided already, or decides in somebody else's name, or changes whom it is about.
    const made = (
      status: string,
      decided: string,
    ) => `insert into privacy_request (district_id, id, receipt_no, kind, asker_kind, status, station_id,
      subject_masked, recipient_ids, received_by, received_at, due_on, pack_version, decided_by)
      values ('${district()}', gen_random_uuid(), 'GR-X', 'access', 'self', '${status}', '${t.world.stations.s2}', 'x', '{}', '${person('worker2')}',
        now(), '2026-04-01', 'x', ${decided})`;
    expect(await under('worker2', made('done', `'${person('head2')}'`))).toBe(DENIED);
    expect(await under('worker2', made('answering', 'null'))).toBe(DENIED);
    const change = (what: string) => `update privacy_request set ${what} where id = '${id}'`;
    expect(await under('worker2', change(`status = 'done', decided_by = '${person('head2')}'`))).toBe(DENIED);
    expect(await under('worker2', change(`status = 'done'`))).toBe(DENIED);
    expect(await under('head2', change(`received_by = '${person('worker')}'`))).toBe(DENIED);
    expect(await under('worker2', change(`recipient_ids = '{}'`))).toBe(DENIED);
  });

  it('does not count what is sealed, nor that it is', async () => {
    const { caseId } = await sealedWithLetter();
    const id = await receive('worker2', caseId, 'access');
    const read = await (await t.as('worker2')).ok(privacy.readRight, { params: { id } });
    expect(read.map).toEqual([]);
    // A stop and a mark from before the sealing name the case no more.
    await sql`insert into processing_stop (district_id, id, request_id, case_id, case_number, station_id, grounds, since, stopped_by)
      values (${district()}, ${randomUUID()}, ${id}, ${caseId}, 'GA-封', ${t.world.stations.s1}, '{}', now(), ${person('head')})`.execute(
      t.owner,
    );
    expect((await (await t.as('worker2')).ok(privacy.readRight, { params: { id } })).stops).toEqual([]);
  });
});

describe('a case whose processing was stopped', () => {
  it('is found by its phone by the head alone, and by nobody once it is destroyed', async () => {
    const caseId = await w.openCase('own');
    const { phoneIndex } = await w.one<{ phoneIndex: string }>(
      sql`select r.phone_index from recipient r join case_file f on f.recipient_id = r.id where f.id = ${caseId}`,
    );
    const ask = `select id from cases_of_phone('${phoneIndex}') where id = '${caseId}'`;
    const seen = async (by: string) => (await under(by, ask)).length;
    expect([await seen('worker3'), await seen('centre'), await seen('head'), await seen('worker2')]).toEqual([1, 1, 1, 0]);
    await stop(caseId);
    expect([await seen('worker3'), await seen('centre'), await seen('head')]).toEqual([0, 0, 1]);
    await sql`update case_file set destroyed_at = now() where id = ${caseId}`.execute(t.owner);
    expect([await seen('worker3'), await seen('centre'), await seen('head')]).toEqual([0, 0, 0]);
  });

  it('closes transfers, lines, referrals and drafts to everybody but the head, and nothing of them changes', async () => {
    const half = await w.invited('own');
    const lineId = await w.line('own', half.id, 'supervisor', 'seminar');
    const seminar = await (await t.as('supervisor')).ok(responses.openResponse, { params: { id: lineId }, body: w.seminar('own') });
    const referral = randomUUID();
    await sql`insert into partner_referral (district_id, id, number, status, request_id, request_number, partner_id, help_field, asker_id,
        station_id, sent_by, sent_on, until, consent_id)
      select r.district_id, ${referral}, ${referral}, 'offered', r.id, '', ${await w.partner('own')}, 'law', r.asker_id, r.station_id, r.asker_id,
        '2026-03-05', '2026-03-12', c.id from support_request r join consent c on c.case_id = r.case_id where r.id = ${half.id} limit 1`.execute(
      t.owner,
    );
    await sql`insert into partner_referral_content (district_id, id, reason, fields, parts) values (${district()}, ${referral}, '金丝雀', '{}', '[]')`.execute(
      t.owner,
    );
    const drafted = await w.drafted('own');
    const tables = (requestId: string) =>
      ['support_line', 'support_response', 'partner_referral', 'publication_draft']
        .map((table) => `select '${table}' as t from ${table} where request_id = '${requestId}'`)
        .join(' union all ');
    const see = async (by: string, requestId: string) => ((await under(by, tables(requestId))) as { t: string }[]).map((r) => r.t).sort();
    expect(await see('supervisor', half.id)).toEqual(['support_line', 'support_response']);
    expect(await see('worker', half.id)).toEqual(['partner_referral', 'support_line', 'support_response']);
    expect(await see('centre', drafted.requestId)).toContain('publication_draft');
    expect(await under('supervisor', `select 1 as n from support_response_content where id = '${seminar.id}'`)).toEqual([{ n: 1 }]);
    await stop(await caseOf(half.id));
    await stop(await caseOf(drafted.requestId));
    for (const by of ['supervisor', 'worker', 'centre']) expect([by, await see(by, half.id)]).toEqual([by, []]);
    expect(await see('centre', drafted.requestId)).toEqual([]);
    expect(await under('centre', `select 1 from publication_finding where draft_id = '${drafted.draftId}'`)).toEqual([]);
    expect(await see('head', half.id)).toEqual(['partner_referral', 'support_line', 'support_response']);
    for (const table of ['support_line', 'support_response', 'partner_referral'])
      expect([table, await under('head', `update ${table} set version = version + 1 where request_id = '${half.id}' returning 1`)]).toEqual(
        [table, []],
      );
    expect((await (await t.as('supervisor')).call(responses.readResponse, { params: { id: seminar.id } })).status).toBe(404);
    expect(await under('worker', `select reason from partner_referral_content where id = '${referral}'`)).toEqual([]);
    expect((await (await t.as('centre')).call(casebank.readDraft, { params: { id: drafted.draftId } })).status).toBe(404);
  });

  it('closes the archives that were made before; the platform still clears their files away', async () => {
    const archive = await w.archive('own');
    const { requestId } = await w.one<{ requestId: string }>(sql`select request_id from request_archive where id = ${archive}`);
    const centre = await t.as('centre');
    const list = () => centre.call(archives.listArchives, { params: { id: requestId } });
    expect((await list()).body.rows.map((r) => r.id)).toEqual([archive]);
    const see = `select id from request_archive where id = '${archive}'`;
    expect(await under('centre', see)).toEqual([{ id: archive }]);
    await stop(await caseOf(requestId));
    expect(await under('centre', see)).toEqual([]);
    expect((await list()).status).toBe(404);
    expect((await centre.call(archives.downloadArchive, { params: { id: archive } })).status).toBe(404);
    await sql`update request_archive set expires_at = ${TEST_NOW} where id = ${archive}`.execute(t.owner);
    await clearArchives(t.services);
    expect(await w.one(sql`select status, stored_as from request_archive where id = ${archive}`)).toEqual({
      status: 'expired',
      storedAs: null,
    });
  });

  it('closes the words of the appeal and of the call that led to it', async () => {
    const callId = await w.calledIn('own');
    const { appealId } = await w.one<{ appealId: string | null }>(sql`select appeal_id from hotline_call where id = ${callId}`);
    const caseId = await w.openCase('own');
    const appeal = appealId ?? (await w.appeal('own')).id;
    await sql`update hotline_call set appeal_id = ${appeal} where id = ${callId}`.execute(t.owner);
    await sql`update appeal set case_id = ${caseId}, status = 'opened', taker_id = ${person('worker')}, station_id = ${t.world.stations.s1}
      where id = ${appeal}`.execute(t.owner);
    const worker = await t.as('worker');
    expect((await worker.ok(appeals.readAppeal, { params: { id: appeal } })).content).not.toBeNull();
    expect((await (await t.as('centre')).call(calls.readCall, { params: { id: callId } })).status).toBe(200);
    await stop(caseId);
    const after = await worker.ok(appeals.readAppeal, { params: { id: appeal } });
    expect([after.content, after.steps]).toEqual([null, []]);
    expect((await (await t.as('centre')).call(calls.readCall, { params: { id: callId } })).status).toBe(404);
    expect((await (await t.as('head')).ok(appeals.readAppeal, { params: { id: appeal } })).content).not.toBeNull();
  });
});

it('what the profession shares is closed to the three administrators in the database too', async () => {
  const shared = ['competition', 'seminar_series', 'research_output'];
  await w.competition('own', 'open', await w.released('own'));
  await (await t.as('centre')).ok(seminars.createSeminarSeries, { body: w.seriesDraft() as never });
  await w.output('own');
  const counts = async (by: string) =>
    (await under(by, shared.map((table) => `select '${table}' as t from ${table}`).join(' union '))) as { t: string }[];
  expect((await counts('worker')).map((r) => r.t).sort()).toEqual([...shared].sort());
  for (const by of ['system', 'security', 'audit']) expect([by, await counts(by)]).toEqual([by, []]);
});

it('behind one proxy the caller’s own words about the address count for nothing', async () => {
  const proxied = await startTestApp({ settings: { JIEYOU_TRUST_PROXY: '1' } });
  const { token } = await new AccessWorld(proxied).openSession('worker');
  await proxied.app.inject({
    method: 'GET',
    url: `/api/cases/${randomUUID()}`,
    headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.7' },
    cookies: { [SESSION_COOKIE]: token },
  });
  const { rows } = await sql<{ ip: string }>`select ip from access_record where outcome = 'not-found'`.execute(proxied.owner);
  await proxied.stop();
  expect(rows).toEqual([{ ip: '203.0.113.7' }]);
});
