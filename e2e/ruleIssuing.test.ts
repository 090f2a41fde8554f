/** A new version of the rules in the browser: drafted by the centre, returned and approved by the authority, in force on its day. */
import { expect } from 'vitest';
import { demoAccount, journey, shown, useBrowser, useOwnPlatform, wordsOf } from './browser.ts';
import { dayFromNow, dialogOf, fillDay, nextStep, openPage, sayYes } from './hands.ts';

// What is issued here would be reckoned with by all other journeys.
useOwnPlatform();
useBrowser();

/** 2026年3月5日. */
const inWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

journey('规则，中心起草新版本，主管部门的另一位批准，到生效日按新值计算', async (j) => {
  const centreName = (await demoAccount('centre')).name;

  const centre = await j.step('中心起草：从现行版本开始，还差什么写得清楚', async () => {
    const page = await j.signIn('centre');
    await openPage(page, '规则');
    await shown(page.getByRole('heading', { name: /进行中的新版本/ }));
    await page.getByRole('button', { name: '疑难个案支援' }).click();
    await shown(page.getByText('筛选时限').first());
    await j.look(page, '规则-疑难个案支援');
    await page.getByRole('button', { name: '起草新版本' }).click();
    await page.waitForURL(/\/rules\/drafts\//);
    await shown(nextStep(page).getByText('至少改一项数值'));
    expect(await nextStep(page).getByRole('button', { name: '提交批准' }).isDisabled()).toBe(true);
    await j.look(page, '草稿-刚起草');
    return page;
  });
  const draft = new URL(centre.url()).pathname;

  await j.step('改一项，列出从多少改成多少、影响什么；离开再回来，写的还在', async () => {
    await centre.getByLabel('筛选时限的新值').fill('1');
    await shown(nextStep(centre).getByText('写出处：筛选时限'));
    await centre.getByLabel('筛选时限的出处').fill('龙华区支援中心工作规定（演示）第三条');
    await centre.getByLabel('为什么改').fill('区里要求当天筛选。');
    await shown(centre.getByText('2 个工作日 改为'));
    await shown(centre.getByText('此前开始的时限不变'));
    await shown(nextStep(centre).getByText(/已暂存/));
    await centre.goto('/rules');
    await centre.goto(draft);
    await shown(centre.getByText('龙华区支援中心工作规定（演示）第三条').first());
    await j.look(centre, '草稿-改一项');
  });

  await j.step('几项合在一起矛盾的，不能保存；改回来就能提交', async () => {
    await centre.getByLabel('工作日开始的新值').fill('18:00');
    await centre.getByLabel('工作日开始的出处').fill('笔误');
    await nextStep(centre).getByRole('button', { name: '保存草稿' }).click();
    await shown(nextStep(centre).getByRole('alert'));
    await j.look(centre, '草稿-互相矛盾');
    await centre.getByLabel('工作日开始的新值').fill('09:00');
    await fillDay(centre, centre.getByLabel('生效日期'), dayFromNow(10));
    await nextStep(centre).getByRole('button', { name: '提交批准' }).click();
    await shown(nextStep(centre).getByText('等主管部门的另一位批准'));
    expect(await nextStep(centre).getByRole('button', { name: '批准发布' }).count()).toBe(0);
    await j.look(centre, '草稿-待批准');
  });

  const officer = await j.step('主管部门从工作台打开，退回并说明原因', async () => {
    const page = await j.signIn('officer');
    await page.getByText('规则草稿待您办理').first().waitFor();
    await j.look(page, '主管部门-工作台');
    await page.goto('/notices');
    await page.getByText('有规则新版本待批准').first().click();
    await page.waitForURL(`**${draft}`);
    await shown(page.getByText('2 个工作日 改为'));
    await nextStep(page).getByRole('button', { name: '退回修改' }).click();
    const dialog = await dialogOf(page, '退回修改');
    await dialog.getByLabel('退回的原因').fill('请从下月起施行，给各站留时间。');
    await j.look(page, '主管部门-退回');
    await dialog.getByRole('button', { name: '退回修改' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await j.look(page, '主管部门-已退回');
    return page;
  });

  await j.step('中心看到原因，改好日期再提交', async () => {
    await centre.goto('/');
    await centre.getByRole('button', { name: /^还有 \d+ 件$/ }).click();
    await centre.getByRole('link', { name: /规则草稿待您办理/ }).click();
    await centre.waitForURL(`**${draft}`);
    await shown(nextStep(centre).getByText('请从下月起施行'));
    await fillDay(centre, centre.getByLabel('生效日期'), dayFromNow(20));
    await nextStep(centre).getByRole('button', { name: '提交批准' }).click();
    await shown(nextStep(centre).getByText('等主管部门的另一位批准'));
  });

  await j.step('主管部门批准：将来施行，现行版本到前一天为止', async () => {
    await officer.goto(draft);
    await nextStep(officer).getByRole('button', { name: '批准发布' }).click();
    await sayYes(officer, '批准发布');
    await shown(nextStep(officer).getByText(/已发布为 .* 版/));
    await j.look(officer, '主管部门-已批准');
    await nextStep(officer).getByRole('link', { name: '看这个规则包' }).click();
    await shown(officer.getByText(`${inWords(dayFromNow(20))} 起改按`));
    await shown(officer.getByRole('row').filter({ hasText: '筛选时限' }).getByText('2 个工作日'));
    await j.look(officer, '规则-将要改');
    await officer.getByRole('button', { name: '看新版本' }).click();
    await shown(officer.getByText('改动 1 项'));
    await shown(officer.getByText('筛选时限：2 个工作日 改为 1 个工作日'));
    await j.look(officer, '规则-新版本');
  });

  await j.step('今天生效的一份：批准后当天就按新值计算，界面各处都是新值', async () => {
    await centre.goto('/rules');
    await centre.getByRole('button', { name: '邮件', exact: true }).click();
    await centre.getByRole('button', { name: '起草新版本' }).click();
    await centre.waitForURL(/\/rules\/drafts\//);
    await centre.getByLabel('没发成时，隔多久再试的新值').fill('1、0');
    await centre.getByLabel('没发成时，隔多久再试的出处').fill('信息科通知（演示）');
    await centre.getByLabel('每个工作日发出摘要的时刻的新值').fill('07:45');
    await centre.getByLabel('每个工作日发出摘要的时刻的出处').fill('信息科通知（演示）');
    await centre.getByLabel('为什么改').fill('摘要要在上班前到。');
    await nextStep(centre).getByRole('button', { name: '保存草稿' }).click();
    await shown(centre.locator('.rd-error'));
    await j.look(centre, '草稿-错在格子旁边');
    await centre.getByLabel('没发成时，隔多久再试的新值').fill('1、10、60');
    await nextStep(centre).getByRole('button', { name: '提交批准' }).click();
    await shown(nextStep(centre).getByText('等主管部门的另一位批准'));
    await officer.goto(new URL(centre.url()).pathname);
    await nextStep(officer).getByRole('button', { name: '批准发布' }).click();
    await sayYes(officer, '批准发布');
    await shown(nextStep(officer).getByText(/已发布为 .* 版/));
    await officer.goto('/rules?code=mail');
    const row = officer.getByRole('row').filter({ hasText: '每个工作日发出摘要的时刻' });
    await shown(row.getByText('07:45'));
    await shown(row.getByText('信息科通知（演示）'));
    await shown(officer.getByText('适用于龙华区'));
    await j.look(officer, '规则-今天起');
    await shown(officer.getByRole('link', { name: /的起草与批准/ }));
    await expect.poll(() => wordsOf(officer)).toContain(`${centreName}起草`);
  });

  await j.step('审计与系统管理员读得到版本，没有起草的按钮', async () => {
    const page = await j.signIn('audit');
    await page.goto('/rules?code=mail');
    await shown(page.getByText('07:45'));
    expect(await page.getByRole('button', { name: '起草新版本' }).count()).toBe(0);
    await j.look(page, '审计-规则');
  });

  await j.step('手机上也能批准：演示里等着的那一份', async () => {
    const page = await j.signIn('officer', { phone: true, entry: '/' });
    await page.goto('/rules');
    await page.getByRole('link', { name: '热线与居民求助' }).click();
    await shown(nextStep(page).getByRole('button', { name: '批准发布' }));
    await j.look(page, '主管部门手机-待批准');
  });
});
