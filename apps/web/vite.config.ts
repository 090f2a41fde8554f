import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: false,
  plugins: [react(), zodWithoutEval],
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
    rolldownOptions: { input: { desk: here('index.html'), phone: here('m/index.html'), public: here('p/index.html') } },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['JIEYOU_API'] ?? 'http://127.0.0.1:3000', changeOrigin: false } },
  },
});
