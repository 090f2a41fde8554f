import {
  confirmFindings,
  discardDraft,
  dismissRecall,
  draftPublication,
  listDrafts,
  listRecalls,
  measureDraft,
  readDraft,
  readPublishedCase,
  recallPublication,
  releasePublication,
  searchCaseBank,
  updateDraft,
} from '@jieyou/core/casebank/endpoints.ts';
import { createCase, recordConsent, withdrawConsent } from '@jieyou/core/cases/endpoints.ts';
import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import { createSupportRequest, readSimilarCases } from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { workLater } from '../platform/later.ts';
import { casebankJobs, indexEntries } from './index.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const STORY = '案主王小桦带着儿子陈浩住在一街道，电话13800138000。王女士说孩子两个月不上学，社工周晓岚多次家访。';
const NAMES = [
  { kind: 'name', value: '王小桦', replacement: '某某' },
  { kind: 'phone', value: '13800138000', replacement: '【电话】' },
];

/** A case with consent, and a request for it in the state given, written behind the scenes as the support room leaves it. */
const solved = async (change: { status?: string; consent?: boolean; story?: string } = {}) => {
  const { world, owner } = t;
  const worker = await t.as('worker');
  const recipient = {
    name: '王小桦',
    gender: 'female' as const,
    birthOn: '1980-02-14',
    idNumber: null,
    phone: '13800138000',
    address: null,
  };
  const file = {
    household: '',
    aliases: [],
    school: null,
    serviceDomain: 'family' as const,
    domain: 'parent-child' as const,
    helpFields: ['family' as const],
    risk: 'medium' as const,
    summary: '亲子冲突',
  };
  const { id: caseId, number } = await worker.ok(createCase, { body: { ...file, recipient } });
  const consent = {
    receiver: '支援中心',
    purpose: 'publication' as const,
    fields: ['story' as const],
    signedBy: '本人',
    grantedOn: '2026-03-01',
    expiresOn: '2026-03-20',
  };
  const consentId = change.consent === false ? '' : (await worker.ok(recordConsent, { params: { id: caseId }, body: consent })).id;
  const id = crypto.randomUUID();
  const key = { districtId: world.districtId, id };
  const at = '2026-02-20T02:00:00.000Z';
  const place = await owner
    .selectFrom('caseFile')
    .select(['divisionPath', 'organisationId'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('supportRequest')
    .values({
      ...key,
      ...place,
      receiptNo: `QZ-${id.slice(0, 8)}`,
      archiveNo: `990001001-YN-${id.slice(0, 8)}`,
      status: change.status ?? 'closed',
      domain: 'parent-child',
      helpFields: ['family', 'education'],
      risk: 'medium',
      caseId,
      stationId: world.stations.s1,
      askerId: world.persons.worker ?? '',
      holderId: world.persons.centre ?? '',
      closedAt: at,
      solved: true,
      createdAt: at,
      updatedAt: at,
    })
    .execute();
  const identitiesCt = t.crypto.encrypt(JSON.stringify(NAMES), { table: 'support_content', row: id, field: 'identities' });
  await owner
    .insertInto('supportContent')
    .values({
      ...key,
      caseNumber: number,
      recipientMasked: '王*桦',
      recipientGender: 'female',
      household: '',
      story: change.story ?? STORY,
      tried: '此前由王小桦的表姐劝说，没有效果。',
      identitiesCt,
    })
    .execute();
  await owner
    .insertInto('supportClosing')
    .values({
      ...key,
      solved: true,
      evaluation: '母子关系明显缓和，孩子已经返校。',
      satisfaction: 5,
      followUpOn: '2026-04-01',
      byId: world.persons.centre ?? '',
      at,
    })
    .execute();
  return { requestId: id, caseId, consentId };
};

const given = (requestId: string, change: { title?: string; pseudonym?: string; methods?: string[] } = {}) => ({
  requestId,
  title: change.title ?? '与王小桦一起走出僵局',
  pseudonym: change.pseudonym ?? '林若溪',
  methods: change.methods ?? ['家庭治疗'],
});

const drafted = async (change: Parameters<typeof solved>[0] = {}) => {
  const source = await solved(change);
  const centre = await t.as('centre');
  const { id } = await centre.ok(draftPublication, { body: given(source.requestId) });
  return { ...source, id };
};

const confirmAll = async (id: string, who = 'centre') => {
  const centre = await t.as(who);
  const draft = await centre.ok(readDraft, { params: { id } });
  const decisions = draft.findings.filter((f) => f.status === 'open').map((f) => ({ id: f.id, decision: 'confirm' as const }));
  return centre.ok(confirmFindings, { params: { id }, body: { version: draft.version, decisions } });
};

test('a solved request becomes a published case in which nobody can be recognised', async () => {
  const { requestId } = await solved();
  const centre = await t.as('centre');
  const centre2 = await t.as('centre2');
  const made = await centre.ok(draftPublication, { body: given(requestId) });
  expect(made.openFindings).toBeGreaterThan(4);
  const draft = await centre2.ok(readDraft, { params: { id: made.id } });
  expect(draft.can).toEqual(['edit', 'confirm', 'discard']);
  const found = draft.findings.map((f) => [f.where, f.original, f.replacement, f.source]);
  expect(found).toContainEqual(['title', '王小桦', '林若溪', 'known']);
  expect(found).toContainEqual(['background', '13800138000', '【电话】', 'known']);
  expect(found).toContainEqual(['background', '王女士', '林女士', 'known']);
  expect(found).toContainEqual(['background', '周晓岚', '某社工', 'known']);
  expect(draft.findings.find((f) => f.original === '13800138000')).toMatchObject({
    before: expect.stringMatching(/电话$/),
    after: expect.stringMatching(/^。王女士/),
  });
  const { openFindings, version } = await confirmAll(made.id);
  expect(openFindings).toBe(0);
  const released = await centre2.ok(releasePublication, { params: { id: made.id }, body: { version } });
  expect(released.number).toMatch(/^AL-2026-\d{4}$/);
  const bank = await (await t.as('street')).ok(readPublishedCase, { params: { id: released.entryId } });
  for (const secret of ['王小桦', '王女士', '13800138000', '周晓岚', '一街道社工站', 'QZ-'])
    expect(JSON.stringify(bank)).not.toContain(secret);
  expect(bank.title).toBe('与林若溪一起走出僵局');
  expect(bank.sections.background).toContain('林女士说孩子两个月不上学');
  expect(bank.sections.outcome).toContain('孩子已经返校');
  const events = await t.owner.selectFrom('event').select('type').where('requestRef', '=', requestId).orderBy('id').execute();
  expect(events.map((e) => e.type)).toEqual(['casebank.drafted', 'casebank.findings-confirmed', 'casebank.released']);
  const told = await t.owner.selectFrom('notice').select('personId').where('recordId', '=', released.entryId).execute();
  expect(told.map((n) => n.personId).sort()).toEqual([t.world.persons.centre, t.world.persons.worker].sort());
});

test('numbers of published cases go on from the highest that was given', async () => {
  const { id } = await drafted();
  const { version } = await confirmAll(id);
  const before = await t.owner.selectFrom('casebankEntry').select('number').orderBy('number', 'desc').executeTakeFirst();
  await t.owner
    .updateTable('casebankEntry')
    .set({ number: 'AL-2026-0041' })
    .where('number', '=', before?.number ?? '')
    .execute();
  const { number } = await (await t.as('centre2')).ok(releasePublication, { params: { id }, body: { version } });
  expect(number).toBe(before === undefined ? 'AL-2026-0001' : 'AL-2026-0042');
});

test.each([
  ['that still runs', { status: 'following' }, 'casebank.request-not-closed'],
  ['without consent for publication', { consent: false }, 'casebank.consent-missing'],
])('no draft from a request %s', async (_says, change, code) => {
  const { requestId } = await solved(change);
  const answer = await (await t.as('centre')).call(draftPublication, { body: given(requestId) });
  expect([answer.status, answer.error.code]).toEqual([409, code]);
});

test('consent that ended yesterday does not carry a draft', async () => {
  const { requestId } = await solved();
  t.clock.set('2026-03-21T02:00:00.000Z');
  const answer = await (await t.as('centre')).call(draftPublication, { body: given(requestId) });
  t.clock.set('2026-03-05T02:00:00.000Z');
  expect([answer.status, answer.error.code]).toEqual([409, 'casebank.consent-missing']);
});

test('a request has one draft at a time, and another one when the first was given up', async () => {
  const { requestId, id } = await drafted();
  const centre = await t.as('centre');
  const second = await centre.call(draftPublication, { body: given(requestId) });
  expect([second.status, second.error.code]).toEqual([409, 'casebank.already-drafted']);
  await centre.ok(discardDraft, { params: { id } });
  expect((await centre.call(discardDraft, { params: { id } })).error.code).toBe('casebank.draft-over');
  expect(await t.owner.selectFrom('publicationFinding').select('id').where('draftId', '=', id).execute()).toEqual([]);
  expect((await centre.call(draftPublication, { body: given(requestId) })).status).toBe(200);
});

test.each([
  ['redaction throws, since the pseudonym is the name itself', async (_requestId: string) => ({ pseudonym: '王小桦' })],
  ['the pseudonym is the given name of the worker who asked', async (_requestId: string) => ({ pseudonym: '林晓岚' })],
  [
    'the identities were swapped with another row',
    async (requestId: string) => {
      const other = t.crypto.encrypt(JSON.stringify(NAMES), { table: 'support_content', row: crypto.randomUUID(), field: 'identities' });
      await t.owner.updateTable('supportContent').set({ identitiesCt: other }).where('id', '=', requestId).execute();
      return {};
    },
  ],
  [
    'the identities are empty',
    async (requestId: string) => {
      const none = t.crypto.encrypt('[]', { table: 'support_content', row: requestId, field: 'identities' });
      await t.owner.updateTable('supportContent').set({ identitiesCt: none }).where('id', '=', requestId).execute();
      return {};
    },
  ],
])('nothing is stored when %s', async (_says, arrange) => {
  const { requestId } = await solved();
  const answer = await (await t.as('centre')).call(draftPublication, { body: given(requestId, await arrange(requestId)) });
  expect([answer.status, answer.error.code]).toEqual([409, 'casebank.redaction-failed']);
  expect(await t.owner.selectFrom('publicationDraft').select('id').where('requestId', '=', requestId).execute()).toEqual([]);
});

test('one open finding holds the release back, and so do drafter and withdrawn consent', async () => {
  const { id, caseId, consentId } = await drafted();
  const centre = await t.as('centre');
  const centre2 = await t.as('centre2');
  const draft = await centre.ok(readDraft, { params: { id } });
  const decisions = draft.findings.slice(1).map((f) => ({ id: f.id, decision: 'confirm' as const }));
  const almost = await centre.ok(confirmFindings, { params: { id }, body: { version: draft.version, decisions } });
  expect(almost.openFindings).toBe(1);
  const early = await centre2.call(releasePublication, { params: { id }, body: { version: almost.version } });
  expect([early.status, early.error.code, early.error.facts]).toEqual([409, 'casebank.findings-open', { open: 1 }]);
  const { version } = await confirmAll(id, 'centre2');
  expect((await centre2.ok(readDraft, { params: { id } })).can).toContain('release');
  expect((await centre.ok(readDraft, { params: { id } })).can).not.toContain('release');
  const own = await centre.call(releasePublication, { params: { id }, body: { version } });
  expect([own.status, own.error.code]).toEqual([409, 'casebank.same-person']);
  await (await t.as('worker')).ok(withdrawConsent, { params: { id: caseId, consentId } });
  const late = await centre2.call(releasePublication, { params: { id }, body: { version } });
  expect([late.status, late.error.code]).toEqual([409, 'casebank.consent-missing']);
  const notice = await t.owner.selectFrom('notice').select('personId').where('kind', '=', 'casebank.consent-withdrawn').execute();
  expect(notice).toEqual([{ personId: t.world.persons.centre }]);
});

test('the last look finds what the record has come to know since, and publishes nothing', async () => {
  const { id, requestId } = await drafted({ story: '案主王小桦与阿哲同住，孩子两个月没有上学。' });
  const { version } = await confirmAll(id);
  const known = [...NAMES, { kind: 'name', value: '阿哲', replacement: '某某' }];
  const identitiesCt = t.crypto.encrypt(JSON.stringify(known), { table: 'support_content', row: requestId, field: 'identities' });
  await t.owner.updateTable('supportContent').set({ identitiesCt }).where('id', '=', requestId).execute();
  const answer = await (await t.as('centre2')).call(releasePublication, { params: { id }, body: { version } });
  expect([answer.status, answer.error.code]).toEqual([409, 'casebank.redaction-failed']);
  expect(await t.owner.selectFrom('casebankEntry').select('id').where('draftId', '=', id).execute()).toEqual([]);
  expect((await (await t.as('centre')).ok(readDraft, { params: { id } })).status).toBe('draft');
});

test('what the record knows is never kept; a guess is kept for a reason; other words must not give another name away', async () => {
  const { id } = await drafted();
  const centre = await t.as('centre');
  const draft = await centre.ok(readDraft, { params: { id } });
  const known = draft.findings.find((f) => f.source === 'known');
  const guess = draft.findings.find((f) => f.source === 'pattern');
  const decide = async (decision: { id: string; decision: 'keep' | 'confirm'; reason?: string; replacement?: string }) => {
    const { version } = await centre.ok(readDraft, { params: { id } });
    const answer = await centre.call(confirmFindings, { params: { id }, body: { version, decisions: [decision] } });
    return answer.status === 200 ? 'yes' : answer.error.code;
  };
  expect(await decide({ id: known?.id ?? '', decision: 'keep', reason: '公开的名字' })).toBe('casebank.known-cannot-stay');
  expect(await decide({ id: guess?.id ?? '', decision: 'keep' })).toBe('casebank.keep-needs-reason');
  expect(await decide({ id: guess?.id ?? '', decision: 'confirm', replacement: '王小桦家' })).toBe('casebank.known-cannot-stay');
  expect(await decide({ id: crypto.randomUUID(), decision: 'confirm' })).toBe('casebank.finding-unknown');
  expect(await decide({ id: guess?.id ?? '', decision: 'keep', reason: '不是人名' })).toBe('yes');
  const kept = await centre.ok(readDraft, { params: { id } });
  expect(kept.findings.find((f) => f.id === guess?.id)?.status).toBe('kept');
  expect(Object.values(kept.sections).join('\n')).toContain(guess?.original);
});

test('an edit keeps decisions elsewhere and finds what is new; the text as shown is no edit', async () => {
  const { id } = await drafted();
  const centre = await t.as('centre');
  await confirmAll(id);
  const before = await centre.ok(readDraft, { params: { id } });
  const same = await centre.ok(updateDraft, {
    params: { id },
    body: { version: before.version, title: before.title, sections: before.sections },
  });
  expect(same.openFindings).toBe(0);
  const unchanged = await centre.ok(readDraft, { params: { id } });
  expect(unchanged.findings).toEqual(before.findings);
  const changed = await centre.ok(updateDraft, {
    params: { id },
    body: { version: same.version, sections: { outcome: '孩子已经返校，王小桦感到轻松，请拨打13912345678。' } },
  });
  expect(changed.openFindings).toBe(2);
  const after = await centre.ok(readDraft, { params: { id } });
  expect(after.sections.outcome).toBe('孩子已经返校，林若溪感到轻松，请拨打【电话】。');
  expect(after.findings.filter((f) => f.where !== 'outcome')).toEqual(before.findings.filter((f) => f.where !== 'outcome'));
  const stale = await centre.call(updateDraft, { params: { id }, body: { version: same.version, title: '旧的版本不再作数' } });
  expect([stale.status, stale.error.code]).toEqual([409, 'record.changed-meanwhile']);
});

test('the list shows titles as they would be published; a method that names somebody is replaced too', async () => {
  const source = await solved();
  const centre = await t.as('centre');
  const { id } = await centre.ok(draftPublication, { body: given(source.requestId, { methods: ['王小桦支持小组', '家庭治疗'] }) });
  const row = (await centre.ok(listDrafts, { query: { status: ['draft'] } })).rows.find((r) => r.id === id);
  expect(row).toMatchObject({ title: '与林若溪一起走出僵局', draftedByName: '陈敏仪' });
  expect((await centre.ok(readDraft, { params: { id } })).methods).toEqual(['林若溪支持小组', '家庭治疗']);
});

test('a released draft is over; another district has none of it', async () => {
  const { id } = await drafted();
  const { version } = await confirmAll(id);
  await (await t.as('centre2')).ok(releasePublication, { params: { id }, body: { version } });
  const centre = await t.as('centre');
  const codes = [
    await centre.call(updateDraft, { params: { id }, body: { version: version + 1, title: '再改一次标题' } }),
    await centre.call(discardDraft, { params: { id } }),
    await (await t.as('centre2')).call(releasePublication, { params: { id }, body: { version: version + 1 } }),
  ].map((a) => a.error.code);
  expect(codes).toEqual(['casebank.draft-over', 'casebank.draft-over', 'casebank.draft-over']);
  const other = await t.as('bcentre');
  expect((await other.call(readDraft, { params: { id } })).status).toBe(404);
  expect((await other.call(discardDraft, { params: { id } })).status).toBe(404);
  expect((await other.ok(listDrafts, { query: {} })).rows).toEqual([]);
});

/** Entries as releases leave them, written directly. */
const entries = async (texts: readonly { title: string; background: string; domain?: string; methods?: string[] }[]) => {
  const { owner, world } = t;
  const sections = { process: '经过说明经过说明', outcome: '结果说明结果说明', reflection: '体会' };
  const ids: string[] = [];
  await sql`truncate casebank_term, casebank_entry_term`.execute(owner);
  await owner.deleteFrom('casebankRecall').execute();
  await owner.deleteFrom('casebankEntry').execute();
  const stamp = Date.now();
  for (const [i, one] of texts.entries()) {
    const id = `${(stamp + i)
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})(.{4})$/, '$1-$2')}-7000-8000-000000000000`;
    await owner
      .insertInto('casebankEntry')
      .values({
        id,
        districtId: world.districtId,
        number: `AL-2025-${String(i + 1).padStart(4, '0')}`,
        draftId: crypto.randomUUID(),
        title: one.title,
        domain: one.domain ?? 'parent-child',
        helpFields: ['family'],
        methods: one.methods ?? ['家庭治疗'],
        year: 2025,
        sections: JSON.stringify({ ...sections, background: one.background }),
        searchText: [one.title, one.background, sections.process].join('\n'),
        draftedBy: world.persons.centre ?? '',
        releasedBy: world.persons.centre2 ?? '',
        releasedOn: '2025-05-01',
      })
      .execute();
    ids.push(id);
  }
  return ids;
};

test('two characters find a case; the excerpt shows where; every role but the administrators reads, in every district', async () => {
  await entries([
    { title: '复学之路', background: `${'前情'.repeat(30)}孩子沉迷网络游戏，ICU 护士母亲无暇照看。` },
    { title: '50%_的改变', background: '家暴之后的陪伴与重建，与上一例不同。' },
  ]);
  const find = async (text: string, who = 'worker') => (await (await t.as(who)).ok(searchCaseBank, { query: { text } })).rows;
  const [hit] = await find('沉迷');
  expect(hit?.title).toBe('复学之路');
  expect(hit?.snippet).toContain('孩子沉迷网络游戏');
  expect(hit?.snippet.length).toBeLessThanOrEqual(60);
  expect((await find('icu')).map((r) => r.title)).toEqual(['复学之路']);
  expect((await find('%_')).map((r) => r.title)).toEqual(['50%_的改变']);
  // Both pairs occur, the three characters in a row do not.
  expect(await find('网络暴')).toEqual([]);
  expect(await find('游戏母')).toEqual([]);
  for (const who of ['worker', 'head', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street', 'bworker']) {
    expect(await find('家暴', who)).toHaveLength(1);
  }
  for (const who of ['system', 'security', 'audit']) {
    expect((await (await t.as(who)).call(searchCaseBank, { query: { text: '家暴' } })).status).toBe(403);
  }
  expect((await (await t.as('worker')).call(searchCaseBank, { query: { text: '家' } })).status).toBe(400);
});

test('pages hold every hit once, newest first, and filters narrow them; a recalled case is gone', async () => {
  await entries(
    Array.from({ length: 7 }, (_, i) => ({
      title: `第${i}例`,
      background: '亲子沟通训练',
      domain: i % 2 === 0 ? 'parent-child' : 'youth-internet',
      methods: i < 2 ? ['叙事疗法'] : ['家庭治疗'],
    })),
  );
  const worker = await t.as('worker');
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await worker.ok(searchCaseBank, { query: { text: '沟通', limit: 3, ...(after === undefined ? {} : { after }) } });
    seen.push(...page.rows.map((r) => r.title));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(['第6例', '第5例', '第4例', '第3例', '第2例', '第1例', '第0例']);
  const titles = async (query: { text?: string; domain?: ('parent-child' | 'youth-internet')[]; method?: string }) =>
    (await worker.ok(searchCaseBank, { query })).rows.map((r) => r.title);
  expect(await titles({ text: '沟通', domain: ['youth-internet'] })).toEqual(['第5例', '第3例', '第1例']);
  expect(await titles({ method: '叙事疗法' })).toEqual(['第1例', '第0例']);
  expect(await titles({})).toHaveLength(7);
  const [first] = (await worker.ok(searchCaseBank, { query: {} })).rows;
  await t.owner
    .updateTable('casebankEntry')
    .set({ recalledAt: '2026-03-01T00:00:00.000Z' })
    .where('id', '=', first?.id ?? '')
    .execute();
  expect(await titles({})).toHaveLength(6);
  expect(await titles({ text: '沟通' })).toHaveLength(6);
  expect((await worker.call(readPublishedCase, { params: { id: first?.id ?? '' } })).error.code).toBe('casebank.recalled');
});

/** Published by the centre, with its request's consent. */
const published = async () => {
  const made = await drafted();
  const { version } = await confirmAll(made.id);
  const { entryId, number } = await (await t.as('centre2')).ok(releasePublication, { params: { id: made.id }, body: { version } });
  return { ...made, entryId, number };
};

test('a withdrawn consent proposes the recall to the whole centre, which cannot set it aside; recalled, it is gone everywhere', async () => {
  const { caseId, consentId, entryId, number } = await published();
  const centre = await t.as('centre2');
  expect((await centre.ok(readPublishedCase, { params: { id: entryId } })).recall).toBeNull();
  await (await t.as('worker')).ok(withdrawConsent, { params: { id: caseId, consentId } });
  const told = await t.owner
    .selectFrom('notice')
    .select(['personId', 'number'])
    .where('kind', '=', 'casebank.recall-proposed')
    .where('recordId', '=', entryId)
    .execute();
  expect(told.map((n) => n.personId).sort()).toEqual(['centre', 'centre2', 'centre3'].map((p) => t.world.persons[p]).sort());
  expect(told[0]?.number).toBe(number);
  const { todos } = await centre.ok(readWorkbench, {});
  expect(todos.filter((todo) => todo.kind === 'recall').map((todo) => todo.recordId)).toContain(entryId);
  const { recall } = await centre.ok(readPublishedCase, { params: { id: entryId } });
  expect(recall?.cause).toBe('consent-withdrawn');
  const aside = await centre.call(dismissRecall, { params: { id: recall?.id ?? '' }, body: { reason: '想留着' } });
  expect([aside.status, aside.error.code]).toEqual([409, 'casebank.consent-missing']);
  await centre.ok(recallPublication, { params: { id: entryId }, body: { cause: 'consent-withdrawn', reason: '服务对象来电撤回' } });
  const read = await (await t.as('worker')).call(readPublishedCase, { params: { id: entryId } });
  expect([read.status, read.error.code, read.error.facts]).toEqual([409, 'casebank.recalled', { on: '2026年3月5日' }]);
  const found = await (await t.as('worker')).ok(searchCaseBank, { query: { text: '返校' } });
  expect(found.rows.map((r) => r.id)).not.toContain(entryId);
  // Not only hidden: the row itself holds no word of the text any more.
  const row = await t.owner.selectFrom('casebankEntry').selectAll().where('id', '=', entryId).executeTakeFirstOrThrow();
  expect([row.title, row.searchText, row.methods]).toEqual(['已收回的案例', '', []]);
  expect(JSON.stringify(row.sections)).not.toContain('林');
  const again = await centre.call(recallPublication, { params: { id: entryId }, body: { cause: 'other', reason: '再来一次' } });
  expect([again.status, again.error.code]).toEqual([409, 'casebank.recalled']);
  const { rows } = await centre.ok(listRecalls, { query: { status: ['recalled'] } });
  expect(rows.find((r) => r.entryId === entryId)).toMatchObject({ number, cause: 'consent-withdrawn', decidedByName: '林佳' });
  expect((await centre.ok(readWorkbench, {})).todos.filter((todo) => todo.recordId === entryId)).toEqual([]);
});

test('a second consent still carries the publication; a proposal without that ground may be set aside, once', async () => {
  const { caseId, consentId, entryId } = await published();
  const worker = await t.as('worker');
  const second = { receiver: '支援中心', purpose: 'publication' as const, fields: ['story' as const], signedBy: '本人' };
  await worker.ok(recordConsent, { params: { id: caseId }, body: { ...second, grantedOn: '2026-03-01', expiresOn: null } });
  await worker.ok(withdrawConsent, { params: { id: caseId, consentId } });
  const centre = await t.as('centre');
  expect((await centre.ok(readPublishedCase, { params: { id: entryId } })).recall).toBeNull();
  const id = crypto.randomUUID();
  const row = { districtId: t.world.districtId, id, entryId, cause: 'recognised', status: 'proposed', says: '' };
  await t.owner
    .insertInto('casebankRecall')
    .values({ ...row, proposedAt: '2026-03-05T01:00:00.000Z' })
    .execute();
  await centre.ok(dismissRecall, { params: { id }, body: { reason: '核对过，认不出来' } });
  expect((await centre.call(dismissRecall, { params: { id }, body: { reason: '再核对' } })).error.code).toBe('casebank.recall-decided');
  expect((await worker.call(readPublishedCase, { params: { id: entryId } })).status).toBe(200);
  expect((await worker.ok(readPublishedCase, { params: { id: entryId } })).can).toEqual([]);
});

test('words of a recalled case leave the index of similar cases', async () => {
  const { entryId } = await published();
  await sql`delete from casebank_entry_term where entry_id = ${entryId}`.execute(t.owner);
  await sql`insert into casebank_term values ('返校测试词', 2)`.execute(t.owner);
  await sql`insert into casebank_entry_term (term, entry_id) values ('返校测试词', ${entryId})`.execute(t.owner);
  await (await t.as('centre')).ok(recallPublication, { params: { id: entryId }, body: { cause: 'mistake', reason: '文字有误' } });
  const left = await sql<{ entries: number; links: number }>`select entries,
    (select count(*)::int from casebank_entry_term where entry_id = ${entryId}) as links from casebank_term where term = '返校测试词'`.execute(
    t.owner,
  );
  expect(left.rows).toEqual([{ entries: 1, links: 0 }]);
});

test('a text that fits too few people of the district is not released, and says what to leave out', async () => {
  const least = (value: number) =>
    t.owner
      .updateTable('ruleValue')
      .set({ value: JSON.stringify(value) })
      .where('key', '=', 'release.leastAlike')
      .execute();
  const people = async (domain: string) =>
    (
      await sql<{ n: number }>`select count(distinct coalesce(p.id_number_index, p.id::text))::int as n from case_file f
        join recipient p on p.district_id = f.district_id and p.id = f.recipient_id
        where f.district_id = ${t.world.districtId} and f.domain = ${domain}`.execute(t.owner)
    ).rows[0]?.n ?? 0;
  const { id } = await drafted({ story: '案主王小桦，46岁，是一位母亲。孩子两个月不上学，很少出门。' });
  const { version } = await confirmAll(id);
  const centre2 = await t.as('centre2');
  const all = await people('parent-child');
  // Everybody of these tests was born in 1980: all of them are alike.
  await least(all);
  const { meter, can } = await centre2.ok(readDraft, { params: { id } });
  expect([meter.people, meter.enough, meter.shown, can.includes('release')]).toEqual([all, true, ['domain', 'age', 'gender'], true]);
  const old = await t.owner
    .updateTable('recipient')
    .set({ birthOn: '1985-06-01' })
    .where('id', 'in', (q) => q.selectFrom('recipient').select('id').orderBy('id').limit(1))
    .returning('id')
    .executeTakeFirstOrThrow();
  const one = await centre2.ok(readDraft, { params: { id } });
  expect([one.meter.people, one.meter.coarsen, one.can.includes('release')]).toEqual([all - 1, ['age-band'], false]);
  const refused = await centre2.call(releasePublication, { params: { id }, body: { version } });
  expect([refused.status, refused.error.code, refused.error.facts]).toEqual([
    409,
    'casebank.too-few-alike',
    { people: all - 1, least: all, coarsen: ['age-band'] },
  ]);
  const typed = await centre2.ok(measureDraft, {
    params: { id },
    body: { sections: { background: '一位母亲，孩子两个月不上学，很少出门。' } },
  });
  expect([typed.people, typed.enough]).toEqual([all, true]);
  await least(all + 1);
  expect((await centre2.ok(measureDraft, { params: { id }, body: {} })).coarsen).toEqual(['wait']);
  await t.owner.updateTable('recipient').set({ birthOn: '1980-02-14' }).where('id', '=', old.id).execute();
  await least(1);
  expect((await centre2.call(releasePublication, { params: { id }, body: { version } })).status).toBe(200);
  // Without the centre's setting the database counts for nobody.
  const silent = await workLater(t.services, { district: t.world.districtId }, (tx) =>
    sql`select * from people_alike(gen_random_uuid(), '1980-01-01', '1980-12-31', '1980-01-01', '1989-12-31')`.execute(tx),
  );
  expect(silent.rows).toEqual([]);
});

test('while a request is written, released cases that resemble it are offered, with why', async () => {
  await entries([
    { title: '厌学的孩子', background: '孩子厌学两个月，母亲争取抚养权，法院判决赔偿。', domain: 'parent-child', methods: ['家庭治疗'] },
    { title: '安宁的告别', background: '老人临终，家属悲伤，安宁疗护。', domain: 'end-of-life', methods: ['哀伤辅导'] },
  ]);
  await indexEntries(t.owner, 100);
  const worker = await t.as('worker');
  const { caseId } = await solved();
  await t.owner.updateTable('supportRequest').set({ status: 'closed' }).where('caseId', '=', caseId).execute();
  const text = { story: '儿子厌学，夫妻争抚养权，赔偿没有着落。', tried: '', asks: '' };
  const { id } = await worker.ok(createSupportRequest, { body: { caseId, domain: 'parent-child', helpFields: ['family'], ...text } });
  const similar = async (who = 'worker') => (await t.as(who)).call(readSimilarCases, { params: { id } });
  const found = (await worker.ok(readSimilarCases, { params: { id } })).rows;
  expect(found[0]).toMatchObject({ title: '厌学的孩子', why: { sameDomain: true } });
  expect(found[0]?.why.sharedWords).toEqual(expect.arrayContaining(['厌学', '抚养', '赔偿']));
  expect(found.map((f) => f.title)).not.toContain('安宁的告别');
  // A draft is its author's alone, and who is kept out of content is kept out of what it resembles.
  expect([(await similar('worker2')).status, (await similar('centre')).status, (await similar('officer')).status]).toEqual([404, 404, 403]);
  // Alone in its domain it would be offered for domain and field, without any word; recalled, it is not, though both still fit.
  const change = (set: object) =>
    t.owner
      .updateTable('casebankEntry')
      .set(set)
      .where('id', '=', found[0]?.id ?? '')
      .execute();
  const ids = async () => (await worker.ok(readSimilarCases, { params: { id } })).rows.map((f) => f.id);
  await change({ domain: 'domestic-violence', helpFields: ['family'] });
  await t.owner.updateTable('supportRequest').set({ domain: 'domestic-violence' }).where('id', '=', id).execute();
  expect(await ids()).toContain(found[0]?.id);
  await change({ recalledAt: '2026-03-01T00:00:00.000Z' });
  expect(await ids()).not.toContain(found[0]?.id);
});

test('a release keeps the words of its case at once, and the job those of all others, each once', async () => {
  const termsKept = async (entry: string) =>
    (await t.owner.selectFrom('casebankEntryTerm').select('term').where('entryId', '=', entry).execute()).map((r) => r.term);
  const counted = async (term: string) =>
    (await t.owner.selectFrom('casebankTerm').select('entries').where('term', '=', term).executeTakeFirst())?.entries ?? 0;
  const [late] = await entries([{ title: '后来装入的', background: '夜里巡房，护理员压力大。', domain: 'end-of-life', methods: ['督导'] }]);
  const { id } = await drafted();
  const { version } = await confirmAll(id);
  const { entryId } = await (await t.as('centre2')).ok(releasePublication, { params: { id }, body: { version } });
  expect(await termsKept(entryId)).toContain('家访');
  expect([await counted('家访'), await termsKept(late ?? ''), await counted('压力')]).toEqual([1, [], 0]);
  for (const round of [1, 2]) {
    for (const job of casebankJobs(t.services)) await job.run({});
    expect([round, await counted('压力'), await counted('家访')]).toEqual([round, 1, 1]);
  }
  expect(await termsKept(late ?? '')).toContain('压力');
});
