// Gzipped kilobytes of each entry's first page, from the build's manifest: `node apps/web/bytes.mjs`. Exit 1 over budget.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('./dist/', import.meta.url));
const file = `${dist}.vite/manifest.json`;
if (!existsSync(file)) {
  console.error('apps/web/dist is not built');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(file, 'utf8'));

/** Entry, page that opens first, and the budget in kilobytes (STACK part 2 §7). */
const pages = [
  { says: 'desk: sign-in', entry: 'index.html', page: 'src/identity/SignInPage.tsx', budget: 440 },
  { says: 'desk: workbench', entry: 'index.html', page: 'src/home/WorkbenchPage.tsx', budget: 440 },
  { says: 'desk: list of requests', entry: 'index.html', page: 'src/support/RequestListPage.tsx', budget: 440 },
  { says: 'desk: screening board', entry: 'index.html', page: 'src/support/BoardPage.tsx', budget: 440 },
  { says: 'desk: workers', entry: 'index.html', page: 'src/workforce/WorkerListPage.tsx', budget: 440 },
  { says: 'phone: sign-in', entry: 'm/index.html', page: 'src/identity/phone/PhoneSignInPage.tsx', budget: 220 },
  { says: 'phone: today', entry: 'm/index.html', page: 'src/home/phone/PhoneTodayPage.tsx', budget: 220 },
  { says: 'phone: requests', entry: 'm/index.html', page: 'src/support/phone/PhoneRequestListPage.tsx', budget: 220 },
  { says: 'public: ask for help', entry: 'p/index.html', page: 'src/public/AskPage.tsx', budget: 120 },
];

const gathered = (key, found = new Set(), seen = new Set()) => {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`not in the manifest: ${key}`);
  if (seen.has(key)) return found;
  seen.add(key);
  found.add(chunk.file);
  for (const css of chunk.css ?? []) found.add(css);
  for (const next of chunk.imports ?? []) gathered(next, found, seen);
  return found;
};

const sizes = new Map();
const sizeOf = (name) => {
  if (!sizes.has(name)) sizes.set(name, gzipSync(readFileSync(dist + name), { level: 9 }).length);
  return sizes.get(name);
};

let over = 0;
for (const { says, entry, page, budget } of pages) {
  const files = gathered(page, gathered(entry));
  const kb = [...files].reduce((sum, name) => sum + sizeOf(name), 0) / 1000;
  const fits = kb <= budget;
  if (!fits) over += 1;
  console.log(`${says.padEnd(26)} ${kb.toFixed(0).padStart(4)} kB gz of ${budget}, ${files.size} files${fits ? '' : '  OVER'}`);
}
process.exit(over === 0 ? 0 : 1);
