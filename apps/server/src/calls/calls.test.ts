import * as appeals from '@jieyou/core/appeals/endpoints.ts';
import * as calls from '@jieyou/core/calls/endpoints.ts';
import * as notices from '@jieyou/core/notices/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, TEST_NOW, type TestApp } from '../../test/harness.ts';
import { keepTicketClocks } from './jobs.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const draft = (more: object = {}) => ({
  kind: 'help' as const,
  relation: 'neighbour' as const,
  callerName: '司马小云',
  callerPhone: '19900002222',
  personName: '上官月',
  personPhone: '19900003333',
  says: '邻居说隔壁母女几天没有出门。',
  startedAt: '2026-03-05T01:59:30.000Z',
  ...more,
});
const send = (more: object = {}) => ({
  streetId: t.world.streetId,
  danger: false,
  topic: 'family' as const,
  safeTimes: [],
  safeNote: null,
  mayMessage: false,
  unsafe: false,
  ...more,
});
const unread = async (who: string, kind: string) =>
  (await (await t.as(who)).ok(notices.listNotices, { query: { limit: 100 } })).rows.filter((n) => n.kind === kind).length;

describe('a call', () => {
  it('becomes an appeal of the station, a case, and a request by hotline; each knows the other', async () => {
    const centre = await t.as('centre');
    const made = await centre.ok(calls.createCall, { body: { ...draft(), send: send() } });
    expect(made.number).toBe('RX-2026-00001');
    const call = await centre.ok(calls.readCall, { params: { id: made.id } });
    expect(call).toMatchObject({
      status: 'sent',
      takerName: '陈敏仪',
      startedAt: '2026-03-05T01:59:30.000Z',
      savedAt: TEST_NOW,
      callerName: '司马*云',
      callerPhone: '199****2222',
      personName: '上官*',
      personPhone: '199****3333',
    });
    const worker = await t.as('worker');
    const row = (await worker.ok(appeals.listAppeals)).rows.find((r) => r.number === call.appealNumber);
    expect(row).toMatchObject({ channel: 'hotline', status: 'waiting', stationName: '一街道社工站' });
    const id = row?.id ?? '';
    const seen = await worker.ok(appeals.readAppeal, { params: { id } });
    // The person concerned, not the caller, is whom the station calls.
    expect([seen.content?.name, seen.content?.phone, seen.call?.number]).toEqual(['上官*', '199****3333', made.number]);
    await worker.ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    const opened = await worker.ok(appeals.openCaseFromAppeal, {
      params: { id },
      body: {
        name: null,
        gender: 'female',
        serviceDomain: 'family',
        domain: 'family-relations',
        helpFields: ['family'],
        risk: 'medium',
        summary: '来电求助',
        version: 2,
      },
    });
    const request = await worker.ok(support.createSupportRequest, { body: { caseId: opened.caseId } });
    const file = await worker.ok(support.readSupportRequest, { params: { id: request.id } });
    expect(file.origin).toEqual({ appealId: id, channel: 'hotline', callNumber: made.number });
    const { rows: kept } = await sql<{ channel: string }>`select channel from support_request where id = ${request.id}`.execute(t.owner);
    expect(kept).toEqual([{ channel: 'hotline' }]);
    const { rows } = await centre.ok(calls.findCallMatches, { body: { phone: '199 0000 3333' } });
    expect(rows.map((r) => [r.kind, r.number])).toEqual([
      ['case', opened.number],
      ['appeal', call.appealNumber],
      ['call', made.number],
    ]);
    expect(JSON.stringify(rows)).not.toContain('19900003333');
  });

  it('that asks for nothing is over at once, and nothing can be done with it', async () => {
    const centre = await t.as('centre');
    const made = await centre.ok(calls.createCall, { body: draft({ kind: 'spam', says: '' }) });
    const call = await centre.ok(calls.readCall, { params: { id: made.id } });
    expect([call.status, call.can]).toEqual(['done', []]);
    const late = await centre.call(calls.sendCall, { params: { id: made.id }, body: { ...send(), version: 1 } });
    expect([late.status, late.error.code]).toEqual([409, 'calls.moved-on']);
  });

  it('is handed over by number with what was said, and ends with a result', async () => {
    const centre = await t.as('centre');
    const made = await centre.ok(calls.createCall, { body: draft({ kind: 'enquiry' }) });
    const line = (await centre.ok(calls.listHotlines, { query: { text: '12348' } })).rows[0];
    const body = { hotlineId: line?.id ?? '', outcome: 'told-number' as const, says: '问离婚财产，已说明可免费咨询' };
    const over = await centre.ok(calls.handOverCall, { params: { id: made.id }, body: { ...body, version: 1 } });
    const stale = await centre.call(calls.endCall, { params: { id: made.id }, body: { result: '已答复', version: 1 } });
    expect(stale.error.code).toBe('record.changed-meanwhile');
    await centre.ok(calls.endCall, { params: { id: made.id }, body: { result: '来电人会自己打', version: over.version } });
    const call = await centre.ok(calls.readCall, { params: { id: made.id } });
    expect([call.status, call.result, call.handOvers[0]?.number, call.handOvers[0]?.outcome]).toEqual([
      'done',
      '来电人会自己打',
      '12348',
      'told-number',
    ]);
    const nowhere = { ...draft(), handOver: { ...body, hotlineId: t.world.districtId } };
    expect((await centre.call(calls.createCall, { body: nowhere })).error.code).toBe('calls.hotline-unknown');
  });

  it('goes to a station only with a way back: a phone, or words on how to find the person', async () => {
    const centre = await t.as('centre');
    const mute = draft({ callerPhone: null, personPhone: null });
    const refused = await centre.call(calls.createCall, { body: { ...mute, send: send() } });
    expect(refused.error.code).toBe('calls.no-way-back');
    const made = await centre.ok(calls.createCall, { body: { ...mute, send: send({ safeNote: '上午到菜市场门口找' }) } });
    expect((await centre.ok(calls.readCall, { params: { id: made.id } })).status).toBe('sent');
  });

  it('began when the page says, unless its clock is wrong or it was left lying', async () => {
    const centre = await t.as('centre');
    const began = async (startedAt: string) => {
      const { id } = await centre.ok(calls.createCall, { body: draft({ startedAt }) });
      return (await centre.ok(calls.readCall, { params: { id } })).startedAt;
    };
    expect(await began('2026-03-04T14:00:00.000Z')).toBe('2026-03-04T14:00:00.000Z');
    expect(await began('2026-03-04T13:59:59.999Z')).toBe(TEST_NOW);
    expect(await began('2026-03-05T02:00:00.001Z')).toBe(TEST_NOW);
  });

  it('opens name and phone for a reason only, and keeps nothing of them in plain text', async () => {
    const centre = await t.as('centre');
    const { id } = await centre.ok(calls.createCall, { body: draft() });
    const opened = await centre.ok(calls.unmaskCall, { params: { id }, body: { field: 'callerPhone', reason: '回电' } });
    expect(opened.value).toBe('19900002222');
    const { rows } = await sql<{ reason: string; outcome: string }>`select reason, outcome from access_record
      where kind = 'unmask' and record_id = ${id}`.execute(t.owner);
    expect(rows).toEqual([{ reason: '回电', outcome: 'callerPhone' }]);
    const { rows: kept } = await sql<{ all: string }>`select string_agg(c::text, '') as all from hotline_call_content c`.execute(t.owner);
    for (const word of ['司马小云', '19900002222', '上官月', '母女']) expect(kept[0]?.all).not.toContain(word);
  });
});

describe('numbers to call', () => {
  it('stand in every district with their sources, are corrected by centre and system, and shown to residents while in use', async () => {
    const system = await t.as('system');
    const { rows } = await system.ok(calls.listHotlines, { query: { limit: 100 } });
    expect(rows.map((r) => r.number)).toEqual(['110', '120', '119', '12356', '12349', '12338', '12348', '12355', '12345']);
    expect(rows.every((r) => r.source.length > 3)).toBe(true);
    const body = { number: '12338', name: '重复', helps: '重复', hours: null, source: '本区妇联', urgent: false };
    expect((await system.call(calls.createHotline, { body })).error.code).toBe('calls.hotline-taken');
    const one = rows.find((r) => r.number === '12355');
    await system.ok(calls.updateHotline, { params: { id: one?.id ?? '' }, body: { active: false, version: 1 } });
    const again = await system.call(calls.updateHotline, { params: { id: one?.id ?? '' }, body: { active: true, version: 1 } });
    expect(again.error.code).toBe('record.changed-meanwhile');
    const start = await t.nobody.ok(appeals.readPublicStart);
    const ours = start.districts.find((d) => d.id === t.world.districtId);
    expect(ours?.hotlines.map((h) => h.number)).not.toContain('12355');
    expect(ours?.answerDays).toBe(3);
  });
});

describe('a ticket of 12345', () => {
  const ticket = (more: object = {}) => ({
    source: '12345',
    externalNo: 'SZ20260305001',
    receivedAt: '2026-03-05T01:00:00.000Z',
    limitDays: null,
    callerName: '令狐某',
    callerPhone: '19900004444',
    asks: '反映母亲无人照料，请社工站上门。',
    ...more,
  });

  it('runs in working days, stands still while paused, is answered and rated', async () => {
    const centre = await t.as('centre');
    const { id } = await centre.ok(calls.createTicket, { body: ticket() });
    const read = () => centre.ok(calls.readTicket, { params: { id } });
    expect(await read()).toMatchObject({ limitDays: 5, dueAt: '2026-03-12T01:00:00.000Z', callerName: '令狐*', can: ['pause', 'answer'] });
    const twice = await (await t.as('centre2')).call(calls.createTicket, { body: ticket() });
    expect([twice.error.code, twice.error.facts]).toEqual(['calls.ticket-taken', { holder: '陈敏仪' }]);
    await centre.ok(calls.moveTicketClock, { params: { id }, body: { act: 'pause', why: '等街道核实住址', version: 1 } });
    t.clock.advance({ days: 4 });
    expect((await read()).clock.state).toBe('paused');
    // Thursday to Monday: two working days later.
    await centre.ok(calls.moveTicketClock, { params: { id }, body: { act: 'resume', why: '已核实', version: 2 } });
    expect(await read()).toMatchObject({ status: 'open', dueAt: '2026-03-16T01:00:00.000Z' });
    await centre.ok(calls.answerTicket, { params: { id }, body: { reply: '社工已上门，今后每周一次。', version: 3 } });
    const again = await centre.call(calls.answerTicket, { params: { id }, body: { reply: '再次回复', version: 4 } });
    expect(again.error.code).toBe('calls.moved-on');
    await centre.ok(calls.rateTicket, { params: { id }, body: { satisfaction: 'satisfied', version: 4 } });
    expect(await read()).toMatchObject({
      status: 'answered',
      satisfaction: 'satisfied',
      reply: '社工已上门，今后每周一次。',
      can: ['rate'],
    });
    t.clock.advance({ days: -4 });
  });

  it('warns its holder once, and the whole centre once it is overdue; the list begins with it', async () => {
    const centre = await t.as('centre');
    await centre.ok(calls.createTicket, { body: ticket({ externalNo: 'SZ20260305002', limitDays: 1 }) });
    await centre.ok(calls.createTicket, { body: ticket({ externalNo: 'SZ20260305003', limitDays: 3 }) });
    const future = await centre.call(calls.createTicket, { body: ticket({ externalNo: 'SZ9', receivedAt: '2026-03-05T02:00:00.001Z' }) });
    expect(future.error.code).toBe('calls.received-in-future');
    t.clock.advance({ hours: 23 });
    await keepTicketClocks(t.services);
    // Due to the second is not overdue.
    expect(await unread('centre', 'calls.ticket-overdue')).toBe(0);
    t.clock.advance({ minutes: 1 });
    await keepTicketClocks(t.services);
    await keepTicketClocks(t.services);
    expect([await unread('centre', 'calls.ticket-overdue'), await unread('centre2', 'calls.ticket-overdue')]).toEqual([1, 1]);
    const { rows } = await centre.ok(calls.listTickets);
    expect([rows[0]?.externalNo, rows[0]?.clock.state]).toEqual(['SZ20260305002', 'overdue']);
    expect((await centre.ok(calls.listTickets, { query: { clock: 'overdue' } })).rows.map((r) => r.externalNo)).toEqual(['SZ20260305002']);
  });
});
