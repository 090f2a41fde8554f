/** A person's own data: asked for, checked, answered by a second person, taken out as a copy; files past their term destroyed by two. */
import { expect } from 'vitest';
import { type Journey, journey, shown, useBrowser } from './browser.ts';
import { choose, dayFromNow, dialogOf, fillDay, nextStep, openPage, sayYes } from './hands.ts';

useBrowser();

const ASSESSED = '用短信告诉居民回执号';

type Recipient = { readonly name: string; readonly phone: string };

const WISH = '想要一份自己的服务记录，带去新的社区。';

const asks = (phone: boolean) => async (j: Journey) => {
  const worker = await j.signIn('worker', { phone, entry: '/' });
  const about = await j.step('社工从自己的个案里知道是谁在请求', async (): Promise<Recipient> => {
    const cases = (await (await worker.request.get('/api/cases?status=open&limit=20')).json()) as { rows: { id: string }[] };
    const reveal = async (id: string, field: string): Promise<string | null> =>
      (await worker.evaluate(`(async () => {
        const { csrfToken } = await (await fetch('/api/session')).json();
        const reply = await fetch('/api/cases/${id}/unmask', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
          body: JSON.stringify({ field: '${field}', reason: '当事人到站，核对身份' }),
        });
        return (await reply.json()).value;
      })()`)) as string | null;
    // Others open cases here too, some of people without a telephone: each of the two journeys takes one of its own half that has one.
    for (const { id } of cases.rows.filter((_, i) => i >= 3 && i % 2 === (phone ? 1 : 0))) {
      const telephone = await reveal(id, 'phone');
      if (telephone !== null) return { name: (await reveal(id, 'name')) ?? '', phone: telephone };
    }
    throw new Error('no case of a person with a telephone');
  });

  const address = await j.step('社工受理，没写全当场知道，写过的都在；得到回执和期限', async () => {
    await openPage(worker, '权利请求');
    await shown(worker.getByRole('button', { name: '受理请求' }));
    await j.look(worker, '社工-权利请求清单');
    await worker.getByRole('button', { name: '受理请求' }).click();
    const dialog = await dialogOf(worker, '受理个人信息权利请求');
    await dialog.getByLabel('请求人姓名').fill(about.name);
    await dialog.getByLabel('本人姓名').fill(about.name);
    await dialog.getByLabel('具体要求').fill(WISH);
    await dialog.getByRole('button', { name: '受理并取回执' }).click();
    await shown(dialog.getByText(/证件号码|电话/).first());
    expect(await dialog.getByLabel('具体要求').inputValue()).toBe(WISH);
    await dialog.getByLabel('本人电话').fill(about.phone);
    await j.look(worker, '社工-受理');
    await dialog.getByRole('button', { name: '受理并取回执' }).click();
    await worker.waitForURL(/\/privacy-requests\/.+/);
    await shown(worker.getByText(WISH));
    await j.look(worker, '社工-已受理');
    return new URL(worker.url()).pathname;
  });

  await j.step('社工核对身份，看到保存了什么，拟答复；自己不能决定', async () => {
    await nextStep(worker).getByRole('button', { name: '登记身份核对' }).click();
    const check = await dialogOf(worker, '登记身份核对');
    await check.getByRole('checkbox', { name: '居民身份证原件' }).check();
    await check.getByRole('button', { name: '保存', exact: true }).click();
    await check.waitFor({ state: 'hidden' });
    await shown(worker.getByRole('heading', { name: '保存了什么' }));
    await nextStep(worker).getByRole('button', { name: '拟答复' }).click();
    const answer = await dialogOf(worker, '拟答复');
    await answer.getByLabel('答复').fill('现将您的服务记录副本交给您。');
    await answer.getByRole('button', { name: '保存', exact: true }).click();
    await answer.waitFor({ state: 'hidden' });
    await shown(worker.getByText('由站长或支援中心的另一人决定').first());
    expect(await nextStep(worker).getByRole('button', { name: '决定', exact: true }).count()).toBe(0);
    await j.look(worker, '社工-已拟答复');
  });

  await j.step('站长决定；社工取出副本，答复书可以打印', async () => {
    const head = await j.signIn('head', { phone, entry: '/' });
    await head.goto(address);
    await nextStep(head).getByRole('button', { name: '决定', exact: true }).click();
    const decide = await dialogOf(head, '决定');
    await decide.getByRole('radio', { name: '同意办理' }).check();
    await j.look(head, '站长-决定');
    await decide.getByRole('button', { name: '决定', exact: true }).click();
    await decide.waitFor({ state: 'hidden' });
    await shown(head.getByText('已办结').first());
    await worker.reload();
    const [saved] = await Promise.all([
      worker.waitForEvent('download'),
      nextStep(worker).getByRole('button', { name: '取出副本' }).click(),
    ]);
    expect(saved.suggestedFilename()).toMatch(/\.zip$/);
    const paper = await worker.request.get(`/api${address}/paper?format=html`);
    expect(await paper.text()).toContain('现将您的服务记录副本交给您');
    await j.look(worker, '社工-办结');
  });
  j.expectNoTroubles();
};

journey('有人要自己的记录，社工受理，站长决定，取出副本', asks(false));
journey('手机上，有人要自己的记录，社工受理，站长决定，取出副本', asks(true));

journey('期满的档案，站长鉴定，中心批准，销毁后留下凭证', async (j) => {
  const head = await j.signIn('head');
  const { number, address } = await j.step('站长找出期满的，编制清册', async () => {
    await openPage(head, '档案保管');
    await shown(head.locator('tbody tr:not([aria-hidden])').first());
    await choose(head, head.getByLabel('期限'), '已期满');
    await head.getByRole('button', { name: '查询' }).click();
    const row = await shown(head.locator('tbody tr:not([aria-hidden])').filter({ hasText: '期满待鉴定' }).first());
    await j.look(head, '站长-档案保管');
    const caseNumber = ((await row.locator('.jy-open').textContent()) ?? '').trim();
    await row.getByRole('checkbox').check();
    await head.getByRole('button', { name: '编制销毁清册' }).click();
    const dialog = await dialogOf(head, '编制销毁清册');
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await shown(dialog.getByText(/至少|请填写/).first());
    await dialog.getByLabel('鉴定意见').fill('服务早已结束，没有争议，期满。');
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await head.waitForURL(/\/destruction-lists\/.+/);
    await shown(head.getByText(caseNumber).first());
    expect(await nextStep(head).getByRole('button', { name: '批准销毁' }).count()).toBe(0);
    await j.look(head, '站长-销毁清册');
    return { number: caseNumber, address: new URL(head.url()).pathname };
  });

  await j.step('中心批准前先问，销毁后只剩编号和凭证', async () => {
    const centre = await j.signIn('centre');
    await openPage(centre, '销毁清册');
    await shown(centre.locator('tbody tr:not([aria-hidden])').first());
    await centre.goto(address);
    await centre.getByLabel('批准意见').fill('同意销毁。');
    await j.look(centre, '中心-批准');
    await nextStep(centre).getByRole('button', { name: '批准销毁' }).click();
    await shown(centre.getByText('批准后内容和附件立即销毁，不能恢复'));
    await sayYes(centre, '批准销毁');
    await expect
      .poll(
        async () => {
          await centre.reload();
          await shown(centre.getByRole('heading', { name: '鉴定与批准' }));
          return centre.getByText(/\d+ 条、\d+ 个文件/).count();
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toBe(1);
    await j.look(centre, '中心-已销毁');
    const found = (await (await head.request.get(`/api/cases?number=${number}`)).json()) as { rows: { number: string }[] };
    expect(found.rows.filter((r) => r.number === number)).toEqual([]);
  });
  j.expectNoTroubles();
});

journey('安全管理员登记影响评估和安全事件，主管部门看得到', async (j) => {
  const security = await j.signIn('security');
  await j.step('影响评估：没写全当场知道，登记后在清单里', async () => {
    await openPage(security, '影响评估');
    await shown(security.locator('tbody tr:not([aria-hidden])').first());
    await j.look(security, '影响评估');
    await security.getByRole('button', { name: /登记/ }).first().click();
    const dialog = await dialogOf(security, /影响评估/);
    await j.look(security, '登记影响评估');
    await dialog.getByRole('button', { name: /^(保存|登记)$/ }).click();
    await shown(dialog.locator('.ant-form-item-explain-error').first());
    await dialog.getByLabel('名称').fill(ASSESSED);
    for (const label of ['处理什么信息', '目的', '为什么必要', '对个人的影响', '保护措施'])
      await dialog.getByLabel(label).fill('短信只写回执号，不写事由。');
    await dialog.getByLabel('评估人').fill('安全管理员');
    // Enter in the last field sends the form.
    await fillDay(security, dialog.getByLabel('下次复评'), dayFromNow(200));
    await dialog.waitFor({ state: 'hidden' });
    await shown(security.getByText(ASSESSED).first());
  });
  await j.step('安全事件：登记后说还差什么，到什么时候要通知', async () => {
    await openPage(security, '安全事件');
    await security.getByRole('button', { name: '登记事件' }).click();
    const dialog = await dialogOf(security, '登记安全事件');
    await dialog.getByLabel('发生了什么').fill('一份打印的会议材料落在会议室，一小时后找回。');
    await dialog.getByLabel('发现时间').fill(`${dayFromNow(0)} 00:05`);
    await security.keyboard.press('Enter');
    await dialog.getByLabel('涉及人数').fill('1');
    await dialog.getByRole('checkbox').first().check();
    await j.look(security, '登记安全事件');
    await dialog.getByRole('button', { name: /^(保存|登记)$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await shown(security.getByText(/还差：/).first());
    await j.look(security, '安全事件');
  });
  await j.step('主管部门看得到影响评估', async () => {
    const officer = await j.signIn('officer');
    await openPage(officer, '影响评估');
    await shown(officer.getByText('疑难个案支援：专家会诊使用个案资料'));
    await j.look(officer, '主管部门-影响评估');
  });
  j.expectNoTroubles();
});
