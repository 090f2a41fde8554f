import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];
/** Debian's Chromium without its windows: the same engine, a fifth quicker in the journeys (decision 0052). */
const SHELL = '/usr/bin/chromium-headless-shell';
const SYSTEM = [
  SHELL,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Browsers that Playwright has fetched for another project of the same user. */
function playwrightBrowsers() {
  const cache = join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  const names = readdirSync(cache).filter((name) => name.startsWith('chromium-'));
  return names.flatMap((name) => ['chrome-linux/chrome', 'chrome-linux64/chrome'].map((path) => join(cache, name, path)));
}

/** A file that exists may still be a wrapper for something that is not installed: only a page proves a browser. */
function renders(path) {
  const profile = mkdtempSync(join(tmpdir(), 'jieyou-browser-'));
  try {
    const args = [...FLAGS, `--user-data-dir=${profile}`, '--dump-dom', 'about:blank'];
    const page = execFileSync(path, args, { timeout: 60_000, stdio: ['ignore', 'pipe', 'ignore'] });
    return page.toString().includes('<html');
  } catch {
    return false;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs Debian packages; where it fails, whoever looks for the browser afterwards tells so. */
async function installByApt(packages, { attempts }) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], { quiet: true, env });
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    await apt('update');
    const { code } = await apt('install', '-y', '--no-install-recommends', ...packages);
    if (code === 0) return;
  }
}

/**
 * The path of a Chromium that really starts, or undefined. As root on Debian the quicker one is installed where it is missing, and
 * the full one where there is none at all.
 */
export async function ensureBrowser(say) {
  const named = process.env.CHROMIUM_PATH;
  const find = () => [named, ...SYSTEM, ...playwrightBrowsers()].find((path) => path && existsSync(path) && renders(path));
  if (!named && !existsSync(SHELL) && canInstall()) {
    say('正在安装 Chromium 的无界面版（apt-get）…');
    await installByApt(['chromium-headless-shell'], { attempts: 1 });
  }
  const found = find();
  if (found || !canInstall()) return found;
  say('正在安装 Chromium 与中文字体（apt-get）…');
  await installByApt(['chromium', 'fonts-noto-cjk'], { attempts: 3 });
  return find();
}
