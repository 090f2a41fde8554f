/** A volunteer from the register to the certificate: entered, asked because of reasons, hours recorded and settled once. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, shown, useBrowser } from './browser.ts';
import { choose, dayFromNow, fillDay, nextStep, openPage, sayYes } from './hands.ts';

useBrowser();

const fillInstant = async (page: Page, field: Locator, at: string): Promise<void> => {
  await expect.poll(() => field.isEnabled(), { timeout: 60_000 }).toBe(true);
  await field.click();
  await field.fill(at);
  await page.keyboard.press('Enter');
  await expect.poll(() => field.inputValue()).toBe(at);
};

journey('登记志愿者，任务里看谁合适、为什么；时长核定一次，进台账，出证明', async (j) => {
  const worker = await j.signIn('worker');
  // Words of this journey only: one sign of the name is shown in the mask.
  const mark = Date.now() % 100_000;
  const title = `陪练轮椅${mark}`;

  const volunteer = await j.step('登记：未成年没有监护人不能存，改正后存下', async () => {
    await openPage(worker, '志愿者');
    await shown(worker.locator('tbody').getByText('在册').first());
    await j.look(worker, '社工-志愿者清单');
    await worker.getByRole('button', { name: '登记志愿者' }).click();
    await worker.getByLabel('姓名', { exact: true }).fill('羊舌乐乐');
    await choose(worker, worker.getByLabel('性别'), '女');
    await fillDay(worker, worker.getByLabel('出生日期'), dayFromNow(-365 * 16));
    await worker.getByLabel('电话', { exact: true }).fill(`199008${String(mark).padStart(5, '0')}`);
    await worker.getByLabel('手工').check();
    for (const slot of ['工作日上午', '周末上午']) await worker.getByLabel(slot).check();
    await worker.getByRole('button', { name: '保存', exact: true }).click();
    await shown(worker.getByText(/不满 18 周岁，要有监护人的姓名、电话和同意日期/));
    await fillDay(worker, worker.getByLabel('出生日期'), '1990-05-01');
    // Enter in the day may have sent the form already.
    await expect
      .poll(
        async () => {
          if (/\/volunteers\/[0-9a-f-]{36}$/.test(worker.url())) return true;
          const save = worker.getByRole('button', { name: '保存', exact: true });
          await save.click({ timeout: 2000 }).catch(() => undefined);
          return false;
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toBe(true);
    await shown(worker.getByRole('heading', { name: '羊舌*乐' }));
    return new URL(worker.url()).pathname;
  });

  await j.step('发起任务：文字里有电话不能存；合适的人和理由列在下面', async () => {
    await worker.goto('/volunteer-tasks/new');
    await worker.getByLabel('名称').fill(title);
    await choose(worker, worker.getByLabel('服务类别'), '助残');
    await fillInstant(worker, worker.getByLabel('开始'), `${dayFromNow(-1)} 09:00`);
    await fillInstant(worker, worker.getByLabel('结束'), `${dayFromNow(-1)} 11:00`);
    await worker.getByLabel('集合地点').fill('街心公园东门');
    await worker.getByLabel('手工').check();
    await worker.getByLabel('告诉志愿者的话').fill('到了打 13800138000。');
    for (const [criterion, says] of [
      ['群众急需', '三位长者等人陪'],
      ['服务专业', '社工带着做'],
      ['受益广泛', '全院都用得上'],
    ] as const) {
      await worker.getByRole('radiogroup', { name: criterion, exact: true }).getByText('符合', { exact: true }).click();
      await worker.getByLabel(`${criterion}：理由`).fill(says);
    }
    await worker.getByRole('button', { name: '保存', exact: true }).click();
    await shown(worker.getByText(/任务文字里有电话或证件号码/));
    await worker.getByLabel('告诉志愿者的话').fill('在东门集合，听社工安排，带水。');
    await worker.getByRole('button', { name: '保存', exact: true }).click();
    await worker.waitForURL(/\/volunteer-tasks\/[0-9a-f-]{36}$/);
    const row = worker.getByRole('row').filter({ hasText: '羊舌*乐' });
    await shown(row.getByText('有所需专长；不限地方；这个时段有空；近期任务不多'));
    await j.look(worker, '社工-志愿任务-谁合适');
    await row.getByRole('checkbox').check();
    await worker.getByRole('button', { name: '邀请所选 1 人' }).click();
    await worker.getByRole('button', { name: '羊舌*乐 参加', exact: true }).click();
    await nextStep(worker).getByRole('button', { name: '定下人员' }).click();
    await sayYes(worker, '确定');
    await shown(worker.getByText('人员已定').first());
  });

  await j.step('登记时长，核定一次；台账里有，证明能出', async () => {
    await worker.getByLabel('羊舌*乐 的分钟').fill('90');
    await worker.getByRole('button', { name: '保存时长' }).click();
    await nextStep(worker).getByRole('button', { name: '核定时长' }).click();
    await sayYes(worker, '确定');
    await shown(worker.getByText('时长已核定').first());
    await shown(worker.getByText('1 小时 30 分').first());
    expect(await worker.getByRole('button', { name: '保存时长' }).count()).toBe(0);
    const paper = await worker.request.get(
      `/api${volunteer}/paper?kind=certificate&format=html&from=${dayFromNow(-2)}&to=${dayFromNow(0)}&reason=${encodeURIComponent('本人申请')}`,
    );
    expect(await paper.text()).toContain(title);
    await worker.goto(`/volunteer-ledger?period=${dayFromNow(-1).slice(0, 7)}`);
    await shown(worker.getByRole('rowheader', { name: '助残' }));
    await j.look(worker, '社工-志愿时长台账');
  });

  await j.step('手机上也能看；主管部门只看打码的姓名', async () => {
    const phone = await j.signIn('worker', { phone: true, entry: '/' });
    await phone.goto(volunteer);
    await shown(phone.getByText(title).first());
    await j.look(phone, '手机-志愿者');
    const officer = await j.signIn('officer');
    await officer.goto(volunteer);
    await shown(officer.getByText('羊舌*乐').first());
    expect(await officer.getByText('电话').count()).toBe(0);
  });
});
