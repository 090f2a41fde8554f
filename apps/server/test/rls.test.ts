/**
 * The second line of access, without the first: raw SQL as the platform's own login, under each person's settings. What is expected
 * is written by hand. The tales: A, B, C are closed and drafted for publication (station 1, station 2, district 乙); D is a draft; G has a
 * line of support; H was answered by one expert of two; I is answered by none; J has both opinions, but is not open to the experts yet.
 */
import { randomUUID } from 'node:crypto';
import * as forms from '@jieyou/core/forms/endpoints.ts';
import * as recipients from '@jieyou/core/recipients/endpoints.ts';
import * as responses from '@jieyou/core/responses/endpoints.ts';
import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findActor } from '../src/identity/actors.ts';
import { tokenHash } from '../src/identity/sessions.ts';
import { EMBEDDED_LOGIN, urlOf } from '../src/platform/db/migrate.ts';
import { platformSettings, settingsOf } from '../src/platform/http/scope.ts';
import { NOTED } from '../src/support/store.ts';
import { AccessWorld, casts } from './access.world.ts';
import { startTestApp, TEST_NOW, type TestApp } from './harness.ts';

let t: TestApp;
let w: AccessWorld;
let login: string;
/** One connection for all questions: what a request before has set must not reach the next one, as in the platform's pool. */
let asking: pg.Client;
/** Tale of a request and of a case, by id. */
const taleOf = new Map<string, string>();
const usernames = new Map<string, string>();

const tell = async (label: string, requestId: string): Promise<string> => {
  taleOf.set(requestId, label);
  const { caseId } = await w.one<{ caseId: string }>(sql`select case_id from support_request where id = ${requestId}`);
  taleOf.set(caseId, label);
  return requestId;
};

/** Rows of experts' time and of mail: a draft, hours, a client's agenda, two addresses with a mail each. */
const arrangeTime = async (asked: { id: string; conferenceId: string; consentId: string; invitations: string[] }): Promise<void> => {
  const { districtId } = t.world;
  const at = t.clock.now().toISOString();
  const [expertId, worker] = [t.world.experts.expert as string, t.world.persons.worker as string];
  const draft = { districtId, id: asked.invitations[0] ?? '', expertId, draftCt: 'x', savedAt: at };
  await t.owner.insertInto('opinionDraft').values(draft).execute();
  await t.owner
    .insertInto('expertEffort')
    .values({
      districtId,
      id: randomUUID(),
      expertId,
      requestId: asked.id,
      source: 'opinion',
      sourceId: draft.id,
      minutes: 20,
      onDay: '2026-03-05',
      enteredBy: t.world.persons.expert as string,
      enteredAt: at,
    })
    .execute();
  await t.owner
    .insertInto('clientAgenda')
    .values({
      districtId,
      id: asked.conferenceId,
      requestId: asked.id,
      consentId: asked.consentId,
      guardian: false,
      welcome: 'x',
      items: ['x'],
      byId: worker,
      at,
    })
    .execute();
  for (const personId of [worker, t.world.persons.expert as string]) {
    await t.owner
      .insertInto('mailAddress')
      .values({ districtId, id: personId, addressCt: 'x', addressMasked: 'x', consentedAt: at, atOnce: [] })
      .execute();
    await t.owner
      .insertInto('mail')
      .values({
        districtId,
        id: randomUUID(),
        personId,
        kind: 'mail.digest',
        subject: 'x',
        bodyCt: 'x',
        status: 'sent',
        nextTryAt: at,
        createdAt: at,
      })
      .execute();
  }
};

beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
  login = urlOf(t.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' });
  asking = new pg.Client({ connectionString: login });
  await asking.connect();
  for (const [username, id] of Object.entries(t.world.persons)) usernames.set(id, username);
  for (const [username, id] of Object.entries(t.world.experts)) usernames.set(id, username);
  await tell('A', (await w.drafted('own')).requestId);
  await tell('B', (await w.drafted('other')).requestId);
  await tell('C', (await w.drafted('far')).requestId);
  await tell('D', (await w.draft('own')).id);
  const goneTo = await tell('G', (await w.accepted('other')).id);
  await w.line('other', goneTo, 'worker2');
  const half = await w.invited('own');
  await w.line('own', await tell('H', half.id), 'supervisor');
  // G was handed to the agency; what went to the other head was returned, and is closed to her.
  const handed = await w.transferOf('other', await w.line('other', goneTo, casts.other.second), 'agency');
  const back = await w.transferOf('other', await w.line('other', goneTo, casts.other.second), 'head');
  expect(handed).not.toBe(back);
  await (await t.as('head')).ok(responses.moveResponse, {
    params: { id: back },
    body: { move: 'return', version: 1, reason: '不在服务范围' },
  });
  // H has a seminar on a line that the supervisor holds.
  const seminar = await w.line('own', half.id, 'supervisor', 'seminar');
  await (await t.as('supervisor')).ok(responses.openResponse, { params: { id: seminar }, body: w.seminar('own') });
  await w.opine('own', half.invitations.slice(0, 1));
  const asked = await w.pollAsked('own');
  await tell('I', asked.id);
  await arrangeTime(asked);
  const sealed = await w.invited('own');
  await tell('J', sealed.id);
  await w.opine('own', sealed.invitations);
  // As if a third expert were still to answer.
  await sql`update support_round set quorum = 3, asked = 3, opinions_open_at = null where id = ${sealed.roundId}`.execute(t.owner);
  // At each place a person with everything that hangs on one, two rows that were merged, and two that are told apart.
  for (const [place, label] of [
    ['own', 'N'],
    ['other', 'O'],
    ['far', 'P'],
  ] as const) {
    const caseId = await w.openCase(place);
    taleOf.set(caseId, label);
    await w.visit(place, true, caseId);
    const waiting = await w.form(place, 'waiting', caseId);
    await w.form(place, 'draft', caseId);
    const byHand = await w.formByHand(place, caseId);
    // One lies before the supervisor, and one before the head that a supervisor might sign as well.
    await w.formLaid(place, caseId);
    const taken = w.signature('a'.repeat(64)) as Record<string, unknown>;
    await (await t.as(casts[place].worker)).ok(forms.signFormAnswer, { params: { id: byHand.id }, body: taken });
    const head = await t.as(casts[place].head);
    await head.ok(forms.decideFormAnswer, { params: { id: waiting.id }, body: { signs: true, says: '', version: 2 } });
    const alarm = await w.alarm(place, 'crisis', caseId);
    await sql`insert into alarm_order (district_id, id, alarm_id, case_id, no, status, applied_at)
      select district_id, ${randomUUID()}, id, case_id, 1, 'applied', registered_at from alarm where id = ${alarm.id}`.execute(t.owner);
    await sql`insert into case_field_change (district_id, id, case_id, from_day, was, field, changed_by, changed_at)
      select district_id, ${randomUUID()}, id, opened_on, service_domain, 'drug', worker_id, ${TEST_NOW} from case_file where id = ${caseId}`.execute(
      t.owner,
    );
    const { id, householdId } = await w.furnished(place);
    const mergeId = await w.mergedAt(place);
    const twin = await w.served(place);
    await (await t.as(casts[place].worker)).ok(recipients.tellApart, { body: { oneId: id, otherId: twin, reason: '双胞胎' } });
    const merge = await w.one<{ keptId: string; goneId: string }>(sql`select kept_id, gone_id from recipient_merge where id = ${mergeId}`);
    const group = (await w.group(place, 'held', [id, merge.keptId, twin])).id;
    await w.leadChange(place, group);
    const { activity } = await w.formsBeyond(place, group);
    taleOf.set(activity, { own: 'ZA', other: 'ZB', far: 'ZC' }[place]);
    const held = await w.one<{ id: string }>(sql`select id from group_session where group_id = ${group} order by number limit 1`);
    await w.photo(place, 'activity', activity);
    await w.photo(place, 'session', held.id);
    taleOf.set(group, { own: 'GA', other: 'GB', far: 'GC' }[place]);
    const relief = (await w.reliefCase(place, id)).id;
    taleOf.set(relief, { own: 'RA', other: 'RB', far: 'RC' }[place]);
    // Handed on and back: who carries it is who carried it.
    await sql`insert into relief_handover (district_id, id, relief_id, station_id, from_id, to_id, reason, made_by, made_at)
      select district_id, ${randomUUID()}, id, station_id, ${await w.colleague(place)}, worker_id, '休假回来', worker_id, ${TEST_NOW}
      from relief_case where id = ${relief}`.execute(t.owner);
    taleOf.set((await w.reliefJoint(place, true, relief)).id, { own: 'RA', other: 'RB', far: 'RC' }[place]);
    const task = await w.volunteerTask(place, 'invited');
    const asked = await w.one<{ volunteerId: string }>(sql`select volunteer_id from volunteer_turn where id = ${task.turnId}`);
    for (const one of [task.id, asked.volunteerId]) taleOf.set(one, { own: 'VA', other: 'VB', far: 'VC' }[place]);
    for (const told of [id, householdId, merge.keptId, merge.goneId, twin]) taleOf.set(told, label);
    const { rows } = await sql<{ id: string }>`select id from case_file where recipient_id in (${id}, ${merge.keptId}, ${twin})`.execute(
      t.owner,
    );
    for (const file of rows) taleOf.set(file.id, label);
  }
  for (const [place, label] of [
    ['own', 'AA'],
    ['other', 'AB'],
    ['far', 'AC'],
  ] as const)
    taleOf.set((await w.planSent(place)).caseId, label);
  for (const [place, label] of [
    ['own', 'AD'],
    ['other', 'AE'],
  ] as const) {
    const handover = await w.handedOver(place);
    taleOf.set((await w.one<{ caseId: string }>(sql`select case_id from case_handover where id = ${handover}`)).caseId, label);
  }
  taleOf.set((await w.appeal('own', 'waiting')).id, 'Q');
  taleOf.set((await w.appeal('own')).id, 'R');
  taleOf.set((await w.appeal('other')).id, 'S');
  taleOf.set((await w.appeal('far')).id, 'T');
  const unplaced = (await w.appeal('own', 'waiting')).id;
  await sql`update appeal set station_id = null where id = ${unplaced}`.execute(t.owner);
  taleOf.set(unplaced, 'U');
  taleOf.set(await w.calledIn('own'), 'V');
  taleOf.set(await w.calledIn('far'), 'W');
  taleOf.set(await w.ticket('own'), 'X');
  taleOf.set(await w.ticket('far'), 'Y');
  for (const id of ['V', 'W']) {
    const [call] = [...taleOf].find(([, label]) => label === id) ?? [''];
    await sql`insert into hotline_hand_over (district_id, id, call_id, hotline_number, hotline_name, at, by_id, outcome, said_ct)
      select district_id, gen_random_uuid(), id, '12348', '法律', now(), taker_id, 'told-number', 's' from hotline_call where id = ${call}`.execute(
      t.owner,
    );
  }
  for (const [id, label] of [...taleOf]) {
    const { rows } = await sql<{ recipientId: string }>`select recipient_id from case_file where id = ${id}`.execute(t.owner);
    if (rows[0] !== undefined) taleOf.set(rows[0].recipientId, label);
  }
  // A published case whose recall is proposed; nobody is in it.
  const bank = { id: randomUUID(), districtId: t.world.districtId, draftId: randomUUID(), number: 'AL-2025-9001' };
  const people = { draftedBy: w.person('centre'), releasedBy: w.person('centre2'), releasedOn: '2025-05-01', year: 2025 };
  const words = { title: '无人之例', domain: 'parent-child', helpFields: [], methods: [], sections: '{}', searchText: '' };
  await t.owner
    .insertInto('casebankEntry')
    .values({ ...bank, ...people, ...words })
    .execute();
  const recall = { cause: 'mistake', status: 'proposed', says: '', proposedAt: TEST_NOW };
  await t.owner
    .insertInto('casebankRecall')
    .values({ id: randomUUID(), districtId: t.world.districtId, entryId: bank.id, ...recall })
    .execute();
  // A referral of H to a partner, with its words.
  const referral = randomUUID();
  taleOf.set(referral, 'H');
  await sql`insert into partner_referral (district_id, id, number, status, request_id, request_number, partner_id, help_field, asker_id,
      station_id, sent_by, sent_on, until, consent_id)
    select r.district_id, ${referral}, 'ZJ', 'offered', r.id, '', ${await w.partner('own')}, 'law', r.asker_id, r.station_id, r.asker_id,
      '2026-03-05', '2026-03-12', c.id from support_request r join consent c on c.case_id = r.case_id where r.id = ${half.id} limit 1`.execute(
    t.owner,
  );
  await sql`insert into partner_referral_content (district_id, id, reason, fields, parts)
    select district_id, id, '金丝雀甲一', '{}', '[]' from partner_referral where id = ${referral}`.execute(t.owner);
  // Somebody took an archive of A; the words of a year's report; figures are told by their stations.
  const [taken] = [...taleOf].find(([, label]) => label === 'A') ?? [''];
  await sql`insert into request_archive (district_id, id, request_id, number, final, person_id, account_id, reason, asked_at, status)
    select r.district_id, gen_random_uuid(), r.id, '', true, a.person_id, a.id, '归档', now(), 'ready'
    from support_request r join account a on a.username = 'centre' where r.id = ${taken}`.execute(t.owner);
  const [file] = [...taleOf].find(([id, label]) => label === 'AD' && id !== taken) ?? [''];
  await sql`insert into request_archive (district_id, id, case_id, number, final, person_id, account_id, reason, asked_at, status)
    select f.district_id, gen_random_uuid(), f.id, '', true, a.person_id, a.id, '归档', now(), 'ready'
    from case_file f join account a on a.username = 'worker' where f.id = ${file}`.execute(t.owner);
  await sql`insert into year_report_text (district_id, id, year, version, opening, outlook, saved_by, saved_at)
    values (${t.world.districtId}, gen_random_uuid(), 2025, 1, '', '', ${w.person('centre')}, now())`.execute(t.owner);
  for (const [name, id] of Object.entries(t.world.stations)) taleOf.set(id, name);
  // Ledgers that were brought: by a worker, by a head, by the centre for a station, in the other district; each left a row.
  for (const [label, username, station] of [
    ['BA', 'worker', 's1'],
    ['BB', 'head2', 's2'],
    ['BC', 'bhead', 'b1'],
    ['BD', 'centre', 's2'],
  ] as const) {
    const id = randomUUID();
    taleOf.set(id, label);
    await sql`insert into ledger_import (district_id, id, kind, status, station_id, person_id, account_id, worker_id, file_name, format, bytes, sha256,
        kept_until, made_at, touched_at)
      select s.district_id, ${id}, 'contacts', 'checked', s.id, a.person_id, a.id, a.person_id, '', 'csv', 1, '', '2026-04-01', now(), now()
      from station s, account a where s.id = ${t.world.stations[station]} and a.username = ${username}`.execute(t.owner);
    await sql`insert into ledger_import_row (district_id, id, import_id, row_no, state)
      select district_id, gen_random_uuid(), id, 2, 'wrong' from ledger_import where id = ${id}`.execute(t.owner);
  }
  // Somebody of a register who has no case.
  const registered = randomUUID();
  taleOf.set(registered, 'BE');
  await sql`insert into recipient (district_id, id, station_id, worker_id, gender, name_masked, name_ct, name_index, on_register)
    values (${t.world.districtId}, ${registered}, ${t.world.stations.s1}, ${w.person('worker3')}, 'female', '钟离*', 'x', 'x', true)`.execute(
    t.owner,
  );
  // Something that was read, and something that was refused.
  await w.ask('worker', 'listCases', { ask: {} });
  await w.ask('worker', 'listDrafts', { ask: {} });
}, 120_000);
afterAll(async () => {
  await asking?.end();
  await t.stop();
});

/** Runs raw SQL as the platform's login in one transaction under settings, and undoes it. */
const under = async <T>(settings: Readonly<Record<string, string>>, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const set = Object.entries(settings).map(([key, value]) => `set local app.${key} = ${pg.escapeLiteral(value)}`);
  await asking.query(['begin', ...set].join(';'));
  try {
    return await work(asking);
  } finally {
    await asking.query('rollback');
  }
};

const settingsFor = async (username: string, now = TEST_NOW): Promise<Readonly<Record<string, string>>> => {
  const at = new Date(now);
  const { token } = await w.openSession(username);
  const found = await findActor(t.services.db, tokenHash(token), at, dayOf(instantOf(at.getTime())), 1_000_000);
  if (found === null) throw new Error(`${username} is not signed in`);
  return settingsOf(found.actor, at, 'raw');
};

/** By which columns a row of a table is told: its tale, and the expert whose row it is. */
const TOLD: Readonly<Record<string, string>> = {
  support_request: 'id::text',
  support_content: 'id::text',
  support_statement: 'request_id::text',
  support_proposal: 'request_id::text',
  support_round: 'request_id::text',
  support_invitation: "request_id::text || ':' || expert_id::text",
  support_packet: 'request_id::text',
  support_opinion: "request_id::text || ':' || expert_id::text",
  support_conference: 'request_id::text',
  support_minutes: 'request_id::text',
  support_action: 'request_id::text',
  support_line: 'request_id::text',
  support_closing: 'id::text',
  partner_referral: 'request_id::text',
  partner_referral_content: 'id::text',
  support_response: 'request_id::text',
  support_response_content: '(select s.request_id::text from support_response s where s.id = support_response_content.id)',
  case_file: 'id::text',
  case_content: 'id::text',
  case_note: 'case_id::text',
  alarm: 'case_id::text',
  alarm_content: '(select a.case_id::text from alarm a where a.id = alarm_content.id)',
  alarm_step: 'case_id::text',
  alarm_order: 'case_id::text',
  case_field_change: 'case_id::text',
  alarm_entry: 'case_id::text',
  visit: 'case_id::text',
  visit_content: '(select v.case_id::text from visit v where v.id = visit_content.id)',
  visit_action: 'case_id::text',
  visit_need: 'id::text',
  form_answer: 'coalesce(case_id, group_id, activity_id)::text',
  form_answer_content:
    '(select coalesce(a.case_id, a.group_id, a.activity_id)::text from form_answer a where a.id = form_answer_content.id)',
  signature: 'case_id::text',
  signature_content: '(select s.case_id::text from signature s where s.id = signature_content.id)',
  form_decision: '(select a.case_id::text from form_answer a where a.id = form_decision.answer_id)',
  volunteer: 'id::text',
  volunteer_content: 'id::text',
  volunteer_task: 'id::text',
  volunteer_task_content: 'id::text',
  volunteer_turn: 'task_id::text',
  service_group: 'id::text',
  service_group_content: 'id::text',
  group_review: 'group_id::text',
  group_lead_change: 'group_id::text',
  group_session: 'group_id::text',
  group_session_content: '(select s.group_id::text from group_session s where s.id = group_session_content.id)',
  group_member: 'group_id::text',
  group_attendance: '(select m.group_id::text from group_member m where m.id = group_attendance.member_id)',
  photo: 'coalesce(group_id, activity_id)::text',
  group_measure: '(select m.group_id::text from group_member m where m.id = group_measure.member_id)',
  relief_case: 'id::text',
  relief_content: 'id::text',
  relief_item: 'relief_id::text',
  relief_handover: 'relief_id::text',
  relief_joint: 'id::text',
  relief_joint_member: 'joint_id::text',
  relief_undertaking: 'joint_id::text',
  case_paper: 'case_id::text',
  case_paper_content: '(select p.case_id::text from case_paper p where p.id = case_paper_content.id)',
  case_handover: 'case_id::text',
  recipient: 'id::text',
  recipient_former_name: 'recipient_id::text',
  recipient_category: 'recipient_id::text',
  recipient_detail: 'recipient_id::text',
  recipient_guardian: 'recipient_id::text',
  recipient_contact: 'recipient_id::text',
  household: 'id::text',
  household_member: 'household_id::text',
  household_tie: 'household_id::text',
  recipient_pair: 'one_id::text',
  recipient_merge: 'kept_id::text',
  consent: 'case_id::text',
  publication_draft: 'request_id::text',
  appeal: 'id::text',
  appeal_content: 'id::text',
  appeal_step: 'appeal_id::text',
  casebank_recall: "'some'",
  hotline_call: 'id::text',
  hotline_call_content: 'id::text',
  hotline_hand_over: 'call_id::text',
  ticket: 'id::text',
  ticket_content: 'id::text',
  event: "coalesce(request_ref::text, '-')",
  conference_poll: 'request_id::text',
  poll_vote: "request_id::text || ':' || person_id::text",
  opinion_draft: 'expert_id::text',
  expert_effort: "request_id::text || ':' || expert_id::text",
  client_agenda: 'request_id::text',
  mail_address: 'id::text',
  mail: 'person_id::text',
  request_archive: 'coalesce(request_id, case_id)::text',
  ledger_import: 'id::text',
  ledger_import_row: 'import_id::text',
  figure_tally: 'station_id::text',
  year_report_text: 'year::text',
  notice: 'person_id::text',
  access_record: "'some'",
};

/** What somebody sees of a table, in the words of the tales. */
const sees = async (client: pg.Client, table: string): Promise<string> => {
  const { rows } = await client.query<{ told: string }>(`select distinct ${TOLD[table]} as told from ${table}`);
  const words = rows.map(({ told }) =>
    told
      .split(':')
      .map((id) => taleOf.get(id) ?? usernames.get(id) ?? id)
      .join(':'),
  );
  return [...new Set(words)].sort().join(' ');
};

const ACCOUNTS = [
  'worker',
  'worker2',
  'worker3',
  'head',
  'head2',
  'centre',
  'centre2',
  'expert',
  'expert2',
  'expert3',
  'expert4',
  'supervisor',
  'agency',
  'agency2',
  'officer',
  'street',
  'street2',
  'civil-affairs',
  'civil2',
  'system',
  'security',
  'audit',
  'bworker',
  'bhead',
  'bcentre',
  'bexpert',
  'bsupervisor',
  'bagency',
  'bofficer',
  'bstreet',
  'bcivil',
  'bsystem',
  'bsecurity',
  'baudit',
] as const;

/** Who sees which tales; who is not named sees none. */
const CASES = {
  worker: 'A AA AD D H I J N',
  head: 'A AA AD D H I J N',
  worker2: 'AB AE B G O',
  head2: 'AB AE B G O',
  bworker: 'AC C P',
  bhead: 'AC C P',
};
/** Visits and notes are the case's circle's and its head's; no office's, not the centre's. */
/** A relief case is its worker's and its head's. */
const RELIEF = { worker: 'RA', head: 'RA', worker2: 'RB', head2: 'RB', bworker: 'RC', bhead: 'RC' };
/** A group is its lead's and its head's. */
const GROUPS = { worker: 'GA', head: 'GA', worker2: 'GB', head2: 'GB', bworker: 'GC', bhead: 'GC' };
/** A volunteer's number and name are the station's and the centre's; who sees figures sees the masked row. */
const VOLUNTEERS = {
  worker: 'VA',
  worker3: 'VA',
  head: 'VA',
  worker2: 'VB',
  head2: 'VB',
  centre: 'VA VB',
  centre2: 'VA VB',
  bworker: 'VC',
  bhead: 'VC',
  bcentre: 'VC',
};
const VISITS = { worker: 'N', head: 'N', worker2: 'O', head2: 'O', bworker: 'P', bhead: 'P' };
/** Forms of a case, of a group and of an activity: whoever reads what they stand under, and of N one that lies before the supervisor. */
const FORMS = {
  supervisor: 'N',
  worker: 'GA N ZA',
  head: 'GA N ZA',
  worker2: 'GB O ZB',
  head2: 'GB O ZB',
  bworker: 'GC P ZC',
  bhead: 'GC P ZC',
};
/** Crises and violence at home: besides them the supervisor of the record; no office, no centre, no auditor, not even the row. */
const ALARMS = { ...VISITS, supervisor: 'N O', bsupervisor: 'P' };
const CONTENT = {
  worker: 'A D H I J',
  head: 'A H I J',
  worker2: 'B G',
  head2: 'B G',
  centre: 'A B G H I J',
  centre2: 'A B G H I J',
  bworker: 'C',
  bhead: 'C',
  bcentre: 'C',
};
/** What hangs on a person: whoever serves the person, and the head of the station. */
const SERVED = { worker: 'N', head: 'N', worker2: 'O', head2: 'O', bworker: 'P', bhead: 'P' };
const CALLS = { centre: 'V', centre2: 'V', bcentre: 'W' };
const TICKETS = { centre: 'X', centre2: 'X', bcentre: 'Y' };
const IMPORTS = { worker: 'BA', head: 'BA', head2: 'BB BD', centre: 'BD', bhead: 'BC' };
/** What waits for a station all its workers see; what was taken over only the taker and the head; the centre what has no station. */
const APPEALS = { worker: 'Q R', worker3: 'Q', head: 'Q R', worker2: 'S', head2: 'S', centre: 'U', centre2: 'U', bworker: 'T', bhead: 'T' };
const EXPECTED: Readonly<Record<string, Readonly<Partial<Record<(typeof ACCOUNTS)[number], string>>>>> = {
  support_request: {
    ...CONTENT,
    agency: 'A H I J',
    agency2: 'B G',
    officer: 'A B G H I J',
    street: 'A B G H I J',
    bagency: 'C',
    bofficer: 'C',
    bstreet: 'C',
  },
  support_content: CONTENT,
  support_statement: {
    worker: 'A H I J',
    head: 'A H I J',
    worker2: 'B G',
    head2: 'B G',
    centre: 'A B G H I J',
    centre2: 'A B G H I J',
    bworker: 'C',
    bhead: 'C',
    bcentre: 'C',
  },
  support_proposal: {
    worker: 'A H I J',
    head: 'A H I J',
    worker2: 'B',
    head2: 'B',
    centre: 'A B H I J',
    centre2: 'A B H I J',
    bworker: 'C',
    bhead: 'C',
    bcentre: 'C',
  },
  support_invitation: {
    worker: 'A:expert A:expert2 H:expert H:expert2 I:expert I:expert2 J:expert J:expert2',
    head: 'A:expert A:expert2 H:expert H:expert2 I:expert I:expert2 J:expert J:expert2',
    worker2: 'B:expert3 B:expert4',
    head2: 'B:expert3 B:expert4',
    centre: 'A:expert A:expert2 B:expert3 B:expert4 H:expert H:expert2 I:expert I:expert2 J:expert J:expert2',
    centre2: 'A:expert A:expert2 B:expert3 B:expert4 H:expert H:expert2 I:expert I:expert2 J:expert J:expert2',
    expert: 'A:expert H:expert I:expert J:expert',
    expert2: 'A:expert2 H:expert2 I:expert2 J:expert2',
    expert3: 'B:expert3',
    expert4: 'B:expert4',
    bworker: 'C:bexpert',
    bhead: 'C:bexpert',
    bcentre: 'C:bexpert',
    bexpert: 'C:bexpert',
  },
  recipient_former_name: SERVED,
  recipient_category: SERVED,
  // Of the head not even that there are any.
  recipient_detail: { worker: 'N', worker2: 'O', bworker: 'P' },
  recipient_guardian: SERVED,
  recipient_contact: SERVED,
  household: SERVED,
  household_member: SERVED,
  household_tie: SERVED,
  recipient_pair: SERVED,
  recipient_merge: SERVED,
  // Only after the pledge: nobody in I, the first expert alone in H.
  support_packet: {
    centre: 'A B H I J',
    centre2: 'A B H I J',
    expert: 'A H J',
    expert2: 'A J',
    expert3: 'B',
    expert4: 'B',
    bcentre: 'C',
    bexpert: 'C',
  },
  // The centre at once; the asker and the head once it was held (A, B, C); experts their own, and others' once the round is open (A, B).
  support_opinion: {
    centre: 'A:expert A:expert2 B:expert3 B:expert4 H:expert J:expert J:expert2',
    centre2: 'A:expert A:expert2 B:expert3 B:expert4 H:expert J:expert J:expert2',
    worker: 'A:expert A:expert2',
    head: 'A:expert A:expert2',
    worker2: 'B:expert3 B:expert4',
    head2: 'B:expert3 B:expert4',
    expert: 'A:expert A:expert2 H:expert J:expert',
    expert2: 'A:expert A:expert2 J:expert2',
    expert3: 'B:expert3 B:expert4',
    expert4: 'B:expert3 B:expert4',
    bworker: 'C:bexpert',
    bhead: 'C:bexpert',
    bcentre: 'C:bexpert',
    bexpert: 'C:bexpert',
  },
  support_minutes: {
    worker: 'A',
    head: 'A',
    worker2: 'B',
    head2: 'B',
    centre: 'A B',
    centre2: 'A B',
    bworker: 'C',
    bhead: 'C',
    bcentre: 'C',
  },
  support_action: {
    worker: 'A',
    head: 'A',
    worker2: 'B',
    head2: 'B',
    centre: 'A B',
    centre2: 'A B',
    bworker: 'C',
    bhead: 'C',
    bcentre: 'C',
  },
  // A supervisor sees assigned lines only.
  partner_referral: { worker: 'H', head: 'H', centre: 'H', centre2: 'H' },
  partner_referral_content: { worker: 'H', head: 'H', centre: 'H', centre2: 'H' },
  support_line: { worker: 'H', head: 'H', worker2: 'G', head2: 'G', centre: 'G H', centre2: 'G H', supervisor: 'H' },
  // Content readers, the line's holder, and the receiver of a transfer that was not returned; the policy of the content is the register's.
  support_response: { worker: 'H', head: 'H', worker2: 'G', head2: 'G', centre: 'G H', centre2: 'G H', supervisor: 'H', agency: 'G' },
  support_response_content: {
    worker: 'H',
    head: 'H',
    worker2: 'G',
    head2: 'G',
    centre: 'G H',
    centre2: 'G H',
    supervisor: 'H',
    agency: 'G',
  },
  support_closing: {
    worker: 'A',
    head: 'A',
    worker2: 'B',
    head2: 'B',
    centre: 'A B',
    centre2: 'A B',
    bworker: 'C',
    bhead: 'C',
    bcentre: 'C',
  },
  alarm: ALARMS,
  alarm_content: ALARMS,
  alarm_step: ALARMS,
  alarm_order: ALARMS,
  case_field_change: VISITS,
  alarm_entry: ALARMS,
  visit: VISITS,
  visit_content: VISITS,
  visit_action: VISITS,
  visit_need: VISITS,
  form_answer: FORMS,
  form_answer_content: FORMS,
  form_decision: VISITS,
  signature: VISITS,
  signature_content: VISITS,
  relief_case: RELIEF,
  relief_content: RELIEF,
  relief_item: RELIEF,
  relief_handover: RELIEF,
  relief_joint: RELIEF,
  relief_joint_member: RELIEF,
  relief_undertaking: RELIEF,
  volunteer: {
    ...VOLUNTEERS,
    agency: 'VA',
    agency2: 'VB',
    officer: 'VA VB',
    street: 'VA VB',
    bagency: 'VC',
    bofficer: 'VC',
    bstreet: 'VC',
  },
  volunteer_content: VOLUNTEERS,
  volunteer_task: VOLUNTEERS,
  volunteer_task_content: VOLUNTEERS,
  volunteer_turn: VOLUNTEERS,
  service_group: GROUPS,
  service_group_content: GROUPS,
  group_review: GROUPS,
  group_lead_change: GROUPS,
  group_session: GROUPS,
  group_session_content: GROUPS,
  group_member: GROUPS,
  group_attendance: GROUPS,
  group_measure: GROUPS,
  // Whoever reaches the activity or the group.
  photo: { worker: 'GA ZA', head: 'GA ZA', worker2: 'GB ZB', head2: 'GB ZB', bworker: 'GC ZC', bhead: 'GC ZC' },
  case_file: CASES,
  case_content: CASES,
  // The register of a station: its worker and its head, until there is a case.
  recipient: { ...CASES, worker3: 'BE', head: 'A AA AD BE D H I J N' },
  // Who brought the ledger, and the head of its station.
  ledger_import: IMPORTS,
  ledger_import_row: IMPORTS,
  // The circle of the case, and the supervisor before whom a plan lies; the policy of the content is the register's.
  case_paper: { worker: 'AA', head: 'AA', supervisor: 'AA', worker2: 'AB', head2: 'AB', bworker: 'AC', bhead: 'AC' },
  case_paper_content: { worker: 'AA', head: 'AA', supervisor: 'AA', worker2: 'AB', head2: 'AB', bworker: 'AC', bhead: 'AC' },
  // Both workers and the head; whoever is to take over reaches nothing else of it.
  case_handover: { worker: 'AD', head: 'AD', worker2: 'AE', head2: 'AE' },
  case_note: {
    worker: 'AA AD N',
    head: 'AA AD N',
    worker2: 'AB AE O',
    head2: 'AB AE O',
    bworker: 'AC P',
    bhead: 'AC P',
  },
  consent: {
    worker: 'A H I J',
    head: 'A H I J',
    worker2: 'B',
    head2: 'B',
    centre: 'A B H I J',
    centre2: 'A B H I J',
    bworker: 'C',
    bhead: 'C',
    bcentre: 'C',
  },
  // Those who are asked for a time, the chair, the centre; of the answers one's own.
  conference_poll: { worker: 'I', expert: 'I', expert2: 'I', centre: 'I', centre2: 'I' },
  poll_vote: {
    worker: 'I:worker',
    expert: 'I:expert',
    expert2: 'I:expert2',
    centre: 'I:centre I:expert I:expert2 I:worker',
    centre2: 'I:centre I:expert I:expert2 I:worker',
  },
  // What is being written is its expert's alone, also before the centre.
  opinion_draft: { expert: 'expert' },
  expert_effort: { expert: 'I:expert', centre: 'I:expert', centre2: 'I:expert' },
  client_agenda: { worker: 'I', head: 'I', centre: 'I', centre2: 'I' },
  mail_address: { worker: 'worker', expert: 'expert' },
  mail: { worker: 'worker', expert: 'expert' },
  publication_draft: { centre: 'A B', centre2: 'A B', bcentre: 'C' },
  appeal: { ...APPEALS, centre: 'Q R S U', centre2: 'Q R S U', bcentre: 'T' },
  appeal_content: APPEALS,
  appeal_step: APPEALS,
  casebank_recall: { centre: 'some', centre2: 'some' },
  hotline_call: CALLS,
  hotline_call_content: CALLS,
  hotline_hand_over: CALLS,
  ticket: TICKETS,
  ticket_content: TICKETS,
  // Of a request for the centre, of a case for its circle: nobody has both.
  request_archive: { centre: 'A', centre2: 'A', worker: 'AD', head: 'AD' },
  year_report_text: { centre: '2025', centre2: '2025', officer: '2025' },
  // As far as the registers reach, and for offices and heads only: who works on requests counts the own list.
  figure_tally: {
    head: 's1',
    head2: 's2',
    centre: 's1 s2',
    centre2: 's1 s2',
    agency: 's1',
    agency2: 's2',
    officer: 's1 s2',
    street: 's1 s2',
    bhead: 'b1',
    bcentre: 'b1',
    bagency: 'b1',
    bofficer: 'b1',
    bstreet: 'b1',
  },
};

describe('under each person’s settings', () => {
  it.each(Object.keys(EXPECTED))('%s', async (table) => {
    const found: Record<string, string> = {};
    for (const username of ACCOUNTS) {
      const words = await under(await settingsFor(username), (client) => sees(client, table));
      if (words !== '') found[username] = words;
    }
    expect(found).toEqual(EXPECTED[table]);
  });

  it('messages are one’s own', async () => {
    let seen = 0;
    for (const username of ACCOUNTS) {
      const words = await under(await settingsFor(username), (client) => sees(client, 'notice'));
      if (words !== '') {
        expect(words).toBe(username);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(8);
  });

  it('events are the timelines of requests in reach, and everything for the audit administrator', async () => {
    const timelines: Record<string, string> = { ...(EXPECTED.support_request as Record<string, string>) };
    for (const username of ACCOUNTS) {
      const words = await under(await settingsFor(username), (client) => sees(client, 'event'));
      if (username === 'audit') expect(words).toBe('- A B D G H I J');
      else if (username === 'baudit') expect(words).toBe('- C');
      else expect([username, words]).toEqual([username, timelines[username] ?? '']);
    }
  });

  it('records of access are the audit administrator’s alone', async () => {
    for (const username of ACCOUNTS) {
      const words = await under(await settingsFor(username), (client) => sees(client, 'access_record'));
      expect([username, words]).toEqual([username, ['audit', 'baudit'].includes(username) ? 'some' : '']);
    }
  });

  it('a packet and others’ opinions follow the clock: closed, open after the deadline, gone after seven days', async () => {
    const at = async (username: string, now: string) => {
      const settings = await settingsFor(username, now);
      return under(settings, async (client) => [await sees(client, 'support_packet'), await sees(client, 'support_opinion')]);
    };
    expect(await at('expert', '2026-03-10T09:59:59.000Z')).toEqual(['A H J', 'A:expert A:expert2 H:expert J:expert']);
    // The deadline opens J to those who have answered; in H the second expert has not, and learns nothing.
    expect(await at('expert', '2026-03-10T10:00:00.000Z')).toEqual(['A H J', 'A:expert A:expert2 H:expert J:expert J:expert2']);
    expect(await at('expert2', '2026-03-10T10:00:00.000Z')).toEqual(['A J', 'A:expert A:expert2 J:expert J:expert2']);
    expect(await at('expert', '2026-03-17T10:00:00.000Z')).toEqual(['', 'A:expert H:expert J:expert']);
    expect(await at('expert4', '2026-03-17T10:00:00.000Z')).toEqual(['', 'B:expert4']);
  });

  it('a deputy sees what the absent person saw, for the days of absence', async () => {
    const [absent, deputy] = [w.person('worker2'), w.person('worker3')];
    await t.owner.updateTable('roleAssignment').set({ deputyId: deputy }).where('personId', '=', absent).execute();
    const absence = {
      id: randomUUID(),
      districtId: t.world.districtId,
      personId: absent,
      fromDay: '2026-03-06',
      toDay: '2026-03-09',
      reason: '年休假',
    };
    await t.owner.insertInto('absence').values(absence).execute();
    const on = async (day: string) =>
      under(await settingsFor('worker3', `${day}T02:00:00.000Z`), (client) => sees(client, 'support_content'));
    expect([await on('2026-03-05'), await on('2026-03-06'), await on('2026-03-09'), await on('2026-03-10')]).toEqual([
      '',
      'B G',
      'B G',
      '',
    ]);
    await t.owner.deleteFrom('absence').where('id', '=', absence.id).execute();
    await t.owner.updateTable('roleAssignment').set({ deputyId: null }).where('personId', '=', absent).execute();
  });

  it('the platform’s own jobs read registers and clocks, and no content', async () => {
    await under(platformSettings(t.world.districtId, new Date(TEST_NOW)), async (client) => {
      expect(await sees(client, 'support_request')).toBe('A B D G H I J');
      // Events hold codes and numbers only.
      expect(await sees(client, 'event')).toBe('A B D G H I J');
      for (const table of [
        'support_content',
        'support_statement',
        'support_packet',
        'support_opinion',
        'support_minutes',
        'support_line',
        'partner_referral_content',
        'support_response',
        'support_response_content',
        'case_file',
        'case_content',
        'case_note',
        'alarm_content',
        'alarm_entry',
        'alarm_order',
        'case_field_change',
        'visit',
        'visit_content',
        'visit_action',
        'visit_need',
        'form_answer',
        'form_answer_content',
        'form_decision',
        'signature',
        'signature_content',
        'relief_case',
        'relief_content',
        'relief_item',
        'relief_handover',
        'relief_joint',
        'relief_joint_member',
        'relief_undertaking',
        'volunteer',
        'volunteer_content',
        'volunteer_task',
        'volunteer_task_content',
        'volunteer_turn',
        'service_group',
        'service_group_content',
        'group_review',
        'group_lead_change',
        'group_session',
        'group_session_content',
        'group_member',
        'group_attendance',
        'group_measure',
        'photo',
        'case_paper',
        'case_paper_content',
        'case_handover',
        'recipient',
        'consent',
        'publication_draft',
        'access_record',
        'notice',
      ]) {
        expect([table, await sees(client, table)]).toEqual([table, '']);
      }
    });
  });
});

describe('what a transaction notes as found', () => {
  /** The tale noted under each setting after asking for an id in the words of the stores; for each id anew, all in one question. */
  const notedOf = async (client: pg.Client, ids: readonly string[]): Promise<string[][]> => {
    const asked = ids.map((raw) => {
      const id = pg.escapeLiteral(raw);
      return [
        `set local app.found = ''; set local app.opened = ''; set local app.opened_case = ''`,
        `select ${NOTED.text} from support_request r where r.id = ${id}`,
        `select note_found('opened_case', f.id) from case_file f where f.id = ${id}`,
        `select current_setting('app.found', true) as noted_found, current_setting('app.opened', true) as opened,
          current_setting('app.opened_case', true) as file`,
      ].join(';');
    });
    const replies = (await client.query(asked.join(';'))) as unknown as pg.QueryResult<Record<string, string | null>>[];
    return replies
      .filter(({ fields }) => fields[0]?.name === 'noted_found')
      .map(({ rows }) => Object.values(rows[0] ?? {}).map((value) => (value === null || value === '' ? '' : (taleOf.get(value) ?? value))));
  };
  const noted = async (client: pg.Client, id: string): Promise<string[]> => (await notedOf(client, [id]))[0] ?? [];

  it('is only what its own policy shows', async () => {
    for (const username of ACCOUNTS) {
      const settings = await settingsFor(username);
      const may = (table: string): string[] => (EXPECTED[table]?.[username as 'worker'] ?? '').split(' ').filter((word) => word !== '');
      await under(settings, async (client) => {
        const tales = [...taleOf];
        const heard = await notedOf(
          client,
          tales.map(([id]) => id),
        );
        expect(heard).toHaveLength(tales.length);
        for (const [i, [, label]] of tales.entries()) {
          const [found, opened, file] = heard[i] ?? [];
          // An id is that of a request, of a case or of a recipient, so one kind of note at most.
          const wrong = [
            found !== '' && !may('support_request').includes(label),
            opened !== '' && !may('support_content').includes(label),
            file !== '' && !may('case_file').includes(label),
            found !== '' && may('support_content').includes(label) && opened === '',
          ];
          expect([username, label, ...wrong]).toEqual([username, label, false, false, false, false]);
        }
      });
    }
  });

  it('of persons is those of cases in reach, and shows nobody besides', async () => {
    for (const username of ACCOUNTS) {
      await under(await settingsFor(username), async (client) => {
        const before = await sees(client, 'recipient');
        await client.query('select note_person(f.recipient_id) from case_file f');
        expect([username, await sees(client, 'recipient')]).toEqual([username, before]);
      });
    }
  });

  it('shows the rows of that request and no more than were in reach before', async () => {
    const requestOf = (tale: string): string => [...taleOf].find(([, label]) => label === tale)?.[0] as string;
    for (const username of ['worker', 'head', 'centre', 'officer', 'expert', 'worker2'] as const) {
      const settings = await settingsFor(username);
      for (const table of Object.keys(EXPECTED)) {
        const words = await under(settings, async (client) => {
          await noted(client, requestOf('A'));
          return sees(client, table);
        });
        expect([username, table, words]).toEqual([username, table, EXPECTED[table]?.[username] ?? '']);
      }
    }
  });

  it('is forgotten with the transaction', async () => {
    const client = new pg.Client({ connectionString: login });
    await client.connect();
    try {
      await client.query('begin');
      for (const [key, value] of Object.entries(await settingsFor('worker')))
        await client.query(`set local app.${key} = ${pg.escapeLiteral(value)}`);
      const own = [...taleOf].find(([, label]) => label === 'A')?.[0] as string;
      expect((await noted(client, own)).filter((tale) => tale !== '')).toEqual(['A', 'A']);
      await client.query('commit');
      const { rows } = await client.query<{ opened: string }>(`select coalesce(current_setting('app.opened', true), '') as opened`);
      expect(rows[0]?.opened).toBe('');
    } finally {
      await client.end();
    }
  });
});

describe('without anybody’s settings', () => {
  const contentTables = async (): Promise<string[]> =>
    (
      await sql<{
        name: string;
      }>`select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity order by 1`.execute(
        t.owner,
      )
    ).rows // Rules are open to all; what is guarded is who issues them.
      .flatMap((r) => (['rule_pack', 'rule_value', 'form_template'].includes(r.name) ? [] : [r.name]));
  const counts = async (client: pg.Client): Promise<string[]> => {
    const found: string[] = [];
    for (const table of await contentTables()) {
      const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
      if (rows[0]?.n !== 0) found.push(`${table} ${rows[0]?.n}`);
    }
    return found;
  };

  it('a fresh connection sees no row of any content', async () => {
    const tables = await contentTables();
    expect(tables).toEqual(expect.arrayContaining(Object.keys(TOLD)));
    const client = new pg.Client({ connectionString: login });
    await client.connect();
    expect(await counts(client)).toEqual([]);
    await client.end();
  });

  it('nor does a connection whose last transaction had settings, where they are empty and not null', async () => {
    const client = new pg.Client({ connectionString: login });
    await client.connect();
    for (const username of ['worker', 'centre', 'street', 'audit', 'expert', 'officer']) {
      await client.query('begin');
      for (const [key, value] of Object.entries(await settingsFor(username)))
        await client.query(`set local app.${key} = ${pg.escapeLiteral(value)}`);
      const { rows } = await client.query<{ n: number }>(
        'select (select count(*) from support_request)::int + (select count(*) from event)::int + (select count(*) from support_invitation)::int as n',
      );
      expect(rows[0]?.n).toBeGreaterThan(0);
      await client.query('commit');
      const { rows: left } = await client.query<{ district: string | null }>("select current_setting('app.district', true) as district");
      expect(left[0]?.district).toBe('');
      expect([username, await counts(client)]).toEqual([username, []]);
    }
    await client.end();
  });

  it('settings of another district do not reach this one', async () => {
    const mixed = { ...(await settingsFor('centre')), district: t.world.otherDistrictId };
    await under(mixed, async (client) => {
      expect(await sees(client, 'support_request')).toBe('C');
      expect(await sees(client, 'case_file')).toBe('');
    });
  });
});

describe('the platform’s login', () => {
  const refused = async (statement: string, settings: Readonly<Record<string, string>> = {}): Promise<string> =>
    under(settings, (client) =>
      client.query(statement).then(
        (done) => `done ${done.rowCount}`,
        (error: { code?: string }) => error.code ?? 'error',
      ),
    );
  const NOT_ALLOWED = '42501';

  it('cannot change, remove or empty a trail, not even for the audit administrator', async () => {
    const settings = await settingsFor('audit');
    for (const table of ['event', 'access_record', 'row_history', 'audit_seal']) {
      const column = { event: 'ip', access_record: 'ip', row_history: 'table_name', audit_seal: 'hash' }[table];
      for (const statement of [`update ${table} set ${column} = 'x'`, `delete from ${table}`, `truncate ${table}`]) {
        expect([statement, await refused(statement, settings)]).toEqual([statement, NOT_ALLOWED]);
      }
    }
    expect(await refused('select * from row_history', settings)).toBe(NOT_ALLOWED);
    expect(
      await refused(
        "insert into row_history (district_id, table_name, row_id, operation) values (gen_random_uuid(), 'x', gen_random_uuid(), 'x')",
      ),
    ).toBe(NOT_ALLOWED);
  });

  it('cannot unmake what was said: notes, opinions, packets, minutes, closings', async () => {
    const settings = await settingsFor('centre');
    for (const table of ['case_note', 'support_opinion', 'support_packet', 'support_minutes', 'support_closing', 'support_statement']) {
      for (const statement of [`delete from ${table}`, `update ${table} set district_id = district_id`]) {
        expect([statement, await refused(statement, settings)]).toEqual([statement, NOT_ALLOWED]);
      }
    }
  });

  it('cannot switch a policy, a trigger or a role off', async () => {
    for (const statement of [
      'alter table support_content disable row level security',
      'drop policy request_read on support_request',
      'alter table case_file disable trigger history',
      'set role postgres',
      'create policy open on support_content using (true)',
      "set session_replication_role = 'replica'",
      'grant all on row_history to jieyou',
    ]) {
      const code = await refused(statement, await settingsFor('centre'));
      // Granting what one does not own changes nothing and is only warned about.
      expect([statement, code]).toEqual([statement, statement.startsWith('grant') ? code : NOT_ALLOWED]);
    }
    expect(await refused('set local row_security = off; select * from support_content', await settingsFor('centre'))).toBe(NOT_ALLOWED);
    expect(await refused('select * from row_history')).toBe(NOT_ALLOWED);
  });

  it('changes no content that the person does not see', async () => {
    const rowsChanged = async (username: string, statement: string) => refused(statement, await settingsFor(username));
    expect(await rowsChanged('worker2', "update case_content set summary = 'x' where true")).toBe('done 9');
    for (const username of ['expert', 'supervisor', 'agency', 'officer', 'street', 'system', 'security', 'audit', 'worker3', 'centre']) {
      expect([username, await rowsChanged(username, "update case_content set summary = 'x' where true")]).toEqual([username, 'done 0']);
    }
    for (const username of ['expert', 'supervisor', 'agency', 'officer', 'street', 'system', 'security', 'audit', 'worker3']) {
      expect([username, await rowsChanged(username, "update support_content set story = 'x' where true")]).toEqual([username, 'done 0']);
    }
  });

  it('lets a record of a crisis grow and nothing of it change; what is over is over', async () => {
    const worker = await settingsFor('worker');
    for (const table of ['alarm_content', 'alarm_entry']) {
      expect(await refused(`update ${table} set ${table === 'alarm_entry' ? "kind = 'told'" : "trigger = 'x'"}`, worker)).toBe(NOT_ALLOWED);
      expect(await refused(`delete from ${table}`, worker)).toBe(NOT_ALLOWED);
    }
    expect(await refused('delete from alarm', worker)).toBe(NOT_ALLOWED);
    expect(await refused("update alarm_step set due_at = now() + interval '9 days'", worker)).toBe(NOT_ALLOWED);
    expect(await refused('delete from alarm_order', worker)).toBe(NOT_ALLOWED);
    expect(await refused('update alarm_order set applied_at = now()', worker)).toBe(NOT_ALLOWED);
    // An order may end once, and what has ended is not brought back.
    const end = "update alarm_order set status = 'over', decided_on = '2026-03-01', valid_to = '2026-03-02', ended_on = '2026-03-02'";
    expect(await refused(end, await settingsFor('centre'))).toBe('done 0');
    expect(await refused(end, worker)).toBe('done 1');
    await sql.raw(end).execute(t.owner);
    expect(await refused("update alarm_order set status = 'in-force', ended_on = null", worker)).toBe('done 0');
    const tick = (person: string) => `update alarm_step set done_at = now(), done_by = '${w.person(person)}' where code = 'supervision'`;
    expect(await refused(tick('head'), worker)).toBe(NOT_ALLOWED);
    expect(await refused(tick('worker'), worker)).toBe('done 1');
    expect(await refused(tick('worker3'), await settingsFor('worker3'))).toBe('done 0');
    await sql`update alarm_step set done_at = ${TEST_NOW}, done_by = ${w.person('worker')} where code = 'supervision'`.execute(t.owner);
    expect(await refused(tick('worker'), worker)).toBe('done 0');
    await sql`update alarm_step set done_at = null, done_by = null where code = 'supervision'`.execute(t.owner);
    await sql`update alarm set status = 'closed'`.execute(t.owner);
    expect(await refused("update alarm set status = 'open'", worker)).toBe('done 0');
    await sql`update alarm set status = 'open'`.execute(t.owner);
    // Nobody writes in somebody else's name, but the name may be left out where it would tell who reported.
    const write = (
      kind: string,
      by: string,
    ) => `insert into alarm_entry (district_id, id, alarm_id, case_id, kind, at, written_at, by_id, body)
      select district_id, '${randomUUID()}', id, case_id, '${kind}', now(), now(), ${by}, '{}' from alarm limit 1`;
    expect(await refused(write('addition', `'${w.person('head')}'`), worker)).toBe(NOT_ALLOWED);
    expect(await refused(write('reported', 'null'), worker)).toBe('done 1');
    expect(await refused(write('addition', `'${w.person('centre')}'`), await settingsFor('centre'))).toBe('done 0');
  });

  it('leaves a recorded visit as it is, for whoever reaches it; a tick stands once and in the own name', async () => {
    const worker = await settingsFor('worker');
    expect(await refused("update visit set minutes = 1 where status = 'done'", worker)).toBe('done 0');
    expect(await refused("update visit_content set health = 'good'", worker)).toBe('done 0');
    expect(await refused("update visit_content set why = 'x'", worker)).toBe(NOT_ALLOWED);
    expect(await refused('delete from visit', worker)).toBe(NOT_ALLOWED);
    const tick = (person: string) => `update visit_action set done_at = now(), done_by = '${w.person(person)}'`;
    expect(await refused(tick('head'), worker)).toBe(NOT_ALLOWED);
    expect(await refused(tick('worker'), worker)).toBe('done 1');
    await t.owner
      .updateTable('visitAction')
      .set({ doneAt: TEST_NOW, doneBy: w.person('worker') })
      .execute();
    expect(await refused(tick('worker'), worker)).toBe('done 0');
    await t.owner.updateTable('visitAction').set({ doneAt: null, doneBy: null }).execute();
    // Nobody plans in somebody else's name, and nobody beyond the case's circle at all.
    const plan = (
      by: string,
    ) => `insert into visit (district_id, id, case_id, station_id, worker_id, status, planned_on, half, reason, made_by, made_at)
      select district_id, '${randomUUID()}', id, station_id, worker_id, 'planned', '2026-03-09', 'any', 'other', '${w.person(by)}', now()
      from case_file where id = any(array[${[...taleOf].flatMap(([id, tale]) => (tale === 'N' ? [`'${id}'::uuid`] : [])).join(',')}]) order by id limit 1`;
    expect(await refused(plan('head'), worker)).toBe(NOT_ALLOWED);
    expect(await refused(plan('worker'), worker)).toBe('done 1');
    expect(await refused(plan('worker2'), await settingsFor('worker2'))).toBe('done 0');
  });

  it('takes details of a person from who works with the person, in the own name', async () => {
    const write = (by: string) => `insert into recipient_detail (district_id, id, recipient_id, item, recorded_by, recorded_at)
      select district_id, '${randomUUID()}', id, 'occupation', '${w.person(by)}', now() from recipient
      where id = any(array[${[...taleOf].flatMap(([id, tale]) => (tale === 'N' ? [`'${id}'::uuid`] : [])).join(',')}]) limit 1`;
    expect(await refused(write('worker'), await settingsFor('worker'))).toBe('done 1');
    expect(await refused(write('head'), await settingsFor('worker'))).toBe(NOT_ALLOWED);
    expect(await refused(write('head'), await settingsFor('head'))).toBe(NOT_ALLOWED);
    expect(await refused('update recipient_detail set value_ct = null', await settingsFor('worker'))).toBe(NOT_ALLOWED);
  });

  it('leaves a signature as it was taken, and takes none in somebody else’s name', async () => {
    const worker = await settingsFor('worker');
    for (const change of [
      "update signature set who = 'guardian'",
      "update signature_content set name_ct = ''",
      'delete from signature',
      'delete from signature_content',
    ])
      expect([change, await refused(change, worker)]).toEqual([change, NOT_ALLOWED]);
    const take = (
      by: string,
    ) => `insert into signature (district_id, id, case_id, station_id, subject_kind, subject_id, who, way, hash, signed_at, taken_by, taken_at)
      select district_id, '${randomUUID()}', case_id, station_id, subject_kind, subject_id, 'guardian', 'typed', hash, signed_at, '${w.person(by)}', taken_at
      from signature limit 1`;
    expect(await refused(take('head'), worker)).toBe(NOT_ALLOWED);
    expect(await refused(take('worker'), worker)).toBe('done 1');
    expect(await refused(take('centre'), await settingsFor('centre'))).toBe('done 0');
  });

  it('begins a form of a group or an activity for those who lead it, on its own sessions and members, and knows nobody who is sealed', async () => {
    const [worker, head] = [await settingsFor('worker'), await settingsFor('head')];
    const idOf = (label: string) => [...taleOf].find(([, of]) => of === label)?.[0] ?? '';
    const one = (statement: ReturnType<typeof sql>) => w.one<{ id: string }>(statement as never).then((row) => row.id);
    const template = await one(sql`select id from form_template where code = 't11a-group-plan' limit 1`);
    const sessionOf = (label: string) => one(sql`select id from group_session where group_id = ${idOf(label)} order by number limit 1`);
    const begin = (by: string, of: Readonly<Record<string, string>>, kind = 'group') => {
      const id = randomUUID();
      return `insert into form_answer (district_id, id, subject_kind, ${Object.keys(of).join(', ')}, station_id, template_id, code, kept_as, status,
        root_id, author_id, made_at, saved_at) values ('${t.world.districtId}', '${id}', '${kind}', ${Object.values(of)
          .map((v) => `'${v}'`)
          .join(
            ', ',
          )}, '${t.world.stations.s1}', '${template}', 't11a-group-plan', 'papers', 'draft', '${id}', '${w.person(by)}', now(), now())`;
    };
    const tried = [
      [begin('worker', { group_id: idOf('GA') }), worker, 'done 1'],
      [begin('worker', { group_id: idOf('GA'), session_id: await sessionOf('GA') }), worker, 'done 1'],
      [begin('worker', { group_id: idOf('GA'), session_id: await sessionOf('GB') }), worker, NOT_ALLOWED],
      // The head reads and does not write; a colleague of elsewhere does neither.
      [begin('head', { group_id: idOf('GA') }), head, NOT_ALLOWED],
      [begin('worker', { group_id: idOf('GB') }), worker, NOT_ALLOWED],
      [begin('worker', { activity_id: idOf('ZA') }, 'activity'), worker, 'done 1'],
      [begin('worker', { activity_id: idOf('ZB') }, 'activity'), worker, NOT_ALLOWED],
      // What it stands under is what its kind says.
      [begin('worker', { group_id: idOf('GA') }, 'activity'), worker, NOT_ALLOWED],
    ] as const;
    for (const [statement, settings, says] of tried) expect([statement, await refused(statement, settings)]).toEqual([statement, says]);
    const members = 'select id from form_answer where member_id is not null';
    expect(await refused(members, worker)).toBe('done 1');
    const person = await one(
      sql`select m.recipient_id as id from form_answer a join group_member m on m.id = a.member_id where a.group_id = ${idOf('GA')}`,
    );
    await t.owner.updateTable('recipient').set({ sealedAt: TEST_NOW }).where('id', '=', person).execute();
    expect([await refused(members, worker), await refused(members, head)]).toEqual(['done 0', 'done 0']);
    await t.owner.updateTable('recipient').set({ sealedAt: null }).where('id', '=', person).execute();
  });

  it('keeps a photograph for those who lead what it shows, under their own name, on a session of this very group, and what was removed as it is', async () => {
    const [worker, head] = [await settingsFor('worker'), await settingsFor('head')];
    const idOf = (label: string) => [...taleOf].find(([, of]) => of === label)?.[0] ?? '';
    const sessionOf = async (label: string) =>
      (await w.one<{ id: string }>(sql`select id from group_session where group_id = ${idOf(label)} order by number limit 1`)).id;
    const add = (by: string, of: Readonly<Record<string, string>>) =>
      `insert into photo (district_id, id, ${Object.keys(of).join(', ')}, caption_ct, mime, bytes, width, height, sha256, stored_as, added_by, added_at)
        values ('${t.world.districtId}', '${randomUUID()}', ${Object.values(of)
          .map((v) => `'${v}'`)
          .join(', ')}, 'x', 'image/png', 1, 1, 1, 'x', '${randomUUID()}', '${w.person(by)}', now())`;
    const ofGroup = { group_id: idOf('GA'), session_id: await sessionOf('GA') };
    expect([
      await refused(add('worker', { activity_id: idOf('ZA') }), worker),
      await refused(add('worker', ofGroup), worker),
      // The head looks; nobody adds under another name, nor to what is beyond reach.
      await refused(add('head', { activity_id: idOf('ZA') }), head),
      await refused(add('head', ofGroup), head),
      await refused(add('worker3', { activity_id: idOf('ZA') }), worker),
      await refused(add('worker', { activity_id: idOf('ZB') }), worker),
      await refused(add('worker', { group_id: idOf('GB'), session_id: await sessionOf('GB') }), worker),
    ]).toEqual(['done 1', 'done 1', NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED, NOT_ALLOWED]);
    // A session of another group does not carry it there.
    expect(await refused(add('worker', { ...ofGroup, session_id: await sessionOf('GB') }), worker)).not.toBe('done 1');
    const remove = (by: string) =>
      `update photo set removed_by = '${w.person(by)}', removed_at = now() where activity_id = '${idOf('ZA')}'`;
    expect([
      await refused(remove('worker'), worker),
      await refused(remove('head'), head),
      await refused(remove('worker3'), worker),
    ]).toEqual(['done 1', 'done 0', NOT_ALLOWED]);
    expect(await refused(`update photo set stored_as = 'x'`, worker)).toBe(NOT_ALLOWED);
    expect(await refused('delete from photo', worker)).toBe(NOT_ALLOWED);
    await sql`update photo set removed_by = added_by, removed_at = added_at where activity_id = ${idOf('ZA')}`.execute(t.owner);
    expect(await refused(remove('worker'), worker)).toBe('done 0');
    await sql`update photo set removed_by = null, removed_at = null where activity_id = ${idOf('ZA')}`.execute(t.owner);
  });

  it('shows a supervisor the form that lies before them while it waits, and lets them change it by no hand of theirs', async () => {
    const [worker, supervisor, other] = [await settingsFor('worker'), await settingsFor('supervisor'), await settingsFor('bsupervisor')];
    const laid = await w.one<{ id: string; caseId: string; authorId: string }>(
      sql`select id, case_id, author_id from form_answer where signer_id = ${w.person('supervisor')} and status = 'waiting'`,
    );
    const all = 'select id from form_answer';
    const one = `select id from form_answer where id = '${laid.id}'`;
    expect([await refused(all, supervisor), await refused(one, supervisor), await refused(all, other)]).toEqual([
      'done 1',
      'done 1',
      'done 0',
    ]);
    expect(await refused('select id from form_answer_content', supervisor)).toBe('done 1');
    for (const beyond of ['case_file', 'case_content', 'case_note', 'signature', 'recipient', 'service_group', 'activity'])
      expect([beyond, await refused(`select id from ${beyond}`, supervisor)]).toEqual([beyond, 'done 0']);
    expect(await refused('select id from forms_before_me()', worker)).toBe('done 0');
    // Neither the answers nor the register, but by the function; and not twice.
    expect(await refused(`update form_answer_content set answers = '{}'`, supervisor)).toBe('done 0');
    expect(
      await refused(`update form_answer set status = 'signed', decided_by = '${w.person('supervisor')}', decided_at = now()`, supervisor),
    ).toBe('done 0');
    const decide = (signs: boolean, version = 2) =>
      `select * from decide_form_answer('${laid.id}', ${version}, ${signs}, '好', '${randomUUID()}')`;
    expect([await refused(decide(true), supervisor), await refused(decide(false), supervisor)]).toEqual(['done 1', 'done 1']);
    expect([await refused(decide(true, 1), supervisor), await refused(decide(true), other), await refused(decide(true), worker)]).toEqual([
      'done 0',
      'done 0',
      'done 0',
    ]);
    // Once it is decided it is gone for them.
    await under(supervisor, async (client) => {
      await client.query(decide(true));
      expect((await client.query(all)).rowCount).toBe(0);
    });
    // The author lays it before a supervisor of their own and nobody else, and never a form that the head alone signs.
    const lay = (signer: string, where: string) =>
      `update form_answer set status = 'waiting', submitted_at = now(), signer_id = '${signer}' where ${where}`;
    const draft = `id in (select id from form_answer where status = 'draft' and code = 'own-refit' and case_id = '${laid.caseId}')`;
    for (const to of ['supervisor', 'head', 'worker2', 'bsupervisor'])
      expect([to, await refused(lay(w.person(to), draft), worker)]).toEqual([to, NOT_ALLOWED]);
    // A case that rests or is sealed, and a deputy: what waits is for nobody in the first, for the deputy in the second.
    for (const [column, value] of [
      ['stopped_at', `'${TEST_NOW}'`],
      ['sealed_at', `'${TEST_NOW}'`],
    ] as const) {
      await sql`update case_file set ${sql.ref(column)} = ${sql.raw(value)} where id = ${laid.caseId}`.execute(t.owner);
      expect([column, await refused(all, supervisor), await refused(decide(true), supervisor)]).toEqual([column, 'done 0', 'done 0']);
      await sql`update case_file set ${sql.ref(column)} = null where id = ${laid.caseId}`.execute(t.owner);
    }
    expect(await refused(all, { ...other, district: t.world.districtId, supervisor_selves: w.person('supervisor') })).toBe('done 1');
    expect(await refused(all, { ...supervisor, selves: `${w.person('supervisor')},${laid.authorId}` })).toBe('done 0');
  });

  it('leaves a submitted form as it is; a draft is its author’s, and nobody signs the own form or edits a version', async () => {
    const [worker, head] = [await settingsFor('worker'), await settingsFor('head')];
    const signed = `id in (select id from form_answer where status = 'signed')`;
    const draft = `id in (select id from form_answer where status = 'draft' and code = 'own-refit')`;
    expect(await refused(`update form_answer_content set answers = '{}' where ${signed}`, worker)).toBe('done 0');
    expect(await refused(`update form_answer_content set answers = '{}' where ${draft}`, worker)).toBe('done 1');
    expect(await refused(`update form_answer_content set answers = '{}' where ${draft}`, head)).toBe('done 0');
    expect(await refused(`update form_answer set status = 'submitted', submitted_at = now() where status = 'draft'`, head)).toBe(
      NOT_ALLOWED,
    );
    expect(await refused(`update form_answer set status = 'waiting' where status = 'signed'`, head)).toBe(NOT_ALLOWED);
    const sign = (by: string) =>
      `update form_answer set status = 'signed', submitted_at = now(), decided_by = '${w.person(by)}', decided_at = now() where status = 'draft'`;
    expect(await refused(sign('head'), worker)).toBe(NOT_ALLOWED);
    expect(await refused(sign('worker'), head)).toBe(NOT_ALLOWED);
    expect(await refused('update form_answer set author_id = author_id', worker)).toBe(NOT_ALLOWED);
    expect(await refused('delete from form_answer', worker)).toBe(NOT_ALLOWED);
    expect(await refused('delete from form_decision', worker)).toBe(NOT_ALLOWED);
    expect(await refused(`update form_template set title = 'x'`, await settingsFor('centre'))).toBe(NOT_ALLOWED);
    const issue = `insert into form_template (id, division_id, code, edition, title, standard, subject, signer, document, issued_by, issued_at)
      select '${randomUUID()}', division_id, code, 99, title, standard, subject, signer, document, '${w.person('centre')}', now() from form_template limit 1`;
    // The version that ships belongs to the uppermost division; a centre issues for its own district only.
    expect(await refused(issue, await settingsFor('centre'))).toBe(NOT_ALLOWED);
  });

  it('lets nobody into a case but by its worker and the head of its station, and nobody out but by them', async () => {
    const caseOf = (label: string) =>
      w.one<{ id: string }>(
        sql`select id from case_file where id = any(${[...taleOf].filter(([, tale]) => tale === label).map(([id]) => id)}::uuid[])`,
      );
    const { id } = await caseOf('N');
    const row = randomUUID();
    const letIn = (username: string, person: string, by = username) =>
      `insert into case_circle (district_id, id, case_id, person_id, from_day, named_by)
        values ('${t.world.districtId}', '${row}', '${id}', '${w.person(person)}', '2026-03-01', '${w.person(by)}')`;
    for (const username of ['worker', 'head'])
      expect([username, await refused(letIn(username, 'worker3'), await settingsFor(username))]).toEqual([username, 'done 1']);
    for (const username of ['worker2', 'worker3', 'head2', 'centre', 'agency', 'officer', 'bworker', 'audit']) {
      for (const person of [username, 'worker3'])
        expect([username, await refused(letIn(username, person), await settingsFor(username))]).toEqual([username, NOT_ALLOWED]);
    }
    // Not in somebody else's name either.
    expect(await refused(letIn('worker', 'worker3', 'head'), await settingsFor('worker'))).toBe(NOT_ALLOWED);

    await t.owner
      .insertInto('caseCircle')
      .values({ districtId: t.world.districtId, id: row, caseId: id, personId: w.person('worker3'), fromDay: '2026-03-01' })
      .execute();
    const end = `select * from end_co_work('${id}', '${row}')`;
    for (const username of ['worker3', 'worker2', 'head2', 'centre', 'bhead', 'audit'])
      expect([username, await refused(end, await settingsFor(username))]).toEqual([username, 'done 0']);
    for (const username of ['worker', 'head'])
      expect([username, await refused(end, await settingsFor(username))]).toEqual([username, 'done 1']);
    // The one who was let in sees the own row, and cannot make it last longer.
    const third = await settingsFor('worker3');
    expect(await refused('select * from case_circle', third)).toBe('done 1');
    expect(await refused("update case_circle set to_day = '2030-01-01' where true", third)).toBe('done 0');
    expect(await refused('delete from case_circle where true', third)).toBe('done 0');
    await t.owner.deleteFrom('caseCircle').where('id', '=', row).execute();
  });

  it('offices and heads look at the register and never write it', async () => {
    for (const username of ['head', 'agency', 'officer', 'street', 'expert', 'supervisor', 'audit']) {
      const answer = await refused("update support_request set risk = 'low' where true", await settingsFor(username));
      expect([username, answer]).toEqual([username, 'done 0']);
    }
  });

  it('writes no content into another district', async () => {
    const statement = `insert into case_content (district_id, id, household, summary) select district_id, '${randomUUID()}', '', '' from (select '${t.world.otherDistrictId}'::uuid as district_id) x`;
    expect(await refused(statement, await settingsFor('worker'))).toBe(NOT_ALLOWED);
  });
});
