/** Handing over: one case to a colleague who takes it or not, and the whole caseload of somebody who leaves. */
import { addNote, listCases, nameCoWorker, readCase } from '@jieyou/core/cases/endpoints.ts';
import { answerHandover, listHandoverChoices, listHandovers } from '@jieyou/core/cases/stageEndpoints.ts';
import { changePassword, signIn } from '@jieyou/core/identity/endpoints.ts';
import { handRelief, screenRelief } from '@jieyou/core/relief/endpoints.ts';
import { listStations } from '@jieyou/core/stations/endpoints.ts';
import { createAssignment, listAssignments } from '@jieyou/core/workforce/endpoints.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ask, freshCase } from './asking.ts';
import { type Journey, journey, shown, useBrowser } from './browser.ts';
import { choosePerson, dayFromNow, dialogOf, sayYes } from './hands.ts';

useBrowser();

type Colleague = { readonly personId: string; readonly name: string };

/** Others of the worker's station. */
const colleagues = async (worker: Page): Promise<Colleague[]> => (await ask(worker, listHandoverChoices)).rows.filter((one) => !one.mine);

/** A colleague who had no account yet, signed in: the security administrator opens it, its holder chooses the password. */
const newlySignedIn = async (j: Journey, worker: Page): Promise<{ readonly one: Colleague; readonly page: Page }> => {
  const security = await j.signIn('security');
  for (const one of await colleagues(worker)) {
    const { rows } = await ask(security, listAssignments, { query: { text: one.name, role: 'worker', state: 'current' } as never });
    const held = rows.find((row) => row.personId === one.personId);
    if (held === undefined || held.username !== '') continue;
    const stations = await ask(security, listStations, { query: { text: held.scopeName, limit: 20 } as never });
    const username = `tongshi${Date.now() % 1_000_000_000}`;
    const { oneTimePassword } = await ask(security, createAssignment, {
      body: {
        personId: one.personId,
        role: 'worker',
        stationId: stations.rows.find((s) => s.name === held.scopeName)?.id ?? null,
        organisationId: null,
        divisionId: null,
        validFrom: dayFromNow(0),
        validTo: null,
        deputyId: null,
        username,
      },
    });
    const page = await j.device(username);
    await ask(page, signIn, { body: { username, password: oneTimePassword ?? '' } as never });
    await ask(page, changePassword, { body: { current: oneTimePassword ?? '', next: '清湖边的第七棵大榕树' } });
    return { one, page };
  }
  throw new Error('everybody of the station has an account');
};

journey('移交一个个案：写明能看什么，撤回再提；同事接收以前谁也没有换，接收以后原承办人打不开', async (j) => {
  const worker = await j.signIn('worker');
  const { one, page: colleague } = await newlySignedIn(j, worker);
  const id = await freshCase(worker, `端木移交${Date.now() % 100_000}`);
  const { number } = await ask(worker, readCase, { params: { id } });
  const NOTE = '移交以前写的：她说夜里睡不着。';
  await ask(worker, addNote, { params: { id }, body: { body: NOTE, happenedOn: dayFromNow(0), kind: 'talk' } as never });
  const card = worker.locator('.jy-card').filter({ has: worker.getByRole('heading', { name: '移交', exact: true }) });
  const propose = async (without: string | null) => {
    await card.getByRole('button', { name: '移交', exact: true }).click();
    const dialog = await dialogOf(worker, '移交这个个案');
    await dialog.getByRole('button', { name: '提出移交' }).click();
    await shown(dialog.getByText('请填写').first());
    await choosePerson(worker, dialog.getByLabel('交给哪位同事'), one.name);
    await dialog.getByLabel('说明').fill('下月起休产假');
    if (without !== null) await dialog.getByRole('checkbox', { name: without }).uncheck();
    await j.look(worker, '移交-提出');
    await dialog.getByRole('button', { name: '提出移交' }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await j.step('社工提出，缺什么当场说；想起还有话要写，撤回', async () => {
    await worker.goto(`/cases/${id}`);
    // Closed in the moment after a word was written: it is still there.
    await card.getByRole('button', { name: '移交', exact: true }).click();
    await (await dialogOf(worker, '移交这个个案')).getByLabel('说明').fill('下月起休产假');
    await worker.reload();
    await card.getByRole('button', { name: '移交', exact: true }).click();
    const again = await dialogOf(worker, '移交这个个案');
    await shown(again.getByText(/^已恢复您/));
    expect(await again.getByLabel('说明').inputValue()).toBe('下月起休产假');
    await again.getByRole('button', { name: '返回' }).click();
    await again.waitFor({ state: 'hidden' });
    await propose(null);
    await shown(card.getByText(/待答复/));
    // One at a time.
    expect(await card.getByRole('button', { name: '移交', exact: true }).count()).toBe(0);
    await card.getByRole('button', { name: '撤回' }).click();
    await sayYes(worker, '撤回');
    await shown(card.getByText(/已撤回/));
  });
  await j.step('再提一次，过程记录不一并移交；同事接收以前打不开', async () => {
    await propose('过程记录');
    await shown(card.getByText('接手的人可看：登记与摘要、同意、预估、计划与评估、附件'));
    await j.look(worker, '移交-待答复');
    await colleague.goto(`/cases/${id}`);
    await shown(colleague.getByText('没有找到，或不在您可以查看的范围内。'));
  });
  await j.step('同事从工作台找到，接收；看得到登记，看不到以前的记录', async () => {
    await colleague.goto('/');
    await shown(colleague.getByText(number).first());
    await colleague.goto('/case-handovers');
    const row = colleague.locator('tbody tr').filter({ hasText: number });
    await shown(row.getByRole('button', { name: '接收', exact: true }));
    await j.look(colleague, '移交-收到');
    await row.getByRole('button', { name: '接收', exact: true }).click();
    await sayYes(colleague, '接收');
    await shown(row.filter({ hasText: '已接收' }));
    await colleague.goto(`/cases/${id}`);
    await shown(colleague.getByText('想有人常来看看。').first());
    await shown(colleague.getByRole('heading', { name: '个案记录' }));
    expect(await colleague.getByText(NOTE).count()).toBe(0);
    await j.look(colleague, '移交-接手以后');
  });
  await j.step('原承办人从这时起打不开', async () => {
    await worker.goto(`/cases/${id}`);
    await shown(worker.getByText('没有找到，或不在您可以查看的范围内。'));
    await worker.goto(`/cases?number=${number}`);
    await shown(worker.getByText('没有符合条件的').first());
  });
});

journey('有人休假：站长移交他的全部个案，没有结束的救助个案一起看到；清单按承办社工筛', async (j) => {
  const worker = await j.signIn('worker');
  const head = await j.signIn('head');
  const [from, to] = (await colleagues(worker)).slice(-2);
  if (from === undefined || to === undefined) throw new Error('the station has too few workers');
  // Relief that is theirs: handed to them by the head, for a person whom they work along with.
  const name = `南宫休假${Date.now() % 100_000}`;
  const caseId = await freshCase(worker, name);
  const { recipient } = await ask(worker, readCase, { params: { id: caseId } });
  const needs = { source: 'visit', needs: ['living'], needSays: '米面快没了' };
  const adviser = { adviserKind: 'worker', adviserName: '小何', screenedOn: dayFromNow(0) };
  const relief = await ask(worker, screenRelief, { body: { recipientId: recipient.id, ...needs, ...adviser } as never });
  await ask(worker, nameCoWorker, { params: { id: caseId }, body: { personId: from.personId, reason: '一起办救助', toDay: null } });
  await ask(head, handRelief, { params: { id: relief.id }, body: { toId: from.personId, reason: '换人跟进', version: relief.version } });
  await j.step('个案清单只看一位社工的，和接口说的一样', async () => {
    await head.goto('/cases');
    const open = head.getByRole('button', { name: '展开' });
    await shown(head.locator('tbody tr:not([aria-hidden])').first());
    if ((await open.count()) > 0) await open.first().click();
    await choosePerson(head, head.getByLabel('承办社工', { exact: true }), from.name);
    await head.waitForURL(/workerId=/);
    const { rows } = await ask(head, listCases, { query: { workerId: from.personId, limit: 20 } as never });
    expect(new Set(rows.map((r) => r.workerName))).toEqual(new Set([from.name]));
    await expect.poll(() => head.locator('tbody tr:not([aria-hidden])').count()).toBe(rows.length);
    await shown(head.getByText(rows[0]?.number ?? '').first());
    await j.look(head, '移交-一位社工的个案');
  });
  await j.step('移交全部个案：说清提出了几个，还有几个救助个案，点过去就是它们', async () => {
    await head.goto('/case-handovers');
    await head.getByRole('button', { name: '移交全部个案' }).click();
    const dialog = await dialogOf(head, '移交全部个案');
    await choosePerson(head, dialog.getByLabel('移交谁的个案'), from.name);
    await choosePerson(head, dialog.getByLabel('交给哪位同事'), to.name);
    await dialog.getByLabel('说明').fill('休假一个月');
    await j.look(head, '移交-全部');
    await dialog.getByRole('button', { name: '提出移交' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const says = head.getByRole('status').filter({ hasText: '已提出' });
    await shown(says);
    const proposed = async () =>
      (await ask(head, listHandovers, { query: { status: 'proposed', limit: 100 } as never })).rows.filter(
        (h) => h.fromName === from.name && h.toName === to.name,
      );
    const waiting = await proposed();
    expect(await says.textContent()).toContain(`已提出 ${waiting.length} 个`);
    await j.look(head, '移交-全部提出');
    await says.getByRole('link', { name: /个救助个案/ }).click();
    await head.waitForURL(/relief-cases\?.*workerId=/);
    await shown(head.locator('tbody tr').filter({ hasText: from.name }).first());
    await j.look(head, '移交-还有的救助');
    for (const h of waiting)
      await ask(head, answerHandover, { params: { id: h.id }, body: { version: h.version, decision: 'withdraw', reason: '' } });
    expect(await proposed()).toEqual([]);
  });
});
