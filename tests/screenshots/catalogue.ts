import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { type Media, underMedia } from '../harness/media.ts';
import { type Frame, photograph, type Size } from '../harness/screenshot.ts';
import { shrinkPng } from './shrink-png.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** What the stores ask for. */
export const storeSize = { width: 1280, height: 800 };

const themes = ['light', 'dark'] as const;
type Look = (typeof themes)[number] | 'forced-colors';

/** Collects pictures of pages in `docs/screenshots`. */
export class Album {
  readonly #taken = new Set<string>();

  /** Throws away the pictures there are: one of a page that is no more would pass for one of today's. */
  static async open(): Promise<Album> {
    await rm(folder, { recursive: true, force: true });
    return new Album();
  }

  /** Photographs all that a page shows, in both themes. */
  async add(page: Page, name: string): Promise<void> {
    for (const theme of themes) await this.#take(page, theme, `${theme}/${name}`);
  }

  /** Photographs all that a page shows in a narrow window. */
  addNarrow(page: Page, name: string, size: Size): Promise<void> {
    return this.#take(page, 'light', `narrow/${name}`, { size });
  }

  /** Photographs a page as it is for people who let the system choose all colours. */
  addForcedColors(page: Page, name: string): Promise<void> {
    return this.#take(page, 'forced-colors', `forced-colors/${name}`);
  }

  /** Photographs a page in the language that it is in. */
  addInLanguage(page: Page, name: string, language: string): Promise<void> {
    return this.#take(page, 'light', `languages/${name}-${language}`);
  }

  /** Photographs a page as the stores ask for it: what is in view, in both themes. */
  async addForStores(page: Page, name: string): Promise<void> {
    const frame = { size: storeSize, inView: true };
    for (const theme of themes) await this.#take(page, theme, `store/${name}-${theme}`, frame);
  }

  async #take(page: Page, look: Look, name: string, frame: Frame = {}) {
    if (this.#taken.has(name)) throw new Error(`There is a picture “${name}” already`);
    this.#taken.add(name);
    const file = join(folder, `${name}.png`) as `${string}.png`;
    await mkdir(join(file, '..'), { recursive: true });
    // What is behind another tab is not drawn.
    await page.bringToFront();
    await underMedia(page, mediaOf(look), () => photograph(page, file, frame));
  }

  /** Makes the files small; how many pictures there are, and how many bytes they have together. */
  async close(): Promise<{ pictures: number; bytes: number }> {
    const names = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.png'));
    let bytes = 0;
    for (const name of names) {
      const file = join(folder, name);
      await writeFile(file, shrinkPng(await readFile(file)));
      bytes += (await stat(file)).size;
    }
    return { pictures: names.length, bytes };
  }
}

function mediaOf(look: Look): Media[] {
  // What comes in slowly would be half there.
  const still: Media = { name: 'prefers-reduced-motion', value: 'reduce' };
  if (look !== 'forced-colors') return [still, { name: 'prefers-color-scheme', value: look }];
  return [still, { name: 'forced-colors', value: 'active' }, { name: 'prefers-color-scheme', value: 'dark' }];
}
