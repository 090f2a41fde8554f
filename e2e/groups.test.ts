/** A group from its plan book to the ledger: approved by somebody else, recorded at the table with a phone, kept on paper. */
import { nameCoWorker, readCase } from '@jieyou/core/cases/endpoints.ts';
import { listHandoverChoices } from '@jieyou/core/cases/stageEndpoints.ts';
import { screenRelief } from '@jieyou/core/relief/endpoints.ts';
import { expect } from 'vitest';
import { ask, freshCase } from './asking.ts';
import { journey, shown, useBrowser } from './browser.ts';
import { choose, choosePerson, dayFromNow, dialogOf, fillDay, nextStep, openPage, sayYes } from './hands.ts';

useBrowser();

journey('社工写计划书，站长批准；开组、在手机上记一节，台账里自动有了', async (j) => {
  const worker = await j.signIn('worker');
  const title = `试办的照顾者小组${Date.now() % 100_000}`;

  await j.step('小组清单：各阶段都有，可以筛选', async () => {
    await openPage(worker, '小组');
    await shown(worker.locator('tbody').getByText('成熟期').first());
    await j.look(worker, '社工-小组清单');
  });

  const address = await j.step('写计划书：缺什么当场说，写全了提交', async () => {
    await worker.goto('/groups/new');
    await worker.getByLabel('名称').fill(title);
    await choose(worker, worker.getByLabel('类型'), '支持小组');
    await worker.getByLabel('地点', { exact: true }).fill('社工站小组活动室');
    await worker.getByLabel('最少人数').fill('3');
    await worker.getByLabel('理念').fill('同路人的经验最能用得上。');
    await worker.getByLabel('目标', { exact: true }).fill('三分之二的组员压力分数下降。');
    await worker.getByLabel('对象', { exact: true }).fill('照顾失能老人的家属。');
    await worker.getByLabel('招募').fill('从个案里邀请。');
    for (const n of [1, 2]) {
      await worker.getByRole('button', { name: '加一节' }).click();
      if (n === 1) await fillDay(worker, worker.getByLabel('第 1 节哪天'), dayFromNow(7));
      await worker.getByLabel(`第 ${n} 节主题`).fill(n === 1 ? '认识彼此' : '压力在哪里');
    }
    // A volunteer who is not on the register yet is entered there without leaving the plan.
    await worker.getByRole('button', { name: '登记新志愿者' }).click();
    const entry = await dialogOf(worker, '登记新志愿者');
    await entry.getByLabel('姓名', { exact: true }).fill('濮阳小满');
    await choose(worker, entry.getByLabel('性别'), '女');
    await fillDay(worker, entry.getByLabel('出生日期'), '1985-05-01');
    await entry.getByLabel('电话', { exact: true }).fill(`199007${String(Date.now() % 100_000).padStart(5, '0')}`);
    await entry.getByRole('button', { name: '登记', exact: true }).click();
    await worker.getByLabel('濮阳*满 做什么').or(worker.getByLabel('濮阳小满 做什么')).fill('签到');
    await worker.getByRole('button', { name: '加一个指标' }).click();
    await worker.getByLabel('第 1 个指标', { exact: true }).fill('照顾压力');
    await worker.getByRole('button', { name: '保存', exact: true }).click();
    await worker.waitForURL(/\/groups\/[0-9a-f-]{36}$/);
    await shown(worker.getByRole('link', { name: '濮阳*满' }));
    await shown(nextStep(worker).getByText('提交前还缺：风险与应对'));
    await worker.getByRole('link', { name: '改计划书' }).click();
    await worker.getByRole('button', { name: '加一项困难' }).click();
    await worker.getByLabel('第 1 项可能的困难').fill('分享时有人哭');
    await worker.getByLabel('第 1 项怎样应对').fill('协助社工陪到隔壁');
    await worker.getByRole('button', { name: '保存', exact: true }).click();
    await worker.waitForURL(/\/groups\/[0-9a-f-]{36}$/);
    await nextStep(worker).getByRole('button', { name: '提交审批' }).click();
    await sayYes(worker, '确定');
    await shown(worker.getByText('筹备 · 待审批').first());
    return new URL(worker.url()).pathname;
  });

  await j.step('站长看到待审批，批准；社工自己没有批准的按钮', async () => {
    expect(await worker.getByRole('button', { name: '批准计划书' }).count()).toBe(0);
    const head = await j.signIn('head');
    await head.goto(address);
    await nextStep(head).getByRole('button', { name: '批准计划书' }).click();
    const dialog = await dialogOf(head, '批准计划书');
    await dialog.getByLabel('意见').fill('同意。');
    await dialog.getByRole('button', { name: '批准计划书' }).click();
    await shown(head.getByText('筹备 · 招募中').first());
    expect(await (await head.request.get(`/api${address}/paper?what=plan&format=html`)).text()).toContain('小组计划书');
  });

  await j.step('加组员：从名册里选；人数不够不能开组', async () => {
    await worker.goto(`${address}?tab=members`);
    await worker.getByRole('button', { name: '加组员' }).click();
    const dialog = await dialogOf(worker, '加组员');
    await choose(worker, dialog.getByLabel('服务对象'), /（/);
    await dialog.getByRole('button', { name: '加组员' }).click();
    await shown(worker.getByText('组员（1 人）'));
    await nextStep(worker).getByRole('button', { name: '开组，进入建立期' }).click();
    await sayYes(worker, '确定');
    await shown(worker.getByText(/至少要 3 位才能开组/));
  });

  const session = await j.step('手机上记到期的一节：全到、改一个人、动力与目标', async () => {
    const phone = await j.signIn('worker', { phone: true, entry: '/' });
    await phone.goto('/groups?status=working&waiting=session');
    await phone.getByText('和情绪做朋友').first().click();
    await nextStep(phone)
      .getByRole('button', { name: /记录第 \d+ 节/ })
      .click();
    await phone.getByRole('button', { name: '没记的都记“到”' }).click();
    const at = new URL(phone.url()).pathname;
    await phone.getByRole('radiogroup', { name: /出席/ }).first().getByText('请假').click();
    await phone.getByLabel('过程').fill('先暖场，再分组练习，最后围圈分享。');
    await phone.getByText('活跃', { exact: true }).click();
    await j.look(phone, '手机-记一节');
    // Hours of volunteers are told here and nowhere else.
    await phone.getByRole('button', { name: /^都记 / }).click();
    await phone.getByLabel('志愿者几点开始').fill('09:00');
    await phone.getByText('基本达成').click();
    await phone.getByRole('button', { name: '保存这一节' }).click();
    await shown(phone.getByText('已保存，台账已记').first());
    await shown(phone.getByRole('button', { name: /^记录|加一节/ }).first());
    return at;
  });

  await j.step('这一节的照片：手机上拍，桌面上写说明、放大、印在记录上，不同意的删除', async () => {
    const said = `写下约定${Date.now() % 100_000}`;
    const phone = await j.signIn('worker', { phone: true, entry: `/m${session}` });
    await shown(phone.getByText('照片上的人须同意', { exact: false }));
    const picture = async (name: string) => ({ name, mimeType: 'image/png', buffer: await phone.screenshot() });
    await phone.getByLabel('选一张照片').setInputFiles({ name: 'IMG.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    await shown(phone.getByText(/打不开，没有添加/));
    await phone.getByLabel('选一张照片').setInputFiles(await picture('IMG_1.png'));
    // A face that does not want to be seen is covered before anything is sent.
    await phone.getByRole('button', { name: '遮脸：IMG_1.png，已遮 0 处' }).click();
    await shown(phone.getByRole('button', { name: '遮脸：IMG_1.png，已遮 1 处' }));
    await j.look(phone, '手机-遮脸');
    await phone.getByRole('button', { name: '添加这 1 张' }).click();
    await shown(phone.getByRole('button', { name: '放大：第 1 张照片' }));
    await j.look(phone, '手机-一节的照片');
    await worker.goto(session);
    await worker.getByLabel('选择照片').setInputFiles([await picture('IMG_2.png')]);
    await worker.getByRole('button', { name: '添加这 1 张' }).click();
    await worker.getByRole('button', { name: '写说明：第 2 张照片' }).click();
    await worker.getByLabel('第 2 张照片的说明', { exact: true }).fill(said);
    await worker.getByRole('button', { name: '保存', exact: true }).click();
    await worker.getByRole('button', { name: `放大：${said}` }).click();
    await shown((await dialogOf(worker, said)).getByRole('img', { name: said }));
    await j.look(worker, '社工-放大的照片');
    await worker.keyboard.press('Escape');
    const paper = `/api${session.replace(/\/sessions\/.*/, '')}/paper?what=session&format=html&sessionId=${session.split('/').at(-1)}`;
    expect(await (await worker.request.get(paper)).text()).toContain(`<figcaption>${said}</figcaption>`);
    await worker.getByRole('button', { name: '删除：第 2 张照片' }).click();
    await sayYes(worker, '删除');
    await worker.getByText(said).first().waitFor({ state: 'detached' });
    expect(await (await worker.request.get(paper)).text()).not.toContain(said);
    await j.look(worker, '社工-一节的照片');
  });

  await j.step('填表：计划书里写过的都带出来了，补一项就送签；站长签署，活动也能填', async () => {
    await worker.goto(address);
    await worker.getByRole('link', { name: '填表' }).click();
    await worker.getByRole('button', { name: /小组计划书/ }).click();
    await shown(worker.getByRole('heading', { name: '一、理念与目标' }));
    await expect.poll(() => worker.getByLabel(/小组名称/).inputValue()).toBe(title);
    expect(await worker.getByLabel(/理念：为什么做/).inputValue()).toBe('同路人的经验最能用得上。');
    await worker.getByLabel(/前后测用什么/).fill('照顾压力，开头和结尾各量一次。');
    await j.look(worker, '社工-小组表单');
    await worker.getByRole('button', { name: '提交，送站长签' }).click();
    await shown(worker.getByText('待签').first());
    const form = new URL(worker.url()).pathname;
    const head = await j.signIn('head');
    await head.goto(form);
    await head.getByRole('button', { name: '签署' }).click();
    await head.locator('.ant-popconfirm').getByRole('button', { name: '签署' }).click();
    await shown(head.getByText('已签署').first());
    await head.goto('/forms?kind=activity');
    await shown(head.locator('tbody').getByText('社区活动总结').first());
    expect(await head.locator('tbody').getByText('小组计划书').count()).toBe(0);
    await j.look(head, '站长-活动表单');
    // A session of the demo with its record, and a member measured twice.
    await worker.goto('/forms?kind=group&code=s06-belonging');
    await worker.locator('tbody').getByText('组员归属感').first().click();
    await shown(worker.getByText(/比上次多 \d+ 分，好转/));
  });

  await j.step('志愿时长在这一节核定一次；以前写的姓名对上登记册', async () => {
    await worker.goto('/volunteer-tasks?forKind=session');
    await worker.locator('tbody').getByText('和情绪做朋友').first().click();
    await worker.getByRole('link', { name: '小组的一节' }).click();
    await worker.getByRole('button', { name: '核定志愿时长' }).click();
    await sayYes(worker, '确定');
    await shown(worker.getByText('时长已核定，已记入志愿时长台账。'));
    await j.look(worker, '社工-一节里的志愿时长');
    await worker.goto('/groups?status=submitted');
    await worker.locator('tbody').getByText('戒毒人员家属互助小组').click();
    await worker.getByRole('button', { name: '志愿者对上登记册' }).click();
    const dialog = await dialogOf(worker, '志愿者对上登记册');
    await shown(dialog.getByText('登记册里有同名的人，要不要对上？'));
    await j.look(worker, '社工-志愿者对上登记册');
    await dialog.getByRole('button', { name: /^对上 / }).click();
    await dialog.getByRole('button', { name: '保存' }).click();
    await shown(worker.getByRole('button', { name: '选志愿者' }));
  });

  await j.step('台账里多了这一节；前后测和总结都看得到', async () => {
    await worker.goto('/ledgers?book=group');
    await worker.getByRole('link', { name: '和情绪做朋友' }).first().click();
    await shown(worker.getByRole('tab', { name: '前后测' }));
    await worker.goto('/groups?status=closed');
    await worker.locator('tbody').getByText('照顾者同行支持小组').click();
    await shown(worker.getByRole('heading', { name: '目标达成' }));
    await worker.getByRole('tab', { name: '前后测' }).click();
    await shown(worker.getByText('两次都测').first());
    await j.look(worker, '社工-前后测');
  });
  j.expectNoTroubles();
});

journey('社工登记一笔救助物资和一次服务，缺一条线时说清楚', async (j) => {
  const worker = await j.signIn('worker');
  await j.step('从清单打开已链接的一件，物资已有、服务还没有：送达要写原因', async () => {
    await openPage(worker, '救助个案');
    await worker.locator('tbody').getByText('已链接').first().click();
    await nextStep(worker).getByRole('button', { name: '登记送达' }).click();
    const dialog = await dialogOf(worker, '登记送达');
    await dialog.getByRole('button', { name: '登记送达' }).click();
    await shown(dialog.getByText(/服务这条线还没有登记/));
    await dialog.getByRole('button', { name: '返回' }).click();
  });
  await j.step('登记一次服务，送达', async () => {
    await worker.getByRole('button', { name: '登记服务' }).click();
    const dialog = await dialogOf(worker, '登记服务');
    await dialog.getByLabel('做了什么').fill('陪同查看危房并填表');
    await dialog.getByLabel('多长时间').fill('60');
    await dialog.getByRole('button', { name: '登记服务' }).click();
    await shown(worker.getByText('服务（1 次，60 分钟）'));
    await nextStep(worker).getByRole('button', { name: '登记送达' }).click();
    await (await dialogOf(worker, '登记送达')).getByRole('button', { name: '登记送达' }).click();
    await shown(worker.getByText('已送达').first());
    await j.look(worker, '社工-救助个案');
  });
  const place = `街道助联体会议室${Date.now() % 100_000}`;
  const duty = `送临时救助申请表${Date.now() % 100_000}`;
  const press = async (
    button: string,
    fill: (dialog: Awaited<ReturnType<typeof dialogOf>>) => Promise<void>,
    within = worker.locator('body'),
  ) => {
    await within.getByRole('button', { name: button, exact: true }).click();
    const dialog = await dialogOf(worker, button);
    await fill(dialog);
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await j.step('召集助联体会商，写下结果，谁做什么', async () => {
    await press('召集会商', async (dialog) => {
      await dialog.getByLabel('地点').fill(place);
      await dialog.getByLabel('告诉参加人的内容').fill('房顶漏雨，商量临时加固和救助。');
      await dialog.getByLabel('当事人怎样同意告诉他们').fill('本人当面同意');
      const seat = (n: number) => dialog.getByRole('group', { name: `参加人 ${n}` });
      await choose(worker, seat(1).getByLabel(/身份/), '民政救助科');
      await choosePerson(worker, seat(1).getByLabel('平台上的人'), '冯国樑');
      await seat(1).getByLabel('单位').fill('区民政局');
      await choose(worker, seat(2).getByLabel(/身份/), '救助顾问');
      await seat(2).getByLabel('姓名').fill('楼长老顾');
      await seat(2).getByLabel('单位').fill('居民志愿者');
    });
    const card = worker.locator('section.jy-card').filter({ has: worker.getByRole('heading', { name: place }) });
    await press('写结果', (dialog) => dialog.getByLabel('结果，或取消的原因').fill('先加固，再申请临时救助。'), card);
    await press(
      '登记谁做什么',
      async (dialog) => {
        await choose(worker, dialog.getByLabel('谁', { exact: true }), /冯国樑/);
        // Enter in the day would send a form that has everything.
        await fillDay(worker, dialog.getByLabel('到哪天'), dayFromNow(3));
        await dialog.getByLabel('做什么').fill(duty);
      },
      card,
    );
    await shown(worker.getByText(duty).first());
    await j.look(worker, '社工-助联体会商');
  });
  await j.step('有认领没有结果的，不能结束', async () => {
    await nextStep(worker).getByRole('button', { name: '登记反馈' }).click();
    const heard = await dialogOf(worker, '登记反馈');
    await heard.getByText('很满意', { exact: true }).click();
    await heard.getByLabel('服务对象怎么说').fill('安心多了。');
    await heard.getByRole('button', { name: '登记反馈' }).click();
    await nextStep(worker).getByRole('button', { name: '结束', exact: true }).click();
    const dialog = await dialogOf(worker, '结束');
    await dialog.getByRole('button', { name: '结束', exact: true }).click();
    await shown(dialog.getByText(/助联体会商认领的事还有/));
    await dialog.getByRole('button', { name: '返回' }).click();
  });
  await j.step('有名字的人在手机上看会商，登记自己的办到了', async () => {
    const officer = await j.signIn('officer', { phone: true, entry: '/m/relief-joints' });
    await shown(officer.getByText(place).first());
    await officer.getByRole('button', { name: `登记结果：${duty}` }).click();
    await officer.getByRole('button', { name: '办到了' }).click();
    await shown(officer.getByText(/请写至少 2 个字/));
    await officer.getByLabel('情况').fill('表已送到');
    await officer.getByRole('button', { name: '办到了' }).click();
    await shown(officer.getByText(/办到了：表已送到/).first());
    await j.look(officer, '主管部门-手机助联体会商');
  });
  j.expectNoTroubles();
});

journey('站长把救助个案交给同事：同事看不到这个人的，先说清楚', async (j) => {
  const worker = await j.signIn('worker');
  const caseId = await freshCase(worker, `桑桦${Date.now() % 100_000}`);
  const recipientId = (await ask(worker, readCase, { params: { id: caseId } })).recipient.id;
  const relief = await ask(worker, screenRelief, {
    body: {
      recipientId,
      source: 'visit',
      needs: ['living'],
      needSays: '米面快没了',
      screenedOn: dayFromNow(0),
      adviserKind: 'worker',
      adviserName: '小何',
    },
  });
  const { rows } = await ask(worker, listHandoverChoices);
  const colleague = rows.find((one) => !one.mine);
  if (colleague === undefined) throw new Error('the station has one worker only');
  const head = await j.signIn('head');
  await j.step('缺什么当场说；同事看不到这个人，不能交', async () => {
    await head.goto(`/relief-cases/${relief.id}`);
    await head.getByRole('button', { name: '移交救助个案' }).click();
    const dialog = await dialogOf(head, '移交救助个案');
    await dialog.getByRole('button', { name: '移交救助个案' }).click();
    await shown(dialog.getByText('请填写').first());
    await choosePerson(head, dialog.getByLabel('交给哪位同事'), colleague.name);
    await dialog.getByLabel('原因').fill('原承办人休假');
    await dialog.getByRole('button', { name: '移交救助个案' }).click();
    await shown(dialog.getByText(/接手的人看不到这位服务对象/));
    await j.look(head, '站长-移交救助个案');
  });
  await j.step('社工请同事协办，站长再交：立即生效，原承办人不再看到', async () => {
    await ask(worker, nameCoWorker, {
      params: { id: caseId },
      body: { personId: colleague.personId, reason: '一起办救助', toDay: null },
    });
    const dialog = await dialogOf(head, '移交救助个案');
    await dialog.getByRole('button', { name: '移交救助个案' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await shown(head.getByText(`现在由${colleague.name}承办。`));
    await shown(head.getByText(/原承办人休假/));
    await worker.goto(`/relief-cases/${relief.id}`);
    await shown(worker.getByText(/没有找到|找不到|不存在/).first());
  });
  j.expectNoTroubles();
});
