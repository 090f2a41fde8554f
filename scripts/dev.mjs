// A desk that reloads: Vite serves the web with hot reload and hands the rest to the server, which restarts when its sources change.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { NODE_FLAGS } from './flags.mjs';
import { root } from './run.mjs';

const WATCHED = ['apps/server/src', 'apps/server/migrations', 'apps/server/demo', 'packages/core/src'];
const QUIET_MS = 200;
const HARD_LIMIT_MS = 20_000;

const host = process.env.HOST ?? '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);
const serverPort = port + 1;
const PROXIED = ['/api', '/healthz', '/readyz'];
const web = join(root, 'apps/web');
const say = (message) => console.log(`[开发] ${message}`);

let server;
let stopping = false;
let restarting = false;

function startServer() {
  const env = { ...process.env, PORT: String(serverPort), HOST: '127.0.0.1', JIEYOU_WEB_BUILD: '0' };
  const child = spawn(process.execPath, [...NODE_FLAGS, join(root, 'apps/server/src/main.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  server = child;
  child.on('exit', (code) => {
    if (server === child) server = undefined;
    if (!stopping && !restarting) say(`服务已退出（${code}），改动源文件后会再次启动`);
  });
}

/** The next server may start only when this one has let go of the database. */
function stopServer() {
  const child = server;
  if (!child) return Promise.resolve();
  return new Promise((done) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), HARD_LIMIT_MS);
    child.on('exit', () => {
      clearTimeout(timer);
      done();
    });
    child.kill('SIGTERM');
  });
}

let again = false;
async function restart() {
  if (restarting) {
    again = true;
    return;
  }
  restarting = true;
  do {
    again = false;
    await stopServer();
  } while (again);
  restarting = false;
  if (!stopping) startServer();
}

let timer;
function watchSources() {
  for (const folder of WATCHED.filter((path) => existsSync(join(root, path)))) {
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (!name || name.endsWith('.test.ts')) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        say(`${folder}/${name} 有改动，重启服务`);
        void restart();
      }, QUIET_MS);
    });
  }
}

/** The built site has one HTML per entry; the server chooses it by path, and so must we. */
function entryPages() {
  const page = (url) => {
    const entry = /^\/(m|p)(\/|$)/.exec(url)?.[1];
    return [`/${entry}/index.html`, '/index.html'].find((path) => existsSync(join(web, path)));
  };
  return {
    name: 'entry-pages',
    configureServer(vite) {
      vite.middlewares.use((request, _response, next) => {
        const ours = !PROXIED.some((path) => request.url.startsWith(path));
        const navigates = ours && request.method === 'GET' && request.headers.accept?.includes('text/html');
        const path = navigates ? page(request.url.split('?')[0]) : undefined;
        if (path) request.url = path;
        next();
      });
    },
  };
}

async function stop(vite) {
  if (stopping) return;
  stopping = true;
  await Promise.all([stopServer(), vite?.close()]);
  process.exit(0);
}

let vite;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(vite));
process.on('disconnect', () => void stop(vite));

startServer();
watchSources();
const target = `http://127.0.0.1:${serverPort}`;
// The browser's Host header stays as it is, so that the server's check of origins holds here too.
const proxied = Object.fromEntries(PROXIED.map((path) => [path, { target, changeOrigin: false }]));
vite = await createServer({
  root: web,
  server: { host, port, strictPort: true, proxy: proxied },
  plugins: [entryPages()],
  clearScreen: false,
});
await vite.listen();
say(`http://${host}:${port}/（服务在 ${target}）`);
