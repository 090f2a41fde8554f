/** Resources that answer who may get them: a worker finds them for a request and refers to a partner; the centre keeps the bank. */
import { writeXlsxStream } from 'hucre/xlsx';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, shown, useBrowser } from './browser.ts';
import { choose, dialogOf, nextStep, openDialog, openPage } from './hands.ts';

useBrowser();

const PARTNER = /学会|基金会|中心|社|站|工作室|窗口|会/;

const read = async <T>(page: Page, path: string): Promise<T> =>
  (await page.evaluate(`fetch(${JSON.stringify(path)}).then((r) => r.json())`)) as T;

type List = { rows: { id: string; name: string; status: string; askerName: string }[] };

const workbook = async (rows: readonly Readonly<Record<string, string>>[]): Promise<Buffer> => {
  const heads = Object.keys(rows[0] ?? {});
  const chunks: Uint8Array[] = [];
  const stream = writeXlsxStream(
    (async function* () {
      for (const row of rows) yield heads.map((head) => row[head] ?? '');
    })() as never,
    { name: '资源', columns: heads.map((header) => ({ header })) },
  );
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const refers = (phone: boolean) => async (j: Parameters<Parameters<typeof journey>[1]>[0]) => {
  const worker = await j.signIn('worker', { phone, entry: '/' });
  const request = await j.step('社工打开正在支援的求助，看可能用得上的资源和原因', async () => {
    const { rows } = await read<List>(worker, '/api/support-requests?asker=me&status=supporting&status=following&limit=20');
    const used = await read<{ rows: { requestId: string }[] }>(worker, '/api/partner-referrals?limit=100');
    const free = rows.find((r) => !used.rows.some((u) => u.requestId === r.id));
    expect(free).toBeDefined();
    const id = free?.id ?? '';
    await worker.goto(`/requests/${id}?view=resources`);
    await shown(worker.getByText(/个案里已知/));
    await shown(worker.locator('.jy-ranked > li').first());
    await j.look(worker, '社工-可能用得上的资源');
    await worker.getByRole('button', { name: '补充家庭情况再看' }).click();
    await worker.getByLabel('家庭人均月收入（元）').fill('900');
    await worker.getByRole('button', { name: '查找资源' }).click();
    await shown(worker.getByText(/人均月收入 900 元，不高于|符合 \d+ 项/).first());
    expect(await worker.getByLabel('家庭人均月收入（元）').inputValue()).toBe('900.00');
    await j.look(worker, '社工-补充情况');
    await worker.getByRole('button', { name: /看不符合的 \d+ 项与原因/ }).click();
    await shown(worker.locator('.jy-findings > li[data-answer="not"]').first());
    return id;
  });

  const partner = (await read<List>(worker, '/api/partners?active=yes&limit=100')).rows.find((p) => PARTNER.test(p.name))?.name ?? '';
  await j.step('没有转介同意时说该怎么办；在个案里登记写明单位的同意', async () => {
    await worker.getByRole('button', { name: '转介给联动单位' }).click();
    const none = await dialogOf(worker, '转介给联动单位');
    if (await none.getByText('还没有对转介的有效同意').isVisible()) await j.look(worker, '社工-没有同意');
    // An old consent in words carries to nobody: the page says what is missing and where to say it, once.
    const old = none.getByLabel('依据哪一份同意');
    const carries = !phone && (await old.count()) > 0;
    if (carries) {
      await choose(worker, old, /对象没有写明/);
      await choose(worker, none.getByLabel('转介给', { exact: true }), partner);
      await none.getByRole('checkbox').first().check();
      await none.getByLabel('为什么转介').fill('家中收入中断，请评估能否接收。');
      await none.getByRole('button', { name: /^转\s?介$/ }).click();
      await shown(none.getByText(/这份同意没有写明提供给谁/));
      await j.look(worker, '社工-同意没有写明对象');
      await none.getByRole('link', { name: '去个案里写明或登记同意' }).click();
      await worker.waitForURL(/\/cases\/[0-9a-f-]{36}/);
      await worker.getByRole('button', { name: '写明对象' }).first().click();
      const naming = await dialogOf(worker, '写明对象');
      await naming.getByLabel('提供给谁').fill('另一家单位');
      await naming.getByRole('button', { name: '写明', exact: true }).click();
      await shown(worker.locator('.rd-consent').filter({ hasText: '另一家单位' }).first());
    } else await worker.keyboard.press('Escape');
    const file = await read<{ content: { caseId: string } }>(worker, `/api/support-requests/${request}`);
    await worker.goto(`/cases/${file.content.caseId}`);
    const dialog = await openDialog(worker, '登记同意');
    await dialog.getByRole('radio', { name: /转介/ }).check();
    await dialog.getByLabel('提供给谁').fill(partner);
    await dialog.getByLabel('由谁签署').fill('本人');
    await dialog.getByRole('button', { name: '登记', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await shown(worker.locator('.rd-consent').filter({ hasText: partner }).first());
  });

  await j.step('社工按同意的范围转介，打开转介单，代联络人登记接收，再办结', async () => {
    await worker.goto(`/requests/${request}?view=resources`);
    await worker.getByRole('button', { name: '转介给联动单位' }).click();
    const dialog = await dialogOf(worker, '转介给联动单位');
    await choose(worker, dialog.getByLabel('依据哪一份同意'), partner);
    await choose(worker, dialog.getByLabel('转介给', { exact: true }), partner);
    await dialog.getByRole('checkbox').first().check();
    await dialog.getByLabel('为什么转介').fill('家中收入中断，请评估能否接收。');
    await j.look(worker, '社工-转介');
    await dialog.getByRole('button', { name: /^转\s?介$/ }).click();
    await worker.waitForURL('**/referrals/*');
    await shown(worker.getByText('等待答复').first());
    await j.look(worker, '社工-转介记录');
    const paper = await worker.request.get(`/api/partner-referrals/${new URL(worker.url()).pathname.split('/').at(-1)}/paper`);
    expect(await paper.text()).toContain(partner);
    await nextStep(worker).getByRole('button', { name: '登记接收' }).click();
    const answer = await dialogOf(worker, '登记接收');
    await answer.getByLabel('怎么说的').fill('可以接收，下周一见面。');
    await answer.getByRole('button', { name: '登记接收' }).click();
    await shown(worker.getByText('已接收').first());
    await nextStep(worker).getByRole('button', { name: '登记结果，办结' }).click();
    const end = await dialogOf(worker, '登记结果，办结');
    await end.getByLabel('结果', { exact: true }).fill('已见面，安排了每周一次的陪伴。');
    await end.getByRole('button', { name: '办结', exact: true }).click();
    await shown(worker.getByText('已办结').first());
    await j.look(worker, '社工-转介办结');
    await worker.goto('/referrals');
    await shown(worker.getByText(partner).first());
    await j.look(worker, '社工-转介清单');
  });
  j.expectNoTroubles();
};

journey('社工为求助找到资源并转介给联动单位', refers(false));
journey('手机上的社工为求助找到资源并转介给联动单位', refers(true));

journey('中心把条件写成规则，导入有两行错误的表格，导出再导入没有变化', async (j) => {
  const centre = await j.signIn('centre');
  const name = `试写规则的补贴${Date.now() % 100_000}`;
  await j.step('中心在表单里写规则，“谁能得到什么”照着回答', async () => {
    await openPage(centre, '政策与资源');
    await shown(centre.locator('tbody tr:not([aria-hidden])').first());
    await j.look(centre, '中心-政策与资源');
    await centre.getByRole('button', { name: '登记政策或资源' }).click();
    // The list has a field of this name too: it is the form's that is wanted.
    await shown(centre.getByLabel('小类'));
    await centre.getByLabel('名称').fill(name);
    await centre.getByLabel('小类').fill('生活补贴');
    await centre.getByRole('checkbox', { name: '经济' }).check();
    await centre.getByLabel('内容').fill('按月补贴生活费。');
    await centre.getByLabel('谁可以申请').fill('六十周岁以上的老人');
    await centre.getByLabel('条件', { exact: true }).fill('六十周岁以上');
    await centre.getByRole('button', { name: '写规则' }).click();
    await centre.getByLabel('最小年龄').fill('60');
    await centre.getByRole('button', { name: '加一个条件' }).first().click();
    await choose(centre, centre.getByLabel('条件 2', { exact: true }), '人均月收入');
    await centre.getByLabel('元', { exact: true }).fill('2000');
    await centre.getByLabel('标准的出处').fill('试验标准');
    await centre.getByLabel('办理单位').fill('街道民政服务窗口');
    await centre.getByLabel('来源').fill('试验');
    await j.look(centre, '中心-写规则');
    await centre.getByRole('button', { name: '保存', exact: true }).click();
    await shown(centre.getByRole('heading', { name }));
    await shown(centre.getByText('家庭人均月收入不高于 2000 元（试验标准）').first());
    await j.look(centre, '中心-政策');
    await nextStep(centre).getByRole('button', { name: '登记是否接收' }).click();
    const dialog = await dialogOf(centre, '是否接收');
    await dialog.getByLabel('还有几个名额').fill('3');
    await dialog.getByRole('button', { name: '保存', exact: true }).click();
    await shown(centre.getByText(/余 3 个名额/).first());
    await centre.goto('/resources/match');
    await centre.getByRole('checkbox', { name: '经济' }).check();
    await centre.getByLabel('年龄（周岁）').fill('61');
    await centre.getByLabel('家庭人均月收入（元）').fill('2000');
    await centre.getByRole('button', { name: '查找资源' }).click();
    await shown(centre.locator('.jy-ranked > li').filter({ hasText: name }).filter({ hasText: '符合' }));
    await j.look(centre, '中心-谁能得到什么');
  });

  await j.step('中心导入 Excel：两行有错，看清原因，只导入其余的行', async () => {
    const good = {
      类别: '政策',
      名称: `${name}甲`,
      小类: '生活补贴',
      谁可以申请: '困难家庭',
      条件: '在册',
      材料: '身份证',
      内容: '按户减免',
      专业: '经济',
      办理单位: '街道办事处',
      出自: '区',
      来源: '试验',
      生效日期: '2026-01-01',
    };
    const file = await workbook([good, { ...good, 名称: `${name}乙`, 生效日期: '明年' }, { ...good, 名称: `${name}丙`, 专业: '天文' }]);
    await centre.goto('/resources/import');
    await centre
      .getByLabel('选择 Excel 文件')
      .first()
      .setInputFiles({ name: '资源.xlsx', mimeType: 'application/octet-stream', buffer: file });
    await shown(centre.getByText('生效日期：“明年”不是日期，请写成 2026-03-05'));
    await j.look(centre, '中心-导入检查');
    const [saved] = await Promise.all([centre.waitForEvent('download'), centre.getByRole('button', { name: '下载有问题的 2 行' }).click()]);
    expect(saved.suggestedFilename()).toBe('没有导入的行.xlsx');
    await centre.getByRole('button', { name: '只导入其余 1 行' }).click();
    await shown(centre.getByText(/已新增 1 项/));
  });

  await j.step('中心导出全部（HSDS），再导入，没有变化', async () => {
    const exported = await centre.request.get('/api/resource-exchange');
    const body = await exported.body();
    await centre.getByLabel('选择 JSON 文件').first().setInputFiles({ name: 'hsds.json', mimeType: 'application/json', buffer: body });
    await shown(centre.getByText('没有可以写入的变化'));
    await j.look(centre, '中心-导入与导出');
  });

  await j.step('中心看一个联动单位：联络人与协议', async () => {
    await openPage(centre, '联动单位');
    await shown(centre.locator('tbody tr:not([aria-hidden])').first());
    await j.look(centre, '中心-联动单位');
    await centre.locator('tbody tr:not([aria-hidden])').first().locator('.jy-open').click();
    await shown(centre.getByRole('heading', { name: '合作协议' }));
    await centre.getByRole('button', { name: '登记联络人' }).click();
    const dialog = await dialogOf(centre, '登记联络人');
    await dialog.getByLabel('姓名').fill('欧阳娜仁托娅');
    await dialog.getByLabel('职务').fill('值班联络员');
    await dialog.getByLabel('电话').fill('0755-00000000');
    await dialog.getByRole('button', { name: '保存', exact: true }).click();
    await shown(centre.getByText('欧阳娜仁托娅').first());
    await j.look(centre, '中心-联动单位页');
  });
  j.expectNoTroubles();
});
