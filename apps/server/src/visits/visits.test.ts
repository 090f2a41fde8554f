import { randomUUID } from 'node:crypto';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import { listContacts } from '@jieyou/core/contacts/endpoints.ts';
import { printRoomForm } from '@jieyou/core/forms/endpoints.ts';
import * as home from '@jieyou/core/home/endpoints.ts';
import type { RecipientCategory } from '@jieyou/core/recipients/schema.ts';
import * as endpoints from '@jieyou/core/visits/endpoints.ts';
import { visitPackOf } from '@jieyou/core/visits/pack.ts';
import { allNeeds, dueOn, dueState } from '@jieyou/core/visits/rules.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { packInForce } from '../rulepacks/index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const TODAY = '2026-03-05';
const told = (caseId: string, over: object = {}) =>
  ({
    caseId,
    visitedOn: TODAY,
    minutes: 40,
    companion: { role: 'civil-affairs', name: '社区民政员' },
    aloneReason: null,
    health: { scale: 'good', says: '' },
    safety: { scale: 'fair', says: '走道堆了纸箱' },
    life: { scale: 'good', says: '' },
    action: null,
    next: null,
    ...over,
  }) as never;
const codeOf = async (reply: Promise<{ error: { code?: string | undefined } }>) => (await reply).error.code;
const count = async (table: string, caseId: string) =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(t.owner)).rows[0]?.n;

test('planned, recorded once however often it is sent, and due again by need', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t);
  const start = () => worker.ok(endpoints.readVisitStart, { params: { id: caseId } });
  expect(await start()).toMatchObject({ first: true, minor: false, dueOn: '2026-03-12', state: 'later', planned: null, last: null });

  const id = randomUUID();
  const plan = { id, caseId, plannedOn: TODAY, half: 'morning', reason: 'first', why: '看看腿伤' } as const;
  await worker.ok(endpoints.planVisit, { body: plan });
  await worker.ok(endpoints.planVisit, { body: { ...plan, plannedOn: '2026-03-09' } });
  expect((await start()).planned).toMatchObject({ id, on: TODAY });
  const todos = async () =>
    (await worker.ok(home.readWorkbench, {})).todos.filter((x) => x.kind.startsWith('visit')).map((x) => [x.kind, x.recordId]);
  expect(await todos()).toEqual([['visit', id]]);

  // The first visit of a person: somebody comes along, or a reason stands there.
  expect(await codeOf(worker.call(endpoints.recordVisit, { params: { id }, body: told(caseId, { companion: null }) }))).toBe(
    'visits.companion-missing',
  );
  // Something urgent asks for something to be done at once.
  const urgent = { health: { scale: 'urgent', says: '三天没有吃药' } };
  expect(await codeOf(worker.call(endpoints.recordVisit, { params: { id }, body: told(caseId, urgent) }))).toBe('visits.action-missing');
  const action = { what: '联系家属送药', byWhom: '本人', until: '2026-03-06' };
  const body = told(caseId, { ...urgent, action, next: { on: '2026-03-12', half: 'afternoon' } });
  await worker.ok(endpoints.recordVisit, { params: { id }, body });
  await worker.ok(endpoints.recordVisit, { params: { id }, body });
  await worker.ok(endpoints.recordVisit, { params: { id }, body: told(caseId, { minutes: 99 }) });
  expect([await count('visit', caseId), await count('visit_action', caseId)]).toEqual([2, 1]);
  // One visit is one act of service, as it was first told.
  const { rows: acts } = await worker.ok(listContacts, { query: { period: '2026-03' } });
  expect(acts.map((a) => [a.kind, a.minutes, a.opens])).toEqual([['visit', 40, `/visits/${id}`]]);
  const visit = await worker.ok(endpoints.readVisit, { params: { id } });
  expect(visit).toMatchObject({
    status: 'done',
    minutes: 40,
    first: true,
    why: '看看腿伤',
    nextOn: '2026-03-12',
    can: ['finish-action', 'ask-for-help', 'attach'],
  });
  expect(visit.sections[0]).toEqual({ section: 'health', scale: 'urgent', says: '三天没有吃药' });

  // The todo stands until it is ticked off, once.
  expect(await todos()).toEqual([['visit-action', id]]);
  const params = { id, actionId: visit.actions[0]?.id ?? '' };
  const waiting = async (who: typeof worker) =>
    (await who.ok(endpoints.listVisitActions, { query: { mine: 'yes' } })).rows.map((a) => [a.id, a.visitId, a.caseId]);
  expect([await waiting(worker), await waiting(await t.as('worker2'))]).toEqual([[[params.actionId, id, caseId]], []]);
  // Told later from a phone without network, it was done when it is said to have been; a wrong clock counts as now.
  t.clock.advance({ hours: 2 });
  const at = new Date(t.clock.now().getTime() - 3_600_000).toISOString();
  await worker.ok(endpoints.finishVisitAction, { params, body: { says: '女儿当晚送到', at } });
  expect((await worker.ok(endpoints.readVisit, { params: { id } })).actions[0]?.doneAt).toBe(at);
  expect(await codeOf(worker.call(endpoints.finishVisitAction, { params, body: { says: '' } }))).toBe('visits.action-done');
  expect([await todos(), await waiting(worker)]).toEqual([[], []]);
  expect((await worker.call(endpoints.finishVisitAction, { params: { id, actionId: randomUUID() }, body: { says: '' } })).status).toBe(404);

  // On the form, from the row; the next visit, which is planned only, has none yet.
  const sheet = async (of: string) => worker.call(printRoomForm, { params: { room: 'visit', id: of }, query: { format: 'html' } });
  const words = Buffer.from((await sheet(id)).raw, 'latin1').toString('utf8');
  for (const said of ['探访记录表', '三天没有吃药', '紧急', '联系家属送药', '女儿当晚送到', '2026年3月12日']) expect(words).toContain(said);
  expect(await codeOf(sheet(visit.nextVisitId ?? ''))).toBe('forms.not-yet-recorded');

  // Due by need: thirty days, fourteen when living alone.
  expect(await start()).toMatchObject({ first: false, lastOn: TODAY, dueOn: '2026-04-04' });
  await worker.ok(endpoints.setVisitNeeds, { params: { id: caseId }, body: { needs: ['alone', 'alone'] } });
  expect(await start()).toMatchObject({ needs: ['alone'], intervalDays: 14, dueOn: '2026-03-19' });
  // The second time nobody need come along.
  await worker.ok(endpoints.recordVisit, { params: { id: randomUUID() }, body: told(caseId, { companion: null }) });
});

test('two sendings at one moment are one visit, also without a plan', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '两次' });
  const id = randomUUID();
  const replies = await Promise.all([1, 2, 3].map(() => worker.call(endpoints.recordVisit, { params: { id }, body: told(caseId) })));
  expect(replies.map((r) => r.status)).toEqual([200, 200, 200]);
  expect(await count('visit', caseId)).toBe(1);
  // The id of one person's visit is of no use for another.
  const other = await openCase(t, 'worker', { name: '另一' });
  expect((await worker.call(endpoints.recordVisit, { params: { id }, body: told(other) })).status).toBe(400);
});

test('nobody was met: it does not count as a visit, and the next one is planned', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '不在' });
  const id = randomUUID();
  const miss = { caseId, visitedOn: TODAY, notMet: 'away', says: '敲门无人应', next: { on: '2026-03-06', half: 'any' } } as const;
  await worker.ok(endpoints.missVisit, { params: { id }, body: miss });
  await worker.ok(endpoints.missVisit, { params: { id }, body: miss });
  expect(await codeOf(worker.call(endpoints.recordVisit, { params: { id }, body: told(caseId) }))).toBe('visits.over');
  expect(await count('visit', caseId)).toBe(2);
  const start = await worker.ok(endpoints.readVisitStart, { params: { id: caseId } });
  expect(start).toMatchObject({ first: true, lastOn: null, planned: { on: '2026-03-06', reason: 'follow-up' } });
  const planned = start.planned?.id ?? '';
  await worker.ok(endpoints.moveVisit, { params: { id: planned }, body: { plannedOn: '2026-03-09', half: 'morning', version: 1 } });
  expect(
    await codeOf(worker.call(endpoints.moveVisit, { params: { id: planned }, body: { plannedOn: '2026-03-09', half: 'any', version: 1 } })),
  ).toBe('record.changed-meanwhile');
  expect(
    await codeOf(worker.call(endpoints.moveVisit, { params: { id: planned }, body: { plannedOn: '2026-03-04', half: 'any', version: 2 } })),
  ).toBe('visits.in-past');
  await worker.ok(endpoints.cancelVisit, { params: { id: planned }, body: { says: '本人住院' } });
  expect(await codeOf(worker.call(endpoints.cancelVisit, { params: { id: planned }, body: { says: '本人住院' } }))).toBe('visits.over');
  expect(
    await codeOf(worker.call(endpoints.moveVisit, { params: { id: planned }, body: { plannedOn: '2026-03-09', half: 'any', version: 3 } })),
  ).toBe('visits.over');
});

test('who is due is the rule of core, person by person, filtered, sorted and paged', async () => {
  const worker = await t.as('worker');
  const pack = visitPackOf((await packInForce(t.owner as never, 'visits', t.world.districtId, TODAY)).values);
  // As if cases of all kinds had stood for a while.
  const kinds = [
    ['extreme', ['child'], '2026-03-01', '1990-01-01'],
    ['high', [], '2026-02-26', '1990-01-01'],
    ['low', ['alone'], '2026-02-19', '1990-01-01'],
    ['low', [], '2026-02-03', '1946-03-05'],
    ['low', ['disabled'], '2026-02-28', '1946-03-06'],
    ['medium', [], null, null],
  ] as const;
  for (const [risk, needs, lastOn, birthOn] of kinds) {
    const caseId = await openCase(t, 'worker', { name: `到期${risk}` });
    await sql`update case_file set risk = ${risk}, opened_on = '2026-02-01' where id = ${caseId}`.execute(t.owner);
    await sql`update recipient set birth_on = ${birthOn}::date where id = (select recipient_id from case_file where id = ${caseId})`.execute(
      t.owner,
    );
    if (needs.length > 0) await worker.ok(endpoints.setVisitNeeds, { params: { id: caseId }, body: { needs: [...needs] } });
    if (lastOn !== null)
      await worker.ok(endpoints.recordVisit, { params: { id: randomUUID() }, body: told(caseId, { visitedOn: lastOn }) });
  }
  // What an office counts them as makes them due as often as a tick would, as long as it holds; what is over and what is no need does not.
  const counted = new Map<string, RecipientCategory[]>();
  for (const [name, category, fromDay, toDay, needs] of [
    ['独居', 'elder-alone', '2025-01-01', null, []],
    ['今止', 'elder-dependent', '2025-01-01', TODAY, ['alone']],
    ['已止', 'elder-alone', '2025-01-01', '2026-03-04', []],
    ['未始', 'elder-alone', '2026-03-06', null, []],
    ['低保', 'subsistence', '2025-01-01', null, []],
    ['留守', 'left-behind-child', '2025-01-01', null, ['child']],
  ] as const) {
    const caseId = await openCase(t, 'worker', { name: `类别${name}` });
    await sql`insert into recipient_category (district_id, id, recipient_id, category, from_day, to_day, source, recorded_by, recorded_at)
      select f.district_id, gen_random_uuid(), f.recipient_id, ${category}, ${fromDay}::date, ${toDay}::date, '名册', f.worker_id, now()
      from case_file f where f.id = ${caseId}`.execute(t.owner);
    if (needs.length > 0) await worker.ok(endpoints.setVisitNeeds, { params: { id: caseId }, body: { needs: [...needs] } });
    await worker.ok(endpoints.recordVisit, { params: { id: randomUUID() }, body: told(caseId, { visitedOn: '2026-03-01' }) });
    counted.set(caseId, fromDay <= TODAY && (toDay === null || toDay >= TODAY) ? [category] : []);
  }
  const all = await worker.ok(endpoints.listDueVisits, { query: { limit: 100, count: 'yes' } });
  const facts = await sql<{ id: string; birthOn: string | null; openedOn: string }>`select f.id, r.birth_on, f.opened_on
    from case_file f join recipient r on r.id = f.recipient_id`.execute(t.owner);
  for (const row of all.rows) {
    const of = facts.rows.find((f) => f.id === row.id);
    const due = dueOn(
      {
        risk: row.risk,
        needs: allNeeds(row.needs, counted.get(row.id) ?? []),
        birthOn: of?.birthOn ?? null,
        lastOn: row.lastOn,
        openedOn: of?.openedOn ?? '',
      },
      pack,
      TODAY as never,
    );
    expect([row.id, row.dueOn, row.state]).toEqual([row.id, due, dueState(due, row.lastOn, pack, TODAY as never)]);
  }
  const often = [...counted.keys()]
    .map((id) => all.rows.find((r) => r.id === id))
    .map((r) => [r?.needs, r?.fromCategories, r?.intervalDays]);
  const every = (need: 'alone' | 'frail' | 'child' | 'other') => pack[`interval.${need}`];
  expect(often).toEqual([
    [[], ['alone'], every('alone')],
    [['alone'], ['frail'], Math.min(every('alone'), every('frail'))],
    [[], [], every('other')],
    [[], [], every('other')],
    [[], [], every('other')],
    [['child'], ['child'], every('child')],
  ]);
  expect(every('alone')).toBe(14);
  const [alike = ''] = counted.keys();
  expect(await worker.ok(endpoints.readVisitStart, { params: { id: alike } })).toMatchObject({
    needs: [],
    fromCategories: ['alone'],
    intervalDays: 14,
  });
  expect(all.rows.map((r) => r.dueOn)).toEqual([...all.rows.map((r) => r.dueOn)].sort());
  expect(new Set(all.rows.map((r) => r.state))).toEqual(new Set(['never', 'overdue', 'today', 'later']));
  const paged: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page: { rows: { id: string }[]; next: string | null } = await worker.ok(endpoints.listDueVisits, {
      query: { limit: 4, sort: 'area', ...(after === undefined ? {} : { after }) },
    });
    paged.push(...page.rows.map((r) => r.id));
    after = page.next;
  }
  expect([...paged].sort()).toEqual(all.rows.map((r) => r.id).sort());
  const aloneToo = await worker.ok(endpoints.listDueVisits, { query: { need: ['alone'], limit: 100 } });
  expect(aloneToo.rows.map((r) => r.id)).toContain(alike);
  const alone = await worker.ok(endpoints.listDueVisits, { query: { need: ['alone'], state: ['today'] } });
  expect(alone.rows.map((r) => [r.lastOn, r.dueOn])).toEqual([['2026-02-19', TODAY]]);
  // The head sees the station's; another station nothing of it.
  expect((await (await t.as('head')).ok(endpoints.listDueVisits, { query: { limit: 100 } })).rows.length).toBe(all.rows.length);
  expect((await (await t.as('head2')).ok(endpoints.listDueVisits, { query: {} })).rows).toEqual([]);
});

test('the day on paper: masked names, no address', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '欧阳纸上' });
  await worker.ok(endpoints.planVisit, {
    body: { caseId, plannedOn: '2026-03-20', half: 'afternoon', reason: 'asked', why: '不印出来的原因' },
  });
  const paper = (day: string) => worker.call(endpoints.printVisitDay, { params: { day }, query: { format: 'html' } });
  const text = Buffer.from((await paper('2026-03-20')).raw, 'latin1').toString('utf8');
  expect(text).toContain('下午');
  for (const word of ['欧阳纸上', '花园路', '19900001234', '不印出来的原因']) expect(text).not.toContain(word);
  expect(Buffer.from((await paper('2026-03-21')).raw, 'latin1').toString('utf8')).toContain('这一天没有安排探访');
});

test('a head reads and writes nothing; a co-worker does both', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '同事' });
  const head = await t.as('head');
  expect((await head.ok(endpoints.readVisitStart, { params: { id: caseId } })).can).toEqual([]);
  expect((await head.call(endpoints.recordVisit, { params: { id: randomUUID() }, body: told(caseId) })).status).toBe(403);
  const colleague = await t.as('worker3');
  expect((await colleague.call(endpoints.readVisitStart, { params: { id: caseId } })).status).toBe(404);
  const choices = await worker.ok(cases.listCoWorkerChoices, { params: { id: caseId }, query: {} });
  const chosen = choices.rows.find((c) => c.personId === t.world.persons.worker3);
  expect(chosen).toBeDefined();
  await worker.ok(cases.nameCoWorker, {
    params: { id: caseId },
    body: { personId: chosen?.personId ?? '', reason: '一起探访', toDay: null },
  });
  const id = randomUUID();
  await colleague.ok(endpoints.recordVisit, { params: { id }, body: told(caseId) });
  // What somebody else recorded is not one's own sending again.
  expect(await codeOf(worker.call(endpoints.recordVisit, { params: { id }, body: told(caseId) }))).toBe('visits.over');
  expect((await head.ok(endpoints.readVisit, { params: { id } })).can).toEqual([]);

  // A photograph stands under this visit and with the case's files; not under a visit of another case, nor for who does not reach the case.
  const file = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
  const take = (by: typeof worker, of: string, visitId: string) =>
    by.call(cases.addAttachment, { params: { kind: 'case', id: of }, query: { name: '门牌.pdf', visitId }, file });
  const taken = await take(colleague, caseId, id);
  expect(taken.status).toBe(200);
  const elsewhere = await openCase(t, 'worker', { name: '别处' });
  expect([(await take(worker, elsewhere, id)).status, (await take(worker, caseId, randomUUID())).status]).toEqual([404, 404]);
  expect([(await take(head, caseId, id)).status, (await take(await t.as('worker2'), caseId, id)).status]).toEqual([403, 404]);
  const files = async (by: typeof worker) => (await by.ok(endpoints.readVisit, { params: { id } })).files.map((f) => [f.id, f.name]);
  expect([await files(worker), await files(head)]).toEqual([[[taken.body.id, '门牌.pdf']], [[taken.body.id, '门牌.pdf']]]);
  expect((await worker.ok(cases.readCase, { params: { id: caseId } })).attachments.map((f) => f.id)).toEqual([taken.body.id]);
  await colleague.ok(cases.removeAttachment, { params: { id: taken.body.id } });
  expect(await files(worker)).toEqual([]);
});

test('a case that stands still takes no visit; what is over is changed by nobody, not even past the commands', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '停止' });
  const id = randomUUID();
  await worker.ok(endpoints.recordVisit, { params: { id }, body: told(caseId) });
  await sql`update case_file set stopped_at = now() where id = ${caseId}`.execute(t.owner);
  expect((await worker.call(endpoints.readVisit, { params: { id } })).status).toBe(404);
  const head = await t.as('head');
  expect((await head.ok(endpoints.readVisit, { params: { id } })).status).toBe('done');
  await sql`update case_file set stopped_at = null, status = 'closed' where id = ${caseId}`.execute(t.owner);
  expect(await codeOf(worker.call(endpoints.recordVisit, { params: { id: randomUUID() }, body: told(caseId) }))).toBe('visits.case-closed');
  expect(await codeOf(worker.call(endpoints.setVisitNeeds, { params: { id: caseId }, body: { needs: [] } }))).toBe('visits.case-closed');
});

test('the walks that seal, destroy and copy a case find all that hangs on a visit', async () => {
  const worker = await t.as('worker');
  const caseId = await openCase(t, 'worker', { name: '封存' });
  const id = randomUUID();
  const action = { what: '送药', byWhom: '本人', until: TODAY };
  await worker.ok(endpoints.recordVisit, { params: { id }, body: told(caseId, { action }) });
  await worker.ok(endpoints.setVisitNeeds, { params: { id: caseId }, body: { needs: ['frail'] } });
  const file = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
  await worker.ok(cases.addAttachment, { params: { kind: 'case', id: caseId }, query: { name: '门牌.pdf', visitId: id }, file });
  const tables = ['visit', 'visit_action', 'visit_content', 'visit_need'];
  const seals = await sql<{
    reached: Record<string, string[]>;
    depths: Record<string, number>;
  }>`select reached, depths from sealing_tree(${t.world.districtId}, ${caseId})`.execute(t.owner);
  expect(
    Object.keys(seals.rows[0]?.reached ?? {})
      .filter((name) => name.startsWith('visit'))
      .sort(),
  ).toEqual(tables);
  // A photograph is taken out before the visit under which it stands, and put back after it.
  const { attachment = 0, visit = 0 } = seals.rows[0]?.depths ?? {};
  expect(attachment).toBeGreaterThan(visit);
  const walk = await sql<{ name: string }>`select distinct w.table_name as name from case_file f,
    walk_personal(f.district_id, array[f.recipient_id], f.id) w where f.id = ${caseId} and w.table_name like 'visit%'`.execute(t.owner);
  expect(walk.rows.map((r) => r.name).sort()).toEqual(tables);
});
