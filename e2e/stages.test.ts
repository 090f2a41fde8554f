/** A case from intake to closing: the worker writes, the head sends back and signs, and the phone shows the stage and takes a record. */
import { readFileSync } from 'node:fs';
import { beginFormAnswer, listFormTemplates, submitFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { readBook } from '../apps/server/test/pdfWords.ts';
import { unzip } from '../apps/server/test/unzip.ts';
import { ask, freshCase } from './asking.ts';
import { journey, shown, useBrowser, wordsOf } from './browser.ts';
import { choose, dayFromNow, dialogOf, doneSigning, nextStep, sayYes, signByHand } from './hands.ts';

useBrowser();

const BURDEN = ['tired', 'sleep', 'time', 'work', 'money', 'friends', 'angry', 'guilty', 'leave', 'relief'];
/** Hands in the scale of burden under a case, every answer the same. */
const measured = async (worker: Page, caseId: string, value: string, answered = BURDEN.length) => {
  const { rows } = await ask(worker, listFormTemplates, { query: { limit: 100 } });
  const templateId = rows.find((r) => r.code === 's01-burden')?.id ?? expect.fail('no form');
  const { id } = await ask(worker, beginFormAnswer, { body: { under: { kind: 'case', id: caseId }, templateId, corrects: null } });
  const values = Object.fromEntries(BURDEN.slice(0, answered).map((key) => [key, value]));
  await ask(worker, submitFormAnswer, { params: { id }, body: { values, version: 1 } });
};

journey('个案从接案走到结案，站长退回一次再签，手机上看到阶段并写过程记录', async (j) => {
  let caseId = '';
  const worker = await j.step('社工打开新个案，作接案决定、写预估', async () => {
    const page = await j.signIn('worker');
    // One of its own: what other journeys begin in the demo's cases would keep them from being closed.
    caseId = await freshCase(page, '欧阳娜');
    await page.goto(`/cases/${caseId}`);
    await nextStep(page).getByRole('button', { name: '作接案决定' }).click();
    let dialog = await dialogOf(page, '作接案决定');
    await dialog.getByLabel('求助的问题').fill('想有人一起商量照料的事。');
    await j.look(page, '接案决定');
    await dialog.getByRole('button', { name: '保存决定' }).click();
    await nextStep(page).getByRole('button', { name: '写预估' }).click();
    dialog = await dialogOf(page, '写预估');
    for (const [label, text] of [
      ['个人', '睡得少，愿意谈。'],
      ['环境与资源', '社区有日间照料。'],
      ['需求与问题', '照料要有人分担。'],
    ] as const)
      await dialog.getByLabel(label, { exact: true }).fill(text);
    await dialog.getByLabel('风险', { exact: true }).click();
    await page.getByTitle('低', { exact: true }).last().click();
    await dialog.getByRole('button', { name: '保存预估' }).click();
    await nextStep(page).getByRole('button', { name: '写计划' }).waitFor();
    await measured(page, caseId, 'always', 3);
    await measured(page, caseId, 'always');
    await page.reload();
    return page;
  });

  await j.step('写计划，签协议，送站长签', async () => {
    await nextStep(worker).getByRole('button', { name: '写计划' }).click();
    let dialog = await dialogOf(worker, '写计划');
    await dialog.getByLabel('总目标').fill('照料有人分担。');
    await dialog.getByLabel('目标 1：要达到什么').fill('每周能休息，能去上半天班');
    await dialog.getByRole('checkbox', { name: '就业目标' }).check();
    await dialog.getByLabel('用什么衡量').fill('每周休息时间');
    await dialog.getByLabel('单位').fill('小时');
    await dialog.getByLabel('现在的值').fill('1');
    await dialog.getByLabel('目标值').fill('1');
    await dialog.getByLabel('方法与行动').fill('家庭会议，联系日间照料。');
    await dialog.getByLabel('频率').fill('每周一次');
    await dialog.getByLabel('结束', { exact: true }).fill('2199-01-01');
    await worker.keyboard.press('Enter');
    await dialog.getByRole('button', { name: '保存计划' }).click();
    await shown(dialog.getByText('目标值要比现在的值好').first());
    await dialog.getByLabel('目标值').fill('6');
    // A second goal takes its baseline from the scale that was filled in; the one without a number is shown and cannot be chosen.
    await dialog.getByRole('button', { name: '再加一个目标' }).click();
    const second = dialog.getByRole('group', { name: '目标 2' });
    await second.getByLabel('目标 2：要达到什么').fill('照料的负担轻一些');
    await second.getByLabel('基线取自量表').click();
    const options = worker.locator('.ant-select-dropdown:visible .ant-select-item-option');
    await shown(options.filter({ hasText: '这次没有得分，不能引用' }));
    expect(await options.filter({ hasText: '不能引用' }).getAttribute('class')).toContain('disabled');
    await options.filter({ hasNotText: '不能引用' }).click();
    await expect.poll(() => second.getByLabel('现在的值').inputValue()).toMatch(/^[1-9]/);
    expect(await second.getByLabel('现在的值').isDisabled()).toBe(true);
    expect(await second.getByLabel('用什么衡量').inputValue()).toBe('照顾负担');
    await second.getByLabel('目标值').fill('12');
    await j.look(worker, '写计划');
    await dialog.getByRole('button', { name: '保存计划' }).click();
    await nextStep(worker).getByRole('button', { name: '签协议并送签' }).waitFor();
    await signByHand(worker, '本人', '欧阳娜');
    await j.look(worker, '手写签名');
    await doneSigning(worker, '本人');
    await nextStep(worker).getByRole('button', { name: '签协议并送签' }).click();
    dialog = await dialogOf(worker, '签协议并送签');
    await shown(dialog.getByText('本人已手写签名。'));
    await dialog.getByLabel('已当面说明').check();
    await j.look(worker, '签协议');
    await dialog.getByRole('button', { name: '送签' }).click();
    await shown(worker.getByText('计划已送签，等签字。'));
  });

  const head = await j.step('站长退回一次，社工再送，站长签署', async () => {
    const page = await j.signIn('head');
    const review = async () => {
      await page.goto(`/cases/${caseId}`);
      await nextStep(page).getByRole('button', { name: '查看并签署计划' }).click();
      await shown(page.getByText('每周能休息').first());
    };
    await review();
    await j.look(page, '站长看计划');
    await page.getByRole('button', { name: '退回修改' }).click();
    const dialog = await dialogOf(page, '退回修改');
    await dialog.getByLabel('理由').fill('请写明谁来照料');
    await dialog.getByRole('button', { name: '退回', exact: true }).click();
    await worker.reload();
    await shown(worker.getByText(/被.+退回：请写明谁来照料/));
    await nextStep(worker).getByRole('button', { name: '签协议并送签' }).click();
    const again = await dialogOf(worker, '签协议并送签');
    // Unchanged, it stays signed.
    await again.getByLabel('已当面说明').check();
    await again.getByRole('button', { name: '送签' }).click();
    await shown(worker.getByText('计划已送签，等签字。'));
    await review();
    await page.getByRole('button', { name: '签署', exact: true }).click();
    await sayYes(page, '签署');
    await page.waitForURL(`**/cases/${caseId}`);
    const { papers } = (await (await page.request.get(`/api/cases/${caseId}/stages`)).json()) as { papers: { id: string; kind: string }[] };
    const plan = papers.find((p) => p.kind === 'plan')?.id;
    expect(await (await page.request.get(`/api/case-papers/${plan}/print`)).text()).toMatch(/服务对象（签字）<svg[^>]+><path d="M/);
    return page;
  });

  await j.step('手机上看到阶段，写一条家访记录', async () => {
    const phone = await j.signIn('worker', { phone: true });
    await phone.goto(`/m/cases/${caseId}`);
    await shown(phone.getByText('下一步：写过程记录'));
    await phone.getByLabel('写一条记录').fill('上门商量了轮流照料。');
    await phone.getByLabel('方式').selectOption('home-visit');
    await phone.getByLabel('时长（分钟）').fill('50');
    // Folded by default; what the form of a process record asks beside it is written here and printed from here.
    expect(await phone.getByLabel('本次目标').isVisible()).toBe(false);
    await phone.getByText('按过程记录表写全').click();
    await phone.getByLabel('本次目标').fill('商量夜里谁来照看。');
    await j.look(phone, '手机个案');
    await phone.getByRole('button', { name: '保存记录' }).click();
    await shown(phone.getByText('家访 50 分钟'));
    await shown(phone.getByText('商量夜里谁来照看。'));
    await worker.goto(`/forms/new?case=${caseId}`);
    await worker.getByRole('link', { name: /^过程记录/ }).click();
    await worker.getByRole('button', { name: '打印过程记录' }).click();
    const address = (await worker.getByRole('link', { name: '打开打印版' }).last().getAttribute('href')) ?? '';
    expect(await (await worker.request.get(address)).text()).toContain('商量夜里谁来照看。');
  });

  await j.step('评估，结案，站长签署', async () => {
    await measured(worker, caseId, 'seldom');
    await worker.reload();
    await nextStep(worker).getByRole('button', { name: '写结案评估' }).click();
    let dialog = await dialogOf(worker, '写结案评估');
    await dialog.getByLabel('现在（小时）').fill('6');
    const fell = dialog.getByRole('group', { name: '照料的负担轻一些' });
    await choose(worker, fell.getByLabel('后测取自量表'), /照顾负担/);
    await expect.poll(() => fell.getByLabel('现在（分）').inputValue()).toMatch(/^\d/);
    await j.look(worker, '结案评估');
    await dialog.getByLabel('评估', { exact: true }).fill('排了值班，每周能歇半天。');
    await dialog.getByRole('button', { name: '保存评估' }).click();
    await shown(worker.getByText('6 小时（已达到）'));
    expect(await worker.getByText(/^（照顾负担，.+填）$/).count()).toBe(2);
    await nextStep(worker).getByRole('button', { name: '提出结案' }).click();
    dialog = await dialogOf(worker, '提出结案');
    await dialog.getByLabel('结案小结').fill('目标达到，本人愿意自己往下走。');
    await dialog.getByRole('button', { name: '送签' }).click();
    // A goal was work: what came of it is asked.
    const work = dialog.getByRole('group', { name: '就业结果' });
    await shown(work.locator('.ant-form-item-explain-error').first());
    await choose(worker, work.getByLabel('就业结果'), '已就业：灵活就业');
    await work.getByLabel('从哪天开始').fill(dayFromNow(0));
    await worker.keyboard.press('Enter');
    await choose(worker, work.getByLabel('在什么地方'), '企业');
    await j.look(worker, '结案写就业结果');
    await dialog.getByRole('button', { name: '送签' }).click();
    await shown(worker.getByText('结案已送签，等签字。'));
    await head.goto(`/cases/${caseId}`);
    await nextStep(head).getByRole('button', { name: '查看并签署结案' }).click();
    await head.getByRole('button', { name: '签署', exact: true }).click();
    await sayYes(head, '签署');
    await worker.reload();
    await shown(worker.getByText(/结案：目标达成/));
    await expect.poll(() => wordsOf(worker)).toContain('登记回访');
    await j.look(worker, '已结案');
    await nextStep(worker).getByRole('button', { name: '登记回访' }).click();
    dialog = await dialogOf(worker, '登记回访');
    await dialog.getByLabel('记录').fill('半天班做得惯。');
    await dialog.getByRole('checkbox', { name: '这次问了就业的情况' }).check();
    await choose(worker, dialog.getByLabel('原来的工作'), '还在岗');
    await j.look(worker, '回访问就业');
    await dialog.getByRole('button', { name: '保存回访' }).click();
    await shown(worker.getByText(/就业：.*已就业：灵活就业.*当时满 0 个月/));
  });

  await j.step('取整份卷宗，一份 PDF；结案小结存为 Word', async () => {
    const saved = async (press: () => Promise<void>) => {
      const [download] = await Promise.all([worker.waitForEvent('download'), press()]);
      return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
    };
    const closing = worker
      .locator('.st-papers li')
      .filter({ has: worker.locator('summary', { hasText: '结案' }) })
      .first();
    await closing.locator('summary').click();
    const word = await saved(() => closing.getByRole('button', { name: '存为 Word' }).click());
    expect(word.name).toMatch(/^个案结案小结.*\.docx$/);
    expect(unzip(word.content).get('word/document.xml')?.toString('utf8')).toContain('目标达到，本人愿意自己往下走。');
    await worker.getByRole('button', { name: '取卷宗' }).click();
    await worker.getByLabel('用途').fill('年度归档');
    await worker.getByRole('button', { name: '生成卷宗' }).click();
    await shown(worker.getByRole('button', { name: '下载 PDF' }));
    await j.look(worker, '个案卷宗');
    const pdf = await saved(() => worker.getByRole('button', { name: '下载 PDF' }).click());
    expect(pdf.name).toMatch(/^个案卷宗.*\.pdf$/);
    const book = await readBook(pdf.content);
    await shown(worker.getByText(`${book.words.length} 页`));
    const all = book.words.join('');
    for (const words of ['社会工作个案卷宗', '上门商量了轮流照料', '排了值班，每周能歇半天', '目标达到，本人愿意自己往下走', '年度归档'])
      expect(all).toContain(words);
    expect(book.words[1]).toContain('七、结案');
  });
});
