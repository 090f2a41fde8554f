/** What happens when something goes wrong, or when hands stay on the keyboard. */
import { expect } from 'vitest';
import { freshCase } from './asking.ts';
import { demoAccount, enter, journey, pressSignIn, shown, useBrowser } from './browser.ts';
import { askForHelp, openQuietCase, sayYes } from './hands.ts';

useBrowser();

journey('密码或口令输错，说清楚怎么了，填过的还在', async (j) => {
  const page = await j.device('officer');
  await j.step('密码不对', async () => {
    await page.goto('/');
    await page.getByLabel('账号', { exact: true }).fill('officer');
    await page.locator('#password').fill('jieyou-demi');
    await j.look(page, '登录');
    await pressSignIn(page);
    await shown(page.getByRole('alert').filter({ hasText: '密码不对，或没有这个账号' }));
    expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe('officer');
    await j.look(page, '密码不对');
  });
  await j.step('动态口令不对', async () => {
    await page.locator('#password').fill('jieyou-demo');
    await pressSignIn(page);
    await page.getByLabel('动态口令').fill('000001');
    await pressSignIn(page);
    await shown(page.getByRole('alert').filter({ hasText: '动态口令不对' }));
    await j.look(page, '口令不对');
    await page.getByLabel('动态口令').fill((await demoAccount('officer')).code ?? '');
    await pressSignIn(page);
    await shown(page.getByRole('heading', { name: '工作台' }));
  });
  await j.step('手机上也一样', async () => {
    const phone = await j.device('手机', { phone: true });
    await phone.goto('/m/');
    await phone.getByLabel('账号', { exact: true }).fill('nobody');
    await phone.locator('#password').fill('x');
    await pressSignIn(phone);
    await shown(phone.getByRole('alert').filter({ hasText: '密码不对，或没有这个账号' }));
    await j.look(phone, '手机-密码不对');
  });
});

journey('平台忙不过来时，说清楚怎么了，填过的还在，一会儿自己办成', async (j) => {
  const page = await j.device('worker');
  const busy = { status: 503, headers: { 'retry-after': '1', 'x-planted': 'yes' }, json: { error: 'unavailable', requestId: 'x' } };
  await page.goto('/');
  await page.getByLabel('账号', { exact: true }).fill('worker');
  await page.locator('#password').fill('jieyou-demo');
  await j.step('一直忙', async () => {
    await page.route('**/api/session', (route) => (route.request().method() === 'POST' ? route.fulfill(busy) : route.continue()));
    await pressSignIn(page);
    await shown(page.getByRole('alert').filter({ hasText: '系统暂时繁忙，没有执行。您填写的内容还在' }));
    expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe('worker');
    expect(await page.locator('#password').inputValue()).toBe('jieyou-demo');
    await j.look(page, '系统繁忙');
    await page.unrouteAll({ behavior: 'wait' });
  });
  await j.step('只忙一会儿：页面按说好的时间再试，人什么也不用做', async () => {
    let turnedAway = 0;
    await page.route('**/api/session', (route) => {
      if (route.request().method() !== 'POST' || turnedAway > 0) return route.continue();
      turnedAway += 1;
      return route.fulfill(busy);
    });
    await pressSignIn(page);
    await shown(page.getByRole('heading', { name: '工作台' }).or(page.getByLabel('动态口令')));
    expect(turnedAway).toBe(1);
  });
});

journey('登录被另一台设备撤销，写到一半的话还在', async (j) => {
  const { desk, path } = await j.step('在办公室的电脑上写求助草稿', async () => {
    const page = await j.signIn('worker2', { ownSession: true });
    await openQuietCase(page);
    await askForHelp(page);
    await page.locator('#tried').fill('第一段：已经家访两次。');
    await shown(page.getByText(/^已保存 \d\d:\d\d$/));
    // Nothing that the tab reads by itself tells it of the revocation: it is to learn of it while somebody writes.
    await page.route('**/api/**', (route) => (route.request().method() === 'GET' ? route.abort('connectionfailed') : route.continue()));
    return { desk: page, path: new URL(page.url()).pathname };
  });
  await j.step('在另一台设备上让它退出', async () => {
    const other = await j.signIn('worker2', { ownSession: true });
    await other.getByRole('button', { name: (await demoAccount('worker2')).name }).click();
    await other.getByRole('menuitem', { name: '我的设备' }).click();
    await shown(other.getByText('就是这台'));
    await j.look(other, '我的设备');
    for (;;) {
      const buttons = other.getByRole('button', { name: '让它退出' });
      const before = await buttons.count();
      if (before === 0) break;
      await buttons.first().click();
      await sayYes(other, '确定');
      await expect.poll(() => buttons.count(), { timeout: 60_000 }).toBeLessThan(before);
    }
  });
  await j.step('接着写，被请去登录；登录后回到原处，写的都在', async () => {
    await desk.locator('#tried').fill('第一段：已经家访两次。第二段：刚刚联系了学校。');
    await desk.waitForURL(/\/sign-in/);
    await desk.unrouteAll({ behavior: 'wait' });
    await desk.reload();
    await j.look(desk, '请重新登录');
    await enter(desk, 'worker2', 'jieyou-demo');
    await desk.waitForURL(`**${path}`);
    await expect.poll(() => desk.locator('#tried').inputValue(), { timeout: 60_000 }).toContain('刚刚联系了学校');
    await shown(desk.getByText(/^已保存 \d\d:\d\d$/));
    await j.look(desk, '写的都在');
  });
});

journey('只用键盘，在筛选台和清单里走一遍', async (j) => {
  const page = await j.step('筛选台：j、k 移动，Enter 打开旁边的面板，Esc 关上', async () => {
    const centre = await j.signIn('centre');
    await centre.goto('/board?stage=all');
    await shown(centre.locator('.rd-table tbody .jy-link-button').first());
    await centre.keyboard.press('j');
    await centre.keyboard.press('j');
    await centre.keyboard.press('k');
    const active = centre.locator('tr.jy-row-active');
    await shown(active);
    const number = ((await active.locator('.jy-link-button').textContent()) ?? '').trim();
    await j.look(centre, '筛选台-选中');
    await centre.keyboard.press('Enter');
    const panel = centre.getByRole('dialog').filter({ hasText: number });
    await shown(panel);
    await j.look(centre, '筛选台-面板');
    await centre.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    await centre.keyboard.press('/');
    await expect.poll(() => centre.evaluate('document.activeElement.id')).toBe('board-number');
    await centre.keyboard.press('Escape');
    return centre;
  });
  await j.step('清单：/ 到查询，Enter 打开', async () => {
    await page.goto('/requests');
    await shown(page.locator('tbody .jy-open').first());
    await page.keyboard.press('/');
    await expect.poll(() => page.evaluate('document.activeElement.closest(".jy-query") !== null')).toBe(true);
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('j');
    await shown(page.locator('.jy-row-active'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/requests\/[0-9a-f-]{36}/);
    await shown(page.getByRole('region', { name: '下一步' }));
  });
  await j.step('? 打开键盘表；进入一页后，Tab 先到正文里的第一个按钮', async () => {
    await page.keyboard.press('?');
    await shown(page.getByRole('dialog').filter({ hasText: '键盘操作' }));
    await j.look(page, '键盘操作');
    await page.keyboard.press('Escape');
    await page.goto('/resources');
    await shown(page.locator('tbody .jy-open').first());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest("main") !== null && document.activeElement.tagName')).toMatch(
      /^(BUTTON|A|INPUT)$/,
    );
    await j.look(page, '政策与资源');
  });
});

/** Where the keyboard stands, where something else lies over it; empty where it is in sight. */
const underSomething = `(() => {
  const stop = document.activeElement;
  if (stop === null || stop === document.body) return '';
  const box = stop.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const field = stop.closest('label, .ant-select, .ant-picker, .ant-input-number');
  if (over !== null && (stop.contains(over) || over.contains(stop) || (field !== null && field.contains(over)))) return '';
  return stop.tagName + ' ' + (stop.getAttribute('aria-label') ?? stop.innerText ?? '').slice(0, 40);
})()`;

journey('键盘走到的每一处都看得见：不在顶栏下面，不在手机宽度的底栏下面，也不在量宽度的那一行里', async (j) => {
  const worker = await j.signIn('worker');
  const id = await freshCase(worker, '闻人看得见');
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const)
    await j.step(`${width}×${height}`, async () => {
      await worker.setViewportSize({ width, height });
      for (const address of ['/', '/visits', '/alarms', '/groups', `/cases/${id}`]) {
        await worker.goto(address);
        await worker.waitForLoadState('networkidle');
        const under = new Set<string>();
        for (const [key, times] of [
          ['Tab', 60],
          ['Shift+Tab', 40],
        ] as const)
          for (let i = 0; i < times; i += 1) {
            await worker.keyboard.press(key);
            const found = await worker.evaluate(underSomething);
            if (found !== '') under.add(String(found));
          }
        expect([address, ...under]).toEqual([address]);
      }
    });
});

journey('空的清单，说会出现什么、怎样开始', async (j) => {
  const worker = await j.signIn('worker');
  for (const [address, says] of [
    ['/requests?number=QZ-1999-00001', /没有符合条件|没有找到/],
    ['/casebank?text=%E9%BE%99%E9%BE%99%E9%BE%99', /没有找到这样的案例/],
    ['/resources?text=%E9%BE%99%E9%BE%99%E9%BE%99', /没有符合条件|没有找到/],
  ] as const) {
    await j.step(address, async () => {
      await worker.goto(address);
      await shown(worker.getByText(says));
      await j.look(worker, `空-${address.split('?')[0]?.slice(1)}`);
    });
  }
  await j.step('没有邀请的专家、没有支援线的社工', async () => {
    const other = await j.signIn('worker2');
    await other.goto('/lines');
    await shown(other.locator('.jy-empty-title, tbody tr:not([aria-hidden])').first());
    await j.look(other, '支援线');
  });
});
