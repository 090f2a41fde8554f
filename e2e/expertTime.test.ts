/** Experts' time: slots are asked for and answered on the phone, the time stands in calendars and mails, a late expert is replaced, a supervisor is matched, the client comes with an agenda of the own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { startSmtpPeer } from '../apps/server/test/smtpPeer.ts';
import { type Account, demoAccount, type Journey, journey, shown, useBrowser, useOwnPlatform, wordsOf } from './browser.ts';
import { choose, dayFromNow, dialogOf, fillDay, openDialog, openPage, sayYes } from './hands.ts';

const dir = mkdtempSync(join(tmpdir(), 'jieyou-e2e-mail-'));
let peer: Awaited<ReturnType<typeof startSmtpPeer>>;
// The mail server stands before the platform does, which is told where it is.
useOwnPlatform(async () => {
  peer = await startSmtpPeer(dir);
  return peer.settings;
});
useBrowser();
afterAll(async () => {
  await peer?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Mails leave with the minute. */
const MAIL_MS = 150_000;
const addressOf = (account: Account): string => `${account}@posthaus.example`;
const mailsOf = (account: Account) => peer.of(addressOf(account));
const newMail = async (account: Account, subject: RegExp, after: number) => {
  await expect
    .poll(
      () =>
        mailsOf(account)
          .slice(after)
          .filter((m) => subject.test(m.subject)).length,
      { timeout: MAIL_MS },
    )
    .toBeGreaterThan(0);
  const mail = mailsOf(account)
    .slice(after)
    .filter((m) => subject.test(m.subject))
    .at(-1);
  if (mail === undefined) throw new Error('no mail');
  return mail;
};
const lineOf = (calendar: string, name: string): string =>
  new RegExp(`^${name}[:;](.*)$`, 'm').exec(calendar.replaceAll('\r', ''))?.[1] ?? '';

/** Types a moment into its field on the desk. */
const fillInstant = async (page: Page, field: Locator, at: string): Promise<void> => {
  await expect.poll(() => field.isEnabled(), { timeout: 60_000 }).toBe(true);
  await field.click();
  await field.fill(at);
  await page.keyboard.press('Enter');
  await expect.poll(() => field.inputValue()).toBe(at);
};

/** The calendar entry as the browser saves it. */
const calendarOf = async (page: Page, press: Locator): Promise<string> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
  return readFileSync(await download.path(), 'utf8').replace(/\r?\n[ \t]/g, '');
};

/** Gives an address and proves it with the code that arrived. */
const proveMail = async (j: Journey, page: Page, account: Account): Promise<void> => {
  await page.getByLabel('邮箱地址').fill(addressOf(account));
  await page.getByRole('button', { name: '寄验证码' }).click();
  await shown(page.getByRole('alert'));
  await page.getByRole('checkbox', { name: /我同意/ }).check();
  await page.getByRole('button', { name: '寄验证码' }).click();
  await shown(page.getByLabel('邮件里的六位验证码'));
  await j.look(page, `${account}-等待验证`);
  const mail = await newMail(account, /验证码/, 0);
  expect(mail.secure).toBe(true);
  await page.getByLabel('邮件里的六位验证码').fill(/验证码：(\d{6})/.exec(mail.text)?.[1] ?? '');
  await page.getByRole('button', { name: '启用邮箱' }).click();
  await shown(page.getByText('已启用'));
  await j.look(page, `${account}-邮箱已启用`);
};

journey(
  '专家的时间，从征集到日历、邮件、换人、督导和案主议程',
  async (j) => {
    const names = {
      worker: (await demoAccount('worker')).name,
      centre: (await demoAccount('centre')).name,
      law: (await demoAccount('expert')).name,
    };
    const early = `${dayFromNow(4)} 10:00`;
    const late = `${dayFromNow(5)} 15:30`;

    const worker = await j.step('社工的会诊时间：哪一场、请在什么时候前答复', async () => {
      const page = await j.signIn('worker');
      await openPage(page, '会诊时间');
      await shown(page.getByRole('heading', { name: '请您答复' }));
      await j.look(page, '社工-会诊时间');
      return page;
    });
    const number = ((await worker.locator('.mt-card h3').first().textContent()) ?? '').replace('会诊', '').trim();
    expect(number).toMatch(/-YN-/);

    const centre = await j.step('中心从工作台打开这场会诊；没填的时段，错误在旁边', async () => {
      const page = await j.signIn('centre');
      await page.goto(`/requests?number=${encodeURIComponent(number)}`);
      await page.locator('.jy-open').first().click();
      await page.waitForURL(/\/requests\/[0-9a-f-]{36}/);
      await page.goto(`${new URL(page.url()).pathname}?view=work`);
      await page.getByRole('link', { name: '定时间、记录这次会诊' }).click();
      await page.getByRole('button', { name: '重新征集' }).click();
      const dialog = await dialogOf(page, '征集会诊时间');
      await dialog.getByRole('button', { name: '发出征集' }).click();
      await shown(dialog.getByText('至少给出两个时段'));
      await shown(dialog.getByText('请选择答复截止'));
      await j.look(page, '中心-征集没填');
      await fillInstant(page, dialog.getByLabel('时段 1', { exact: true }), early);
      await fillInstant(page, dialog.getByLabel('时段 2', { exact: true }), late);
      await fillInstant(page, dialog.getByLabel('答复截止'), `${dayFromNow(2)} 18:00`);
      const required = dialog.getByRole('group', { name: '必到的人' });
      await required.getByRole('checkbox', { name: new RegExp(`${names.worker}（求助社工）`) }).check();
      await j.look(page, '中心-征集');
      await dialog.getByRole('button', { name: '发出征集' }).click();
      await dialog.waitFor({ state: 'hidden' });
      return page;
    });
    const request = new URL(centre.url()).searchParams.get('request') ?? '';
    const conferencePage = new URL(centre.url()).pathname + new URL(centre.url()).search;

    const facts = await j.step('社工登记邮箱，用键盘答复时间', async () => {
      await worker.goto(`/requests/${request}?view=content`);
      await shown(worker.locator('.jy-record-first h1'));
      const recipient = ((await worker.locator('.jy-record-first h1').textContent()) ?? '').slice(0, 1);
      await worker.goto('/me/mail');
      await proveMail(j, worker, 'worker');
      await worker.goto('/time-polls');
      const card = worker.locator('.mt-card').filter({ hasText: number }).first();
      for (const slot of [0, 1]) {
        await card.locator('.mt-slot').nth(slot).getByRole('button', { name: '可以', exact: true }).focus();
        await worker.keyboard.press('Enter');
      }
      await shown(card.getByText('已答复'));
      await j.look(worker, '社工-已答复');
      return recipient;
    });

    const psychologist = await j.step('心理师在手机上登记邮箱，两下答复完', async () => {
      const page = await j.signIn('expert2', { phone: true });
      await page.getByRole('link', { name: '我的' }).click();
      await page.getByText('邮件', { exact: false }).first().click();
      await page.waitForURL(/\/m\/me\/mail/);
      await proveMail(j, page, 'expert2');
      await page.goto('/m/invitations');
      await page.getByText(/场会诊请您答复时间/).click();
      const card = page.locator('.mt-card').filter({ hasText: number }).first();
      await card.locator('.mt-slot').nth(0).getByRole('button', { name: '不行', exact: true }).click();
      await card.locator('.mt-slot').nth(1).getByRole('button', { name: '可以', exact: true }).click();
      await shown(card.getByText('已答复'));
      await j.look(page, '心理师手机-已答复');
      return page;
    });

    await j.step('主持人自己也答复；中心看到哪个时段最合适和理由，选定', async () => {
      await openPage(centre, '会诊时间');
      const card = centre.locator('.mt-card').filter({ hasText: number }).first();
      await card.locator('.mt-slot').nth(0).getByRole('button', { name: '勉强可以', exact: true }).click();
      await card.locator('.mt-slot').nth(1).getByRole('button', { name: '可以', exact: true }).click();
      await shown(card.getByText('已答复'));
      await centre.goto(conferencePage);
      const best = centre.locator('.rd-table tbody tr').first();
      await shown(best.getByText('最合适'));
      await expect.poll(() => best.textContent()).toContain('15:30');
      expect(await best.textContent()).toContain(`${names.law}`);
      await centre.getByText('看每个人的答复').click();
      await shown(centre.getByText(`${names.worker}（必到）`));
      await j.look(centre, '中心-各时段');
      await best.getByRole('button', { name: '选定' }).click();
      await sayYes(centre, '选定');
      await shown(centre.getByText('已选定'));
      await shown(centre.getByRole('heading', { name: /15:30/ }));
      await j.look(centre, '中心-已选定');
    });

    const told = /会诊/;
    const first = await j.step('邮件到了：有日历，没有案情', async () => {
      const mail = await newMail('expert2', told, 1);
      expect(mail.calendarType).toMatch(/method=REQUEST/i);
      expect(lineOf(mail.calendar, 'METHOD')).toBe('REQUEST');
      expect(mail.calendar).toContain(dayFromNow(5).replaceAll('-', ''));
      for (const says of [mail.subject, mail.text, mail.calendar]) {
        expect(says).not.toContain(facts);
        for (const word of ['亲子', '女儿', '风险', '心理', '法律', '个案情况']) expect(says).not.toContain(word);
      }
      expect(mail.text).toContain(number);
      await newMail('worker', told, 1);
      return { uid: lineOf(mail.calendar, 'UID'), sequence: Number(lineOf(mail.calendar, 'SEQUENCE')), seen: mailsOf('expert2').length };
    });

    await j.step('手机上放进日历：同一条，同一个序号', async () => {
      await psychologist.goto('/m/time-polls');
      const card = psychologist.locator('.mt-card').filter({ hasText: '15:30' }).filter({ hasText: number }).first();
      const file = await calendarOf(psychologist, card.getByRole('link', { name: '放进我的日历' }));
      expect([lineOf(file, 'UID'), Number(lineOf(file, 'SEQUENCE'))]).toEqual([first.uid, first.sequence]);
      await j.look(psychologist, '心理师手机-要参加的会诊');
    });

    const moved = await j.step('改期：日历里的同一条随之更新', async () => {
      await centre.getByRole('button', { name: '改期或换地点' }).click();
      const dialog = await dialogOf(centre, '会诊改期');
      await fillInstant(centre, dialog.getByLabel('时间'), `${dayFromNow(6)} 09:30`);
      await dialog.getByLabel('地点或会议链接').fill('支援中心三楼会议室');
      await j.look(centre, '中心-改期');
      await dialog.getByRole('button', { name: '改期' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await shown(centre.getByRole('heading', { name: /09:30/ }));
      const mail = await newMail('expert2', told, first.seen);
      expect(lineOf(mail.calendar, 'UID')).toBe(first.uid);
      expect(Number(lineOf(mail.calendar, 'SEQUENCE'))).toBeGreaterThan(first.sequence);
      const file = await calendarOf(centre, centre.getByRole('link', { name: '下载日历文件' }));
      expect(file).toContain('三楼会议室');
      return { sequence: Number(lineOf(mail.calendar, 'SEQUENCE')), seen: mailsOf('expert2').length };
    });

    await j.step('迟迟没有答复的专家换人：本轮和已交的意见都不变', async () => {
      await centre.goto(`/requests/${request}`);
      await centre
        .getByText(/^专家意见 \d/)
        .first()
        .click();
      const code = async () => /校验码 (\S+)/.exec(await wordsOf(centre))?.[1] ?? '';
      await expect.poll(code, { timeout: 60_000 }).not.toBe('');
      const [before, given] = [await code(), await centre.locator('.rd-opinion').count()];
      const row = centre.getByRole('row').filter({ hasText: names.law });
      await row.getByRole('button', { name: '换人' }).click();
      const dialog = await dialogOf(centre, `换下${names.law}`);
      const next = await choose(centre, dialog.getByLabel('请哪位专家'), /法律/);
      await fillInstant(centre, dialog.getByLabel('新的意见截止'), `${dayFromNow(3)} 17:30`);
      await dialog.getByLabel('更换的原因').fill('邀请后两天没有答复。');
      await j.look(centre, '中心-换人');
      await dialog.getByRole('button', { name: '更换专家' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await shown(
        centre
          .getByRole('row')
          .filter({ hasText: next.slice(0, 2) })
          .getByText('待答复'),
      );
      expect([await code(), await centre.locator('.rd-opinion').count()]).toEqual([before, given]);
      await j.look(centre, '中心-已换人');
      const page = await j.signIn('expert', { phone: true });
      await page.goto('/m/notices');
      await shown(page.locator('.ph-rows button').filter({ hasText: '会诊邀请已撤销' }).filter({ hasText: number }));
      await page.locator('.ph-rows button').filter({ hasText: '邀请您参加会诊' }).filter({ hasText: number }).first().click();
      await shown(page.getByText('这份邀请已撤销，或不是给您的'));
      await j.look(page, '律师手机-已撤销');
    });

    await j.step('同一套办法推荐督导，按推荐开督导线', async () => {
      await centre.goto(`/requests/${request}?view=work`);
      await centre.getByRole('button', { name: '推荐督导' }).click();
      const dialog = await dialogOf(centre, '推荐督导');
      await dialog.getByRole('button', { name: '看推荐' }).click();
      await shown(dialog.getByText(/推荐：/));
      await j.look(centre, '中心-推荐督导');
      await dialog.getByLabel('请督导做什么').fill('每两周陪社工回看一次会谈。');
      await dialog.getByRole('button', { name: '新开督导线' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await shown(centre.getByRole('row').filter({ hasText: '每两周陪社工回看一次会谈。' }));
    });

    await j.step('案主同意参加：社工登记同意，写案主自己的议程，打印出来没有专业意见', async () => {
      await worker.goto(`/requests/${request}?view=work`);
      await worker.getByRole('link', { name: '案主议程' }).click();
      await shown(worker.getByText('还没有案主参加会诊的同意'));
      await j.look(worker, '社工-没有同意');
      const agenda = new URL(worker.url()).pathname;
      await worker.getByRole('link', { name: '去个案里登记同意' }).click();
      await worker.waitForURL(/\/cases\/[0-9a-f-]{36}/);
      const dialog = await openDialog(worker, '登记同意');
      await dialog.getByRole('radio', { name: '案主参加会诊' }).check();
      await dialog.getByLabel('由谁签署').fill('本人');
      await fillDay(worker, dialog.getByLabel('有效至'), dayFromNow(60));
      await dialog.getByRole('button', { name: '登记', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await worker.goto(agenda);
      await worker.getByLabel('第 1 项').fill('先听您说说最近怎样');
      await worker.getByRole('button', { name: '再加一项' }).click();
      await worker.getByLabel('第 2 项').fill('孩子上学的事，怎样一步一步来');
      await j.look(worker, '社工-写案主议程');
      await worker.getByRole('button', { name: '保存案主议程' }).click();
      await shown(worker.getByRole('link', { name: '打印案主议程' }));
      await shown(worker.getByText('还没有登记是否到会。'));
      const [paper] = await Promise.all([worker.waitForEvent('popup'), worker.getByRole('link', { name: '打印案主议程' }).click()]);
      await paper.waitForLoadState();
      const words = await wordsOf(paper);
      for (const says of ['先听您说说最近怎样', '孩子上学的事', '支援中心三楼会议室']) expect(words).toContain(says);
      for (const says of ['判断', '纪要', '风险', names.law, '个人抽屉']) expect(words).not.toContain(says);
      await paper.close();
      await j.look(worker, '社工-案主议程');
    });

    await j.step('取消会诊：日历里的同一条撤下，再安排一次', async () => {
      await centre.goto(conferencePage);
      await centre.getByRole('button', { name: '取消会诊' }).click();
      const dialog = await dialogOf(centre, '取消会诊');
      await dialog.getByLabel('取消的原因').fill('两位专家临时有庭。');
      await dialog.getByRole('button', { name: '取消会诊' }).click();
      await dialog.waitFor({ state: 'hidden' });
      const mail = await newMail('expert2', told, moved.seen);
      expect(lineOf(mail.calendar, 'METHOD')).toBe('CANCEL');
      expect(Number(lineOf(mail.calendar, 'SEQUENCE'))).toBeGreaterThan(moved.sequence);
      expect(mail.text).not.toContain('有庭');
      await psychologist.goto('/m/time-polls');
      await expect.poll(() => wordsOf(psychologist), { timeout: 60_000 }).not.toContain('三楼会议室');
      await centre.goto(`/requests/${request}?view=work`);
      await shown(centre.getByText('已取消').first());
      await centre.getByRole('button', { name: '重新安排会诊' }).click();
      const again = await dialogOf(centre, '重新安排会诊');
      await shown(again.getByLabel('时间'));
      await j.look(centre, '中心-重新安排');
    });

    await j.step('专家看自己的时间与给出的时长，手机和电脑都看得到', async () => {
      await psychologist.goto('/m/my-time');
      await shown(psychologist.getByText('会诊与时长'));
      await shown(psychologist.locator('.rd-table tbody tr').first());
      await j.look(psychologist, '心理师手机-我的时间');
      const page = await j.signIn('expert2');
      await openPage(page, '我的时间');
      await shown(page.getByRole('heading', { name: '会诊与时长' }));
      await shown(page.locator('.rd-table tbody tr').first());
      await j.look(page, '心理师-我的时间');
    });
  },
  900_000,
);
