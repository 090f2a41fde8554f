/** Search: from any page by a key, over what one may see and nothing else. */
import { expect } from 'vitest';
import { journey, shown, useBrowser } from './browser.ts';

useBrowser();

journey('社工用两个字找到自己的记录，别站的社工找不到；主管部门用首字母找到人，找不到记录', async (j) => {
  const worker = await j.signIn('worker');
  const word = '菖蒲';

  await j.step('写一条记录，再按 Ctrl+K 用两个字找到它，标出所找的字', async () => {
    await worker.goto('/cases?status=open');
    await worker.locator('tbody .jy-open').first().click();
    await shown(worker.getByRole('heading', { name: '个案记录' }).first());
    const caseAddress = worker.url();
    const written = await worker.evaluate(
      async ([id, body]) => {
        const session = (await (await fetch('/api/session')).json()) as { csrfToken: string };
        const reply = await fetch(`/api/cases/${id}/notes`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken, 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify({ happenedOn: new Date().toISOString().slice(0, 10), body }),
        });
        return reply.status;
      },
      [new URL(caseAddress).pathname.split('/').at(-1) ?? '', `端午前送去${word}和药，老人精神很好。`],
    );
    expect(written).toBe(200);
    await worker.keyboard.press('Control+k');
    await worker.keyboard.type(word);
    await worker.keyboard.press('Enter');
    await worker.waitForURL((url) => url.pathname === '/search');
    await shown(worker.getByRole('heading', { name: '个案记录' }));
    expect(await worker.locator('mark').first().textContent()).toBe(word);
    // Nothing of what was typed stands in the address.
    expect(decodeURIComponent(worker.url())).not.toContain(word);
    await j.look(worker, '社工-查找');
    await worker.keyboard.press('ArrowDown');
    await worker.keyboard.press('Enter');
    // The very record: the page of its case, scrolled to it and marked.
    await worker.waitForURL((url) => url.pathname === new URL(caseAddress).pathname && url.searchParams.has('at'));
    await expect.poll(() => worker.locator('li.rd-named').innerText()).toContain(word);
    const inSight = async () => {
      const box = await worker.locator('li.rd-named').boundingBox();
      return box !== null && box.y >= 0 && box.y + box.height <= (worker.viewportSize()?.height ?? 0);
    };
    await expect.poll(inSight).toBe(true);
    await worker.goBack();
    await shown(worker.locator('mark').first());
  });

  await j.step('在个案页上只查这个个案', async () => {
    await worker.locator('a.sr-hit').first().click();
    const within = worker.getByRole('form', { name: '在这个个案里查找' });
    await within.getByRole('searchbox').fill(word);
    await within.getByRole('button', { name: '查找' }).click();
    await worker.waitForURL((url) => url.pathname === '/search' && url.searchParams.has('caseId'));
    await shown(worker.getByRole('button', { name: '到全部范围查找' }));
    await shown(worker.locator('mark').first());
    expect(await worker.getByRole('button', { name: '人员' }).count()).toBe(0);
    await worker.getByRole('button', { name: '到全部范围查找' }).click();
    // Kinds with hits stand there, the others behind one button.
    await shown(worker.getByRole('heading', { name: '个案记录' }));
    await shown(worker.getByRole('button', { name: '个案记录', exact: true }));
    expect(await worker.getByRole('button', { name: '人员' }).count()).toBe(0);
    await worker.getByRole('button', { name: '更多种类' }).click();
    await shown(worker.getByRole('button', { name: '人员' }));
  });

  await j.step('一个字不查，说明白；换成四个字，各类分开列', async () => {
    const field = worker.getByRole('form', { name: '查找' }).getByRole('searchbox');
    await field.fill('菖');
    await field.press('Enter');
    await shown(worker.getByText('请至少写两个字。'));
    await field.fill('独居老人');
    await field.press('Enter');
    await shown(worker.locator('.sr-section').first());
    await j.look(worker, '社工-查找四个字');
  });

  await j.step('别站的社工找不到；手机上也能查', async () => {
    const other = await j.signIn('worker2', { phone: true });
    await other.getByRole('link', { name: '查找', exact: true }).click();
    await other.getByRole('searchbox').fill(word);
    await other.keyboard.press('Enter');
    await shown(other.getByText('在您看得到的范围内没有找到'));
    await j.look(other, '手机-查找');
  });

  await j.step('主管部门按 / 用首字母找到人，找不到记录', async () => {
    const officer = await j.signIn('officer');
    await shown(officer.getByRole('heading', { level: 1 }).first());
    await officer.keyboard.press('/');
    const { account } = await officer.evaluate(async () => (await fetch('/api/session')).json() as Promise<{ account: { name: string } }>);
    await officer.keyboard.type('zhou');
    await officer.keyboard.press('Enter');
    await shown(officer.getByRole('heading', { name: '人员' }));
    expect(account.name).not.toBe('');
    await officer.getByRole('form', { name: '查找' }).getByRole('searchbox').fill(word);
    await officer.keyboard.press('Enter');
    await shown(officer.getByText('在您看得到的范围内没有找到'));
    expect(await officer.getByRole('button', { name: '个案记录' }).count()).toBe(0);
    await j.look(officer, '主管部门-查找');
  });
});
