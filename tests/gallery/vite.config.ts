import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Serves the gallery while somebody works on the looks; nothing of it is in the packages. */
export default defineConfig({
  root: here('.'),
  publicDir: here('../../public'),
  cacheDir: here('../../node_modules/.vite/gallery'),
  plugins: [preact()],
  // A page that is no extension's has no such thing.
  resolve: { alias: { 'wxt/browser': here('./browser.ts') } },
  server: { fs: { allow: [here('../..')] } },
});
