/** A head takes over a register that was kept in Excel: untidy, with mistakes, with people who are there already; and takes it back. */
import { expect } from 'vitest';
import { bookOf, inventedId, inventedName, type Put } from '../apps/server/test/ledgerBook.ts';
import { journey, shown, useBrowser } from './browser.ts';
import { choose, openPage, sayYes } from './hands.ts';

useBrowser();

const HEAD = ['序号', '姓名', '性别', '身份证号码', '生辰', '联系电话', '家庭住址', '人员类别', '备注'];
const person = (n: number, change: Readonly<Record<number, Put>> = {}): Put[] => {
  const id = inventedId(7_000 + n);
  const row: Put[] = [
    n,
    inventedName(n),
    Number(id[16]) % 2 === 1 ? '男' : '女',
    n % 3 === 0 ? { raw: `${id.slice(0, 6)}${id.slice(8, 17)}` } : id,
    `${id.slice(6, 10)}.${Number(id.slice(10, 12))}.${Number(id.slice(12, 14))}`,
    `１３９${String(30_000_000 + n)}`,
    '示例街道示例社区 8 号',
    n % 2 === 0 ? '低保、独居老人' : '',
    '',
  ];
  return row.map((cell, i) => change[i] ?? cell);
};

const untidy = bookOf({
  填表说明: [['请先看这里']],
  名册: [
    ['示例街道社工站服务对象名册'],
    ['填报单位：示例街道社工站', null, null, '填报日期：2026.3.5'],
    [],
    HEAD,
    ...Array.from({ length: 24 }, (_, i) => person(i + 1)),
    person(25, { 3: { raw: '4.40301195103051E+17' } }),
    person(26, { 3: '', 4: '1951年' }),
    person(27, { 1: '=HYPERLINK("x")' }),
    ['合计', null, null, '24 人'],
  ],
});
const asFile = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

journey('站长把 Excel 名册搬进来：选表、改列、看原因、写入；坏文件说清楚；最后整次撤销', async (j) => {
  const head = await j.signIn('head');
  const file = head.locator('input[type=file]');

  await j.step('名册之外的文件当场说清楚为什么不收', async () => {
    await openPage(head, '台账导入');
    await shown(head.getByText('导入过的名册和台账会出现在这里。').or(head.locator('tbody tr:not([aria-hidden])').first()).first());
    await head.getByRole('button', { name: '导入一份' }).first().click();
    await shown(head.getByRole('heading', { name: '选择文件' }));
    await file.setInputFiles(asFile('名册.xlsx', bookOf({ 名册: [HEAD] }, [{ name: 'xl/vbaProject.bin', content: Buffer.from('x') }])));
    await shown(head.getByText(/文件带有宏/));
    await j.look(head, '导入-选文件');
  });

  await j.step('选对工作表、把没认出的一列改成出生日期，重新检查', async () => {
    await file.setInputFiles(asFile('名册.xlsx', untidy));
    await head.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
    await shown(head.getByText(/没有找到表头/));
    await choose(head, head.getByLabel('工作表'), '名册');
    await head.getByRole('button', { name: '按此重新检查' }).click();
    await shown(head.getByRole('heading', { name: '检查结果' }));
    await choose(head, head.getByLabel('“生辰”的含义'), '出生日期');
    await head.getByRole('button', { name: '按此重新检查' }).click();
    await shown(head.getByText(/日期不完整/));
    await shown(head.getByText('1931-', { exact: false }).or(head.getByText('钟离*岚').first()).first());
    const said = (await head.locator('.im-counts').textContent()) ?? '';
    expect(said).toContain('24行将新增');
    expect(said).toContain('3行有错');
    await shown(head.getByText(/号码是按数字存的/));
    await shown(head.getByText(/像是公式/));
    await j.look(head, '导入-核对');
  });

  await j.step('写入，看结果，下载没有写入的行', async () => {
    await head.getByRole('button', { name: '写入 24 行' }).click();
    await shown(head.getByText('行已写入'));
    const [download] = await Promise.all([head.waitForEvent('download'), head.getByRole('button', { name: '下载没有写入的行' }).click()]);
    expect(download.suggestedFilename()).toMatch(/没有导入的行/);
    await j.look(head, '导入-结果');
    await head.goto('/recipients');
    await shown(
      head
        .locator('tbody')
        .getByText(/端木|南宫|万俟|公冶|钟离/)
        .first(),
    );
  });

  await j.step('同一份再来一次，一行也不多；放弃', async () => {
    await head.goto('/imports/new');
    await file.setInputFiles(asFile('名册.xlsx', untidy));
    await head.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
    await shown(head.getByText(/没有找到表头/));
    await choose(head, head.getByLabel('工作表'), '名册');
    await head.getByRole('button', { name: '按此重新检查' }).click();
    // Only the row whose date nobody reads now, since its column has no meaning, would be new.
    await expect.poll(async () => (await head.locator('.im-counts').textContent()) ?? '', { timeout: 60_000 }).toContain('24行已经有了');
    await expect.poll(() => head.locator('.im-counts').textContent()).toContain('1行将新增');
    await head.getByRole('button', { name: '放弃' }).click();
    await sayYes(head, '放弃');
    await shown(head.getByText(/这次导入已放弃/));
  });

  await j.step('在手机宽的窗口里看清单和结果，撤销整次导入', async () => {
    await head.setViewportSize({ width: 390, height: 844 });
    await head.goto('/imports?status=done');
    await shown(head.getByText('名册.xlsx', { exact: true }).first());
    await j.look(head, '导入-窄屏清单');
    await head.getByRole('button', { name: '名册.xlsx', exact: true }).first().click();
    await head.getByLabel('撤销整次导入的原因').fill('导错了站点');
    await head.getByRole('button', { name: '撤销导入' }).click();
    await sayYes(head, '撤销');
    await shown(head.getByText('行已撤销'));
    await j.look(head, '导入-窄屏已撤销');
  });
  j.expectNoTroubles();
});
