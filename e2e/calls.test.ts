/** Residents who ask for help on a phone, callers of the hotline, and a ticket of 12345. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, shown, useBrowser } from './browser.ts';
import { choose, dialogOf, nextStep } from './hands.ts';

useBrowser();

/** The street of the demo's first worker, as residents choose it. */
const streetOf = async (page: Page): Promise<string> => {
  const reply = await page.evaluate(`fetch('/api/session', { cache: 'no-store' }).then((r) => r.json())`);
  const station = (reply as { account: { stationName: string } }).account.stationName;
  return /(\p{Script=Han}{2,4}街道)/u.exec(station)?.[1] ?? station.slice(0, 2);
};

/** Every control of a resident's page is large enough for a thumb; in the version for elders larger still. */
const smallest = async (page: Page): Promise<number> =>
  (await page.evaluate(`Math.min(...[...document.querySelectorAll('button, a.p-call, .p-choice, textarea')].map(
    (e) => e.getBoundingClientRect().height))`)) as number;

journey('居民在手机上求助，社工站接手，居民凭回执码看到进展', async (j) => {
  const worker = await j.signIn('worker');
  const street = await streetOf(worker);

  const resident = await j.device('居民', { phone: true });
  const code = await j.step('居民一题一题回答，只有怎样联系必须回答', async () => {
    await resident.goto('/p/');
    await shown(resident.getByRole('heading', { name: '遇到难处，可以找社工' }));
    await shown(resident.getByRole('link', { name: /110/ }));
    await j.look(resident, '求助页');
    await resident.getByRole('button', { name: '我要求助' }).click();
    await shown(resident.getByRole('heading', { name: /有危险吗/ }));
    await resident.getByRole('button', { name: '有危险', exact: true }).click();
    await shown(resident.getByRole('alert').getByRole('link', { name: /110/ }));
    await j.look(resident, '有危险');
    await resident.getByRole('button', { name: '上一步' }).click();
    await resident.getByRole('button', { name: '我要求助' }).click();
    // Typed things stay in this tab until they are sent.
    await shown(resident.getByRole('alert').getByRole('link', { name: /110/ }));
    await resident.evaluate('sessionStorage.clear()');
    await resident.reload();
    await resident.getByRole('button', { name: '我要求助' }).click();
    await resident.getByRole('button', { name: '没有，继续' }).click();
    await resident.getByText(street, { exact: true }).click();
    await j.look(resident, '住在哪里');
    await resident.getByRole('button', { name: '下一步' }).click();
    await resident.getByRole('button', { name: '跳过这一题' }).click();
    await resident.getByLabel('发生了什么').fill('孩子三个月不肯上学，我不敢和家里人说。');
    await resident.getByRole('button', { name: '下一步' }).click();
    await resident.getByRole('button', { name: '下一步' }).click();
    await shown(resident.getByText('请填写电话，或选择“我自己凭回执码回来看答复”。'));
    await resident.getByLabel('电话', { exact: true }).fill('19900008811');
    await resident.getByText('上午', { exact: true }).click();
    await resident.getByText(/家里有人可能看我的手机/).click();
    await j.look(resident, '怎样联系');
    await resident.getByRole('button', { name: '下一步' }).click();
    await resident.getByLabel('怎么称呼您').fill('欧阳女士');
    await resident.getByRole('button', { name: '送出' }).click();
    await shown(resident.getByRole('heading', { name: '我们收到了' }));
    await j.look(resident, '回执码');
    expect(new URL(resident.url()).pathname + new URL(resident.url()).search).toBe('/p/');
    expect(await resident.evaluate('sessionStorage.length')).toBe(0);
    return ((await resident.locator('.p-code').textContent()) ?? '').replace(/\s/g, '');
  });
  expect(code).toMatch(/^\d{16}$/);

  await j.step('社工站的社工接手，建立个案', async () => {
    await worker.goto('/appeals?status=waiting&channel=public');
    await shown(worker.locator('tbody .jy-open').first());
    await j.look(worker, '居民求助清单');
    await worker.locator('tbody tr').filter({ hasText: '没有说' }).last().locator('.jy-open').first().click();
    await shown(worker.getByText('孩子三个月不肯上学'));
    await shown(worker.getByText('家里有人可能看手机或听电话，请特别小心。'));
    await shown(worker.getByText('199****8811'));
    await nextStep(worker).getByRole('button', { name: '接手' }).click();
    await shown(nextStep(worker).getByRole('button', { name: '建立个案' }));
    await j.look(worker, '居民求助');
    await nextStep(worker).getByRole('button', { name: '建立个案' }).click();
    const dialog = await dialogOf(worker, '建立个案');
    await dialog.getByText('女', { exact: true }).click();
    await choose(worker, dialog.getByLabel('服务领域'), '婚姻家庭');
    await choose(worker, dialog.getByLabel('问题领域'), '亲子关系破裂');
    await dialog.getByText('家庭', { exact: true }).click();
    await j.look(worker, '由求助建立个案');
    await dialog.getByRole('button', { name: '建立个案' }).click();
    await worker.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
    await shown(worker.getByText('199****8811'));
  });

  await j.step('居民凭回执码看到，长辈版字大、按钮大，一按就离开', async () => {
    await resident.getByRole('button', { name: '我记下了' }).click();
    await resident.getByRole('button', { name: '长辈版' }).click();
    expect(await resident.evaluate('parseFloat(getComputedStyle(document.body).fontSize)')).toBeGreaterThanOrEqual(24);
    expect(await smallest(resident)).toBeGreaterThanOrEqual(60);
    await resident.getByRole('button', { name: '我有回执码，看答复' }).click();
    await resident.getByLabel(/回执码/).fill(code);
    await resident.getByRole('button', { name: '查看' }).click();
    await shown(resident.getByText('社工站已为您建立服务，会按您说的方式联系您'));
    await j.look(resident, '凭回执码看进展');
    const before = await resident.evaluate('history.length');
    await resident.getByRole('button', { name: '快速离开' }).click();
    await resident.waitForURL('about:blank');
    expect(await resident.evaluate('history.length')).toBe(before);
    await resident.close();
  });
});

journey('热线来电只用键盘登记，不到三十下就转到社工站，成为求助', async (j) => {
  const worker = await j.signIn('worker');
  const street = await streetOf(worker);
  const centre = await j.signIn('centre');
  let acts = 0;
  const press = async (key: string): Promise<void> => {
    acts += 1;
    await centre.keyboard.press(key);
  };
  /** One word or sentence counts as one act. */
  const type = async (text: string): Promise<void> => {
    acts += 1;
    await centre.keyboard.type(text);
  };
  const until = async (label: string): Promise<void> => {
    for (let i = 0; i < 12; i += 1) {
      const here = (await centre.evaluate(`(() => {
        const e = document.activeElement;
        return e?.labels?.[0]?.textContent ?? e?.closest('label')?.textContent ?? '';
      })()`)) as string;
      if (here.includes(label)) return;
      await press('Tab');
    }
    throw new Error(`the keyboard does not reach ${label}`);
  };
  const seconds = await j.step('接起电话：类别、号码、说了什么、转哪个街道', async () => {
    await centre.goto('/calls/new');
    await shown(centre.getByText('类别', { exact: true }));
    const begun = Date.now();
    await until('来电人电话');
    await type('19900008822');
    await until('来电人称呼');
    await type('令狐小燕');
    await until('说了什么');
    await type('母亲一个人住，几天没有下楼。');
    await shown(centre.getByText('这个号码没有以前的记录。'));
    await until('先登记');
    await press('ArrowRight');
    await until('住在哪个街道');
    await type(street);
    // Whoever presses Enter has seen the street marked.
    await shown(centre.locator('.ant-select-item-option-active', { hasText: street }));
    await press('Enter');
    await j.look(centre, '登记来电');
    await press('Control+Enter');
    await centre.waitForURL(/\/calls\/[0-9a-f-]{36}$/);
    return (Date.now() - begun) / 1000;
  });
  console.log(`来电登记：${acts} 下，${seconds.toFixed(0)} 秒（含检查）`);
  expect(acts).toBeLessThan(30);
  await shown(centre.getByText('已转社工站').first());
  await j.look(centre, '来电');

  const request = await j.step('社工站接手，建立个案，再向支援中心求助', async () => {
    await worker.goto('/appeals?status=waiting&channel=hotline');
    await worker.locator('tbody tr').last().locator('.jy-open').first().click();
    await shown(worker.getByText('母亲一个人住，几天没有下楼。'));
    await nextStep(worker).getByRole('button', { name: '接手' }).click();
    await nextStep(worker).getByRole('button', { name: '建立个案' }).click();
    const dialog = await dialogOf(worker, '建立个案');
    await dialog.getByText('女', { exact: true }).click();
    await choose(worker, dialog.getByLabel('服务领域'), '婚姻家庭');
    await choose(worker, dialog.getByLabel('问题领域'), '家庭关系调适');
    await dialog.getByText('家庭', { exact: true }).click();
    await dialog.getByRole('button', { name: '建立个案' }).click();
    await worker.waitForURL(/\/cases\/[0-9a-f-]{36}$/);
    await worker.goBack();
    await shown(worker.getByText('这个个案很难，向支援中心求助'));
    await worker.getByRole('button', { name: '这个个案很难，向支援中心求助' }).click();
    await worker.waitForURL(/\/requests\/[0-9a-f-]{36}\/edit$/);
    return new URL(worker.url()).pathname.replace('/edit', '');
  });
  await j.step('求助写着从哪个来电来', async () => {
    await worker.goto(request);
    await shown(worker.getByText(/热线来电 RX-/));
    await j.look(worker, '求助的来源');
  });
});

journey('12345 转办单登记、暂停、回复、登记满意度', async (j) => {
  const centre = await j.signIn('centre');
  const dialogFor = async (title: string) => {
    await nextStep(centre).getByRole('button', { name: title }).click();
    return dialogOf(centre, title);
  };
  await centre.goto('/tickets');
  await centre.getByRole('button', { name: '登记转办单' }).click();
  const form = await dialogOf(centre, '登记转办单');
  await form.getByLabel('转办单号').fill('SZ-2026-0815');
  await form.getByLabel('诉求').fill('反映邻居老人无人照料。');
  await j.look(centre, '登记转办单');
  await form.getByRole('button', { name: /^登\s?记$/ }).click();
  await centre.waitForURL(/\/tickets\/[0-9a-f-]{36}$/);
  await shown(centre.getByText(/还剩 .* 个工作日/).first());
  const pause = await dialogFor('暂停计时');
  await pause.getByLabel('原因').fill('等街道核实住址');
  await pause.getByRole('button', { name: '暂停计时' }).click();
  await shown(centre.getByText('计时说明：等街道核实住址'));
  const answer = await dialogFor('回复');
  await answer.getByLabel('回复内容').fill('社工已上门看望，今后每周一次。');
  await answer.getByRole('button', { name: /^回\s?复$/ }).click();
  await shown(centre.getByText('按时回复').first());
  const rate = await dialogFor('登记满意度');
  await rate.getByText('满意', { exact: true }).click();
  await rate.getByRole('button', { name: '登记满意度' }).click();
  await shown(centre.getByText('满意', { exact: true }).first());
  await j.look(centre, '转办单');
  await centre.goto('/tickets');
  await shown(centre.locator('tbody .jy-open').first());
  await j.look(centre, '转办单清单');
  await centre.goto('/hotlines');
  await shown(centre.getByText('12356').first());
  await j.look(centre, '热线号码');
  await centre.goto('/calls');
  await shown(centre.getByRole('heading', { name: '热线来电' }));
  await j.look(centre, '来电清单');
});
