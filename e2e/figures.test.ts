/** Figures that open their rows, the year's report as files, and the whole of a request as one archive. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readXlsx } from 'hucre/xlsx';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Journey, journey, shown, useBrowser } from './browser.ts';
import { openPage } from './hands.ts';

useBrowser();

const saved = async (page: Page, press: () => Promise<void>): Promise<{ name: string; content: Buffer }> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
};

/** Follows a number to its list, which says how many there are, and comes back. */
const follow = async (page: Page, says: RegExp, list: string): Promise<void> => {
  const number = (await shown(page.getByRole('link', { name: says }))).first();
  const value = Number(await number.textContent());
  expect(value).toBeGreaterThan(0);
  await number.click();
  await page.waitForURL(`**${list}?**`);
  await shown(page.getByText(`共 ${value} ${list === '/casebank' ? '个' : '条'}`).first());
  await page.goBack();
  await shown(page.getByRole('heading', { name: '数字', exact: true }));
};

const figures = (phone: boolean) => async (j: Journey) => {
  const centre = await j.signIn('centre', { phone, entry: '/' });
  await j.step('中心看数字，每个数点开就是它的清单', async () => {
    await openPage(centre, '数字');
    await shown(centre.getByRole('heading', { name: '解决的求助，按问题领域' }));
    await j.look(centre, '中心-数字');
    await centre.getByRole('button', { name: '去年' }).click();
    await centre.waitForURL(/from=/);
    await follow(centre, /^解决的求助，按问题领域，合计/, '/requests');
    await follow(centre, /^解决的求助，按问题领域，妇女家暴：/, '/requests');
    await follow(centre, /^现在的求助，按状态，合计/, '/requests');
    await follow(centre, /^专家，\d+年/, '/experts');
    await follow(centre, /^政策与资源，\d+年/, '/resources');
    await centre
      .getByRole('button', { name: /^支援方式，/ })
      .last()
      .click();
    await shown(centre.getByText(/的支援方式：.*会诊/));
    await centre.getByText('每位专家').click();
    await follow(centre, /受邀的求助：[1-9]/, '/requests');
  });

  await j.step('中心写年度报告的文字，保存后下载 PDF 与 Excel', async () => {
    await centre.goto('/figures/report');
    const outlook = centre.getByLabel('下一步', { exact: true });
    await shown(outlook);
    await j.look(centre, '中心-年度报告');
    const words = `明年先补齐夜间值守${phone ? '（掌上）' : ''}。`;
    await outlook.fill(words);
    await centre.getByRole('button', { name: '保存文字' }).click();
    await shown(centre.getByText(/第 \d+ 版，.*保存/));
    const pdf = await saved(centre, () => centre.getByRole('button', { name: '下载 PDF' }).click());
    expect(pdf.name).toMatch(/^\d{4}年疑难个案支援工作报告\.pdf$/);
    expect(pdf.content.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    const sheet = await saved(centre, () => centre.getByRole('button', { name: '下载 Excel' }).click());
    const book = await readXlsx(sheet.content);
    expect(book.sheets.map((s) => s.rows[0]?.[0])).toContain('解决的求助，按问题领域');
  });

  await j.step('中心把一份已结束的求助取成一份档案，下载，再核对这份副本', async () => {
    await centre.goto('/requests?status=closed');
    await (await shown(centre.locator('.jy-open'))).first().click();
    await centre.getByRole('button', { name: '取档案' }).click();
    await centre.getByLabel('用途').fill('年度归档');
    await centre.getByRole('button', { name: '生成档案' }).click();
    const row = centre.locator('.ar-table tbody tr').first();
    await shown(row.getByRole('button', { name: '下载 PDF' }));
    await j.look(centre, '中心-求助档案');
    const pdf = await saved(centre, () => row.getByRole('button', { name: '下载 PDF' }).click());
    expect(pdf.name).toMatch(/^求助档案.+\.pdf$/);
    expect((await row.textContent()) ?? '').toContain(createHash('sha256').update(pdf.content).digest('hex'));
    const copy = { mimeType: 'application/pdf', name: pdf.name };
    await centre.getByLabel('选择 PDF 文件').setInputFiles({ ...copy, buffer: pdf.content });
    await shown(centre.getByText(/与平台生成的一致/));
    await centre.getByLabel('选择 PDF 文件').setInputFiles({ ...copy, buffer: Buffer.concat([pdf.content, Buffer.from('\n')]) });
    await shown(centre.getByText(/本平台没有生成过这个文件/));
    await j.look(centre, '中心-核对副本');
  });

  await j.step('主管部门看到数字，看不到太小的数，也取不了档案', async () => {
    const officer = await j.signIn('officer', { phone, entry: '/' });
    await openPage(officer, '数字');
    await shown(officer.getByText(/少于 \d+ 的数不显示/));
    await shown(officer.getByText('不显示', { exact: true }).first());
    await j.look(officer, '主管-数字');
    const { rows } = (await officer.evaluate(`fetch('/api/support-requests?status=closed&limit=1').then((r) => r.json())`)) as {
      rows: { id: string }[];
    };
    expect((await officer.request.get(`/api/support-requests/${rows[0]?.id}/archives`)).status()).toBe(403);
  });
  j.expectNoTroubles();
};

journey('中心的数字与档案：数字、清单、年度报告、档案', figures(false));
journey('手机上的数字与档案：数字、清单、年度报告、档案', figures(true));
