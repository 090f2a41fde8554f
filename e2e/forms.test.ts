/** Forms as data: filled on the phone, scored, signed by the head, read over time; a district issues its own version without code. */
import { expect } from 'vitest';
import { journey, shown, useBrowser } from './browser.ts';
import { dialogOf, openPage } from './hands.ts';

useBrowser();

journey('手机填量表，条件当场生效；站长签署；支援中心签发本区新版，旧表不变', async (j) => {
  const phone = await j.signIn('worker', { phone: true });
  const group = (name: string | RegExp) => phone.getByRole('group', { name });
  let measured = '';

  await j.step('在个案里选一种表：自伤风险初筛，缺的当场说，等级由人判断', async () => {
    // A case that is worked on: what other journeys closed takes no more forms.
    const open = (await (await phone.request.get('/api/cases?status=open&stage=intervention&limit=1')).json()) as {
      rows: { id: string }[];
    };
    await phone.goto(`/m/cases/${open.rows[0]?.id}`);
    await phone.getByRole('link', { name: '填表' }).click();
    await shown(phone.getByRole('heading', { name: '量表' }));
    await phone.getByLabel('找一种表').fill('自伤');
    await j.look(phone, '手机-选表');
    await phone.getByRole('button', { name: /自伤风险初筛/ }).click();
    await shown(group(/最近两周，想过不想活了/));
    await group(/最近两周，想过不想活了/)
      .getByText('想过一两次')
      .click();
    await group(/想过怎么做/)
      .getByText('没有')
      .click();
    await group(/手边有能用的东西/)
      .getByText('没有')
      .click();
    await group(/打算什么时候/)
      .getByText('没有打算')
      .click();
    await group(/以前伤害过自己/)
      .getByText('没有')
      .click();
    await shown(phone.getByText('分数提示　2 / 32 分'));
    // A question that the condition hides is not there; it comes with the level.
    expect(await phone.getByLabel(/安全计划/).count()).toBe(0);
    await group(/社工判断的等级/)
      .getByText('中', { exact: true })
      .click();
    await shown(phone.getByLabel(/安全计划/));
    await phone.getByRole('button', { name: '提交，送站长签' }).click();
    await shown(phone.getByText(/还有 2 处没有填好/));
    await j.look(phone, '手机-有缺');
  });

  await j.step('关了页面还在；填好送签', async () => {
    await phone.getByLabel(/为什么这样判断/).fill('说过一次，没有计划，家里人都在。');
    await shown(phone.getByText(/^已保存/));
    measured = new URL(phone.url()).pathname.split('/').at(-1) ?? '';
    await phone.reload();
    await expect.poll(() => phone.getByLabel(/为什么这样判断/).inputValue()).toContain('说过一次');
    await phone.getByLabel(/安全计划/).fill('夜里难受先打给姐姐，再打 12356。');
    await phone.getByRole('button', { name: '提交，送站长签' }).click();
    await shown(phone.getByText(/待签/));
    await shown(phone.getByText('分数只供参考，不代替判断；怎么办由社工和站长决定。'));
    await j.look(phone, '手机-已送签');
  });

  await j.step('站长在桌面退回一次、签一次；纸面有签名栏', async () => {
    const head = await j.signIn('head');
    await openPage(head, '表单');
    await head.goto('/forms?status=waiting');
    await shown(head.locator('tbody').getByText('待签').first());
    await j.look(head, '站长-表单清单');
    await head.goto(`/forms/${measured}`);
    await head.getByRole('button', { name: '退回修改' }).click();
    const back = await dialogOf(head, '退回修改');
    await back.getByLabel('哪里要改').fill('请写复查的日子。');
    await back.getByRole('button', { name: '退回' }).click();
    await shown(head.getByText(/退回：请写复查的日子/));
    await phone.reload();
    await shown(phone.getByText('退回：请写复查的日子。'));
    await phone.getByLabel(/安全计划/).fill('夜里难受先打给姐姐，再打 12356。周五复查。');
    await phone.getByRole('button', { name: '提交，送站长签' }).click();
    await shown(phone.getByText(/待签/));
    await head.reload();
    await head.getByRole('button', { name: '签署' }).click();
    await head.locator('.ant-popconfirm').getByRole('button', { name: '签署' }).click();
    await shown(head.getByText('已签署').first());
    const paper = await (await head.request.get(`/api/form-answers/${measured}/paper?format=html`)).text();
    expect(paper).toContain('站负责人（签字）');
    expect(paper).toContain('周五复查');
  });

  await j.step('评估表送督导：督导在首页看到这一张，签了以后不再看得到', async () => {
    const open = (await (await phone.request.get('/api/cases?status=open&stage=intervention&limit=1')).json()) as {
      rows: { id: string }[];
    };
    await phone.goto(`/m/cases/${open.rows[0]?.id}`);
    await phone.getByRole('link', { name: '填表' }).click();
    await phone.getByLabel('找一种表').fill('阶段与结案');
    await phone.getByRole('button', { name: /阶段与结案评估表/ }).click();
    await group('哪一种').getByText('阶段评估').click();
    await phone
      .getByLabel(/分目标/)
      .first()
      .fill('每周下楼两次');
    await phone
      .getByLabel(/服务前/)
      .first()
      .fill('不下楼');
    await phone.getByLabel(/现在/).first().fill('下楼一次');
    await phone.getByLabel(/社工的自我评估/).fill('陪伴的节奏合适。');
    await phone.getByLabel(/计划要改什么/).fill('请邻居一起下楼。');
    await phone.getByLabel('送给谁签').selectOption({ index: 1 });
    await j.look(phone, '手机-送督导');
    await phone.getByRole('button', { name: '提交，送督导签' }).click();
    await shown(phone.getByText(/待签/));
    const form = new URL(phone.url()).pathname.split('/').at(-1) ?? '';
    const supervisor = await j.signIn('supervisor');
    await shown(supervisor.getByText('表单等您签署').first());
    await j.look(supervisor, '督导-首页');
    await openPage(supervisor, '表单');
    await supervisor.locator('tbody').getByText('阶段与结案评估表').first().click();
    await shown(supervisor.getByText('请邻居一起下楼。'));
    expect(await supervisor.getByRole('link', { name: '打开个案' }).count()).toBe(0);
    await j.look(supervisor, '督导-等签的表');
    await supervisor.goto(`/forms/${form}`);
    await supervisor.getByRole('button', { name: '签署' }).click();
    await supervisor.locator('.ant-popconfirm').getByRole('button', { name: '签署' }).click();
    await expect.poll(() => new URL(supervisor.url()).pathname).toBe('/');
    expect((await supervisor.request.get(`/api/form-answers/${form}`)).status()).toBe(404);
    await phone.reload();
    await shown(phone.getByText(/已签署/));
  });

  await j.step('社工在桌面看两次测量：前后并排', async () => {
    const worker = await j.signIn('worker');
    await worker.goto('/forms?code=s01-burden');
    await worker.locator('tbody').getByText('照顾者负担').first().click();
    await shown(worker.getByText(/比上次少 \d+ 分，好转/));
    await j.look(worker, '桌面-前后并排');
    await worker.getByRole('link', { name: '打开个案' }).click();
    await shown(worker.getByRole('heading', { name: '表单' }));
  });

  await j.step('支援中心改一段文稿：错了说在哪里，对了先预览再签发；旧版仍在', async () => {
    const centre = await j.signIn('centre');
    await openPage(centre, '表单版本');
    await shown(centre.locator('tbody').getByText('适老化改造回访表'));
    await j.look(centre, '中心-表单版本');
    await centre.locator('tbody').getByText('适老化改造回访表').first().click();
    await centre.getByRole('button', { name: '签发新版本' }).click();
    // Field by field: a new one, a condition on what stands before it, moved by keyboard; what is wrong stands beside it.
    await centre.getByLabel('第 1 部分新栏目的种类').selectOption({ label: '多行' });
    await centre.getByRole('button', { name: '在第 1 部分加一栏' }).click();
    await centre.getByLabel('栏目名称').fill('');
    await shown(centre.getByText('1 处不对'));
    await j.look(centre, '中心-逐栏编辑有错');
    await centre.getByLabel('栏目名称').fill('邻居怎么说');
    const added = centre.getByRole('button', { name: '邻居怎么说', exact: true });
    await added.focus();
    await centre.keyboard.press('Alt+ArrowUp');
    await shown(centre.getByText(/“邻居怎么说”现在是/));
    await expect.poll(() => added.evaluate((e) => e === e.ownerDocument.activeElement)).toBe(true);
    await centre.getByRole('button', { name: '预览' }).click();
    await shown(centre.getByRole('group', { name: '试填' }).getByLabel('邻居怎么说'));
    await j.look(centre, '中心-逐栏编辑与试填');
    await centre.getByRole('button', { name: '移除“邻居怎么说”' }).click();
    await shown(centre.getByText('移除了“邻居怎么说”。'));
    await centre.getByRole('button', { name: '放回来' }).click();
    await shown(added);
    await centre.getByRole('button', { name: '文稿', exact: true }).click();
    const text = centre.getByLabel('表单文稿');
    expect(await text.inputValue()).toContain('邻居怎么说');
    const was = await text.inputValue();
    await text.fill(was.replace('"state"', '"round"'));
    await shown(centre.getByText(/用了两次/));
    await j.look(centre, '中心-文稿有错');
    await text.fill(was.replace('现在的状况', '现在的身体和心情'));
    await shown(centre.getByText('文稿没有不对的地方。'));
    await centre.getByRole('button', { name: '预览' }).click();
    await shown(centre.getByText('现在的身体和心情').first());
    await shown(centre.getByText('邻居怎么说').first());
    await centre.getByLabel('改了什么，为什么').fill('把状况问得具体一些');
    await centre.getByRole('button', { name: '签发', exact: true }).click();
    await shown(centre.getByRole('heading', { name: '适老化改造回访表 第 2 版' }));
    await shown(centre.getByText('把状况问得具体一些'));
    await j.look(centre, '中心-新版');
  });
  j.expectNoTroubles();
});
