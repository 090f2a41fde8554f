import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { waitForLock } from './processLock.ts';

const SKIPPED = new Set(['dist', 'node_modules', '.vite']);

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(path);
      return entry.isFile() && !entry.name.endsWith('.test.ts') ? [path] : [];
    });
}

function fingerprint(repoRoot: string): string {
  const hash = createHash('sha256');
  const folders = ['apps/web', 'packages/core/src'].flatMap((folder) => filesUnder(join(repoRoot, folder)));
  const files = [...folders, join(repoRoot, 'package-lock.json'), join(repoRoot, 'tsconfig.base.json')];
  for (const file of files) {
    // Relative, so that a moved or copied installation is not stale; the length keeps neighbours apart.
    const content = readFileSync(file);
    hash.update(`${file.slice(repoRoot.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function stampOf(dist: string): string {
  const file = join(dist, '.stamp');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function runVite(repoRoot: string, outDir: string, onChild: (child: ChildProcess) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [join(repoRoot, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, args, { cwd: join(repoRoot, 'apps/web'), stdio: ['ignore', 'pipe', 'pipe'], env });
    onChild(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4000);
      });
    }
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`网页构建失败（${code ?? '被中止'}）\n${output.trim()}`))));
  });
}

/** Packed copies beside the assets, made once at build time, so that no request waits for it. */
function compressAssets(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg|json)$/.test(name)) continue;
    const path = join(folder, name);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  }
}

/**
 * Builds `apps/web/dist` when its sources, the core or the locked dependencies have changed since the last build.
 * One builder at a time; the finished folder replaces the old one whole, so that a running server never serves half of it.
 * `JIEYOU_WEB_BUILD=0` skips it, for development, where Vite serves the sources.
 */
export async function buildWebIfStale(repoRoot: string, log: (line: string) => void): Promise<void> {
  if (process.env.JIEYOU_WEB_BUILD === '0') return;
  const root = repoRoot.replace(/[\\/]$/, '');
  const dist = join(root, 'apps/web/dist');
  if (stampOf(dist) === fingerprint(root)) return;
  const release = await waitForLock(join(root, '.data/web-build.lock'), () => log('另一个进程正在构建网页，等待中…'));
  let child: ChildProcess | undefined;
  const abandon = (): void => void child?.kill();
  process.once('exit', abandon);
  try {
    // Taken under the lock: the one we waited for may have built exactly this.
    const wanted = fingerprint(root);
    if (stampOf(dist) === wanted) return;
    log('正在构建网页…');
    const next = join(root, 'apps/web/node_modules/.web-build');
    mkdirSync(join(root, 'apps/web/node_modules'), { recursive: true });
    await runVite(root, next, (started) => {
      child = started;
    });
    compressAssets(join(next, 'assets'));
    writeFileSync(join(next, '.stamp'), wanted);
    rmSync(dist, { recursive: true, force: true });
    renameSync(next, dist);
    log('网页已构建');
  } finally {
    process.off('exit', abandon);
    release();
  }
}
