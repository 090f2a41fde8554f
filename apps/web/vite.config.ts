import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Zod tries `new Function` to see whether it may compile its checks; the page's policy forbids that and reports every try. */
const zodWithoutEval = {
  name: 'zod-without-eval',
  transform(code: string, id: string) {
    if (!id.endsWith('/zod/v4/core/core.js')) return undefined;
    const quiet = code.replace('__zod_globalConfig = {}', '__zod_globalConfig = { jitless: true }');
    if (quiet === code) throw new Error('zod keeps its settings elsewhere now');
    return { code: quiet, map: null };
  },
};

/** No page makes a JSON Schema: what Zod brings for it stays with the server, where the interface document is made. */
const zodWithoutJsonSchema: Plugin = {
  name: 'zod-without-json-schema',
  transform(code, id) {
    if (!/\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/.test(id)) return undefined;
    const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map((found) => found[1]);
    if (names.length === 0) throw new Error('zod keeps its JSON Schema elsewhere now');
    return { code: names.map((name) => `export const ${name} = () => () => undefined;`).join('\n'), map: null };
  },
};

/** No table of the house filters in its heading or turns pages by number: the tree, the menus and the pages that Ant Design brings for it stay away. */
const tablesWithoutFilters: Plugin = {
  name: 'tables-without-filters',
  transform(code, id) {
    if (id.endsWith('/antd/es/table/InternalTable.js')) {
      const slim = code.replace("import Pagination from '../pagination';", 'const Pagination = () => null;');
      if (slim === code) throw new Error('Ant Design turns the pages of a table elsewhere now');
      return { code: slim, map: null };
    }
    if (!id.endsWith('/antd/es/table/hooks/useFilter/FilterDropdown.js')) return undefined;
    if (!code.includes('export function flattenKeys(') || !code.includes('export default FilterDropdown;'))
      throw new Error('Ant Design keeps the filters of a table elsewhere now');
    return { code: 'export const flattenKeys = () => [];\nexport default () => null;', map: null };
  },
};

/** What the phone keeps for days without network: its entry with all that it may load, and beside it the worker, the manifest, the icons. */
const phoneShell: Plugin = {
  name: 'phone-shell',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const chunks = new Map(Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
      const entry = [...chunks.values()].find((chunk) => chunk.isEntry && chunk.name === 'phone');
      if (entry === undefined) throw new Error('the phone has no entry');
      const files = new Set<string>();
      const gather = (name: string): void => {
        const chunk = chunks.get(name);
        if (chunk === undefined || files.has(name)) return;
        files.add(name);
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) gather(next);
      };
      gather(entry.fileName);
      const list = [...files].sort().map((name) => `/${name}`);
      const worker = readFileSync(here('m/sw.js'), 'utf8');
      const version = createHash('sha256').update(JSON.stringify(list)).update(worker).digest('hex').slice(0, 16);
      const source = worker
        .replace('__VERSION__', version)
        .replace('__FILES__', JSON.stringify(list))
        .replace('__ENTRY__', `/${entry.fileName}`);
      this.emitFile({ type: 'asset', fileName: 'm/sw.js', source });
      for (const name of ['manifest.webmanifest', 'icon-192.png', 'icon-512.png'])
        this.emitFile({ type: 'asset', fileName: `m/${name}`, source: readFileSync(here(`m/${name}`)) });
    },
  },
};

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: false,
  plugins: [react(), zodWithoutEval, zodWithoutJsonSchema, tablesWithoutFilters, phoneShell],
  // Some libraries of the desk find another React at the root of the workspaces; a page must have one only.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    // Kernels of office computers that are in the field (Chrome 90 and up) and older iPhones.
    target: ['chrome90', 'safari14'],
    outDir: 'dist',
    assetsDir: 'assets',
    emptyOutDir: true,
    manifest: true,
    // The policy allows no inline script or style and no outside font.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { desk: here('index.html'), phone: here('m/index.html'), public: here('p/index.html') },
      // An entry holds the names of all that its pages may load: some four hundred, of which a word each is three kilobytes of the first page.
      output: { chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]' },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['JIEYOU_API'] ?? 'http://127.0.0.1:3000', changeOrigin: false } },
  },
});
