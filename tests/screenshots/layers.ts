import type { Page } from 'puppeteer-core';
import type { Size } from '../harness/screenshot.ts';

/** A picture of a page at a size, as a data URL. */
export async function addressOf(page: Page, size: Size): Promise<string> {
  await page.bringToFront();
  await page.setViewport({ ...size, deviceScaleFactor: 1 });
  return `data:image/png;base64,${await page.screenshot({ encoding: 'base64' })}`;
}

/** Pictures of a page at a size in both themes, as data URLs. */
export async function inThemes(page: Page, size: Size): Promise<{ light: string; dark: string }> {
  const inTheme = async (value: string) => {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    return addressOf(page, size);
  };
  return { light: await inTheme('light'), dark: await inTheme('dark') };
}

/** The picture in the page's theme, at a place given in CSS. */
export function pictureIn({ light, dark }: { light: string; dark: string }, place: string): string {
  return `<picture class="above" style="${place}">
    <source media="(prefers-color-scheme: dark)" srcset="${dark}"><img src="${light}"></picture>`;
}

/** A page with a picture, and elements of the class `above` over it. */
export function layers(below: string, above: string): string {
  return `<!doctype html><meta name="color-scheme" content="light dark">
    <style>
      body { margin: 0; overflow: hidden; }
      .above { position: absolute; overflow: hidden; }
      img { display: block; }
    </style>
    <img src="${below}">${above}`;
}
