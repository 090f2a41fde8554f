/** The three administrators: each does the own part, none reads what is told about a person. */
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { demoAccount, journey, pressSignIn, shown, useBrowser, wordsOf } from './browser.ts';
import { choose, choosePerson, dialogOf, fillDay, sayYes } from './hands.ts';

useBrowser();

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an authenticator would show now (RFC 6238). */
const codeOf = (secret: string): string => {
  const bits = [...secret.replace(/[^A-Z2-7]/g, '')].map((c) => BASE32.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};

journey('三类管理员，各办各的事，谁也读不到服务对象的内容', async (j) => {
  const username = `xinren${Date.now() % 1_000_000}`;
  const deputy = (await demoAccount('centre2')).name;
  const securityName = (await demoAccount('security')).name;

  const oneTime = await j.step('安全管理员任命一位中心人员，写明代理人，一次性密码只出现一次', async () => {
    const page = await j.signIn('security');
    await page.waitForURL('**/assignments');
    await shown(page.locator('tbody tr:not([aria-hidden])').first());
    await j.look(page, '安全-角色任命');
    await page.getByRole('button', { name: '任命角色' }).click();
    const dialog = await dialogOf(page, '任命角色');
    const name = (await choose(page, dialog.getByLabel('人员'), '社区社工')).split(' · ')[0] ?? '';
    await dialog.getByLabel('账号名').fill(username);
    await choose(page, dialog.getByLabel('角色', { exact: true }), '支援中心');
    await choosePerson(page, dialog.getByLabel('代理人'), deputy);
    await j.look(page, '安全-任命');
    await dialog.getByRole('button', { name: '任命', exact: true }).click();
    const made = await dialogOf(page, '任命已生效');
    const password = ((await made.locator('.jy-one-time').textContent()) ?? '').trim();
    expect(password.length).toBeGreaterThanOrEqual(10);
    await j.look(page, '安全-一次性密码');
    await made.getByRole('button', { name: '已经交给本人' }).click();
    await made.waitFor({ state: 'hidden' });
    await expect.poll(() => wordsOf(page)).not.toContain(password);
    await page.getByLabel('姓名或账号').fill(name);
    await page.keyboard.press('Enter');
    await page.waitForURL(/text=/);
    const row = page.locator('tbody tr').filter({ hasText: username }).filter({ hasText: '支援中心' });
    await shown(row);
    await expect.poll(() => row.textContent()).toContain(deputy);
    await page.goto('/requests');
    await shown(page.getByText('您的角色没有这项权限'));
    await j.look(page, '安全-没有权限');
    return password;
  });

  await j.step('新人首次登录，先改密码，再绑定动态口令，然后才进得来', async () => {
    const page = await j.device(username);
    await page.goto('/');
    await page.getByLabel('账号', { exact: true }).fill(username);
    await page.locator('#password').fill(oneTime);
    await pressSignIn(page);
    await shown(page.getByRole('heading', { name: '请先设一个自己的密码' }));
    await page.goto('/board');
    await shown(page.getByRole('heading', { name: '请先设一个自己的密码' }));
    await j.look(page, '新人-改密码');
    await page.getByLabel('一次性密码').fill(oneTime);
    await page.getByLabel('新密码', { exact: true }).fill('清湖边的第三棵榕树');
    await page.getByLabel('再输入一次新密码').fill('清湖边的第四棵榕树');
    await page.getByRole('button', { name: '设好并继续' }).click();
    await shown(page.getByText('两次输入的新密码不一样').first());
    for (const label of ['新密码', '再输入一次新密码']) await page.getByLabel(label, { exact: true }).fill('清湖边的第三棵大榕树');
    await page.getByRole('button', { name: '设好并继续' }).click();
    await shown(page.getByRole('heading', { name: '请先绑定动态口令' }));
    await j.look(page, '新人-绑定动态口令');
    await page.getByLabel('先输入您的密码').fill('清湖边的第三棵大榕树');
    await page.getByRole('button', { name: '开始绑定' }).click();
    const secret = (await (await shown(page.locator('.jy-secret'))).textContent()) ?? '';
    await j.look(page, '新人-二维码');
    await page.getByLabel('6 位数字').fill(codeOf(secret));
    await page.getByRole('button', { name: '完成绑定' }).click();
    await shown(page.getByRole('heading', { name: '工作台' }));
    await j.look(page, '新人-工作台');
  });

  await j.step('审计管理员在记录里找到这次任命，看得到每日封存', async () => {
    const page = await j.signIn('audit');
    await page.waitForURL('**/audit');
    await shown(page.locator('tbody tr:not([aria-hidden])').first());
    await j.look(page, '审计-记录');
    await page.getByRole('button', { name: '展开' }).click();
    await page.getByLabel('姓名或账号').fill(securityName);
    await page.keyboard.press('Enter');
    await shown(page.locator('tbody tr').filter({ hasText: '任命角色' }).filter({ hasText: securityName }));
    await j.look(page, '审计-找到任命');
    await page.getByRole('link', { name: '每日封存' }).first().click();
    await shown(page.getByText('今天的记录还没有封存。'));
    await j.look(page, '审计-每日封存');
    await page.goto('/requests');
    await shown(page.getByText('您的角色没有这项权限'));
  });

  await j.step('系统管理员设定一天放假，再取消', async () => {
    const page = await j.signIn('system');
    await page.waitForURL('**/workers');
    await shown(page.locator('tbody tr:not([aria-hidden])').first());
    await j.look(page, '系统-社工');
    await page.getByRole('link', { name: '节假日', exact: true }).click();
    await shown(page.getByRole('heading', { name: /^节假日 \d{4} 年$/ }));
    await j.look(page, '系统-节假日');
    await page.getByRole('button', { name: '上一年' }).click();
    const year = new Date().getFullYear() - 1;
    await shown(page.getByRole('heading', { name: `节假日 ${year} 年` }));
    await page.getByRole('button', { name: '设定某天' }).click();
    const dialog = await dialogOf(page, '设定某天');
    await fillDay(page, dialog.getByLabel('日期'), `${year}-03-18`);
    await dialog.getByLabel('名称').fill('全区停水');
    await dialog.getByLabel('依据').fill('区政府通告（演示）');
    await j.look(page, '系统-设定某天');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const row = page.locator('tbody tr').filter({ hasText: '全区停水' });
    await shown(row);
    await row.getByRole('button', { name: '取消安排' }).click();
    await sayYes(page, '确定');
    await row.waitFor({ state: 'hidden' });
    await page.goto('/requests');
    await shown(page.getByText('您的角色没有这项权限'));
    await page.goto('/cases');
    await shown(page.getByText('您的角色没有这项权限'));
    await page.goto('/no-such-page');
    await shown(page.getByRole('heading', { name: '没有这个页面' }));
    await j.look(page, '系统-没有这个页面');
  });
});
