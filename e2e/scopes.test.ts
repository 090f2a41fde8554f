/** Who sees how much of the same request. */
import { expect } from 'vitest';
import { journey, shown, useBrowser, wordsOf } from './browser.ts';
import { choose, dialogOf, nextStep, openQuietCase } from './hands.ts';

useBrowser();

journey('站长、主管部门、督导，同一份求助各看到该看的那一部分', async (j) => {
  const { path, story } = await j.step('社工打开一份正在支援的求助', async () => {
    const page = await j.signIn('worker');
    await page.goto('/requests?status=supporting&status=following');
    await shown(page.locator('tbody .jy-open').first());
    await j.look(page, '社工-我的求助');
    await page.locator('tbody .jy-open').first().click();
    await shown(page.getByRole('tab', { name: '求助内容' }));
    await page.getByRole('tab', { name: '求助内容' }).click();
    const told = (await page.locator('.rd-passage p').first().textContent()) ?? '';
    // Which request stands first depends on what other journeys did before: any real passage will do.
    expect(told.length).toBeGreaterThanOrEqual(24);
    await page.getByRole('button', { name: '谁能看' }).click();
    await shown(page.locator('.jy-seen-by li').first());
    await j.look(page, '社工-谁能看');
    return { path: new URL(page.url()).pathname, story: told.slice(0, 24) };
  });

  await j.step('站长看到本站的求助，没有可以替人做的下一步', async () => {
    const page = await j.signIn('head');
    await j.look(page, '站长-工作台');
    await page.getByRole('link', { name: '求助', exact: true }).click();
    await shown(page.locator('tbody .jy-open').first());
    await j.look(page, '站长-求助');
    await page.goto(path);
    await shown(page.getByRole('tab', { name: '求助内容' }));
    await page.getByRole('tab', { name: '求助内容' }).click();
    await shown(page.getByText(story).first());
    expect(await nextStep(page).locator('.ant-btn-primary').count()).toBe(0);
    expect(await nextStep(page).getByRole('button', { name: '其他操作' }).count()).toBe(0);
    await j.look(page, '站长-求助页');
  });

  await j.step('另一站的社工打开同一个地址，什么也看不到', async () => {
    const page = await j.signIn('worker2');
    await page.goto(path);
    await shown(page.getByText('没有找到，或不在您可以查看的范围内。'));
    expect(await wordsOf(page)).not.toContain(story);
    await j.look(page, '另一站社工-看不到');
  });

  await j.step('主管部门只看到登记信息，没有一个字的内容', async () => {
    const page = await j.signIn('officer');
    await shown(page.getByText('已解决的求助'));
    await j.look(page, '主管部门-工作台');
    await page.goto(path);
    await shown(page.getByText('您看到的是登记信息'));
    const words = await wordsOf(page);
    expect(words).not.toContain(story);
    expect(await page.getByRole('tab', { name: '求助内容' }).count()).toBe(0);
    await j.look(page, '主管部门-登记信息');
  });

  await j.step('街道、机构负责人只看到登记信息', async () => {
    for (const account of ['street', 'agency'] as const) {
      const page = await j.signIn(account);
      await page.getByRole('link', { name: '求助', exact: true }).click();
      await shown(page.locator('.jy-table'));
      await j.look(page, `${account}-求助`);
      expect(await wordsOf(page)).not.toContain(story);
    }
  });

  await j.step('社区民政员报一条线索，看得到走到哪一步，求助打不开', async () => {
    const page = await j.signIn('civil-affairs');
    await page.goto('/clues/new');
    await page.getByLabel('看到、听到了什么').fill('腿肿得走不动，家里没有别人。');
    await page.getByLabel('什么事').click();
    await page.locator('.ant-select-item-option', { hasText: '老人的照顾' }).click();
    await page.getByRole('button', { name: '报给社工站' }).click();
    await shown(page.getByText('已报给社工站', { exact: true }));
    await page.getByRole('button', { name: '补充情况' }).click();
    await page.getByLabel('后来知道的').fill('女儿在外省，周末打得通电话。');
    await page.getByRole('button', { name: '补充', exact: true }).click();
    await shown(page.getByText('您补充了情况'));
    await shown(page.getByText('女儿在外省，周末打得通电话。').last());
    await j.look(page, '社区民政员-线索');
    await page.goto(path);
    await shown(page.getByText(/没有找到，或不在您可以查看的范围内。|您的角色没有这项权限/));
    expect(await wordsOf(page)).not.toContain(story);
  });

  await j.step('督导只看到交给自己的支援线，求助页打不开', async () => {
    const page = await j.signIn('supervisor');
    await j.look(page, '督导-工作台');
    expect(await page.getByRole('navigation', { name: '我的工作' }).getByRole('link', { name: '求助' }).count()).toBe(0);
    await page.getByRole('link', { name: '支援线', exact: true }).click();
    await shown(page.getByRole('heading', { name: '我的支援线' }));
    await j.look(page, '督导-支援线');
    await page.goto(path);
    await shown(page.getByText(/没有找到，或不在您可以查看的范围内。|您的角色没有这项权限/));
    expect(await wordsOf(page)).not.toContain(story);
  });

  await j.step('中心首页的五个数，每个都打开自己的清单', async () => {
    const page = await j.signIn('centre');
    const figures = page.locator('.jy-figures li');
    await shown(figures.first());
    for (const [name, least] of [
      ['在岗社工', 879],
      ['专家库专家', 40],
      ['政策与资源', 100],
      ['已解决的求助', 80],
      ['已发布案例', 30],
    ] as const) {
      const figure = figures.filter({ hasText: name });
      expect(Number(/(\d+)/.exec((await figure.locator('strong').textContent()) ?? '')?.[1])).toBeGreaterThanOrEqual(least);
      await figure.getByRole('link').click();
      await shown(page.locator('tbody .jy-open, tbody tr:not([aria-hidden]):not(.ant-table-placeholder), .bank-list li').first());
      await j.look(page, `中心-${name}`);
      await page.goto('/');
      await shown(figures.first());
    }
  });
});

journey('请同事协办，站长看得到是谁请的、为什么，随时可以结束', async (j) => {
  const { path, name } = await j.step('社工在个案里请一位本站同事', async () => {
    const page = await j.signIn('worker');
    await openQuietCase(page);
    await page.getByRole('button', { name: '请人协办' }).click();
    const dialog = await dialogOf(page, '请同事协办');
    const chosen = await choose(page, dialog.getByLabel('哪位同事'), /·/);
    await dialog.getByLabel('原因').fill('一起家访');
    await j.look(page, '请同事协办');
    await dialog.getByRole('button', { name: '请这位同事协办' }).click();
    await shown(page.getByText(/^一起家访（.+请）$/));
    await j.look(page, '协办社工');
    return { path: new URL(page.url()).pathname, name: (chosen.split(' · ')[0] ?? '').trim() };
  });

  await j.step('站长结束协办，先问，结束后留着以前的记录', async () => {
    const page = await j.signIn('head');
    await page.goto(path);
    const row = page.locator('.rd-consent').filter({ hasText: name });
    await shown(row.getByText(/一起家访/));
    await row.getByRole('button', { name: '结束' }).click();
    await shown(page.getByText(`结束${name}的协办？`));
    await page.getByRole('button', { name: '结束协办' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '以前协办过的 1 人次' }).click();
    await shown(page.getByText(new RegExp(`^${name}.*一起家访$`)));
    await j.look(page, '以前的协办');
  });
});

journey('清单的条件与列存成视图，换台电脑一点就到', async (j) => {
  const page = await j.signIn('worker');
  await j.step('筛选，藏一列，存成视图', async () => {
    await page.goto('/cases');
    await shown(page.locator('tbody .jy-open').first());
    await page.getByRole('button', { name: '列与行距' }).click();
    await page.getByRole('checkbox', { name: '问题领域' }).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '展开' }).click();
    await page.locator('#query-number').fill('GA');
    await page.getByRole('button', { name: '查询' }).click();
    await shown(page.getByText('（已筛选）'));
    await page.getByRole('button', { name: '视图' }).click();
    await shown(page.getByText('还没有保存的视图。'));
    await page.getByRole('button', { name: '保存视图' }).click();
    await shown(page.getByText('请写视图的名称'));
    await page.getByLabel('把现在的条件与列存为').fill('正在服务的');
    await page.keyboard.press('Enter');
    await shown(page.getByRole('button', { name: '正在服务的', exact: true }));
    await j.look(page, '清单视图');
  });
  await j.step('换了电脑，从视图打开：条件和列都回来', async () => {
    await page.evaluate('localStorage.clear()');
    await page.goto('/cases');
    await shown(page.getByRole('columnheader', { name: '问题领域' }));
    await page.getByRole('button', { name: '视图' }).click();
    await page.getByRole('button', { name: '正在服务的', exact: true }).click();
    await page.getByRole('columnheader', { name: '问题领域' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toContain('number=GA');
  });
  await j.step('删去视图先问', async () => {
    await page.getByRole('button', { name: '视图' }).click();
    await page.getByRole('button', { name: '删去视图 正在服务的' }).click();
    await page.getByRole('button', { name: /^确.?定$/ }).click();
    await shown(page.getByText('还没有保存的视图。'));
  });
});
