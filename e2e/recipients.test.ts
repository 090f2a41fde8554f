/** A person is looked for before a row is made, has a page of its own, and two files of one person become one and two again. */
import { expect } from 'vitest';
import { journey, shown, useBrowser, wordsOf } from './browser.ts';
import { choose, dialogOf, openPage, sayYes } from './hands.ts';

useBrowser();

const PERSON = { name: '解晓舟', corrected: '解小舟', phone: '19900009801', sounds: '谢小周' };

journey('先查找再建档，此人的档案，可能重复的合并与撤销，桌面与单手', async (j) => {
  const worker = await j.step('社工先查找，没有，登记为新的服务对象', async () => {
    const page = await j.signIn('worker');
    await page.goto('/cases/new');
    await shown(page.getByRole('heading', { name: '先找一找，是不是已有档案' }));
    await page.getByLabel('姓名', { exact: true }).fill(PERSON.name);
    await page.getByLabel('电话').fill(PERSON.phone);
    await page.getByRole('button', { name: '查找', exact: true }).click();
    await shown(page.getByText('您的范围内没有找到'));
    await j.look(page, '没有找到');
    await page.getByRole('button', { name: '登记为新的服务对象' }).click();
    expect(await page.getByLabel('姓名', { exact: true }).inputValue()).toBe(PERSON.name);
    expect(await page.getByLabel('电话').inputValue()).toBe(PERSON.phone);
    await page.getByRole('button', { name: '建立个案' }).click();
    await shown(page.getByText('请选择服务领域'));
    await choose(page, page.getByLabel('服务领域'), '纠纷调解');
    await page.getByLabel('情况摘要').fill('邻里转来，想请社工看看。');
    await page.getByRole('button', { name: '建立个案' }).click();
    await shown(page.getByRole('link', { name: '看此人的档案' }));
    // Counted in another field from today on: told on the page, with who changed it.
    await page.getByRole('button', { name: '改服务领域' }).click();
    const dialog = await dialogOf(page, '改服务领域');
    await dialog.getByRole('button', { name: '保存' }).click();
    await shown(dialog.getByText('请选择服务领域').first());
    await choose(page, dialog.getByLabel('改为'), '为老服务');
    await j.look(page, '改服务领域');
    await dialog.getByRole('button', { name: '保存' }).click();
    await shown(page.getByRole('list', { name: '服务领域的改动' }).getByText(/纠纷调解 → 为老服务/));
    await shown(page.getByText('服务计入为老服务'));
    await j.look(page, '服务领域的改动');
    return page;
  });

  const address = await j.step('此人的档案：类别、家庭、联系不安全', async () => {
    await worker.getByRole('link', { name: '看此人的档案' }).click();
    await worker.waitForURL(/\/recipients\/[0-9a-f-]{36}/);
    await worker.getByRole('button', { name: '登记类别' }).click();
    const category = await dialogOf(worker, '登记类别');
    await choose(worker, category.getByLabel('类别', { exact: true }), '残疾');
    await category.getByLabel('依据').fill('残疾人证');
    await choose(worker, category.getByLabel('残疾类别'), '听力');
    await category.getByRole('radio', { name: '二级' }).check();
    await category.getByRole('button', { name: '登记', exact: true }).click();
    await shown(worker.getByText('残疾（听力二级）').first());
    await worker.getByRole('button', { name: '建立家庭' }).click();
    const household = await dialogOf(worker, '建立家庭');
    await household.getByLabel('家庭住址').fill('龙华街道清湖社区望湖路66号2栋');
    await household.getByRole('button', { name: '建立', exact: true }).click();
    await shown(worker.getByRole('button', { name: '登记成员' }));
    await worker.getByRole('button', { name: '标记联系不安全' }).click();
    const contact = await dialogOf(worker, '联系不安全');
    await contact.getByLabel('怎样联系').fill('先发短信，不上门');
    await contact.getByLabel('何时可以联系').fill('工作日上午');
    await contact.getByRole('button', { name: '保存' }).click();
    await shown(worker.getByRole('note', { name: '联系不安全' }));
    expect(await wordsOf(worker)).not.toContain('66号');
    await j.look(worker, '此人的档案');
    return new URL(worker.url()).pathname;
  });

  await j.step('修改资料：写错的姓名改正、个人情况照国家代码登记；经历按种类看', async () => {
    await worker.getByRole('button', { name: '修改资料' }).click();
    const dialog = await dialogOf(worker, '修改资料');
    await dialog.getByLabel('姓名', { exact: true }).fill(PERSON.corrected);
    await choose(worker, dialog.getByLabel('民族'), '汉族');
    await dialog.getByLabel('职业').fill('制衣厂缝纫工');
    await dialog.getByRole('button', { name: '保存' }).click();
    await shown(dialog.getByText('请选择原来的名字是改了还是写错了'));
    await dialog.getByRole('radio', { name: '写错了：不再保留' }).check();
    await j.look(worker, '修改资料');
    await dialog.getByRole('button', { name: '保存' }).click();
    await shown(worker.getByText('制衣厂缝纫工'));
    await shown(worker.getByText('汉族', { exact: true }));
    await shown(worker.locator('dd').filter({ hasText: /^没有登记登记曾用名$/ }));
    const steps = worker.locator('.rd-notes li');
    await shown(steps.filter({ hasText: '建立个案' }));
    await worker.getByLabel('只看这些种类').click();
    await worker
      .locator('.ant-select-item-option')
      .filter({ hasText: /^类别$/ })
      .click();
    await expect.poll(() => steps.filter({ hasText: '建立个案' }).count()).toBe(0);
    await shown(steps.filter({ hasText: '残疾' }));
    await worker.keyboard.press('Escape');
    await j.look(worker, '个人情况与经历');
  });

  await j.step('家系图与生态图：登记、用鼠标和键盘改、打印', async () => {
    await worker.getByRole('link', { name: '家系图与生态图' }).click();
    const node = (name: string) => worker.locator('.react-flow__node').filter({ hasText: name });
    await shown(node('户主'));
    const add = async (name: string, relation: string, sex: string) => {
      await worker.getByRole('button', { name: '登记成员' }).click();
      const dialog = await dialogOf(worker, '登记家庭成员');
      await dialog.getByLabel('姓名（不是服务对象时）').fill(name);
      await choose(worker, dialog.getByLabel('与户主的关系'), relation);
      await dialog.getByRole('radio', { name: sex, exact: true }).check();
      await dialog.getByRole('button', { name: '登记', exact: true }).click();
      await shown(node(relation));
    };
    await add('鲁一帆', '配偶', '男');
    await add('解小禾', '子女', '女');
    await shown(worker.getByText('按与户主的关系推定').first());
    await j.look(worker, '家系图');
    // By keyboard: chosen, moved, and opened again where it stands.
    await node('配偶').focus();
    await worker.keyboard.press('Enter');
    const placed = worker.waitForResponse((r) => r.url().endsWith('/picture') && r.request().method() === 'PUT');
    await worker.keyboard.press('ArrowDown');
    expect((await placed).status()).toBe(200);
    await worker.keyboard.press('Enter');
    const member = await dialogOf(worker, '修改成员');
    await member.getByRole('radio', { name: '已故' }).check();
    await member.getByRole('button', { name: '保存' }).click();
    await shown(node('配偶，已故'));
    // From the list, like from the drawing.
    await worker.getByRole('button', { name: '登记亲疏' }).click();
    const bond = await dialogOf(worker, '登记亲疏');
    await choose(worker, bond.getByLabel('哪位成员', { exact: true }), '解*舟');
    await choose(worker, bond.getByLabel('与哪位成员'), '鲁*帆');
    await bond.getByRole('radio', { name: '冲突' }).check();
    await bond.getByRole('button', { name: '登记', exact: true }).click();
    await shown(worker.locator('.rd-consent').filter({ hasText: '冲突' }));
    await worker.getByText('生态图', { exact: true }).click();
    await worker.getByRole('button', { name: '登记外部联系' }).click();
    const eco = await dialogOf(worker, '登记外部联系');
    await choose(worker, eco.getByLabel('哪位成员'), '解*舟');
    await choose(worker, eco.getByLabel('与哪个外部系统'), '学校');
    await eco.getByLabel('名称').fill('望湖小学');
    await eco.getByRole('radio', { name: '紧张' }).check();
    await eco.getByRole('button', { name: '登记', exact: true }).click();
    await shown(node('望湖小学'));
    await j.look(worker, '生态图');
    const paper = await worker.request.get((await worker.getByRole('link', { name: '打开打印版' }).getAttribute('href')) ?? '');
    expect([paper.status(), (await paper.text()).includes('望湖小学')]).toEqual([200, true]);
    await worker.goto(address);
  });

  await j.step('同音的名字找得到，已有在办个案要先确认', async () => {
    await worker.goto('/cases/new');
    await worker.getByLabel('姓名', { exact: true }).fill(PERSON.sounds);
    await worker.getByRole('button', { name: '查找', exact: true }).click();
    await shown(worker.getByText('姓名同音'));
    await j.look(worker, '同音');
    expect(worker.url()).not.toContain(encodeURIComponent(PERSON.sounds));
    await worker.getByRole('button', { name: /^就是/ }).first().click();
    await shown(worker.getByText(/此人已有在办个案/));
    await j.look(worker, '已有在办个案');
  });

  await j.step('清单按类别筛选', async () => {
    await openPage(worker, '服务对象');
    await shown(worker.locator('tbody .jy-open').first());
    await j.look(worker, '清单');
  });

  await j.step('可能重复的两份合并，再撤销，都回到原处', async () => {
    await worker.getByRole('button', { name: '可能重复' }).click();
    const pair = worker.getByRole('region').filter({ hasText: '证件号码相同' }).first();
    await shown(pair);
    await j.look(worker, '可能重复');
    await pair.getByLabel('理由').fill('核对身份证，同一人');
    await pair.getByRole('button', { name: '合并，留第一份' }).click();
    await sayYes(worker, '合并');
    // Others of the shared platform may look alike to each other: this pair is gone.
    await pair.waitFor({ state: 'hidden' });
    await worker.locator('tbody a').first().click();
    await shown(worker.getByRole('heading', { name: '合并记录' }));
    await j.look(worker, '合并后的档案');
    await worker.getByLabel('撤销理由').fill('再核对，弄错了');
    await worker.getByRole('button', { name: '撤销合并' }).click();
    await sayYes(worker, '撤销合并');
    await shown(worker.getByText(/弄错了/).first());
    await worker.goto('/recipients/duplicates');
    await shown(worker.getByRole('region').filter({ hasText: '证件号码相同' }).first());
  });

  await j.step('手机上看得到提醒，单手翻看档案、清单与可能重复', async () => {
    const page = await j.signIn('worker', { phone: true, entry: address });
    await page.goto(address);
    await shown(page.getByRole('note', { name: '联系不安全' }));
    await shown(page.getByText('建立个案').first());
    await j.look(page, '单手-档案');
    await page.getByRole('button', { name: '登记监护人' }).click();
    const guardian = await dialogOf(page, '登记监护人');
    await guardian.getByLabel('姓名').fill('解守义');
    await guardian.getByLabel('与服务对象的关系').fill('兄长');
    await j.look(page, '单手-监护人');
    await guardian.getByRole('button', { name: '登记', exact: true }).click();
    await shown(page.getByText('兄长').first());
    await page.goto(`${address}/picture`);
    await shown(page.locator('.react-flow__node').first());
    await j.look(page, '单手-家系图');
    await page.goto('/recipients');
    await shown(page.locator('.jy-open').first());
    await j.look(page, '单手-清单');
    await page.goto('/recipients/duplicates');
    await shown(page.getByRole('button', { name: '合并，留第一份' }).first());
    await j.look(page, '单手-可能重复');
  });
});
