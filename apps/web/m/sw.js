// Keeps the phone's shell: the page and the files that carry their own hash in their names. Answers of the platform are never kept.
const NAME = 'jieyou-shell-__VERSION__';
const FILES = __FILES__;
const ENTRY = '__ENTRY__';
const PAGE = '/m/';
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(NAME);
      await cache.addAll(FILES);
      // The page is kept with its headers: the policy and the nonce that stands in it belong together.
      const page = await fetch(PAGE, { cache: 'no-store', credentials: 'omit' });
      if (!page.ok || !(await page.clone().text()).includes(ENTRY)) throw new Error('the page is of another version');
      await cache.put(PAGE, page);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // A tab that is still open may ask for a part of the version before; older ones go.
      const kept = (await caches.keys()).filter((name) => name.startsWith('jieyou-shell-') && name !== NAME);
      await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

const shell = async () => (await (await caches.open(NAME)).match(PAGE)) ?? Response.error();

const page = async (request) => {
  let timer;
  const late = new Promise((done) => {
    timer = setTimeout(done, PATIENCE_MS);
  });
  // The platform's own page comes first, so that no old version stays; without it, or when it does not come in time, the kept one.
  const fresh = fetch(request).catch(() => undefined);
  const answer = await Promise.race([fresh, late]);
  clearTimeout(timer);
  return answer !== undefined && answer.status < 500 ? answer : shell();
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/'))
    event.respondWith(caches.match(url.pathname, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});
