/** From what is done to the ledger: a note becomes a row by itself, and an activity that a resident joined at /p/ is counted when it ends. */
import { expect } from 'vitest';
import { journey, shown, useBrowser } from './browser.ts';
import { choose, dayFromNow, dialogOf, nextStep, sayYes } from './hands.ts';

useBrowser();

journey('社工写一条记录、办一场活动，台账里自动有了', async (j) => {
  const worker = await j.signIn('worker');
  const title = `试办的邻里茶会${Date.now() % 100_000}`;
  await j.step('社工写个案记录，台账多一行', async () => {
    await worker.goto('/ledgers');
    await shown(worker.getByRole('heading', { name: '服务台账' }));
    await shown(worker.getByRole('heading', { name: '按类别' }));
    const acts = async () => Number(((await worker.locator('.ct-total strong').first().textContent()) ?? '').replaceAll(',', ''));
    const before = await acts();
    const { rows } = (await worker.evaluate(`fetch('/api/cases?status=open&limit=1').then((r) => r.json())`)) as { rows: { id: string }[] };
    await worker.goto(`/cases/${rows[0]?.id}`);
    await worker.getByLabel('写一条记录').fill('今天见面，谈了近况。');
    await worker.getByRole('button', { name: '保存记录' }).click();
    // Among the notes: what is being typed reads the same.
    await shown(worker.locator('.rd-notes').getByText('今天见面，谈了近况。').first());
    await worker.goto('/ledgers');
    await expect.poll(acts, { timeout: 30_000 }).toBe(before + 1);
    await j.look(worker, '社工-台账');
  });
  await j.step('救助台账里的数点到一笔笔物资', async () => {
    const given = dayFromNow(-18).slice(0, 4);
    await worker.goto(`/relief-ledger?period=${given}`);
    await shown(worker.getByText('陪同面试与支持谈话'));
    await worker.getByRole('link', { name: '物质', exact: true }).click();
    await worker.getByText('陪同面试与支持谈话').waitFor({ state: 'detached' });
    await shown(worker.getByText('通勤补贴卡'));
    await j.look(worker, '社工-救助台账');
  });
  const link = await j.step('社工计划活动并发布，得到链接和二维码', async () => {
    await worker.goto('/activities/new');
    await worker.getByLabel('名称').fill(title);
    await choose(worker, worker.getByLabel('类别'), '养老');
    // Late today, so that residents may still register and the worker may end it.
    for (const [name, at] of [
      ['开始', '23:50'],
      ['结束', '23:55'],
    ] as const) {
      const field = worker.getByLabel(name, { exact: true });
      await field.click();
      await field.fill(`${dayFromNow(0)} ${at}`);
      await worker.keyboard.press('Enter');
    }
    await worker.getByLabel('地点').fill('社工站会客室');
    await j.look(worker, '社工-计划活动');
    await worker.getByRole('button', { name: '保存', exact: true }).click();
    await worker.waitForURL(/\/activities\/[0-9a-f-]{36}$/);
    await nextStep(worker).getByRole('button', { name: '发布报名' }).click();
    await sayYes(worker, '确定');
    await shown(worker.getByAltText('报名二维码'));
    await j.look(worker, '社工-活动');
    return (await worker.locator('.av-link a').getAttribute('href')) ?? '';
  });
  await j.step('居民在手机上打开链接报名，不用账号', async () => {
    const resident = await j.device('居民', { phone: true });
    await resident.goto(new URL(link).pathname);
    await shown(resident.getByRole('heading', { name: title }));
    await j.look(resident, '居民-活动');
    await resident.getByLabel('怎么称呼您').fill('欧阳女士');
    await resident.getByRole('textbox', { name: '电话' }).fill('19900008888');
    await resident.getByLabel('一共几人来').selectOption('2');
    await resident.getByRole('button', { name: '报名' }).click();
    await shown(resident.getByText('已经收到您的报名'));
    await j.look(resident, '居民-已报名');
  });
  await j.step('社工签到、总结，活动进台账；手机上也能看', async () => {
    await worker.reload();
    await worker.getByLabel(/^欧.*来了几人$/).fill('2');
    await worker.getByRole('button', { name: '保存签到' }).click();
    await shown(worker.getByText('已保存').first());
    await nextStep(worker).getByRole('button', { name: '结束活动' }).click();
    const dialog = await dialogOf(worker, '结束活动');
    await dialog.getByLabel('总结').fill('大家认识了新邻居。');
    await dialog.getByRole('button', { name: '结束活动' }).click();
    await shown(worker.getByText('已结束').first());
    await worker.goto('/ledgers?book=activity');
    await shown(worker.getByRole('link', { name: title }));
    const phone = await j.signIn('worker', { phone: true, entry: '/' });
    await phone.goto('/ledgers?book=activity');
    await shown(phone.getByRole('link', { name: title }));
    await j.look(phone, '手机-台账');
    await phone.goto('/activities');
    await shown(phone.getByText(title).first());
    await j.look(phone, '手机-活动清单');
  });
  await j.step('报名的人由社工对上服务对象，此人经历的服务里就有这次活动，也能取消', async () => {
    const { rows } = (await worker.evaluate(`fetch('/api/recipients?open=yes&limit=1').then((r) => r.json())`)) as {
      rows: { id: string; name: string }[];
    };
    const person = rows[0] ?? { id: '', name: '' };
    await worker.getByRole('link', { name: title }).click();
    await worker.getByRole('button', { name: /^对应服务对象：欧/ }).click();
    const drawer = worker.getByRole('dialog', { name: /^对应服务对象：欧/ });
    await choose(worker, drawer.getByLabel('不是以上的人，另选'), person.name);
    await drawer.getByRole('button', { name: '对应所选的人' }).click();
    await shown(drawer.getByRole('heading', { name: '已对应' }));
    await j.look(worker, '社工-对应服务对象');
    await drawer.getByRole('link').first().click();
    await shown(worker.getByRole('heading', { name: '经历的服务' }));
    const told = worker.locator('.rd-notes li').filter({ hasText: '参加活动' }).filter({ hasText: title });
    await shown(told.getByRole('link', { name: '看活动' }));
    await j.look(worker, '社工-经历的服务-活动');
    await worker.goBack();
    await worker.getByRole('button', { name: /^对应服务对象：欧/ }).click();
    await worker
      .getByRole('dialog', { name: /^对应服务对象：欧/ })
      .getByRole('button', { name: '取消对应' })
      .click();
    await sayYes(worker, '确定');
    await worker.getByRole('heading', { name: '已对应' }).waitFor({ state: 'detached' });
  });
  j.expectNoTroubles();
});
