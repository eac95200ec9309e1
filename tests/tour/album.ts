import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { photograph, type Size } from './photograph.ts';
import { shrinkPng } from './shrink-png.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** What the stores ask for. */
export const storeSize = { width: 1280, height: 800 };

/** Collects pictures of pages, each in both themes, in `docs/screenshots`. */
export class Album {
  readonly #taken = new Set<string>();

  /** Throws away the pictures there are: one of a page that is no more would pass for one of today's. */
  static async open(): Promise<Album> {
    await rm(folder, { recursive: true, force: true });
    for (const theme of [...themes, 'store']) await mkdir(join(folder, theme), { recursive: true });
    return new Album();
  }

  /** Photographs what a page shows; given a size, what is in view at that size. */
  add(page: Page, name: string, size?: Size): Promise<void> {
    return this.#add(page, name, fileOf, size);
  }

  /** Photographs a page as the stores ask for it. */
  addForStores(page: Page, name: string): Promise<void> {
    return this.#add(page, name, (theme) => join(folder, 'store', `${name}-${theme}.png`), storeSize);
  }

  async #add(page: Page, name: string, file: typeof fileOf, size?: Size): Promise<void> {
    if (this.#taken.has(name)) throw new Error(`There is a picture “${name}” already`);
    this.#taken.add(name);
    // What is behind another tab is not drawn.
    await page.bringToFront();
    for (const theme of themes) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      const picture = file(theme, name) as `${string}.png`;
      await photograph(page, picture, size);
      await writeFile(picture, shrinkPng(await readFile(picture)));
    }
    console.log(`   ${name}`);
  }

  /** How many pictures there are, and how many bytes they have together. */
  async count(): Promise<{ pictures: number; bytes: number }> {
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.png'));
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
    return { pictures: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }
}

function fileOf(theme: Theme, name: string): string {
  return join(folder, theme, `${name}.png`);
}
