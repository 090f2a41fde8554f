/** Side states of a case: a crisis, a pause, every kind of closing, follow-up and reopening. */
import { registerAlarm } from '@jieyou/core/alarms/endpoints.ts';
import { decideCasePaper, moveCase, readStages } from '@jieyou/core/cases/stageEndpoints.ts';
import { closingKindLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ask, freshCase } from './asking.ts';
import { journey, shown, useBrowser } from './browser.ts';
import { dayFromNow, dialogOf, fillDay, nextStep, pushed, sayYes } from './hands.ts';

useBrowser();

/** Makes a move without the page: what stands before the step that is looked at. */
const move = async (worker: Page, id: string, act: object): Promise<void> => {
  const { version } = await ask(worker, readStages, { params: { id } });
  await ask(worker, moveCase, { params: { id }, body: { version, ...act } as never });
};
const intake = (more: object = {}) => ({
  move: 'decide-intake',
  decision: 'accept',
  source: 'self',
  asker: '',
  guardian: null,
  urgency: 'ordinary',
  problem: '想有人常来看看。',
  reason: '',
  referredTo: null,
  ...more,
});
const assessment = {
  move: 'assess',
  person: '身体尚好。',
  family: '独居。',
  surroundings: '邻里和睦。',
  needs: '有人陪伴。',
  risk: 'low',
  riskSays: '',
};
const plan = {
  move: 'draft-plan',
  plan: {
    aim: '生活有人陪伴',
    goals: [{ key: 'g1', text: '每周有人来', indicator: '每周来访', unit: '次', baseline: 0, target: 1, direction: 'up' }],
    methods: '邻里结对',
    frequency: '每周一次',
    startsOn: dayFromNow(0),
    endsOn: dayFromNow(90),
  },
};
const send = {
  move: 'send-plan',
  signerId: null,
  agreement: { explained: true, signers: [{ who: 'person', name: '本人签名', relation: '', signedOn: dayFromNow(0), attachmentId: null }] },
};
const evaluate = {
  move: 'evaluate',
  kind: 'closing',
  measures: [{ key: 'g1', now: 1, says: '' }],
  says: '有人常来。',
  satisfaction: 5,
  wishes: '',
};
const closing = (kind: string, followUpOn: string | null = null) => ({
  move: 'propose-closing',
  signerId: null,
  closing: { kind, summary: '服务告一段落。', review: '', referredTo: kind === 'referred' ? '区救助站' : null, followUpOn },
});
/** The head signs what waits. */
const signed = async (worker: Page, head: Page, id: string): Promise<void> => {
  const paper = (await ask(worker, readStages, { params: { id } })).papers.find((p) => p.status === 'sent');
  await ask(head, decideCasePaper, {
    params: { id: paper?.id ?? '' },
    body: { version: paper?.version ?? 0, decision: 'sign', reason: '' },
  });
};
/** Every step that the page offers, without what everybody always finds there. */
const offered = async (page: Page): Promise<string[]> => {
  const card = nextStep(page);
  await shown(card);
  return (await card.getByRole('button').allTextContents())
    .map((b) => b.trim())
    .filter((b) => !['发起疑难求助', '其他操作'].includes(b))
    .sort();
};
const offers = (page: Page, ...steps: string[]) => expect.poll(() => offered(page)).toEqual([...steps].sort());

journey('个案的旁路：危机直通、暂停与恢复、危机未了不能结案、每一种结案、回访后重开', async (j) => {
  const worker = await j.signIn('worker');
  const head = await j.signIn('head');
  const id = await freshCase(worker, '司徒旁路');
  const open = (page: Page, of = id) => page.goto(`/cases/${of}`);

  await j.step('接案时暂停，只剩恢复；恢复后走危机直通，欠着预估', async () => {
    // The stages come late here: what stands on the page stays where it is nevertheless.
    await worker.route('**/api/cases/*/stages', async (late) => {
      await worker.waitForTimeout(400);
      await late.continue();
    });
    await open(worker);
    await offers(worker, '作接案决定', '暂停');
    await worker.unroute('**/api/cases/*/stages');
    expect(await worker.evaluate(pushed)).toBeLessThan(0.1);
    // By keyboard alone: the dialog opens, Escape closes it, and the focus is back on its button.
    const pausing = nextStep(worker).getByRole('button', { name: '暂停' });
    await pausing.press('Enter');
    await dialogOf(worker, '暂停');
    await worker.keyboard.press('Escape');
    await expect.poll(() => pausing.evaluate((button) => button.matches(':focus'))).toBe(true);
    await pausing.click();
    const pause = await dialogOf(worker, '暂停');
    await pause.getByLabel('为什么暂停').fill('外出探亲，下月回来。');
    await fillDay(worker, pause.getByLabel('哪天再看一次'), dayFromNow(20));
    await pause.getByRole('button', { name: '暂停', exact: true }).click();
    await shown(worker.getByText(/暂停中，.+再看一次/));
    await offers(worker, '恢复服务');
    await nextStep(worker).getByRole('button', { name: '恢复服务' }).click();
    await offers(worker, '作接案决定', '暂停');
    await nextStep(worker).getByRole('button', { name: '作接案决定' }).click();
    const dialog = await dialogOf(worker, '作接案决定');
    await dialog.getByText('危机直通', { exact: true }).click();
    await dialog.getByLabel('求助的问题').fill('说撑不住了。');
    await dialog.getByLabel('理由').fill('有轻生的念头。');
    await dialog.getByRole('button', { name: '保存决定' }).click();
    await shown(worker.getByText(/走危机通道，预估请在 .+ 前补写/));
    await offers(worker, '写预估', '重订计划', '写阶段评估', '写结案评估', '提出结案', '暂停');
  });

  await j.step('危机没有了结，提出结案被退下，并指到那份记录', async () => {
    const danger = { idea: 'some', plan: 'no', means: 'no', intent: 'no' };
    const alarm = crypto.randomUUID();
    await ask(worker, registerAlarm, {
      body: {
        kind: 'crisis',
        id: alarm,
        caseId: id,
        source: 'note',
        trigger: '说撑不住了',
        screening: danger,
        rating: 'medium',
        reason: '有念头',
      } as never,
    });
    await worker.reload();
    await shown(nextStep(worker).getByText(/还有 1 份危机或家暴记录没有关闭/));
    await nextStep(worker).getByRole('button', { name: '提出结案' }).click();
    const dialog = await dialogOf(worker, '提出结案');
    await dialog.getByText(closingKindLabels.lost, { exact: true }).click();
    await dialog.getByLabel('结案小结').fill('联系不上。');
    await dialog.getByRole('button', { name: '送签' }).click();
    await shown(dialog.getByText(/还有 1 份危机或家暴记录没有关闭，不能结案/));
    await j.look(worker, '结案-危机未了');
    await dialog.getByRole('link', { name: '打开危机记录' }).click();
    await worker.waitForURL(`**/alarms/${alarm}`);
    await shown(worker.getByText(/规则包“危机与家暴”.+版/).first());
    const phone = await j.signIn('worker', { phone: true, entry: `/alarms/${alarm}` });
    // What comes next stands on top, above what is to be read.
    const first = await shown(phone.locator('.jy-next .ant-btn-primary').first());
    expect((await first.boundingBox())?.y ?? 9999).toBeLessThan(700);
    await j.look(phone, '手机-下一步在上面');
  });

  await j.step('重订计划时，要签的一版立在生效的一版上面，签名在它自己下面', async () => {
    const again = await freshCase(worker, '司徒重订');
    for (const act of [intake(), assessment, plan, send]) await move(worker, again, act);
    await signed(worker, head, again);
    await move(worker, again, { move: 'replan' });
    await move(worker, again, { ...plan, plan: { ...plan.plan, aim: '每周有人来，也走出去。' } });
    await open(worker, again);
    const plans = worker.getByRole('region', { name: /^服务计划/ });
    await expect.poll(() => plans.count()).toBe(2);
    const [next, counts] = await plans.allInnerTexts();
    for (const words of ['草稿', '每周有人来，也走出去。', '服务协议的签名']) expect(next).toContain(words);
    expect(counts).toMatch(/第 \d 版\s*已签/);
    expect(counts).not.toContain('服务协议的签名');
    await j.look(worker, '重订计划-要签的在上面');
  });

  await j.step('走到结案：等签字时只能收回；签署后只剩回访、重开；回访后归档，归档后只能重开', async () => {
    const whole = await freshCase(worker, '司徒全程');
    for (const act of [intake(), assessment, plan, send]) await move(worker, whole, act);
    await open(worker, whole);
    await offers(worker, '收回修改');
    await signed(worker, head, whole);
    await move(worker, whole, evaluate);
    await worker.reload();
    await offers(worker, '提出结案', '写结案评估', '回到介入', '重订计划', '暂停');
    await move(worker, whole, closing('achieved', dayFromNow(1)));
    await worker.reload();
    await offers(worker, '收回修改');
    await signed(worker, head, whole);
    await worker.reload();
    await shown(worker.getByText(/结案：目标达成/));
    await offers(worker, '登记回访', '重开个案');
    await nextStep(worker).getByRole('button', { name: '登记回访' }).click();
    const visit = await dialogOf(worker, '登记回访');
    await visit.getByLabel('记录').fill('又没有人来了。');
    await visit.getByRole('button', { name: '保存回访' }).click();
    await offers(worker, '归档', '登记回访', '重开个案');
    await nextStep(worker).getByRole('button', { name: '重开个案' }).click();
    const again = await dialogOf(worker, '重开个案');
    await again.getByLabel('为什么重开').fill('情况变差，本人要求。');
    await again.getByRole('button', { name: '重开', exact: true }).click();
    await shown(worker.getByText('重开过：情况变差，本人要求。'));
    await offers(worker, '写预估', '转入危机直通', '提出结案', '暂停');
    await move(worker, whole, closing('wished'));
    await signed(worker, head, whole);
    await worker.reload();
    await nextStep(worker).getByRole('button', { name: '归档' }).click();
    await sayYes(worker, '归档');
    await shown(worker.getByText(/归档，按.+保管至/));
    await offers(worker, '重开个案');
    await j.look(worker, '已归档');
    // The head sees all of it and moves nothing.
    await open(head, whole);
    await offers(head);
  });

  await j.step('每一种结案都写在个案上；没有受理的可以重开', async () => {
    const many = await freshCase(worker, '司徒多次');
    await move(worker, many, intake());
    for (const kind of ['wished', 'referred', 'moved', 'died', 'lost', 'other'] as const) {
      await move(worker, many, closing(kind));
      await signed(worker, head, many);
      await open(worker, many);
      await shown(worker.getByText(`结案：${closingKindLabels[kind]}`));
      await offers(worker, '归档', '登记回访', '重开个案');
      await move(worker, many, { move: 'reopen', reason: '再来求助' });
    }
    const declined = await freshCase(worker, '司徒未受理');
    await move(worker, declined, intake({ decision: 'decline', reason: '不在服务范围' }));
    await open(worker, declined);
    await shown(worker.getByText('没有受理。'));
    await offers(worker, '归档', '重开个案');
  });
});
