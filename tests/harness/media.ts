import type { Page } from 'puppeteer-core';

export interface Media {
  name: 'prefers-color-scheme' | 'prefers-reduced-motion' | 'forced-colors';
  value: string;
}

/**
 * Looks at a page as it is under these media features. Past the driver, which knows nothing of `forced-colors`, and
 * takes a page from the printer where it sets features.
 */
export async function underMedia<T>(page: Page, features: Media[], look: () => Promise<T>): Promise<T> {
  const media = (await page.evaluate(() => matchMedia('print').matches)) ? 'print' : '';
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { media, features });
  return await look().finally(() => session.detach());
}
