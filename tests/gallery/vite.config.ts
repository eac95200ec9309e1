import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Serves the gallery during development. The packages do not contain it. */
export default defineConfig({
  root: here('.'),
  publicDir: here('../../public'),
  cacheDir: here('../../node_modules/.vite/gallery'),
  plugins: [preact()],
  // An ordinary web page has no extension API.
  resolve: { alias: { 'wxt/browser': here('./browser.ts') } },
  server: { fs: { allow: [here('../..')] } },
});
