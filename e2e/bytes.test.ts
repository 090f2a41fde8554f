/** What the first page of each entry costs on the line: real replies, packed, nothing kept from before. */
import type { Page, Response } from 'playwright-core';
import { expect } from 'vitest';
import { type Journey, journey, shown, useBrowser } from './browser.ts';

useBrowser();

const KB = 1000;

/** Opens an address as a person who is signed in and has never been here before; kilobytes of the page and all that it loads. */
const cost = async (j: Journey, like: Page, address: string, ready: (page: Page) => Promise<unknown>, phone: boolean) => {
  const page = await j.device(address, { phone, like: like.context() });
  const replies: Response[] = [];
  page.on('response', (reply) => replies.push(reply));
  await page.goto(address);
  await ready(page);
  let bytes = 0;
  for (const reply of replies) {
    const type = reply.headers()['content-type'] ?? '';
    // Replies with data differ from person to person; the line of live news has no end, and so no size.
    if (!/html|javascript|css/.test(type)) continue;
    await reply.finished();
    bytes += (await reply.request().sizes()).responseBodySize;
    // The two pages themselves are 3 kB of text; all that they load is packed.
    if (/javascript|css/.test(type)) expect(reply.headers()['content-encoding'] ?? 'none', reply.url()).toMatch(/^(gzip|br)$/);
  }
  return bytes / KB;
};

journey('第一页的分量，电脑不超过 430 kB，手机不超过 220 kB，居民求助页不超过 120 kB', async (j) => {
  const worker = await j.signIn('worker');
  const rows = (page: Page) => shown(page.locator('tbody .jy-open').first());
  const items = (page: Page) => shown(page.locator('.ph-item').first());
  const measured = {
    desk: await cost(j, worker, '/requests', rows, false),
    workbench: await cost(j, worker, '/', (page) => shown(page.locator('.jy-todos li').first()), false),
    phone: await cost(j, worker, '/m/requests', items, true),
    today: await cost(j, worker, '/m/', (page) => shown(page.locator('.ph-rows li').first()), true),
    public: await cost(
      j,
      worker,
      '/p/',
      async (page) => {
        await page.getByRole('button', { name: '我要求助' }).click();
        await shown(page.getByRole('heading', { name: /有危险吗/ }));
      },
      true,
    ),
  };
  console.log(
    Object.entries(measured)
      .map(([what, kb]) => `${what} ${kb.toFixed(0)} kB`)
      .join('，'),
  );
  expect(measured.desk).toBeLessThanOrEqual(430);
  expect(measured.workbench).toBeLessThanOrEqual(430);
  expect(measured.phone).toBeLessThanOrEqual(220);
  expect(measured.today).toBeLessThanOrEqual(220);
  expect(measured.public).toBeLessThanOrEqual(120);
});
