/** One Chromium for a file of journeys, and people who sign in through the real page and work in it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startPlatform } from './platform.ts';

/** The accounts of the demo district. */
export type Account =
  | 'worker'
  | 'worker2'
  | 'head'
  | 'centre'
  | 'centre2'
  | 'expert'
  | 'expert2'
  | 'supervisor'
  | 'agency'
  | 'officer'
  | 'street'
  | 'civil-affairs'
  | 'system'
  | 'security'
  | 'audit';

/** Where the platform of this file's journeys answers. */
const platforms = inject('platforms');
const sessions = inject('sessions');
let platform = platforms[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % platforms.length] as string;

/** What may take long on a busy machine: a page, a save, a dialog. */
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 60_000);
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];
const DESK = { viewport: { width: 1366, height: 768 } };
const screenshots = join(import.meta.dirname, 'screenshots');
const keepsScreenshots = process.env.SHOTS === '1';
// Four times the points are painted only where somebody looks at them.
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: keepsScreenshots ? 2 : 1 };

/** Findings that are no fault of ours, by selector, each with its reason. */
const ALLOWED: readonly { readonly rule: string; readonly selector: RegExp; readonly reason: string }[] = [
  {
    rule: 'aria-hidden-focus',
    selector: /\.ant-table-measure-row/,
    reason: 'Ant Design measures columns in a hidden row that repeats the headings with their buttons; nobody sees or hears it',
  },
];

let browser: Browser;

/** Opens the browser for the file that calls this, and closes it after the last journey. */
export const useBrowser = (): void => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
  });
};

/** A platform of its own for the journeys of a file that change what all others stand on, or need other settings. */
export const useOwnPlatform = (settings: () => Promise<Readonly<Record<string, string>>> = async () => ({})): void => {
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const own = await startPlatform(await settings());
    stop = own.stop;
    platform = own.address;
  });
  afterAll(async () => {
    await stop?.();
  });
};

type DemoAccount = { readonly username: Account; readonly name: string; readonly title: string; readonly code: string | null };

/** What the demo tells about its accounts: names, and the codes that are good now. */
export const demoAccount = async (username: Account): Promise<DemoAccount> => {
  const reply = (await (await fetch(`${platform}/api/demo/accounts`)).json()) as { rows: DemoAccount[] };
  const found = reply.rows.find((row) => row.username === username);
  if (found === undefined) throw new Error(`the demo has no account ${username}`);
  return found;
};

const waitForQuiet = `new Promise((resolve) => {
  const begun = Date.now();
  const look = () => {
    const busy = document.querySelector('.ant-skeleton, .adm-skeleton, .ant-spin-spinning') !== null
      || document.getAnimations().some((a) => a.playState === 'running' && a.effect?.getComputedTiming().iterations !== Infinity);
    if (!busy || Date.now() - begun > 8000) resolve(undefined);
    else setTimeout(look, 60);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
})`;

/** Rules whose findings are moderate or minor by definition: they are not counted here, and `region` alone takes a third of the time. */
const NEVER_GRAVE = Object.fromEntries(
  ['region', 'heading-order', 'page-has-heading-one', 'landmark-one-main', 'landmark-unique', 'aria-allowed-role', 'empty-heading'].map(
    (id) => [id, { enabled: false }],
  ),
);

/** No serious or critical finding of axe on the page as it stands, save those that are allowed by selector. */
const checkAccessibility = async (page: Page, what: string): Promise<void> => {
  // Through the debugger's channel, which the page's policy does not concern: the page itself keeps its policy.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const look = async () => {
    const found = (await page.evaluate(
      `axe.run(document, { resultTypes: ["violations"], rules: ${JSON.stringify(NEVER_GRAVE)} })`,
    )) as axe.AxeResults;
    return found.violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .flatMap((v) => v.nodes.map((n) => ({ rule: v.id, at: n.target.join(' '), html: n.html.slice(0, 160), why: n.failureSummary })))
      .filter((f) => !ALLOWED.some((a) => a.rule === f.rule && a.selector.test(f.at)));
  };
  // What is still on its way in or out is fainter than it will be: a fault that stays is one.
  let grave = await look();
  for (let tries = 0; grave.length > 0 && tries < 3; tries += 1) {
    await page.waitForTimeout(500);
    grave = await look();
  }
  expect(grave, `无障碍：${what}`).toEqual([]);
};

/** Nothing lies beside the screen. A phone widens its window to what is too wide, so the screen's own width counts. */
const expectWithinWidth = async (page: Page, what: string): Promise<void> => {
  const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
  expect(width, `横向滚动：${what} ${page.url().replace(platform, '')}`).toBeLessThanOrEqual((page.viewportSize()?.width ?? 0) + 1);
};

const tooSmall = `[...document.querySelectorAll('button, input, textarea, select, summary, [role="menuitem"]')].flatMap((e) => {
  const box = e.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1 || getComputedStyle(e).visibility !== 'visible') return [];
  const words = e.tagName + ' ' + (e.getAttribute('aria-label') || e.textContent || e.id).trim().slice(0, 30);
  const typed = e.matches('input:not([type="radio"]):not([type="checkbox"]), textarea, select');
  if (typed && parseFloat(getComputedStyle(e).fontSize) < 16) return [words + '：字小于 16 px'];
  // Radios and boxes are pressed by their labels; words in a text and the cross inside a field stand in a larger target.
  return typed || e.matches('input, .finding, [class*="clear"]') || box.height >= 43.5 ? [] : [words + '：高 ' + Math.round(box.height) + ' px'];
})`;

/** In one hand: whoever types reads 16 px, and what is pressed is 44 px high. */
const expectForThumbs = async (page: Page, what: string): Promise<void> => {
  expect(await page.evaluate(tooSmall), `单手够得着：${what}`).toEqual([]);
};

/** One journey: its people, its clock, and everything that went wrong behind the pages. */
export class Journey {
  readonly #contexts: BrowserContext[] = [];
  readonly #pages: { readonly page: Page; readonly who: string }[] = [];
  readonly #troubles: string[] = [];
  readonly #name: string;
  readonly #begun = Date.now();
  #shots = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** One step of the journey, with its seconds in the output. */
  async step<T>(says: string, work: () => Promise<T>): Promise<T> {
    const begun = Date.now();
    const done = await work();
    for (const { page } of this.#pages) if (!page.isClosed()) await expectWithinWidth(page, says);
    const seconds = (ms: number) => (ms / 1000).toFixed(1).padStart(5);
    console.log(`${seconds(Date.now() - this.#begun)}s  ${says}（${seconds(Date.now() - begun).trim()}s）`);
    return done;
  }

  /** A device of its own: cookies and storage are shared with nobody, unless those of another device are given. */
  async device(
    who: string,
    { phone = false, like, shell = false }: { phone?: boolean; like?: BrowserContext; shell?: boolean } = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      ...(phone ? PHONE : DESK),
      baseURL: platform,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      // Only who tries a phone without network lets it keep its shell.
      serviceWorkers: shell ? 'allow' : 'block',
      reducedMotion: 'reduce',
      ...(like === undefined ? {} : { storageState: await like.storageState() }),
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.#contexts.push(context);
    await context.addInitScript(`addEventListener('securitypolicyviolation', (e) =>
      console.error('policy violated: ' + e.effectiveDirective + ' ' + e.blockedURI + ' ' + (e.sample ?? '')))`);
    context.on('page', (page) => this.#watch(page, who));
    return context.newPage();
  }

  #watch(page: Page, who: string): void {
    this.#pages.push({ page, who });
    const note = (what: string) => this.#troubles.push(`${who} ${page.url().replace(platform, '')}：${what}`);
    page.on('pageerror', (error) => note(`uncaught ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy|policy violated/i.test(message.text())) note(message.text());
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:', 'about:'].includes(url.protocol) && url.origin !== platform) note(`request to ${url.origin}`);
    });
    page.on('response', (response) => {
      const path = response.url().replace(platform, '');
      // A journey may put a full house in the server's place, and says so.
      if (response.status() >= 500 && response.headers()['x-planted'] === undefined) note(`${response.status()} ${path}`);
      if (path.startsWith('/assets/') && response.status() >= 400) note(`${response.status()} ${path}`);
    });
  }

  /**
   * Signs in through the page as people do: name, password, and the code where it is asked for. Whoever did so in an earlier
   * journey on the same platform comes back with that session while it is good, unless the device is to have one of its own: a
   * phone that works without network, a device that is to be told from another. A phone begins at the phone's entry; the pages of
   * the desk are held in one hand as well.
   */
  async signIn(
    account: Account,
    {
      phone = false,
      shell = false,
      ownSession = shell,
      entry = phone ? '/m/' : '/',
    }: { phone?: boolean; shell?: boolean; ownSession?: boolean; entry?: string } = {},
  ): Promise<Page> {
    const page = await this.device(account, { phone, shell });
    const kept = join(sessions, `${new URL(platform).port}-${account}.json`);
    if (!ownSession && existsSync(kept)) await page.context().addCookies(JSON.parse(readFileSync(kept, 'utf8')));
    await page.goto(entry);
    const inside = page.getByRole('navigation').first();
    await inside.or(page.locator('#password')).first().waitFor();
    if (new URL(page.url()).pathname.endsWith('/sign-in')) {
      await enter(page, account, 'jieyou-demo');
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
      await inside.waitFor();
      if (!ownSession) writeFileSync(kept, JSON.stringify(await page.context().cookies()));
    }
    return page;
  }

  /** The page as somebody sees it now: quiet, accessible, within its width, and kept as a picture where asked for. */
  async look(page: Page, what: string): Promise<void> {
    await page.evaluate(waitForQuiet);
    if (keepsScreenshots) {
      mkdirSync(screenshots, { recursive: true });
      this.#shots += 1;
      await page.screenshot({ path: join(screenshots, `${this.#name}-${String(this.#shots).padStart(2, '0')}-${what}.png`) });
    }
    await checkAccessibility(page, what);
    await expectWithinWidth(page, what);
    if (page.viewportSize()?.width === PHONE.viewport.width) await expectForThumbs(page, what);
  }

  /** Nothing may have gone wrong behind the pages. */
  expectNoTroubles(): void {
    expect([...new Set(this.#troubles)], '页面背后的问题').toEqual([]);
  }

  /** Pictures of where everybody stood when the journey broke off, and what the pages had to say about it. */
  async keepLast(): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    for (const [index, { page, who }] of this.#pages.entries()) {
      if (page.isClosed()) continue;
      await page
        .screenshot({ path: join(screenshots, `中断-${this.#name}-${index}-${who.replaceAll('/', '_')}.png`), timeout: 5000 })
        .catch(() => undefined);
      const said = await page
        .locator('.ant-form-item-explain-error, [role="alert"], .jy-refusal')
        .allTextContents()
        .catch(() => []);
      if (said.length > 0) console.log(`${who} ${page.url()} 页面上写着：${said.join('；')}`);
    }
    if (this.#troubles.length > 0) console.log(this.#troubles.join('\n'));
  }

  async end(): Promise<void> {
    for (const context of this.#contexts) await context.close();
  }
}

/** Fills the sign-in form; the code is the one that the demo shows. */
export const enter = async (page: Page, account: Account, password: string): Promise<void> => {
  await page.getByLabel('账号', { exact: true }).fill(account);
  await page.locator('#password').fill(password);
  await pressSignIn(page);
  const { code } = await demoAccount(account);
  if (code === null) return;
  await page.getByLabel('动态口令').fill((await demoAccount(account)).code ?? '');
  await pressSignIn(page);
};

/** Presses 登录 once it no longer turns from the time before. */
export const pressSignIn = async (page: Page): Promise<void> => {
  await page.locator('.ant-btn-loading').waitFor({ state: 'detached' });
  await page.locator('button[type="submit"]', { hasText: '登录' }).click();
};

/** A test that is a journey. */
export const journey = (name: string, tell: (j: Journey) => Promise<void>, limit = 240_000): void =>
  test(
    name,
    async () => {
      const j = new Journey(name.split(/[，：]/)[0] ?? name);
      try {
        await tell(j);
        j.expectNoTroubles();
      } catch (error) {
        await j.keepLast();
        throw error;
      } finally {
        await j.end();
      }
    },
    limit,
  );

/** Waits until it is there, and answers it. */
export const shown = async (locator: Locator): Promise<Locator> => {
  await locator.first().waitFor({ state: 'visible' });
  return locator;
};

/** All words that the page holds, seen or folded away. */
export const wordsOf = async (page: Page): Promise<string> => (await page.locator('body').textContent()) ?? '';
