/** A case is sealed by two, its worker finds it no longer, and a query letter opens it for a day. */
import { expect } from 'vitest';
import { demoAccount, journey, shown, useBrowser, wordsOf } from './browser.ts';
import { choosePerson, dialogOf, nextStep, openPage, sayYes } from './hands.ts';

useBrowser();

type Journey = Parameters<Parameters<typeof journey>[1]>[0];

/** The same at desks and in one hand: the worker begins at the phone's entry, the others have the pages of the desk at 390 px. */
const tell = async (j: Journey, phone: boolean): Promise<void> => {
  const ofDesk = (account: 'centre' | 'centre2' | 'security') => j.signIn(account, { phone, entry: '/' });
  const { name: reader } = await demoAccount('worker');
  let number = '';
  let recipient = '';
  const worker = await j.step('社工的个案，封存前看得到', async () => {
    const page = await j.signIn('worker', { phone });
    await page.getByRole('link', { name: '个案', exact: true }).click();
    const row = page
      .locator(phone ? '.ph-item' : 'tbody tr')
      .filter({ hasText: phone ? '服务中' : '介入' })
      .filter({ hasNotText: '份求助进行中' })
      .filter({ hasNotText: '份进行中' });
    await shown(row);
    number = /\d{9}-GA-\d{4}-\d{4,}/.exec((await row.first().textContent()) ?? '')?.[0] ?? '';
    expect(number).toMatch(/-GA-/);
    await (phone ? row.first() : row.first().locator('.jy-open')).click();
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
    const title = page.getByRole('heading', { level: 1 }).first();
    await expect.poll(() => title.textContent()).toContain('*');
    recipient = (await title.textContent()) ?? '';
    return page;
  });

  const centre = await j.step('中心凭检察院的通知提出封存', async () => {
    const page = await ofDesk('centre');
    await openPage(page, '封存件');
    await shown(page.getByRole('button', { name: '提出封存' }));
    await j.look(page, '清单');
    await page.getByRole('button', { name: '提出封存' }).click();
    const dialog = await dialogOf(page, '提出封存');
    await dialog.getByLabel('个案编号').fill(number);
    await dialog.getByLabel('决定机关').fill('区人民检察院');
    await dialog.getByLabel('文号').fill('检封〔2026〕3号');
    await dialog.getByLabel('理由').fill('收到记录封存通知');
    await j.look(page, '提出封存');
    await dialog.getByRole('button', { name: '提出', exact: true }).last().click();
    await page.waitForURL(/\/sealed\/[0-9a-f-]{36}/);
    await shown(page.getByText('待决定封存'));
    return page;
  });

  const security = await j.step('安全管理员决定封存', async () => {
    const page = await ofDesk('security');
    await openPage(page, '封存件');
    await page.locator('.jy-open').first().click();
    await nextStep(page).getByRole('button', { name: '决定封存' }).click();
    await page.getByRole('button', { name: '封存', exact: true }).click();
    await shown(page.getByText('已封存').first());
    await j.look(page, '已封存');
    expect(await wordsOf(page)).not.toContain(recipient);
    return page;
  });

  await j.step('承办社工在清单、查找里都找不到', async () => {
    await worker.goto(phone ? '/m/cases' : '/cases');
    await shown(worker.locator(phone ? '.ph-item' : 'tbody .jy-open').first());
    await expect.poll(() => wordsOf(worker)).not.toContain(number);
    if (!phone) {
      await worker.goto(`/cases?number=${encodeURIComponent(number)}`);
      await shown(worker.getByText('没有符合条件的记录'));
    }
    await j.look(worker, '社工找不到');
  });

  await j.step('登记查询函、上传扫描件；中心另一人与安全管理员批准', async () => {
    await centre.reload();
    await nextStep(centre).getByRole('button', { name: '登记查询函' }).click();
    const dialog = await dialogOf(centre, '登记查询函');
    await dialog.getByLabel('查询单位').fill('区人民法院');
    await dialog.getByLabel('文号').fill('法查〔2026〕8号');
    await dialog.getByLabel('法律依据').fill('预防未成年人犯罪法第五十九条，办理案件需要');
    await choosePerson(centre, dialog.getByLabel('指定的人'), reader);
    await j.look(centre, '登记查询函');
    await dialog.getByRole('button', { name: '登记', exact: true }).last().click();
    await shown(centre.getByRole('heading', { name: '查询函 法查〔2026〕8号' }));
    await centre.locator('input[type="file"]').setInputFiles({
      name: '函.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
    });
    await shown(centre.getByRole('link', { name: '下载核对' }));
    expect(await centre.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    const second = await ofDesk('centre2');
    for (const page of [second, security]) {
      await page.goto(centre.url());
      await page.getByRole('button', { name: '批准', exact: true }).click();
      await sayYes(page, '批准');
      await shown(page.getByText(/批准（/));
    }
    await shown(security.getByText(/可查阅，至/));
    await j.look(security, '两人批准');
  });

  await j.step('社工从消息打开，页面带水印，逐次留痕', async () => {
    await worker.goto(phone ? '/m/notices' : '/notices');
    await worker.getByText('封存件可以查阅了，限时').first().click();
    await shown(worker.getByRole('button', { name: '凭查询函打开' }));
    await worker.getByRole('button', { name: '凭查询函打开' }).click();
    await shown(worker.getByText(/不得复制、外传/));
    await expect.poll(() => wordsOf(worker)).toContain(`${reader} 法查〔2026〕8号`);
    await j.look(worker, '凭函查阅');
    await security.reload();
    await shown(security.getByText(new RegExp(`${reader}.*查阅`)).last());
  });
};

journey('封存，两人封存后承办社工找不到，查询函两人批准后限时查阅', (j) => tell(j, false));
journey('手机上的封存，两人封存后承办社工找不到，查询函两人批准后限时查阅', (j) => tell(j, true));
