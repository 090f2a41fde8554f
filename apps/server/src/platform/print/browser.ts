import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { searchable } from './letters.ts';

const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const PAGES_PER_BROWSER = 50;
const PAGES_AT_ONCE = 2;
const IDLE_MS = 60_000;
const PAGE_MS = 20_000;

const findBrowser = (): string | undefined =>
  [process.env.CHROMIUM_PATH, ...KNOWN_PATHS].find((path) => path !== undefined && path !== '' && existsSync(path));

/**
 * One browser for all printing: started when it is needed, replaced after 50 pages (they leak), closed after a minute of rest. At most
 * two pages at once; the others wait. Pages run no script and reach nothing: no network, no file.
 */
class Printer {
  #browser: Promise<Browser> | undefined;
  #printed = 0;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];
  #rest: NodeJS.Timeout | undefined;

  async print(html: string): Promise<Buffer | null> {
    const path = findBrowser();
    if (path === undefined) return null;
    await this.#enter();
    try {
      return await this.#page(path, html);
    } finally {
      await this.#leave();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#rest);
    const browser = this.#browser;
    this.#browser = undefined;
    this.#printed = 0;
    await (await browser?.catch(() => undefined))?.close().catch(() => undefined);
  }

  async #page(path: string, html: string): Promise<Buffer | null> {
    let browser = await this.#open(path);
    // It may have died since the last page: once more with a new one.
    if (browser !== null && !browser.isConnected()) {
      this.#browser = undefined;
      browser = await this.#open(path);
    }
    if (browser === null) return null;
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true, serviceWorkers: 'block', locale: 'zh-CN' });
    try {
      context.setDefaultTimeout(PAGE_MS);
      await context.route('**/*', (route) => route.abort());
      const page = await context.newPage();
      await page.setContent(html, { waitUntil: 'load', timeout: PAGE_MS });
      this.#printed += 1;
      return searchable(await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true }));
    } finally {
      await context.close().catch(() => undefined);
    }
  }

  async #open(path: string): Promise<Browser | null> {
    this.#browser ??= launch(path);
    try {
      return await this.#browser;
    } catch {
      this.#browser = undefined;
      return null;
    }
  }

  async #enter(): Promise<void> {
    clearTimeout(this.#rest);
    if (this.#busy < PAGES_AT_ONCE) this.#busy += 1;
    // Whoever leaves hands its place over, so the count stays.
    else await new Promise<void>((go) => this.#waiting.push(go));
  }

  async #leave(): Promise<void> {
    const alone = this.#busy === 1;
    if (alone && this.#printed >= PAGES_PER_BROWSER) await this.close();
    const next = this.#waiting.shift();
    // A worn-out browser is replaced when nobody prints: then the second place stays empty until it is.
    if (next !== undefined && (alone || this.#printed < PAGES_PER_BROWSER)) return next();
    if (next !== undefined) this.#waiting.unshift(next);
    this.#busy -= 1;
    if (this.#busy > 0) return;
    this.#rest = setTimeout(() => void this.close(), IDLE_MS);
    this.#rest.unref();
  }
}

const launch = async (path: string): Promise<Browser> => {
  const options = { executablePath: path, headless: true, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, timeout: 30_000 };
  const args = ['--disable-background-networking', '--disable-sync', '--no-first-run', '--disable-dev-shm-usage'];
  const root = process.getuid?.() === 0;
  // Sixty megabytes that a process which never prints does without.
  const { chromium } = await import('playwright-core');
  try {
    return await chromium.launch({ ...options, args, chromiumSandbox: !root });
  } catch (error) {
    if (root) throw error;
    // Machines without user namespaces have no sandbox; the pages are our own and run no script.
    return chromium.launch({ ...options, args, chromiumSandbox: false });
  }
};

const printer = new Printer();

/** Whether a Chromium is there to print with; it may still fail to start. */
export const hasPrinter = (): boolean => findBrowser() !== undefined;

/** A4 PDF of a page of ours; null where no Chromium is found or starts, and the user's own browser must print. */
export const renderPdf = (html: string): Promise<Buffer | null> => printer.print(html);

/** Closes the printing browser; called when the platform stops. */
export const closePrinter = (): Promise<void> => printer.close();
