/** What comes in and what goes out as a file: attachments, lists for Excel, the opinion document. */
import { readFileSync } from 'node:fs';
import { recordConsent } from '@jieyou/core/cases/endpoints.ts';
import {
  answerInvitation,
  listOwnInvitations,
  listSupportRequests,
  readSupportRequest,
  screenSupportRequest,
} from '@jieyou/core/support/endpoints.ts';
import { readXlsx } from 'hucre/xlsx';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ask } from './asking.ts';
import { demoAccount, type Journey, journey, shown, useBrowser, wordsOf } from './browser.ts';
import { answerChecklist, askForHelp, choose, choosePerson, dayFromNow, dialogOf, HARD, nextStep, openQuietCase } from './hands.ts';
import { plainWords, readPdf } from './pdf.ts';

useBrowser();

type Picked = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** A real picture and a real paper, and a program that calls itself a paper. */
const makeFiles = async (j: Journey): Promise<{ photo: Picked; paper: Picked; program: Picked }> => {
  const sheet = await j.device('纸');
  await sheet.setContent('<h1>执行裁定书（演示）</h1><p>判决生效后，被执行人没有履行。</p>');
  const photo = { name: '门口的催缴单.png', mimeType: 'image/png', buffer: await sheet.screenshot() };
  const paper = { name: '执行裁定书.pdf', mimeType: 'application/pdf', buffer: await sheet.pdf() };
  const program = Buffer.concat([Buffer.from('MZ\u0090\u0000\u0003', 'latin1'), Buffer.alloc(600)]);
  await sheet.close();
  return { photo, paper, program: { name: '补充材料.pdf', mimeType: 'application/pdf', buffer: program } };
};

/** Picks files through the button, as hands do. */
const pickFiles = async (page: Page, shelf: Locator, files: readonly Picked[]): Promise<void> => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), shelf.getByRole('button', { name: '添加附件' }).click()]);
  expect(chooser.isMultiple()).toBe(true);
  await chooser.setFiles(files.map((file) => ({ ...file })));
  await shown(shelf.getByRole('button', { name: '添加附件' }));
};

/** What the browser saves when somebody presses. */
const saved = async (page: Page, press: () => Promise<unknown>): Promise<{ name: string; content: Buffer }> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
};

const addressOf = async (link: Locator): Promise<string> => (await link.getAttribute('href')) ?? '';

journey('附件，社工传上去，只有看得到求助的人和选给的专家拿得到', async (j) => {
  const files = await makeFiles(j);
  const law = (await demoAccount('expert')).name;
  const chair = (await demoAccount('centre')).name;

  const worker = await j.step('社工在草稿里添加照片和裁定书；冒充 PDF 的程序被退回，写过的都在', async () => {
    const page = await j.signIn('worker');
    await openQuietCase(page);
    await askForHelp(page);
    await expect.poll(() => page.locator('#story').inputValue(), { timeout: 60_000 }).not.toBe('');
    await page.locator('#tried').fill('陪同去过执行局一次，窗口说查不到对方财产。');
    await page.locator('#asks').fill('想请律师看看执行还有没有别的路。');
    const law = page.getByRole('checkbox', { name: '法律', exact: true });
    if (!(await law.isChecked())) await law.check();
    const shelf = page.locator('#at-files');
    await pickFiles(page, shelf, [files.photo, files.program, files.paper]);
    const refused = shelf.locator('.rd-gap').filter({ hasText: files.program.name });
    await shown(refused.getByRole('alert').getByText('文件内容与文件名的类型不一致，没有上传。请用原来的程序另存后再试。'));
    await expect.poll(() => shelf.locator('.rd-file a').allTextContents()).toEqual([files.photo.name, files.paper.name]);
    expect(await page.locator('#tried').inputValue()).toContain('陪同去过执行局');
    await shelf.scrollIntoViewIfNeeded();
    await j.look(page, '社工-草稿附件');
    return page;
  });

  await j.step('社工下载裁定书，与传上去的一字不差', async () => {
    const got = await saved(worker, () => worker.locator('#at-files').getByRole('link', { name: files.paper.name }).click());
    expect(got.name).toBe(files.paper.name);
    expect(got.content.equals(files.paper.buffer)).toBe(true);
  });

  const { id, path, paper, photo } = await j.step('提交求助，附件列在求助里', async () => {
    await answerChecklist(worker, HARD);
    await shown(worker.getByText(/^已保存 \d\d:\d\d$/));
    await worker.getByRole('button', { name: '提交求助' }).click();
    await worker.getByRole('button', { name: '查看这份求助' }).click();
    await worker.getByRole('tab', { name: '求助内容' }).click();
    const links = worker.locator('.rd-file a');
    await expect.poll(() => links.allTextContents()).toEqual([files.photo.name, files.paper.name]);
    await j.look(worker, '社工-求助附件');
    const [first = '', second = ''] = await Promise.all([addressOf(links.nth(0)), addressOf(links.nth(1))]);
    const address = new URL(worker.url()).pathname;
    return { path: address, id: address.split('/').at(-1) ?? '', photo: first, paper: second };
  });

  await j.step('另一站的社工拿着地址，什么也打不开', async () => {
    const page = await j.signIn('worker2');
    for (const address of [paper, photo]) {
      const reply = await page.goto(address);
      expect(reply?.status()).toBe(404);
      expect((await reply?.body())?.includes('%PDF')).toBe(false);
    }
  });

  const archive = await j.step('中心邀请专家，附件里只选裁定书', async () => {
    const { content } = await ask(worker, readSupportRequest, { params: { id } });
    await ask(worker, recordConsent, {
      params: { id: content?.caseId ?? '' },
      body: {
        receiver: '支援中心与受邀专家',
        purpose: 'conference',
        fields: ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks', 'attachments'],
        signedBy: '本人',
        grantedOn: dayFromNow(0),
        expiresOn: null,
      },
    });
    // Two tellings of LH-24 ask the same lawyer in this month: one of the invitations that still wait is declined, so that a place is free.
    const lawyer = await j.signIn('expert');
    const { rows: waiting } = await ask(lawyer, listOwnInvitations, { query: { state: 'waiting' } });
    const first = waiting.find((one) => one.status === 'invited');
    if (first !== undefined)
      await ask(lawyer, answerInvitation, { params: { id: first.id }, body: { answer: 'decline', reason: '这周另有开庭，时间排不开。' } });
    const page = await j.signIn('centre');
    const { version } = await ask(page, readSupportRequest, { params: { id } });
    await ask(page, screenSupportRequest, { params: { id }, body: { exit: 'accept', version, checklistVersion: '2026.1' } });
    await page.goto(path);
    await shown(page.locator('.jy-record-first .jy-number'));
    const number = ((await page.locator('.jy-record-first .jy-number').textContent()) ?? '').trim();
    await nextStep(page).getByRole('button', { name: '推荐专家组' }).click();
    await shown(page.getByRole('heading', { name: '推荐的专家组' }));
    const seated = async () => (await page.locator('.rd-panel tbody th.seat strong').allTextContents()).map((t) => t.trim());
    if (!(await seated()).includes(law)) {
      await choose(page, page.locator('.rd-panel tbody tr').first().getByRole('combobox'), law);
      await expect.poll(seated).toContain(law);
      await page.getByLabel('为什么不按推荐').fill('近期有时间到场，且办过同类的执行个案。');
    }
    await page.getByLabel('会诊地点').fill('支援中心二楼会议室');
    await choosePerson(page, page.getByLabel('主持人'), chair);
    await page.getByRole('checkbox', { name: '附件', exact: true }).check();
    await page.getByRole('checkbox', { name: files.paper.name }).check();
    expect(await page.getByRole('checkbox', { name: files.photo.name }).isChecked()).toBe(false);
    await expect.poll(() => page.getByRole('radio', { name: '服务对象同意' }).isChecked()).toBe(true);
    await page
      .getByRole('radio', { name: /^专家会诊/ })
      .first()
      .check();
    await j.look(page, '中心-选附件');
    await page.getByRole('button', { name: /^邀请 \d+ 位专家$/ }).click();
    await shown(page.getByText('待答复').first());
    return number;
  });

  await j.step('专家承诺之前拿不到；承诺之后只看到选给他的一份，不知道原来的文件名', async () => {
    const page = await j.signIn('expert');
    for (const address of [paper, photo]) expect((await page.request.get(address)).status()).toBe(404);
    await page.goto('/invitations');
    await page.getByRole('button', { name: archive }).click();
    await page.getByRole('checkbox', { name: '我承诺' }).check();
    await page.getByRole('button', { name: '接受并阅读资料' }).click();
    await shown(page.locator('.rd-letter'));
    const links = page.locator('.rd-file a');
    await expect.poll(() => links.allTextContents()).toEqual(['附件1.pdf']);
    const words = await wordsOf(page);
    for (const name of [files.paper.name, files.photo.name]) expect(words).not.toContain(name);
    await links.first().scrollIntoViewIfNeeded();
    await j.look(page, '专家-资料附件');
    const got = await saved(page, () => links.first().click());
    expect(got.name).toBe('附件1.pdf');
    expect(got.content.equals(files.paper.buffer)).toBe(true);
    expect((await page.goto(photo))?.status()).toBe(404);
  });
});

/** Presses 导出, gives the reason, and reads the workbook that the browser saves. */
const exported = async (j: Journey, page: Page, reason: string, what: string) => {
  await page.getByRole('main').getByRole('button', { name: '导出', exact: true }).click();
  const dialog = await dialogOf(page, '导出为 Excel');
  await dialog.getByLabel('导出理由').fill(reason);
  await j.look(page, what);
  const file = await saved(page, () => dialog.getByRole('button', { name: '导出', exact: true }).click());
  await dialog.waitFor({ state: 'hidden' });
  const sheet = (await readXlsx(file.content)).sheets[0];
  const [head = [], ...below] = sheet?.rows ?? [];
  const last = below.at(-1)?.[0];
  return {
    name: file.name,
    head: head.map(String),
    // An empty line and the line that says who made it stand below the rows.
    rows: below.slice(0, -2).map((row) => Object.fromEntries(head.map((title, i) => [String(title), row[i] ?? '']))),
    madeBy: String(last ?? ''),
    frozen: sheet?.freezePane,
    formulas: [...(sheet?.cells?.values() ?? [])].filter((cell) => cell.formula !== undefined),
  };
};

const REQUEST_HEAD = [
  '编号',
  '状态',
  '问题领域',
  '所需专业',
  '风险',
  '站点',
  '求助社工',
  '承办人',
  '时限',
  '提交时间',
  '最近变化',
  '下次日期',
  '是否解决',
];
/** What a worker's own list hides until it is chosen. */
const HIDDEN_AT_FIRST = ['站点', '求助社工', '提交时间', '最近变化'];

/** The number that a list tells of itself. */
const countOf = async (page: Page): Promise<number> => {
  const says = page.locator('.jy-toolbar [aria-live]');
  await expect.poll(() => says.textContent(), { timeout: 60_000 }).toMatch(/共 \d+ 条/);
  return Number(/共 (\d+) 条/.exec((await says.textContent()) ?? '')?.[1]);
};

journey('导出 Excel，行数与页面一致，理由留痕，公式不会运行', async (j) => {
  const workerName = (await demoAccount('worker')).name;
  const centreName = (await demoAccount('centre')).name;

  await j.step('社工导出自己的求助，按条件筛选过的就只有那些', async () => {
    const page = await j.signIn('worker');
    await page.goto('/requests');
    const all = await countOf(page);
    await page.goto('/requests?status=closed');
    await shown(page.getByText('（已筛选）'));
    const closed = await countOf(page);
    expect(closed).toBeGreaterThan(0);
    expect(closed).toBeLessThan(all);
    const first = await exported(j, page, '核对显示的列', '社工-导出所选的列');
    expect(first.head).toEqual(REQUEST_HEAD.filter((head) => !HIDDEN_AT_FIRST.includes(head)));
    await page.getByRole('button', { name: '列与行距' }).click();
    for (const name of ['求助', '提交', '最近变化', '站点']) await page.getByRole('checkbox', { name, exact: true }).check();
    await page.keyboard.press('Escape');
    const book = await exported(j, page, '+86 年度核对', '社工-导出');
    expect(book.name).toMatch(/^疑难个案求助清单\d{4}-\d\d-\d\d\.xlsx$/);
    expect(book.head).toEqual(REQUEST_HEAD);
    expect(book.rows).toHaveLength(closed);
    expect(new Set(book.rows.map((row) => `${row.状态} ${row.求助社工}`))).toEqual(new Set([`已结束 ${workerName}`]));
    expect(book.madeBy).toContain(`导出人：${workerName}`);
    expect([book.frozen, book.formulas]).toEqual([{ rows: 1 }, []]);
  });

  await j.step('中心导出筛选台，与台上的编号逐条相同', async () => {
    const page = await j.signIn('centre');
    await page.goto('/board?stage=all');
    const numbers = page.locator('.rd-board tr.jy-row-opens .jy-link-button');
    await shown(numbers.first());
    const onBoard: string[] = [];
    for (;;) {
      onBoard.push(...(await numbers.allTextContents()).map((t) => t.trim()));
      const more = page.getByRole('button', { name: '下一页' });
      if ((await more.count()) === 0 || (await more.isDisabled())) break;
      const first = onBoard.at(-1) ?? '';
      await more.click();
      await expect
        .poll(async () => (await numbers.allTextContents()).map((t) => t.trim()).includes(first), { timeout: 60_000 })
        .toBe(false);
    }
    const book = await exported(j, page, '=1+1 月度核对', '中心-导出');
    expect(book.head).toEqual(REQUEST_HEAD);
    expect(book.rows.map((row) => row.编号).sort()).toEqual([...onBoard].sort());
    expect(book.madeBy).toContain(`导出人：${centreName}`);
    expect([book.frozen, book.formulas]).toEqual([{ rows: 1 }, []]);
    await page.getByText('没有承办人', { exact: true }).first().click();
    await page.waitForURL(/holder=nobody/);
    await expect
      .poll(async () => (await numbers.count()) < onBoard.length && (await page.locator('[aria-busy="true"]').count()) === 0)
      .toBe(true);
    const fewer = await numbers.count();
    expect((await exported(j, page, '核对没有承办人的', '中心-导出筛选')).rows).toHaveLength(fewer);
  });

  await j.step('审计管理员看到每一次导出和理由；导出审计记录，理由里的公式只是文字', async () => {
    const page = await j.signIn('audit');
    await page.goto('/audit?kind=export');
    await shown(page.locator('tbody tr').filter({ hasText: '=1+1 月度核对' }).filter({ hasText: centreName }));
    await shown(page.locator('tbody tr').filter({ hasText: '+86 年度核对' }).filter({ hasText: workerName }));
    const before = await countOf(page);
    await j.look(page, '审计-导出的记录');
    const book = await exported(j, page, '@SUM(A1) 季度检查', '审计-导出');
    expect(book.name).toMatch(/^审计记录-\d{4}-\d\d-\d\d\.xlsx$/);
    expect(book.head.slice(0, 4)).toEqual(['时间', '类别', '操作', '操作人']);
    // The export itself is recorded before its first row leaves.
    expect(book.rows).toHaveLength(before + 1);
    const reasons = book.rows.map((row) => row.理由);
    expect(reasons[0]).toBe('@SUM(A1) 季度检查');
    for (const reason of ['=1+1 月度核对', '+86 年度核对']) expect(reasons).toContain(reason);
    // Whatever else left the platform meanwhile, personal copies too, is of this kind.
    expect(new Set(book.rows.map((row) => row.类别))).toEqual(new Set(['导出']));
    expect(book.rows.find((row) => row.理由 === '=1+1 月度核对')?.结果).toBe('已导出');
    expect([book.frozen, book.formulas]).toEqual([{ rows: 1 }, []]);
  });
});

journey('会诊意见书，在浏览器里看，下载成 A4 的 PDF', async (j) => {
  const page = await j.signIn('worker');
  const { conferenceId, minutes, consensus } = await j.step('社工找到自己一份开过会诊的求助', async () => {
    const { rows } = await ask(page, listSupportRequests, { query: { status: ['following', 'closed'], limit: 100 } });
    for (const row of rows) {
      const file = await ask(page, readSupportRequest, { params: { id: row.id } });
      const held = file.conferences.find((c) => c.status === 'held');
      if (held === undefined) continue;
      await page.goto(`/requests/${row.id}?view=work`);
      await shown(page.getByRole('link', { name: '下载 PDF' }));
      return { conferenceId: held.id, minutes: held.minutes ?? '', consensus: held.consensus ?? '' };
    }
    throw new Error('the demo has no conference that was held');
  });
  expect([minutes.length > 10, consensus.length > 10]).toEqual([true, true]);

  const words = await j.step('打开打印版：公文版式，一页一页', async () => {
    await page.getByRole('link', { name: '下载 PDF' }).first().click();
    await page.waitForURL(/\/conferences\/.*\/print$/);
    await j.look(page, '会诊意见书');
    const [paper] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: '打开打印版' }).click()]);
    await shown(paper.getByRole('heading', { name: '疑难个案会诊意见书' }));
    await j.look(paper, '打印版');
    const told = await wordsOf(paper);
    for (const part of [minutes, consensus, '内部资料', '三、专家意见', '判断：', '建议：', '风险：'])
      expect(plainWords(told)).toContain(plainWords(part));
    await paper.close();
    return told;
  });

  await j.step('下载 PDF：A4，字可以查找，与打印版说的一样', async () => {
    const got = await saved(page, () => page.getByRole('button', { name: '下载 PDF' }).click());
    expect(got.name).toMatch(/^会诊意见书.*\.pdf$/);
    expect(got.content.subarray(0, 5).toString()).toBe('%PDF-');
    const pdf = readPdf(got.content);
    expect(pdf.sheets.length).toBeGreaterThan(0);
    for (const sheet of pdf.sheets) expect([Math.round(sheet.width), Math.round(sheet.height)]).toEqual([595, 842]);
    const judgement = /判断：([^。]{6,})。/.exec(words)?.[1] ?? '';
    expect(judgement).not.toBe('');
    for (const part of ['疑难个案会诊意见书', judgement, (await demoAccount('worker')).name]) expect(pdf.words).toContain(plainWords(part));
    for (const sentence of consensus.split(/(?<=。)/)) expect(pdf.words).toContain(plainWords(sentence));
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  await j.step('另一站的社工打不开，页面说得清楚', async () => {
    const other = await j.signIn('worker2');
    expect((await other.request.get(`/api/conferences/${conferenceId}/document?format=pdf`)).status()).toBe(404);
    await other.goto(`/conferences/${conferenceId}/print`);
    await other.getByRole('button', { name: '下载 PDF' }).click();
    await shown(other.getByRole('alert').filter({ hasText: '没有找到，或不在您可以查看的范围内。' }));
    await j.look(other, '另一站社工-打不开');
  });
});
