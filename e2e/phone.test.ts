/** The worker's phone: what is typed is never lost, what is wrong is said beside its field. */
import { expect } from 'vitest';
import { freshCase } from './asking.ts';
import { journey, shown, useBrowser } from './browser.ts';
import { dayFromNow, pushed } from './hands.ts';

useBrowser();

const STORY = '老人摔伤出院后独居，儿子失联，夜里多次打来电话说害怕，邻居也不敢再进门照看。';

journey('社工在手机上，从个案一键求助，写错了当场知道，写过的不会丢', async (j) => {
  const page = await j.step('登录，看今天、个案、求助', async () => {
    const worker = await j.signIn('worker', { phone: true });
    await shown(worker.getByRole('heading', { name: '今天' }));
    await j.look(worker, '今天');
    const tabs = worker.getByRole('navigation', { name: '主要页面' });
    await tabs.getByRole('link', { name: '求助' }).click();
    await shown(worker.locator('.ph-item').first());
    await j.look(worker, '求助清单');
    await tabs.getByRole('link', { name: '个案' }).click();
    await shown(worker.locator('.ph-item').first());
    await j.look(worker, '个案清单');
    return worker;
  });

  await j.step('打开一个没有求助的个案，一键求助', async () => {
    // One of its own: what other journeys begin in the demo's cases, a draft or a crisis, would lead elsewhere.
    await page.goto(`/m/cases/${await freshCase(page, '东方采薇')}`);
    await shown(page.getByRole('button', { name: '求助', exact: true }));
    await j.look(page, '个案');
    // The stages come late: the cards come together, and nothing that stands is pushed about.
    await page.route('**/api/cases/*/stages', async (late) => {
      await page.waitForTimeout(400);
      await late.continue();
    });
    await page.reload();
    await shown(page.getByRole('heading', { name: '阶段' }));
    await page.unroute('**/api/cases/*/stages');
    expect(await page.evaluate(pushed)).toBeLessThan(0.1);
    await page.getByRole('button', { name: '求助', exact: true }).click();
    await page.waitForURL(/\/requests\/.*\/edit/);
    await expect.poll(() => page.locator('#story').inputValue(), { timeout: 60_000 }).not.toBe('');
  });

  await j.step('没写完就提交：缺什么写在那一栏旁边，写过的都在', async () => {
    await page.locator('#story').fill(STORY);
    await page.locator('#tried').fill('');
    await page.getByRole('button', { name: '提交求助' }).click();
    await shown(page.getByText('请写下已经做过什么；还没做过，也写一句'));
    await shown(page.getByText(/还有 \d 题没有回答/));
    expect(await page.locator('#story').inputValue()).toBe(STORY);
    await j.look(page, '草稿有缺');
  });

  await j.step('自动保存，重新打开还在', async () => {
    await page.locator('#tried').fill('上门三次，陪去医院复查一次，联系过居委会。');
    await page.locator('#asks').fill('请告诉我们，谁可以做监护，夜里怎样有人照看。');
    await shown(page.getByText(/^已保存 \d\d:\d\d$/));
    await page.reload();
    await expect.poll(() => page.locator('#story').inputValue(), { timeout: 60_000 }).toBe(STORY);
    expect(await page.locator('#asks').inputValue()).toContain('谁可以做监护');
    // Closed while a save is on its way that never arrives: not said to be saved, and still there.
    await page.route('**/api/support-requests/*', (route) =>
      route.request().method() === 'PATCH' ? new Promise(() => undefined) : route.continue(),
    );
    await page.locator('#asks').fill('请告诉我们，谁可以做监护，夜里怎样有人照看，钱从哪里来。');
    expect(await page.getByText(/^已保存/).count()).toBe(0);
    await page.reload();
    await page.unroute('**/api/support-requests/*');
    await expect.poll(() => page.locator('#asks').inputValue(), { timeout: 60_000 }).toContain('钱从哪里来');
  });

  await j.step('没有网络时不丢字，接通后照样提交', async () => {
    await page.context().setOffline(true);
    await page.locator('#tried').fill('上门三次，陪去医院复查一次，联系过居委会和派出所。');
    await shown(page.getByText(/网络没有接通/));
    expect(await page.locator('#tried').inputValue()).toContain('派出所');
    await j.look(page, '没有网络');
    await page.context().setOffline(false);
    for (const group of await page.locator('fieldset.ph-yesno').all()) {
      const danger = ((await group.getAttribute('aria-labelledby')) ?? '') === 'ask-imminentRisk';
      await group.getByRole('button', { name: danger ? '否' : '是', exact: true }).click();
    }
    await shown(page.getByText('建议：属于疑难个案'));
    await j.look(page, '草稿写完');
    await page.getByRole('button', { name: '提交求助' }).click();
    await shown(page.getByText('求助已提交'));
    expect(((await page.locator('.rd-receipt').textContent()) ?? '').trim()).toMatch(/^QZ-/);
    await j.look(page, '回执');
  });

  await j.step('看到状态、时限和经过', async () => {
    await page.getByRole('button', { name: '查看这份求助' }).click();
    await shown(page.getByText('待筛选').first());
    await shown(page.getByText(/筛选 还剩|筛选 /).first());
    await shown(page.locator('.jy-timeline li').first());
    await page.getByText('求助内容', { exact: true }).click();
    await shown(page.getByText('派出所'));
    await j.look(page, '求助');
    await page.getByRole('button', { name: '谁能看' }).click();
    await shown(page.getByRole('heading', { name: '谁能看' }));
    await j.look(page, '谁能看');
    await page.getByRole('button', { name: '知道了' }).click();
    await page.getByRole('link', { name: '我的' }).click();
    await shown(page.getByRole('heading', { name: '我的' }));
    await j.look(page, '我的');
  });

  await j.step('在案例库里查同行的做法，读一篇', async () => {
    await page.getByRole('link', { name: '案例库' }).click();
    await shown(page.locator('.ph-item').first());
    await page.locator('#bank-text').fill('债');
    await page.getByRole('button', { name: '查找' }).click();
    await shown(page.getByText('请至少输入两个字'));
    await page.locator('#bank-text').fill('支援');
    await page.getByRole('button', { name: '查找' }).click();
    await shown(page.getByText(/^找到 \d+ 个案例$/));
    await shown(page.locator('.ph-item mark').first());
    await j.look(page, '案例库');
    await page.locator('.ph-item').first().click();
    await shown(page.getByRole('heading', { name: '背景' }));
    await j.look(page, '读案例');
    await page.getByRole('button', { name: '返回' }).click();
    expect(await page.locator('#bank-text').inputValue()).toBe('支援');
    await page.locator('#bank-domain').selectOption({ label: '亲子关系破裂' });
    await page.waitForURL(/domain=parent-child/);
    await shown(page.getByText(/^找到 \d+ 个案例$|没有找到这样的案例/));
  });
});

journey('专家在手机上登记不在的日期，填错了当场知道，登记错了可以取消', async (j) => {
  const page = await j.step('从“我的”打开我的时间', async () => {
    const expert = await j.signIn('expert', { phone: true });
    await expert.getByRole('link', { name: /^我的/ }).click();
    await expert.getByRole('link', { name: '我的时间' }).click();
    await shown(expert.getByText(/^本月会诊 \d+ 次，上限 \d+ 次$/));
    await j.look(expert, '我的时间');
    return expert;
  });

  const add = async (from: number, to: number, reason = ''): Promise<void> => {
    await page.locator('#away-from').fill(dayFromNow(from));
    await page.locator('#away-to').fill(dayFromNow(to));
    await page.locator('#away-reason').fill(reason);
    await page.getByRole('button', { name: '登记', exact: true }).click();
  };

  await j.step('结束早于开始、与登记过的重叠，都不登记', async () => {
    await page.getByRole('button', { name: '登记不在的日期' }).click();
    await add(200, 198);
    await shown(page.getByText(/结束早于开始/));
    await add(200, 202, '外出讲课');
    await shown(page.getByText('外出讲课', { exact: true }));
    await page.getByRole('button', { name: '登记不在的日期' }).click();
    await add(202, 205);
    await shown(page.getByText(/与已登记的.*重叠/));
    await j.look(page, '日期重叠');
    await page.getByRole('button', { name: '先不登记' }).click();
  });

  await j.step('电脑上也看得到，取消前先问', async () => {
    const desk = await j.signIn('expert');
    await desk.getByRole('link', { name: '我的时间', exact: true }).click();
    const row = desk.locator('.jy-rows li').filter({ hasText: '外出讲课' });
    await shown(row);
    await j.look(desk, '电脑上的我的时间');
    await row.getByRole('button', { name: '取消' }).click();
    await desk.getByRole('button', { name: '取消这段' }).click();
    await row.waitFor({ state: 'detached' });
    await page.reload();
    await shown(page.getByText(/^本月会诊/));
    expect(await page.getByText('外出讲课', { exact: true }).count()).toBe(0);
  });
});
