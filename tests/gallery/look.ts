import puppeteer, { type Page } from 'puppeteer-core';
import { byRole } from '../harness/find.ts';
import { requireChromium } from '../harness/find-browsers.ts';
import { serveGallery } from './serve.ts';
import { VARIANTS, type Variant } from './variant.ts';

/** The minimum height of a picture, in CSS pixels. */
const HEIGHT = 640;

function show(name: string, variant: Variant): void {
  (globalThis as unknown as { show: (name: string, variant: Variant) => void }).show(name, variant);
}

/** Calls `look` with every scene of the gallery in every variant. */
export async function lookAtScenes(
  look: (page: Page, name: string, variant: Variant) => Promise<void>,
): Promise<void> {
  const gallery = await serveGallery();
  const browser = await puppeteer.launch({
    executablePath: requireChromium(),
    args: ['--no-sandbox', '--force-prefers-reduced-motion', '--lang=en-US'],
  });
  try {
    const page = await browser.newPage();
    // Waits until all frames are loaded.
    await page.goto(gallery.url, { waitUntil: 'domcontentloaded' });
    await byRole(page, 'heading', 'Gallery');
    const scenes = await page.$$eval('.gallery section', (sections) =>
      sections.map((section) => ({ name: section.id, width: section.querySelector('iframe')?.offsetWidth })),
    );
    for (const { name, width = 0 } of scenes) {
      await page.setViewport({ width, height: HEIGHT, deviceScaleFactor: 1 });
      for (const variant of VARIANTS) {
        await page.evaluate(show, name, variant);
        await look(page, name, variant);
      }
    }
  } finally {
    await browser.close();
    await gallery.close();
  }
}
