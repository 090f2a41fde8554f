/** What hands do on our pages: choose from a list, fill a day, answer a checklist. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { shown } from './browser.ts';

/** Day so many days from now in Asia/Shanghai, '2026-03-05'. */
export const dayFromNow = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** The list that is open now; one that is just closing does not count. */
const openList = (page: Page): Locator =>
  page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden):not([class*="-leave"])').last();

/** Chooses in the list that is open. A list that is drawn anew under the hand takes no click: it is then clicked again. */
const pick = async (page: Page, option: string | RegExp): Promise<string> => {
  const list = openList(page);
  const found = list.locator('.ant-select-item-option').filter({ hasText: option }).first();
  await shown(list.locator('.ant-select-item-option'));
  // A long list draws only what is in sight.
  for (let tries = 0; tries < 60 && (await found.count()) === 0; tries += 1) {
    await list.hover();
    await page.mouse.wheel(0, 180);
    await page.waitForTimeout(80);
  }
  const says = ((await found.textContent()) ?? '').trim();
  for (let tries = 0; tries < 5; tries += 1) {
    await found.click({ timeout: 5000 }).catch(() => undefined);
    const closed = await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
      .first()
      .waitFor({ state: 'hidden', timeout: 3000 })
      .then(() => true)
      .catch(() => false);
    if (closed) return says;
  }
  throw new Error(`could not choose ${String(option)}`);
};

/** Chooses from a list that opens below its field. */
export const choose = async (page: Page, field: Locator, option: string | RegExp): Promise<string> => {
  await field.click();
  return pick(page, option);
};

/** Looks a person up by name and chooses the one found. */
export const choosePerson = async (page: Page, field: Locator, name: string): Promise<void> => {
  await field.click();
  await field.fill(name);
  await expect.poll(() => openList(page).locator('.ant-select-item-option').first().textContent(), { timeout: 60_000 }).toContain(name);
  await pick(page, name);
};

/** Writes several short words, each closed by Enter. */
export const writeTags = async (page: Page, field: Locator, words: readonly string[]): Promise<void> => {
  await field.click();
  for (const word of words) {
    await field.pressSequentially(word);
    await page.keyboard.press('Enter');
  }
};

/** Types a day into its field and leaves it; where Enter sends the form, the field may be gone with its dialog before it is read. */
export const fillDay = async (page: Page, field: Locator, day: string): Promise<void> => {
  await expect.poll(() => field.isEnabled(), { timeout: 60_000 }).toBe(true);
  await field.click();
  await field.fill(day);
  // A phone's own calendar takes the day as it is written; Enter in it would send the form.
  if ((await field.getAttribute('type')) !== 'date') await page.keyboard.press('Enter');
  await expect.poll(async () => ((await field.isVisible()) ? field.inputValue({ timeout: 2000 }).catch(() => '') : day)).toBe(day);
};

/** Answers the questions of the self-assessment at the desk. */
export const answerChecklist = async (page: Page, answers: Readonly<Record<string, boolean>>): Promise<void> => {
  for (const [key, answer] of Object.entries(answers)) {
    await page
      .locator(`[aria-labelledby="ask-${key}"]`)
      .getByText(answer ? '是' : '否', { exact: true })
      .click();
  }
};

/** A hard case without danger to life: several problems, no resources, several departments. */
export const HARD = {
  imminentRisk: false,
  problemsAtOnce: true,
  lackOfResources: true,
  beyondExperience: true,
  earlierAttemptsFailed: true,
  severalDepartments: true,
  riskRising: false,
} as const;

/** The dialog that stands in front of everything. */
export const dialogOf = async (page: Page, title: string | RegExp): Promise<Locator> =>
  shown(page.getByRole('dialog').filter({ hasText: title }).last());

/**
 * Presses a button that opens a dialog. Where cards above it are still filling, it moves under the hand and takes no click: it is then
 * pressed again.
 */
export const openDialog = async (page: Page, button: string, title: string | RegExp = button): Promise<Locator> => {
  const dialog = page.getByRole('dialog').filter({ hasText: title }).last();
  const opener = page.getByRole('button', { name: button, exact: true }).first();
  await expect
    .poll(async () => {
      if (await dialog.isVisible()) return true;
      await opener.click({ timeout: 5000 }).catch(() => undefined);
      return dialog
        .waitFor({ state: 'visible', timeout: 3000 })
        .then(() => true)
        .catch(() => false);
    })
    .toBe(true);
  return dialog;
};

/**
 * Says yes to the question that a button just asked, and waits until it was done or refused. A question that is still moving into its
 * place takes no click: it is then pressed again.
 */
export const sayYes = async (page: Page, sure: string): Promise<void> => {
  const asks = page.locator('.ant-popover:not(.ant-popover-hidden)').last();
  const yes = asks.getByRole('button', { name: sure, exact: true });
  await shown(yes);
  let pressed = false;
  await expect
    .poll(
      async () => {
        if (pressed && ((await asks.locator('.jy-refusal').count()) > 0 || !(await yes.isVisible()))) return true;
        await yes.click({ timeout: 3000 }).then(
          () => {
            pressed = true;
          },
          () => undefined,
        );
        await page.waitForTimeout(300);
        return false;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
};

/** Opens a page of the desk by its name in the rail, which a phone folds away but for the pages of the day. */
export const openPage = async (page: Page, name: string): Promise<void> => {
  const link = page.getByRole('navigation', { name: '我的工作' }).getByRole('link', { name, exact: true });
  if (!(await link.isVisible())) await page.getByRole('button', { name: '菜单' }).click();
  await link.click();
};

/** Looks for words, the case bank's among all that one may see, from wherever one is on the desk. */
export const findInBank = async (page: Page, words: string): Promise<void> => {
  const field = page.locator('.jy-top-search input');
  if (!(await field.isVisible())) await page.getByRole('button', { name: '菜单' }).click();
  await field.fill(words);
  await page.keyboard.press('Enter');
};

/** The card 下一步 of a record. */
export const nextStep = (page: Page): Locator => page.getByRole('region', { name: '下一步' });

/** Chooses a rarer act of a record. The menu moves when the page below it grows under the hand: it is then pressed again. */
export const chooseAct = async (page: Page, name: string): Promise<void> => {
  const item = page.getByRole('menuitem', { name });
  await nextStep(page).getByRole('button', { name: '其他操作' }).click();
  await expect
    .poll(
      async () => {
        await item.click({ timeout: 3000 }).catch(() => undefined);
        await page.waitForTimeout(300);
        return item.isVisible();
      },
      { timeout: 60_000 },
    )
    .toBe(false);
};

/** The first open case of the list that has no request under way, with its button for help. */
export const openQuietCase = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: '个案', exact: true }).click();
  const row = page.locator('tbody tr').filter({ hasText: '介入' }).filter({ hasNotText: '份进行中' }).first();
  await row.locator('.jy-open').click();
};

/** Begins a request from its case, or goes on with the draft that somebody left there. */
export const askForHelp = async (page: Page): Promise<void> => {
  await nextStep(page)
    .getByRole('button', { name: /^(发起疑难求助|继续填写求助)$/ })
    .click();
  await page.locator('#story').waitFor();
};

/** Draws a name into the surface that is open and hands it in. */
export const signByHand = async (page: Page, who: string, name: string, relation = ''): Promise<void> => {
  await page.getByRole('button', { name: `请${who}签名` }).click();
  const pad = page.getByRole('dialog', { name: `请${who}签名` });
  if ((await pad.getByLabel('签名人姓名').inputValue()) === '') await pad.getByLabel('签名人姓名').fill(name);
  if (relation !== '') await pad.getByLabel(/关系|单位名称/).fill(relation);
  // The pen marks the surface once it is there.
  await pad.locator('canvas[style]').waitFor();
  const surface = await pad.locator('canvas').boundingBox();
  if (surface === null) throw new Error('no surface to sign on');
  const at = (x: number, y: number) => [surface.x + surface.width * x, surface.y + surface.height * y] as const;
  // With a finger where the screen is touched, with the mouse at the desk.
  const finger = (await page.evaluate('navigator.maxTouchPoints > 0')) ? await page.context().newCDPSession(page) : null;
  for (const stroke of [
    [0.2, 0.3, 0.5, 0.25],
    [0.35, 0.15, 0.3, 0.8],
    [0.55, 0.5, 0.85, 0.7],
  ] as const) {
    if (finger !== null) {
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', part: number) => {
        const [x, y] = at(stroke[0] + (stroke[2] - stroke[0]) * part, stroke[1] + (stroke[3] - stroke[1]) * part);
        return finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
      };
      await touch('touchStart', 0);
      for (let n = 1; n <= 8; n += 1) await touch('touchMove', n / 8);
      await touch('touchEnd', 1);
      continue;
    }
    await page.mouse.move(...at(stroke[0], stroke[1]));
    await page.mouse.down();
    await page.mouse.move(...at(stroke[2], stroke[3]), { steps: 8 });
    await page.mouse.up();
  }
  await finger?.detach();
  await pad.getByText('在这里写姓名').waitFor({ state: 'detached' });
};

/** Says that it is done; the surface closes. */
export const doneSigning = async (page: Page, who: string): Promise<void> => {
  const pad = page.getByRole('dialog', { name: `请${who}签名` });
  await pad.getByRole('button', { name: '签好了' }).click();
  await pad.waitFor({ state: 'detached' });
  await shown(page.getByRole('button', { name: `${who}重签` }));
};

/** How far what stood on the page was pushed about while the rest came in: 0 is not at all. */
export const pushed = `new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((seen) => { for (const e of seen.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 150);
})`;
