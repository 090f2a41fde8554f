/** A competition from its call to the public notice, the book of what won before, seminars and research outputs. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { readBook } from '../apps/server/test/pdfWords.ts';
import { demoAccount, journey, shown, useBrowser, useOwnPlatform } from './browser.ts';
import { choose, dialogOf, nextStep, openPage, sayYes, writeTags } from './hands.ts';

useBrowser();
// A case of the bank is recalled: what all others count stands on another platform.
useOwnPlatform();

type J = Parameters<Parameters<typeof journey>[1]>[0];
type Page = Awaited<ReturnType<J['signIn']>>;

const read = async <T>(page: Page, path: string): Promise<T> =>
  (await page.evaluate(`fetch(${JSON.stringify(path)}).then((r) => r.json())`)) as T;

/** Presses the next step and says yes. */
const step = async (page: Page, name: string): Promise<void> => {
  await nextStep(page).getByRole('button', { name, exact: true }).click();
  await sayYes(page, name);
};

/** Chooses several in a field that looks them up: each until it stands in the field; the list closes when the field is left. */
const chooseSome = async (page: Page, field: Locator, words: readonly string[]): Promise<void> => {
  const chosen = field
    .locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " ant-select ")][1]')
    .locator('[class*="selection-item"]');
  for (const word of words) {
    const option = page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option:not(.ant-select-item-option-selected)')
      .filter({ hasText: word });
    const stands = chosen.filter({ hasText: word }).first();
    await expect
      .poll(
        async () => {
          if (await stands.isVisible()) return true;
          await field.fill(word);
          await page.waitForTimeout(600);
          await option
            .first()
            .click({ timeout: 5000 })
            .catch(() => undefined);
          await page.waitForTimeout(300);
          return stands.isVisible();
        },
        { timeout: 60_000 },
      )
      .toBe(true);
  }
  await page.keyboard.press('Tab');
  // What closes still lies over what is pressed next.
  await expect.poll(() => page.locator('.ant-select-dropdown:visible').count(), { timeout: 60_000 }).toBe(0);
};

const score = async (j: J, page: Page, given: readonly number[], what: string): Promise<void> => {
  await nextStep(page).getByRole('button', { name: '去评分' }).click();
  await shown(page.getByRole('heading', { name: '匿名评分' }));
  await j.look(page, `${what}-待评作品`);
  await page.locator('.ln-works a').first().click();
  await shown(page.getByText('交了自己的评分，才看到其他评委的平均。'));
  const fields = page.getByRole('spinbutton');
  await expect.poll(() => fields.count()).toBe(given.length);
  await page.getByRole('button', { name: '交评分' }).click();
  await shown(page.getByText('请填 0 到 100 的分数').first());
  for (const [i, points] of given.entries()) await fields.nth(i).fill(String(points));
  await j.look(page, `${what}-评分`);
  await page.getByRole('button', { name: '交评分' }).click();
  await shown(page.getByRole('button', { name: '更正评分' }));
};

journey('评优大赛：发起、申报、审查、匿名评分、公示；评委在手机宽度上评分', async (j) => {
  const [one, two] = [(await demoAccount('expert')).name, (await demoAccount('expert2')).name];
  const centre = await j.signIn('centre');
  const title = `评优${Date.now() % 100_000}`;
  await j.step('支援中心写好标准、权重、奖项与评委，权重不足一百时说明', async () => {
    await openPage(centre, '案例评优');
    await shown(centre.getByText('第一届疑难个案评优大赛'));
    await j.look(centre, '中心-评优清单');
    await centre.getByRole('button', { name: '发起评优' }).click();
    await centre.getByLabel('名称', { exact: true }).fill(title);
    await centre.getByLabel('主题与要求').fill('家庭、学校与社区一起做成的个案。');
    await centre.getByLabel('第 1 项权重').fill('20');
    await chooseSome(centre, centre.getByLabel('评委', { exact: true }), [one, two]);
    await centre.getByRole('button', { name: '保存', exact: true }).click();
    await shown(centre.getByText('各项权重合计应为 100').first());
    await centre.getByLabel('第 1 项权重').fill('25');
    await j.look(centre, '中心-发起评优');
    await centre.getByRole('button', { name: '保存', exact: true }).click();
    await shown(centre.getByRole('heading', { name: title }));
    await step(centre, '公布');
    await shown(nextStep(centre).getByRole('button', { name: '截止申报' }));
  });
  const path = new URL(centre.url()).pathname;

  await j.step('社工选自己已发布的案例申报', async () => {
    const worker = await j.signIn('worker');
    await worker.goto('/notices');
    await worker.getByText('评优大赛开始，请您申报').first().click();
    await worker.waitForURL((url) => url.pathname === path);
    await nextStep(worker).getByRole('button', { name: '申报作品' }).click();
    const dialog = await dialogOf(worker, '申报作品');
    await choose(worker, dialog.getByLabel('案例'), /YN/);
    await dialog.getByLabel('申报理由').fill('多个专业一起做，过程和变化都有记录。');
    await j.look(worker, '社工-申报');
    await dialog.getByRole('button', { name: '申报', exact: true }).click();
    await shown(worker.getByRole('heading', { name: '我的作品' }));
    await shown(worker.getByText('待审查'));
  });

  await j.step('支援中心没有审查完不能开始评分；审查后逐项说明', async () => {
    await centre.reload();
    await step(centre, '截止申报');
    await nextStep(centre).getByRole('button', { name: '开始评分', exact: true }).waitFor();
    await step(centre, '开始评分');
    await shown(centre.getByText('还有 1 件作品没有审查。'));
    await centre.keyboard.press('Escape');
    await centre.reload();
    await centre.getByRole('button', { name: '审查', exact: true }).click();
    await shown(centre.getByText('符合条件'));
    await j.look(centre, '中心-资格审查');
    await step(centre, '开始评分');
    await shown(nextStep(centre).getByRole('button', { name: '算出结果' }));
  });

  await j.step('两位评委匿名评分，先评后见平均；一位用手机宽度', async () => {
    const phone = await j.signIn('expert', { phone: true, entry: '/' });
    await phone.locator('a', { hasText: '评优作品待您评分' }).filter({ hasText: title }).click();
    await phone.waitForURL((url) => url.pathname === `${path}/blind`);
    await phone.goto(path);
    expect(await phone.getByText((await demoAccount('worker')).name).count()).toBe(0);
    await score(j, phone, [90, 90, 80, 70], '评委手机');
    await shown(phone.getByText('其他评委还没有评分。'));
    await step(centre, '算出结果');
    await shown(centre.getByText(/还有 1 份评分没有交/));
    await centre.keyboard.press('Escape');
    const desk = await j.signIn('expert2');
    await desk.goto(path);
    await score(j, desk, [80, 80, 80, 80], '评委');
    // 90×25% + 90×35% + 80×25% + 70×15% = 84.5
    await shown(desk.getByText('其他 1 位评委的平均 84.50'));
    await j.look(desk, '评委-评后见平均');
  });

  await j.step('算出结果后公示，满五个工作日之前不能授奖；公示期内可提异议', async () => {
    await centre.reload();
    await step(centre, '算出结果');
    await shown(centre.getByText('82.25'));
    await step(centre, '公示');
    await shown(centre.getByText(/公示 5 个工作日/).first());
    await step(centre, '授奖入库');
    await shown(centre.getByText(/公示到.*为止，之后才能授奖/));
    await centre.keyboard.press('Escape');
    await centre.reload();
    await shown(centre.getByText('2 位评委的加权总分平均 82.25'));
    await j.look(centre, '中心-公示');
    const officer = await j.signIn('officer', { phone: true, entry: '/' });
    await officer.goto(path);
    await shown(officer.getByText('一等奖').first());
    await nextStep(officer).getByRole('button', { name: '提出异议' }).click();
    const dialog = await dialogOf(officer, '提出异议');
    await dialog.getByLabel('异议与依据').fill('请核对加权方法。');
    await dialog.getByRole('button', { name: '提交', exact: true }).click();
    await shown(officer.getByText('等待答复'));
    await j.look(officer, '手机-公示与异议');
  });
});

journey('公示期满没有异议，授奖后案例入库加注奖项', async (j) => {
  const centre = await j.signIn('centre');
  const list = () => read<{ rows: { id: string; award: string | null }[] }>(centre, '/api/casebank?excellent=yes&limit=100');
  const before = (await list()).rows.length;
  await openPage(centre, '案例评优');
  await centre.getByText('家校协同个案专题评优').first().click();
  await shown(nextStep(centre).getByRole('button', { name: '授奖入库' }));
  await j.look(centre, '中心-公示期满');
  await step(centre, '授奖入库');
  await shown(centre.getByText('已授奖').first());
  await j.look(centre, '中心-已授奖');
  expect((await list()).rows.length).toBe(before + 4);
  const expert = await j.signIn('expert', { phone: true, entry: '/' });
  await expert.goto('/casebank?excellent=yes');
  await shown(expert.getByText('一等奖').first());
  await j.look(expert, '专家手机-获奖案例');
});

journey('优秀案例汇编、主题研讨、研究成果', async (j) => {
  const centre = await j.signIn('centre');
  const bank = await read<{ rows: { id: string; title: string }[] }>(centre, '/api/casebank?excellent=yes&limit=100');
  const book = async () => readBook(await (await centre.request.get('/api/case-book?format=pdf')).body());
  await j.step('汇编有目录与页码，只收获奖的案例', async () => {
    expect(bank.rows.length).toBeGreaterThan(3);
    const { words, bookmarks } = await book();
    expect(words.length).toBeGreaterThan(bank.rows.length);
    expect(bookmarks.map((b) => b.title).sort()).toEqual(bank.rows.map((r) => r.title).sort());
    // Cover, contents, then the first case; each title stands in the contents before its page.
    expect(bookmarks[0]?.page).toBe(3);
    expect(words[1]).toMatch(/目录.*3/);
    for (const one of bookmarks) expect(words[1]).toContain(String(one.page));
  });

  await j.step('收回一个获奖案例，汇编里立即没有它', async () => {
    const gone = bank.rows[0];
    if (gone === undefined) throw new Error('nothing has won');
    await centre.goto(`/casebank/${gone.id}`);
    await centre.getByRole('button', { name: '收回这个案例' }).click();
    const dialog = await dialogOf(centre, '收回这个案例');
    await dialog.getByRole('textbox').last().fill('文字有误，先收回核对。');
    await dialog.getByRole('button', { name: '收回', exact: true }).click();
    await shown(centre.getByText(/已收回/).first());
    expect((await book()).bookmarks.map((b) => b.title)).not.toContain(gone.title);
  });

  await j.step('研讨系列到期没有安排：安排一次，写明议程与案例', async () => {
    await openPage(centre, '主题研讨');
    await shown(centre.getByText('已过期未安排').first());
    await j.look(centre, '研讨系列');
    await centre.getByText('多专业会诊工作坊').first().click();
    await nextStep(centre).getByRole('button', { name: '安排一次研讨' }).click();
    const dialog = await dialogOf(centre, '安排一次研讨');
    await dialog.getByLabel('本次题目').fill('九十分钟的会诊');
    await dialog.getByLabel('地点').fill('支援中心三楼');
    await chooseSome(centre, dialog.getByLabel('请谁参加'), [(await demoAccount('expert')).name, (await demoAccount('worker')).name]);
    await chooseSome(centre, dialog.getByLabel('研讨哪些案例'), [bank.rows[1]?.title.slice(0, 4) ?? '']);
    await j.look(centre, '研讨-安排');
    await dialog.getByRole('button', { name: '安排并通知' }).click();
    await shown(centre.getByRole('heading', { name: '九十分钟的会诊' }));
  });

  await j.step('召开后写纪要、记到会；没有请的人也能加上', async () => {
    await nextStep(centre).getByRole('button', { name: '写纪要' }).click();
    const dialog = await dialogOf(centre, '写纪要');
    await dialog.getByLabel('纪要', { exact: true }).fill('对照三份会诊意见书，看哪些建议没有落到人和日期。');
    await dialog.getByLabel('共识与后续').fill('每条建议写清谁做、哪天前。');
    await dialog.getByRole('button', { name: '保存纪要' }).click();
    await shown(centre.getByText(/到会 2 人/));
    await j.look(centre, '研讨-纪要');
    const expert = await j.signIn('expert', { phone: true, entry: '/' });
    await expert.goto(new URL(centre.url()).pathname);
    await shown(expert.getByText('每条建议写清谁做、哪天前。'));
    expect(await expert.getByRole('button', { name: '更正纪要' }).count()).toBe(0);
    await j.look(expert, '研讨-专家手机');
  });

  await j.step('登记研究成果，关联案例与研讨，放上文件', async () => {
    await openPage(centre, '研究成果');
    await shown(centre.getByText('厌学个案中家校协同的实践路径'));
    await j.look(centre, '成果清单');
    await centre.getByRole('button', { name: '登记成果' }).click();
    await centre.getByLabel('题名', { exact: true }).fill('会诊意见怎样落到人和日期');
    await choose(centre, centre.getByLabel('类型'), '论文');
    await choose(centre, centre.getByLabel('状态'), '撰写中');
    await writeTags(centre, centre.getByLabel('作者'), ['课题组']);
    await centre.getByLabel('网址').fill('不是网址');
    await centre.getByLabel('摘要').click();
    await shown(centre.getByText('网址以 http:// 或 https:// 开头'));
    await centre.getByLabel('网址').fill('');
    await chooseSome(centre, centre.getByLabel('来自哪些研讨'), ['九十分钟的会诊']);
    await j.look(centre, '成果-登记');
    await centre.getByRole('button', { name: '保存', exact: true }).click();
    await shown(centre.getByRole('heading', { name: '会诊意见怎样落到人和日期' }));
    const file = { name: '初稿.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n') };
    await centre.getByLabel('选择成果文件').setInputFiles(file);
    await shown(centre.getByRole('link', { name: /初稿\.pdf/ }));
    await j.look(centre, '成果');
  });

  await j.step('清单按作者查找，写明理由后导出', async () => {
    await openPage(centre, '研究成果');
    await centre.getByLabel('题名或作者').fill('会诊意见');
    await centre.getByRole('button', { name: '查询' }).click();
    await shown(centre.getByText('共 1 条'));
    await centre.getByRole('button', { name: '导出' }).click();
    const dialog = await dialogOf(centre, '导出为 Excel');
    await dialog.getByLabel('导出理由').fill('年度总结');
    const download = centre.waitForEvent('download');
    await dialog.getByRole('button', { name: '导出', exact: true }).click();
    expect((await download).suggestedFilename()).toMatch(/研究成果清单.*\.xlsx/);
  });
});
