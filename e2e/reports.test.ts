/** Mandatory reports: from the phone within a minute, the police receipt by the head, the end by a second person. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, shown, useBrowser, wordsOf } from './browser.ts';
import { nextStep, openQuietCase } from './hands.ts';

useBrowser();

const entry = async (page: Page, kind: string, fill: Readonly<Record<string, string>>) => {
  const before = await page.locator('.rp-entries li').count();
  await page.getByLabel('记什么').selectOption({ label: kind });
  for (const [label, text] of Object.entries(fill)) {
    const field = page.getByLabel(label, { exact: false }).last();
    await field.fill(text);
  }
  await page.getByRole('button', { name: '记下' }).click();
  await expect.poll(() => page.locator('.rp-entries li').count(), { timeout: 60_000 }).toBe(before + 1);
};

journey('强制报告，手机上一分钟内报出，站长登记回执，第二个人结束', async (j) => {
  let number = '';
  await j.step('社工在任何页面一点即报，没写全当场知道', async () => {
    const worker = await j.signIn('worker', { phone: true });
    await shown(worker.getByRole('heading', { name: '今天' }));
    const begun = Date.now();
    await worker.getByRole('link', { name: '强制报告' }).click();
    await shown(worker.getByRole('link', { name: '拨打 110' }));
    expect(await worker.getByRole('link', { name: '拨打 110' }).getAttribute('href')).toBe('tel:110');
    await j.look(worker, '手机上报告');
    await worker.getByRole('button', { name: '立即报告' }).click();
    await shown(worker.getByText('请选一种情形；拿不准就选最后一种'));
    await worker.getByText('被遗弃，或长期没有人照料').click();
    await worker.getByLabel('在哪里').fill('梧桐路桥洞旁的出租屋');
    await worker.getByLabel('看到、听到了什么').fill('五六岁的孩子独自在屋里，说已经两天没有大人回来，屋里没有吃的。');
    await worker.getByRole('button', { name: '立即报告' }).click();
    number = (await (await shown(worker.locator('.rd-receipt'))).textContent()) ?? '';
    expect(number).toMatch(/^QB-\d{4}-\d{4}$/);
    console.log(`      从点开到报出 ${((Date.now() - begun) / 1000).toFixed(1)} 秒（含等待页面）`);
    expect(Date.now() - begun).toBeLessThan(60_000);
    await j.look(worker, '手机上报出');
    await worker.getByRole('link', { name: '登记报警、补记' }).click();
    await shown(worker.getByText('还没有登记报警'));
    await j.look(worker, '手机上查看');
  });

  const head = await j.step('站长从工作台打开，确认，登记报警回执', async () => {
    const page = await j.signIn('head');
    await page.getByRole('link', { name: '强制报告', exact: true }).last().click();
    await shown(page.locator('tbody .jy-open').first());
    await j.look(page, '清单');
    await page.locator('tbody tr').filter({ hasText: number }).locator('.jy-open').click();
    await nextStep(page).getByRole('button', { name: '确认收到，由我处理' }).click();
    await shown(page.getByText('处理中，待报警登记'));
    await j.look(page, '站长处理');
    await entry(page, '报警登记', { 受理单位: '梧桐派出所', 警号: '100086', 回执编号: 'SJ-0007' });
    await shown(page.getByText('已报警，待公安反馈'));
    await entry(page, '告知主管部门', { 单位: '街道民政办' });
    await entry(page, '公安反馈', { 单位: '梧桐派出所', 内容: '已出警，孩子带离，正在找监护人。' });
    await entry(page, '安置保护', { 内容: '暂住区未成年人保护站，有人值守。' });
    await entry(page, '跟进', { 内容: '外婆已到，评估后由外婆照料，下周再访。' });
    await page.getByLabel('提出结束').fill('孩子由外婆照料，派出所已立案，后续由个案跟进。');
    await page.getByRole('button', { name: '提出结束' }).click();
    await shown(page.getByText('等另一个人复核'));
    await j.look(page, '等第二个人');
    return page;
  });

  await j.step('督导复核结束；提出的人没有这个按钮', async () => {
    expect(await head.getByRole('button', { name: '确认结束' }).count()).toBe(0);
    const supervisor = await j.signIn('supervisor');
    await supervisor.getByRole('link', { name: '强制报告', exact: true }).last().click();
    await supervisor.locator('tbody tr').filter({ hasText: number }).locator('.jy-open').click();
    await supervisor.getByLabel('复核意见').fill('记录齐全，孩子安全。');
    await supervisor.getByRole('button', { name: '确认结束' }).click();
    await shown(supervisor.getByText('已结束').first());
    await j.look(supervisor, '已结束');
  });

  await j.step('中心看不到这份报告，审计看不到报告人', async () => {
    const centre = await j.signIn('centre');
    await centre.goto('/reports');
    await shown(centre.getByRole('heading', { name: '强制报告' }));
    await j.look(centre, '中心的清单');
    expect(await wordsOf(centre)).not.toContain(number);
  });

  await j.step('从个案里报告，编号与称呼自动带出', async () => {
    const worker = await j.signIn('worker');
    await openQuietCase(worker);
    await shown(nextStep(worker));
    await worker.getByRole('link', { name: '强制报告' }).click();
    await shown(worker.getByText(/^关联 /));
    await j.look(worker, '从个案报告');
    await worker.getByRole('button', { name: '不关联' }).click();
    expect(await worker.getByText(/^关联 /).count()).toBe(0);
  });
});
