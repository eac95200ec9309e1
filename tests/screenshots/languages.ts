import type { Page } from 'puppeteer-core';
import { LANGUAGES } from '../../utils/i18n/language.ts';
import { tell } from '../e2e/support/tell.ts';
import type { Album } from './catalogue.ts';

/** Photographs a page in each language except English, and restores English. */
export async function photographInLanguages(page: Page, state: string, album: Album): Promise<void> {
  for (const language of LANGUAGES) {
    if (language === 'en') continue;
    await speak(page, language, language);
    await album.addInLanguage(page, state, language);
  }
  await speak(page, 'system', 'en');
}

async function speak(page: Page, choice: string, language: string): Promise<void> {
  await tell(page, 'updateSettings', { language: choice });
  await page.waitForFunction((spoken) => document.documentElement.lang === spoken, {}, language);
}
