import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as endpoints from '@jieyou/core/resources/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessWorld } from '../../test/access.world.ts';
import { consentTo, openCase } from '../../test/factories.ts';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { expireReferrals, remindOfReviews } from './index.ts';

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
});
afterAll(() => t.stop());

const draft = (over: object = {}) =>
  ({
    kind: 'policy',
    name: '长者补贴',
    category: '养老',
    audience: '长者',
    authority: '街道办事处',
    conditions: '六十周岁以上',
    materials: [],
    summary: '按月补贴',
    helpFields: ['economy'],
    issuingTier: 'district',
    phone: null,
    source: '试验',
    validFrom: '2025-01-01',
    validTo: null,
    ...over,
  }) as never;

const rank = async (facts: object, helpFields: string[] = []) =>
  (await t.as('worker')).ok(endpoints.rankForHousehold, { body: { facts, helpFields } as never });

test('a household typed in is told what fits, what may fit and what is missing, and why not; nothing of it is kept', async () => {
  const centre = await t.as('centre');
  const old = { kind: 'all', of: [{ kind: 'age', min: 60, max: null }] };
  await centre.ok(endpoints.createResource, { body: draft({ name: '长者补贴', eligibility: old }) });
  await centre.ok(endpoints.createResource, { body: draft({ name: '没有规则的补贴' }) });
  await centre.ok(endpoints.createResource, { body: draft({ name: '已过期的补贴', eligibility: old, validTo: '2025-12-31' }) });
  await centre.ok(endpoints.createResource, { body: draft({ name: '行业规范', policyType: 'norm', eligibility: old }) });
  const told = async (facts: object) =>
    (await rank(facts, ['economy'])).rows.map((r) => [r.name, r.answer, r.missing, r.findings[0]?.says]);
  expect(await told({ age: 70 })).toEqual([
    ['长者补贴', 'fits', [], '70 岁，在60 周岁及以上之内'],
    ['没有规则的补贴', 'may', [], '条件还没有整理成规则，请看条件原文'],
  ]);
  expect((await told({}))[0]).toEqual(['长者补贴', 'may', ['年龄'], '还不知道年龄']);
  expect((await told({ age: 59 })).at(-1)).toEqual(['长者补贴', 'not', [], '59 岁，要求60 周岁及以上']);
  expect((await rank({ age: 70 }, ['law'])).rows).toEqual([]);
  expect((await rank({}, ['economy'])).questions).toEqual([{ says: '年龄', opens: 1 }]);
});

test('rules are kept with the version in which they changed', async () => {
  const centre = await t.as('centre');
  const { id } = await centre.ok(endpoints.createResource, { body: draft({ name: '带版本的补贴' }) });
  const first = { kind: 'all', of: [{ kind: 'age', min: 60, max: null }] } as const;
  const second = {
    kind: 'any',
    of: [
      { kind: 'age', min: 65, max: null },
      { kind: 'consent', by: 'self' },
    ],
  } as const;
  await centre.ok(endpoints.updateResource, { params: { id }, body: { version: 1, eligibility: first as never } });
  await centre.ok(endpoints.updateResource, { params: { id }, body: { version: 2, phone: '0755-1' } });
  await centre.ok(endpoints.updateResource, { params: { id }, body: { version: 3, eligibility: second as never } });
  const file = await (await t.as('worker')).ok(endpoints.readResource, { params: { id } });
  expect([file.eligibility, file.editions.map((e) => [e.version, e.eligibility])]).toEqual([
    second,
    [
      [4, second],
      [2, first],
    ],
  ]);
});

test('what was said of intake holds until its day, and places run out', async () => {
  const centre = await t.as('centre');
  const { id } = await centre.ok(endpoints.createResource, { body: draft({ name: '有名额的服务' }) });
  const read = async () => {
    const { takes, intakeSays } = await centre.ok(endpoints.readResource, { params: { id } });
    return [takes, intakeSays];
  };
  expect(await read()).toEqual(['unknown', '没有登记是否接收，请先问']);
  const note = (body: object) => centre.call(endpoints.noteIntake, { params: { id }, body: body as never });
  expect((await note({ version: 1, intake: 'open', intakeUntil: '2026-03-04', places: 2 })).error.code).toBe('resources.intake-past');
  await note({ version: 1, intake: 'open', intakeUntil: '2026-03-05', places: 2 });
  expect(await read()).toEqual(['yes', '正在接收，至2026年3月5日，余 2 个名额']);
  expect((await centre.ok(endpoints.listResources, { query: { takes: 'yes' } })).rows.map((r) => r.id)).toEqual([id]);
  t.clock.advance({ days: 1 });
  expect((await read())[0]).toBe('unknown');
  expect((await centre.ok(endpoints.listResources, { query: { takes: 'yes' } })).rows).toEqual([]);
  t.clock.advance({ days: -1 });
  await note({ version: 2, intake: 'open', intakeUntil: null, places: 0 });
  expect(await read()).toEqual(['no', '名额已满']);
});

test('the keeper is told once when a review is due, and the list shows it', async () => {
  const centre = await t.as('centre');
  const { id } = await centre.ok(endpoints.createResource, { body: draft({ name: '快到期的补贴', validTo: '2026-04-04' }) });
  const due = async () =>
    (await centre.ok(endpoints.listResources, { query: { review: 'due' } })).rows.map((r) => [r.id, r.needsReview] as const);
  // The lead time is 30 days: 4 April is in reach on 5 March, 5 April is not.
  expect(await due()).toEqual([[id, true]]);
  await centre.ok(endpoints.updateResource, { params: { id }, body: { version: 1, validTo: '2026-04-05' } });
  expect(await due()).toEqual([]);
  await centre.ok(endpoints.updateResource, { params: { id }, body: { version: 2, reviewOn: '2026-03-05' } });
  expect(await due()).toEqual([[id, true]]);
  const told = async () =>
    (await w.one<{ n: number }>((await import('kysely')).sql`select count(*)::int as n from notice where kind = 'resources.review-due'`)).n;
  await remindOfReviews(t.services);
  await remindOfReviews(t.services);
  expect(await told()).toBe(1);
  expect((await centre.call(endpoints.reviewResource, { params: { id }, body: { version: 3, nextOn: '2026-03-05' } })).error.code).toBe(
    'resources.review-past',
  );
  await centre.ok(endpoints.reviewResource, { params: { id }, body: { version: 3, nextOn: '2026-09-05' } });
  expect(await due()).toEqual([]);
});

test('a request is offered what its case allows; linking opens a line of support', async () => {
  const { id } = await w.accepted('own');
  const centre = await t.as('centre');
  const worker = await t.as('worker');
  const woman = {
    kind: 'all',
    of: [
      { kind: 'gender', is: 'female' },
      { kind: 'income', atMost: 300_000, source: '试验' },
    ],
  };
  const { id: resourceId } = await centre.ok(endpoints.createResource, {
    body: draft({ name: '妇女法律帮助', helpFields: ['law'], eligibility: woman, authority: '区妇联' }),
  });
  const offered = await worker.ok(endpoints.rankForRequest, { params: { id }, body: { facts: {} } });
  expect(offered.rows.map((r) => [r.name, r.answer, r.missing])).toEqual([['妇女法律帮助', 'may', ['家庭人均月收入']]]);
  expect(offered.known.says).toContain('女（个案）');
  // Matching: the centre begins the support.
  expect([offered.can, (await centre.ok(endpoints.rankForRequest, { params: { id }, body: { facts: {} } })).can]).toEqual([
    ['refer'],
    ['link', 'refer'],
  ]);
  const body = { resourceId, helpField: 'law', task: '帮助申请法律援助' } as never;
  expect((await worker.call(endpoints.linkResource, { params: { id }, body })).error.code).toBe('support.moved-on');
  await centre.ok(endpoints.linkResource, { params: { id }, body });
  const file = await worker.ok(support.readSupportRequest, { params: { id } });
  expect(file.lines.map((l) => [l.kind, l.providerName, l.holderName, l.status])).toEqual([['resource', '区妇联', file.askerName, 'open']]);
  expect((await worker.call(endpoints.linkResource, { params: { id }, body })).error.code).toBe('resources.linked-already');
  const again = await worker.ok(endpoints.rankForRequest, { params: { id }, body: { facts: { incomePerHead: 300_000 } } });
  expect([again.rows[0]?.answer, again.used, again.can]).toEqual(['fits', [resourceId], ['link', 'refer']]);
});

test('a partner is referred to under a consent that names it, within what it covers, and answers through the worker', async () => {
  const worker = await t.as('worker');
  const centre = await t.as('centre');
  const { id: requestId, caseId } = await w.accepted('own');
  const partnerId = await w.partner('own');
  const consent = (more: object) => consentTo(t, caseId, 'referral', { fields: ['situation', 'asks'], receiver: '试验慈善会', ...more });
  const offer = async (over: object) =>
    worker.call(endpoints.referToPartner, {
      params: { id: requestId },
      body: {
        partnerId,
        resourceId: null,
        helpField: 'education',
        fields: ['situation', 'asks'],
        reason: '请评估助学',
        until: '2026-03-12',
        ...over,
      } as never,
    });
  const code = async (over: object) => (await offer(over)).error.code;
  const conference = await consentTo(t, caseId, 'conference', { receiver: '试验慈善会' });
  expect(await code({ consentId: conference })).toBe('resources.consent-missing');
  expect(await code({ consentId: await consent({ receiver: '另一家基金会' }) })).toBe('resources.consent-other-receiver');
  expect(await code({ consentId: await consent({ fields: ['situation'] }) })).toBe('resources.consent-too-narrow');
  expect(await code({ consentId: await consent({ expiresOn: '2026-03-11' }) })).toBe('resources.consent-too-short');
  const consentId = await consent({ expiresOn: '2026-03-12' });
  expect(await code({ consentId, until: '2026-03-04' })).toBe('resources.until-past');
  expect(await code({ consentId, resourceId: partnerId })).toBe('resources.resource-unknown');
  expect(await code({ consentId, partnerId: consentId })).toBe('resources.partner-unknown');
  const foreign = await consentTo(t, await openCase(t), 'referral', { receiver: '试验慈善会' });
  expect(await code({ consentId: foreign })).toBe('resources.consent-missing');

  const made = await worker.ok(endpoints.referToPartner, {
    params: { id: requestId },
    body: {
      partnerId,
      resourceId: null,
      helpField: 'education',
      fields: ['situation', 'asks'],
      reason: '请评估助学',
      until: '2026-03-12',
      consentId,
    },
  });
  expect(made.number).toMatch(/^\d{6}-ZJ-2026-\d{4}$/);
  expect(await code({ consentId })).toBe('resources.referred-already');
  const file = await centre.ok(endpoints.readReferral, { params: { id: made.id } });
  expect(file.parts.map((p) => p.field)).toEqual(['situation', 'asks']);
  expect(JSON.stringify(file)).not.toContain('欧阳桐雨');
  expect([file.status, file.can, file.liaisons.map((l) => l.name)]).toEqual(['offered', ['accept', 'return', 'withdraw'], ['联络人']]);

  const paper = await worker.call(endpoints.readReferralPaper, { params: { id: made.id } });
  expect(paper.status).toBe(200);

  const answer = (over: object) =>
    centre.call(endpoints.answerReferral, {
      params: { id: made.id },
      body: { version: 1, answer: 'accept', answeredBy: '联络人', answeredOn: '2026-03-05', says: '可以接收', ...over } as never,
    });
  expect((await answer({ answeredOn: '2026-03-04' })).error.code).toBe('resources.answer-day');
  expect((await answer({ answeredOn: '2026-03-06' })).error.code).toBe('resources.answer-day');
  expect((await answer({ version: 7 })).error.code).toBe('record.changed-meanwhile');
  expect((await worker.call(endpoints.finishReferral, { params: { id: made.id }, body: { version: 1, result: '没有' } })).error.code).toBe(
    'resources.referral-over',
  );
  expect((await answer({})).status).toBe(200);
  expect((await answer({ version: 2 })).error.code).toBe('resources.referral-over');
  await worker.ok(endpoints.finishReferral, { params: { id: made.id }, body: { version: 2, result: '已经开始助学' } });
  expect(await worker.ok(endpoints.readReferral, { params: { id: made.id } })).toMatchObject({
    status: 'done',
    answer: '可以接收',
    result: '已经开始助学',
    answeredBy: '联络人',
    can: [],
  });
  const list = await worker.ok(endpoints.listReferrals, { query: { requestId } });
  expect(list.rows.map((r) => [r.number, r.status])).toEqual([[made.number, 'done']]);
  const partner = await centre.ok(endpoints.readPartner, { params: { id: partnerId } });
  expect(partner.referrals).toEqual({ offered: 0, accepted: 0, done: 1, returned: 0 });
  // A withdrawn consent carries nothing new.
  await worker.ok(cases.withdrawConsent, { params: { id: caseId, consentId } });
  expect(await code({ consentId })).toBe('resources.consent-missing');
  await centre.ok(endpoints.updatePartner, { params: { id: partnerId }, body: { version: 1, active: false } });
  expect(await code({ consentId })).toBe('resources.partner-stopped');
});

test('a partner may return a referral, and one that nobody answered expires after its day', async () => {
  const worker = await t.as('worker');
  const first = await w.referral('own');
  await worker.ok(endpoints.answerReferral, {
    params: { id: first.id },
    body: { version: 1, answer: 'return', answeredBy: '联络人', answeredOn: '2026-03-05', says: '名额已满' },
  });
  expect(await worker.ok(endpoints.readReferral, { params: { id: first.id } })).toMatchObject({ status: 'returned', answer: '名额已满' });
  const second = await w.referral('own');
  const status = async () => (await worker.ok(endpoints.readReferral, { params: { id: second.id } })).status;
  t.clock.advance({ days: 15 });
  await expireReferrals(t.services);
  expect(await status()).toBe('offered');
  t.clock.advance({ days: 1 });
  await expireReferrals(t.services);
  await expireReferrals(t.services);
  expect(await status()).toBe('expired');
  t.clock.advance({ days: -16 });
});

test('liaison persons and agreements have their days', async () => {
  const centre = await t.as('centre');
  const id = await w.partner('own');
  const body = { name: '继任者', post: '主任', phone: '0755-2', fromDay: '2026-03-05', toDay: '2026-03-04' };
  expect((await centre.call(endpoints.addLiaison, { params: { id }, body })).error.code).toBe('resources.span-backwards');
  await centre.ok(endpoints.addLiaison, { params: { id }, body: { ...body, toDay: '2026-03-05' } });
  const one = await centre.ok(endpoints.readPartner, { params: { id } });
  expect(one.liaisons.map((l) => [l.name, l.current])).toEqual([
    ['联络人', true],
    ['继任者', true],
  ]);
  t.clock.advance({ days: 1 });
  expect((await centre.ok(endpoints.readPartner, { params: { id } })).liaisons.map((l) => l.current)).toEqual([true, false]);
  t.clock.advance({ days: -1 });
  const agreement = { title: '合作协议', scope: '助学', fromDay: '2026-01-01', toDay: '2026-03-05' };
  expect((await centre.call(endpoints.addAgreement, { params: { id }, body: { ...agreement, toDay: '2025-12-31' } })).error.code).toBe(
    'resources.span-backwards',
  );
  await centre.ok(endpoints.addAgreement, { params: { id }, body: agreement });
  expect((await centre.ok(endpoints.listPartners, { query: {} })).rows.find((p) => p.id === id)).toMatchObject({
    agreed: true,
    agreementTo: '2026-03-05',
  });
});
