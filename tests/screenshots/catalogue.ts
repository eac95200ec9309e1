import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { type Media, underMedia } from '../harness/media.ts';
import { type Frame, photograph, type Size } from '../harness/screenshot.ts';
import { shrinkPng } from './shrink-png.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** The picture size that the stores require. */
export const storeSize = { width: 1280, height: 800 };

/** The size of the pictures in the README's film strip. */
export const filmSize = { width: 640, height: 600 };
/** The limit of the film strip, so that the README opens quickly. */
const maxFilmBytes = 600_000;

const themes = ['light', 'dark'] as const;
type Look = (typeof themes)[number] | 'forced-colors';

/** Collects pictures of pages in `docs/screenshots`. */
export class Album {
  readonly #taken = new Set<string>();

  /** Removes the existing pictures, so that none of a removed page is left. */
  static async open(): Promise<Album> {
    await rm(folder, { recursive: true, force: true });
    return new Album();
  }

  /** Photographs a whole page, in both themes. */
  async add(page: Page, name: string): Promise<void> {
    for (const theme of themes) await this.#take(page, theme, `${theme}/${name}`);
  }

  /** Photographs a whole page in a narrow window. */
  addNarrow(page: Page, name: string, size: Size): Promise<void> {
    return this.#take(page, 'light', `narrow/${name}`, { size });
  }

  /** Photographs a page in forced colours. */
  addForcedColors(page: Page, name: string): Promise<void> {
    return this.#take(page, 'forced-colors', `forced-colors/${name}`);
  }

  /** Photographs a page in its current language. */
  addInLanguage(page: Page, name: string, language: string): Promise<void> {
    return this.#take(page, 'light', `languages/${name}-${language}`);
  }

  /** Photographs the visible part of a page for the stores, in both themes. */
  async addForStores(page: Page, name: string): Promise<void> {
    const frame = { size: storeSize, inView: true };
    for (const theme of themes) await this.#take(page, theme, `store/${name}-${theme}`, frame);
  }

  /** Photographs the visible part of a page for the README's film strip, in both themes. */
  async addToFilm(page: Page, name: string): Promise<void> {
    const frame = { size: filmSize, inView: true };
    for (const theme of themes) await this.#take(page, theme, `film/${name}-${theme}`, frame);
  }

  async #take(page: Page, look: Look, name: string, frame: Frame = {}) {
    if (this.#taken.has(name)) throw new Error(`There is a picture “${name}” already`);
    this.#taken.add(name);
    const file = join(folder, `${name}.png`) as `${string}.png`;
    await mkdir(join(file, '..'), { recursive: true });
    // A page behind another tab is not drawn.
    await page.bringToFront();
    await underMedia(page, mediaOf(look), () => photograph(page, file, frame));
  }

  /** Compresses the files, and returns the number of pictures and their total bytes. Throws if the film strip is too large. */
  async close(): Promise<{ pictures: number; bytes: number }> {
    const names = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.png'));
    let [bytes, filmBytes] = [0, 0];
    for (const name of names) {
      const file = join(folder, name);
      await writeFile(file, shrinkPng(await readFile(file)));
      const { size } = await stat(file);
      bytes += size;
      if (name.startsWith('film')) filmBytes += size;
    }
    if (filmBytes > maxFilmBytes)
      throw new Error(`The film strip has ${filmBytes} bytes, more than ${maxFilmBytes}`);
    return { pictures: names.length, bytes };
  }
}

function mediaOf(look: Look): Media[] {
  // Disable animations, which would be unfinished in the picture.
  const still: Media = { name: 'prefers-reduced-motion', value: 'reduce' };
  if (look !== 'forced-colors') return [still, { name: 'prefers-color-scheme', value: look }];
  return [still, { name: 'forced-colors', value: 'active' }, { name: 'prefers-color-scheme', value: 'dark' }];
}
