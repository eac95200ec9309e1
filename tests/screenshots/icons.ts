import { readFile, writeFile } from 'node:fs/promises';
import puppeteer, { type Page } from 'puppeteer-core';
import { requireChromium } from '../harness/find-browsers.ts';
import { reportFailure } from '../harness/report-failure.ts';

const root = new URL('../../', import.meta.url);
const sizes = [16, 32, 48, 96, 128];

/** The stores' small tile: the icon and the name, which needs no translation. */
const tile = { width: 440, height: 280, icon: 128 };

/** Draws the icon's PNGs, and the Chrome Web Store's tile, from one SVG. */
async function draw(page: Page): Promise<void> {
  const svg = await readFile(new URL('public/icon/icon.svg', root), 'utf8');
  const image = `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}"`;
  for (const size of sizes) {
    await show(page, size, size, `${image} width="${size}" height="${size}" style="display:block">`);
    await writeFile(
      new URL(`public/icon/${size}.png`, root),
      await page.screenshot({ omitBackground: true }),
    );
  }
  const words =
    '<p style="margin:18px 0 0;font:600 30px system-ui,sans-serif;color:#fff">QR Cancel for EnKash</p>';
  const middle = 'display:grid;place-content:center;justify-items:center;height:100vh;background:#12275c';
  const drawing = `${image} width="${tile.icon}" height="${tile.icon}">`;
  await show(page, tile.width, tile.height, `<div style="${middle}">${drawing}${words}</div>`);
  await writeFile(new URL('docs/store/tile-440x280.png', root), await page.screenshot());
}

async function show(page: Page, width: number, height: number, body: string): Promise<void> {
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  await page.setContent(`<!doctype html><body style="margin:0">${body}</body>`, { waitUntil: 'load' });
}

try {
  const browser = await puppeteer.launch({ executablePath: requireChromium(), args: ['--no-sandbox'] });
  try {
    await draw(await browser.newPage());
  } finally {
    await browser.close();
  }
} catch (error) {
  reportFailure(error);
}
