/** Danger to life: numbers at once, the lane without waiting, the centre's first page. */
import { expect } from 'vitest';
import { journey, shown, useBrowser } from './browser.ts';
import { askForHelp, dialogOf, nextStep, openQuietCase } from './hands.ts';

useBrowser();

journey('危机求助，电话号码马上出现，中心首页排在最上面，有人接手', async (j) => {
  const { page, receipt } = await j.step('社工勾选迫切危险，只写一两句就提交', async () => {
    const worker = await j.signIn('worker2');
    await openQuietCase(worker);
    await askForHelp(worker);
    await worker.locator('[aria-labelledby="ask-imminentRisk"]').getByText('是', { exact: true }).click();
    const alarm = worker.getByRole('alert').filter({ hasText: '请先保证人身安全' });
    await shown(alarm);
    for (const number of ['110', '120', '12356']) await shown(alarm.getByRole('link', { name: number, exact: true }));
    // In sight where the danger was ticked, not only somewhere on the page.
    const place = await alarm.boundingBox();
    expect(place !== null && place.y >= 56 && place.y + place.height <= 768).toBe(true);
    await worker.locator('#story').fill('当事人在天台边上，情绪激动，社工在场。');
    await worker.locator('#asks').fill('请马上派人。');
    await shown(worker.getByText(/^已保存 \d\d:\d\d$/));
    await j.look(worker, '危机草稿');
    await worker.getByRole('button', { name: '提交到危机通道' }).click();
    await shown(worker.getByText('已进入危机通道，值班人员正在接收'));
    await j.look(worker, '危机回执');
    return { page: worker, receipt: ((await worker.locator('.rd-receipt').textContent()) ?? '').trim() };
  });

  const path = await j.step('社工的页面写着值班人和电话', async () => {
    await page.getByRole('button', { name: '查看这份求助' }).click();
    await shown(page.getByText('危机求助，还没有人确认接手'));
    expect(await page.locator('a[href^="tel:"]').count()).toBeGreaterThan(0);
    await j.look(page, '社工看危机求助');
    return new URL(page.url()).pathname;
  });

  const centre = await j.step('中心的首页把它排在最上面', async () => {
    const found = await j.signIn('centre');
    const todos = found.locator('.jy-todos li');
    await shown(todos.first());
    const urgent = (await found.locator('.jy-todo-urgent').allTextContents()).filter((t) => t.includes('危机'));
    expect(urgent.some((t) => t.includes(receipt))).toBe(true);
    expect(await todos.first().textContent()).toContain('危机求助待确认');
    await j.look(found, '中心首页');
    return found;
  });

  await j.step('值班人员写下第一步，确认接手；社工马上看到', async () => {
    await centre.locator('.jy-todos a').filter({ hasText: receipt }).click();
    await nextStep(centre).getByRole('button', { name: '确认接手危机' }).click();
    const dialog = await dialogOf(centre, '确认接手危机求助');
    await dialog.getByRole('button', { name: '确认接手' }).click();
    await shown(dialog.getByText('请填写您采取的第一步'));
    await dialog.getByLabel('您采取的第一步').fill('已与社工通话，已报警，两位同事正在赶去。');
    await j.look(centre, '确认接手');
    await dialog.getByRole('button', { name: '确认接手' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await shown(centre.getByText(/于 .* 确认接手/));
    await j.look(centre, '已接手');
    expect(new URL(page.url()).pathname).toBe(path);
    // Live: the worker does not reload.
    await shown(page.getByText(/于 .* 确认接手/));
  });
});
