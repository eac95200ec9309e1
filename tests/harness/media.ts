import type { Page } from 'puppeteer-core';

export interface Media {
  name: 'prefers-color-scheme' | 'prefers-reduced-motion' | 'forced-colors';
  value: string;
}

/**
 * Calls `look` with a page under these media features. Does not use the driver's own function, which does not know
 * `forced-colors` and resets the media type when it sets features.
 */
export async function underMedia<T>(page: Page, features: Media[], look: () => Promise<T>): Promise<T> {
  const media = (await page.evaluate(() => matchMedia('print').matches)) ? 'print' : '';
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { media, features });
  return await look().finally(() => session.detach());
}
