/** The four responses under lines of support: a transfer that comes back and finds its place, a supervision that both sign, a seminar with its conclusions, a resource with what the person says of it; each with its paper. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { demoAccount, journey, shown, useBrowser, wordsOf } from './browser.ts';
import { chooseAct, choosePerson, dayFromNow, dialogOf, fillDay, nextStep, openPage, sayYes } from './hands.ts';

useBrowser();

/** The state in the head of a record. */
const stands = (page: Page, says: string) => shown(page.locator('.jy-record-first').getByText(says, { exact: true }));

/** Fills a step's dialog and sends it. */
const step = async (page: Page, name: string, fill: (dialog: Awaited<ReturnType<typeof dialogOf>>) => Promise<unknown>): Promise<void> => {
  await nextStep(page).getByRole('button', { name, exact: true }).click();
  const dialog = await dialogOf(page, name);
  await fill(dialog);
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
};

/** The paper of a record as it is printed. */
const paperOf = async (page: Page): Promise<string> => {
  const [paper] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: '打开打印版' }).click()]);
  await paper.waitForLoadState();
  const words = await wordsOf(paper);
  await paper.close();
  return words;
};

journey(
  '四种应对，一条支援线一种，从写下到有结果、能打印',
  async (j) => {
    const names = {
      worker: (await demoAccount('worker')).name,
      worker2: (await demoAccount('worker2')).name,
      head: (await demoAccount('head')).name,
      centre: (await demoAccount('centre')).name,
      supervisor: (await demoAccount('supervisor')).name,
    };
    const tasks = {
      transfer: '请求助社工把家访转给新住处的站点，交代清楚再放手。',
      supervision: '陪求助社工回看两次会谈，分清陪伴与代劳。',
      seminar: '请做过同类个案的同事坐下来谈一次。',
      resource: '请社区食堂送三个月的午餐。',
    };

    const worker = await j.step('社工在手机上从工作台看到等自己办的记录，各说各的事', async () => {
      const page = await j.signIn('worker', { phone: true });
      await shown(page.getByText('转介待您办理').first());
      await shown(page.getByText('督导记录待您签认或更正').first());
      await j.look(page, '社工手机-今天');
      await page.goto('/transfers');
      await shown(page.getByText('待接收').first());
      await j.look(page, '社工手机-转介清单');
      return page;
    });

    const number = await j.step('社工找到自己正在跟进的求助', async () => {
      await worker.goto('/requests?status=following');
      await worker.locator('.jy-open').first().click();
      await worker.waitForURL(/\/requests\/[0-9a-f-]{36}/);
      await shown(worker.locator('.jy-record-first .jy-number'));
      return ((await worker.locator('.jy-record-first .jy-number').textContent()) ?? '').trim();
    });
    const request = new URL(worker.url()).pathname;

    const centre = await j.step('中心开出转介、督导、研讨、资源链接四条支援线', async () => {
      const page = await j.signIn('centre');
      await page.goto(request);
      const lines = [
        { kind: '转介', holder: names.worker, task: tasks.transfer },
        { kind: '督导', holder: names.supervisor, task: tasks.supervision },
        { kind: '研讨', holder: names.centre, task: tasks.seminar },
        { kind: '资源链接', provider: '清湖社区食堂（演示）', task: tasks.resource },
      ];
      for (const line of lines) {
        await chooseAct(page, '新开支援线');
        const dialog = await dialogOf(page, '新开支援线');
        await dialog.getByRole('radio', { name: '家庭', exact: true }).check();
        await dialog.getByRole('radio', { name: line.kind, exact: true }).check();
        if (line.holder !== undefined) await choosePerson(page, dialog.getByLabel('承接人'), line.holder);
        if (line.kind === '督导') await dialog.getByLabel('不用推荐的督导时的理由').fill('求助社工希望由这位督导陪着做。');
        if (line.provider !== undefined) await dialog.getByLabel('承接单位').fill(line.provider);
        await dialog.getByLabel('请对方做什么').fill(line.task);
        await dialog.getByRole('button', { name: '开始这条支援线' }).click();
        await dialog.waitFor({ state: 'hidden' });
      }
      return page;
    });

    await j.step('转介：社工在手机上写，没有写全的，错误在格子旁边', async () => {
      await openPage(worker, '支援线');
      const row = worker.getByRole('row').filter({ hasText: tasks.transfer });
      await shown(row);
      await j.look(worker, '社工手机-支援线');
      await row.getByRole('link', { name: '写第一条记录' }).click();
      await shown(worker.getByRole('heading', { name: '新的转介记录' }));
      await worker.getByRole('button', { name: '发出转介' }).click();
      await expect.poll(() => worker.locator('.ant-form-item-explain-error').count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
      for (const says of await worker.locator('.ant-form-item-explain-error').allTextContents()) expect(says).toMatch(/[一-鿿]/);
      await j.look(worker, '社工手机-转介没写全');
      await choosePerson(worker, worker.getByLabel('转给谁'), names.worker2);
      await worker.getByLabel('转介事由').fill('一家人下周搬到大浪街道，后续家访在那边做。');
      await worker.getByText('法定职责', { exact: true }).click();
      await worker.getByLabel('具体依据').fill('跨街道续接服务，依社工站服务职责移交。');
      await fillDay(worker, worker.getByLabel('请对方在哪天前答复'), dayFromNow(5));
      await j.look(worker, '社工手机-写转介');
      await worker.getByRole('button', { name: '发出转介' }).click();
      await worker.waitForURL(/\/responses\/[0-9a-f-]{36}/);
      await stands(worker, '待接收');
      await shown(nextStep(worker).getByText(`等${names.worker2}办理`));
      await j.look(worker, '社工手机-已发出');
    });
    const transfer = new URL(worker.url()).pathname;

    await j.step('接收的人从消息里打开，读到移交的内容，退回并说明原因', async () => {
      const page = await j.signIn('worker2');
      await page.goto('/notices');
      await page.getByText('有转介、督导等记录待您办理').first().click();
      await page.waitForURL(/\/responses\/[0-9a-f-]{36}/);
      await page.goto(transfer);
      await stands(page, '待接收');
      await shown(page.getByText('希望得到的支持'));
      expect(await nextStep(page).getByRole('link', { name: '看这份求助' }).count()).toBe(0);
      await j.look(page, '接收方-待接收');
      await step(page, '退回', (dialog) => dialog.getByLabel('退回的原因').fill('核对过，新住处归福城街道，请改送。'));
      // What went back is closed to the one who sent it back.
      await expect.poll(() => wordsOf(page), { timeout: 60_000 }).not.toContain('希望得到的支持');
    });

    await j.step('社工看到退回的原因，改送站长', async () => {
      await worker.goto(transfer);
      await stands(worker, '已退回');
      await shown(worker.getByText('新住处归福城街道'));
      await nextStep(worker).getByRole('button', { name: '改送他处' }).click();
      const dialog = await dialogOf(worker, '改送他处');
      await choosePerson(worker, dialog.getByLabel('改送给谁'), names.head);
      await j.look(worker, '社工手机-改送');
      await dialog.getByRole('button', { name: '改送他处' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await stands(worker, '待接收');
    });

    await j.step('站长接收、写回执，办结', async () => {
      const page = await j.signIn('head');
      await page.goto(transfer);
      await step(page, '接收并回执', async (dialog) => {
        await dialog.getByLabel(/^回执/).fill('由本站小组跟进，周三电话联系，再约家访。');
        await fillDay(page, dialog.getByLabel('首次联系日期'), dayFromNow(1));
        await j.look(page, '站长-回执');
      });
      await stands(page, '已接收');
      await step(page, '登记办结', (dialog) => dialog.getByLabel('办理结果').fill('首次家访已做，与原社工当面交接。'));
      await stands(page, '已办结');
      const paper = await paperOf(page);
      for (const says of ['转介单', '移交内容', '退回经过', '由本站小组跟进', '首次家访已做', '接收方']) expect(paper).toContain(says);
      await j.look(page, '站长-已办结');
    });

    const supervisor = await j.step('督导：督导写下一次，社工请更正，督导改', async () => {
      const page = await j.signIn('supervisor');
      await openPage(page, '支援线');
      const row = page.getByRole('row').filter({ hasText: tasks.supervision });
      await row.getByRole('link', { name: '写第一条记录' }).click();
      await shown(page.getByRole('heading', { name: '新的督导记录' }));
      await page.getByRole('radio', { name: '教育督导' }).check();
      await page.getByLabel('开始时刻').fill('14:00');
      await page.getByLabel('结束时刻').fill('13:00');
      await page.getByLabel('督导议题').fill('社工替母亲打了三通电话，觉得停不下来。');
      await page.getByLabel('督导意见').fill('先问一句：这件事她自己能做哪一步；下次只陪不代。');
      await page.getByLabel('后续跟进').fill('两周后带一次过程记录来。');
      await fillDay(page, page.getByLabel('日期', { exact: true }), dayFromNow(-1));
      await page.getByRole('button', { name: '写好，请双方签认' }).click();
      await shown(page.locator('.ant-form-item-explain-error').getByText('结束时刻要晚于开始时刻'));
      await j.look(page, '督导-时刻颠倒');
      await page.getByLabel('结束时刻').fill('15:30');
      await page.getByRole('button', { name: '写好，请双方签认' }).click();
      await page.waitForURL(/\/responses\/[0-9a-f-]{36}/);
      await stands(page, '待签认');
      await shown(page.getByText('共 90 分钟'));
      await j.look(page, '督导-待签认');
      return page;
    });
    const supervision = new URL(supervisor.url()).pathname;
    await j.step('社工在手机上请更正，督导改好，双方签认', async () => {
      await worker.goto(supervision);
      await step(worker, '请更正', (dialog) => dialog.getByLabel('哪里要更正').fill('是两通电话，不是三通。'));
      await stands(worker, '待更正');
      await supervisor.goto(supervision);
      await shown(supervisor.getByText('是两通电话，不是三通。'));
      await step(supervisor, '更正记录', (dialog) => dialog.getByLabel('督导议题').fill('社工替母亲打了两通电话，觉得停不下来。'));
      await stands(supervisor, '待签认');
      await nextStep(supervisor).getByRole('button', { name: '签认', exact: true }).click();
      await sayYes(supervisor, '签认');
      await stands(supervisor, '待另一方签认');
      await shown(nextStep(supervisor).getByText(`等${names.worker}办理`));
      await worker.goto(supervision);
      await nextStep(worker).getByRole('button', { name: '签认', exact: true }).click();
      await sayYes(worker, '签认');
      await stands(worker, '双方已签认');
      await j.look(worker, '社工手机-双方已签认');
      const paper = await paperOf(worker);
      for (const says of ['督导记录', '共 90 分钟', '两通电话', `${names.supervisor} `, '签认']) expect(paper).toContain(says);
      expect(paper).not.toContain('三通电话');
    });

    await j.step('研讨：中心安排在今天，写纪要、写结论', async () => {
      await centre.goto(`${request}?view=work`);
      await centre.getByRole('row').filter({ hasText: tasks.seminar }).getByRole('link', { name: '写第一条记录' }).click();
      await shown(centre.getByRole('heading', { name: '新的研讨记录' }));
      await centre.getByLabel('议题').fill('搬家前后，哪几件事要当面交接');
      await centre.getByLabel('地点').fill('支援中心二楼');
      await centre.getByLabel('参加人', { exact: true }).fill(names.worker);
      await centre.locator('.ant-select-item-option').filter({ hasText: names.worker }).first().click();
      await centre.keyboard.press('Escape');
      await centre.getByLabel('议程').fill('各讲五分钟，再定三件先做的。');
      await j.look(centre, '中心-安排研讨');
      await centre.getByRole('button', { name: '安排研讨' }).click();
      await centre.waitForURL(/\/responses\/[0-9a-f-]{36}/);
      await stands(centre, '待召开');
      await step(centre, '记录研讨', (dialog) => dialog.getByLabel('研讨纪要').fill('大家都说先把学校联系人交代清楚。'));
      await stands(centre, '待写结论');
      await step(centre, '写结论', (dialog) => dialog.getByLabel('结论').fill('学校、社康、物业三处当面交接，其余电话。'));
      await stands(centre, '已有结论');
      await j.look(centre, '中心-研讨已有结论');
      const paper = await paperOf(centre);
      for (const says of ['研讨纪要', '搬家前后', names.worker, '学校、社康、物业']) expect(paper).toContain(says);
    });

    await j.step('资源链接：社工在手机上提出，登记答应、提供的钱和服务对象的话', async () => {
      await worker.goto(`${request}?view=work`);
      await worker.getByRole('row').filter({ hasText: tasks.resource }).getByRole('link', { name: '写第一条记录' }).click();
      await shown(worker.getByRole('heading', { name: '新的资源链接记录' }));
      await worker.getByLabel('请对方做什么').fill('每天一份午餐，送到楼下，先送三个月。');
      await worker.getByRole('button', { name: '提出' }).click();
      await shown(worker.getByText('请选择资源，或写下资源名称').first());
      await worker.getByLabel('库外资源').fill('清湖社区食堂（演示）');
      await worker.getByRole('button', { name: '提出' }).click();
      await worker.waitForURL(/\/responses\/[0-9a-f-]{36}/);
      await step(worker, '登记答应', (dialog) => dialog.getByLabel('对方怎样答应').fill('下周一开始送，由店长安排。'));
      await step(worker, '登记已提供', async (dialog) => {
        await dialog.getByLabel('提供了什么').fill('已送到第一个月末，折合餐费。');
        await dialog.getByLabel('金额').fill('1200.5');
      });
      await shown(worker.getByText('1200.50 元'));
      await j.look(worker, '社工手机-已提供');
      await step(worker, '登记结果与反馈', async (dialog) => {
        await dialog.getByLabel('结果', { exact: true }).fill('午饭有了着落。');
        await dialog.getByLabel('服务对象怎么说').fill('“热饭吃着心里暖。”');
        await dialog.getByRole('radio').nth(4).click();
      });
      await stands(worker, '已完成');
      const paper = await paperOf(worker);
      for (const says of ['资源链接单', '清湖社区食堂', '1200.50', '热饭', '5 分']) expect(paper).toContain(says);
    });

    await j.step('清单里找得到，轮到谁一目了然；写错的一条撤回，原因留着', async () => {
      await openPage(centre, '支援记录');
      await centre.getByRole('button', { name: '资源链接', exact: true }).click();
      await centre.waitForURL(/\/resource-links/);
      await shown(centre.getByRole('heading', { name: '支援记录：资源链接' }));
      await shown(centre.getByText('1200.50 元').first());
      await j.look(centre, '中心-资源链接清单');
      await centre.goto(`${request}?view=work`);
      await centre.getByRole('row').filter({ hasText: tasks.resource }).getByRole('link', { name: '再写一条记录' }).click();
      await centre.getByLabel('库外资源').fill('另一家食堂（演示）');
      await centre.getByLabel('请对方做什么').fill('备用。');
      await centre.getByRole('button', { name: '提出' }).click();
      await centre.waitForURL(/\/responses\/[0-9a-f-]{36}/);
      await shown(nextStep(centre).getByRole('button', { name: '撤回' }));
      // A line does not end over a record that goes on.
      await centre.goto(`${request}?view=work`);
      const row = centre.getByRole('row').filter({ hasText: tasks.resource });
      await row.getByRole('button', { name: '登记结果' }).click();
      const dialog = await dialogOf(centre, '登记支援线的结果');
      await dialog.getByLabel('结果', { exact: true }).fill('午餐送了三个月。');
      await dialog.getByRole('button', { name: '登记结果' }).click();
      await shown(dialog.getByText('没有办完'));
      await j.look(centre, '中心-还有记录在办');
      await dialog.getByRole('button', { name: '取消' }).click();
      await centre.getByRole('button', { name: '放弃', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await row.getByRole('link', { name: /待回复/ }).click();
      await step(centre, '撤回', (d) => d.getByLabel('撤回的原因').fill('同一件事写重了。'));
      await stands(centre, '已撤回');
      await shown(centre.getByText('同一件事写重了。'));
      await j.look(centre, '中心-已撤回');
    });

    await j.step('四条线逐条登记结果', async () => {
      for (const [page, path, task] of [
        [centre, `${request}?view=work`, tasks.resource],
        [centre, `${request}?view=work`, tasks.seminar],
        [supervisor, '/lines', tasks.supervision],
        [worker, '/lines', tasks.transfer],
      ] as const) {
        await page.goto(path);
        const row = page.getByRole('row').filter({ hasText: task });
        await row.getByRole('button', { name: '登记结果' }).click();
        const dialog = await dialogOf(page, '登记支援线的结果');
        await dialog.getByLabel('结果', { exact: true }).fill('这条线做完了。');
        await dialog.getByRole('button', { name: '登记结果' }).click();
        await dialog.waitFor({ state: 'hidden' });
        await expect.poll(() => row.getByRole('button', { name: '登记结果' }).count(), { timeout: 60_000 }).toBe(0);
      }
      await worker.goto(`${request}?view=work`);
      await expect.poll(() => wordsOf(worker), { timeout: 60_000 }).toContain(number);
      await j.look(worker, '社工手机-四条线都有结果');
    });
  },
  600_000,
);
