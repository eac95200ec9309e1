import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { LANGUAGES, type Language } from '../../utils/i18n/language.ts';
import type { ChromiumFixture } from '../e2e/support/chromium-fixture.ts';
import { seedAccount } from '../e2e/support/operator.ts';
import { inEachLanguage, settle, sizesOf, walkMainStates } from '../e2e/support/page-states/in-languages.ts';
import { underMedia } from '../harness/media.ts';
import { photograph } from '../harness/screenshot.ts';
import type { Album } from './catalogue.ts';

const folder = fileURLToPath(new URL('../../.output/languages/', import.meta.url));

/** Photographs a page in each language except English, and restores English. */
export async function photographInLanguages(page: Page, state: string, album: Album): Promise<void> {
  await inEachLanguage(page, async (language) => {
    if (language !== 'en') await album.addInLanguage(page, state, language);
  });
}

/** Photographs the main states in every language and width for a reader, in `.output/languages/<language>`. */
export async function photographEveryLanguage(kit: ChromiumFixture): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const language of LANGUAGES) await mkdir(join(folder, language), { recursive: true });
  await kit.withOptions((options) => seedAccount(options, kit.sandbox, { name: 'Main counter' }));
  await walkMainStates(kit, async (state, page) => {
    console.log(`   ${state}`);
    await page.bringToFront();
    await inEachLanguage(page, (language) => photographSizes(page, state, language));
  });
  console.log(`\nThe pictures are in ${folder}`);
}

async function photographSizes(page: Page, state: string, language: Language): Promise<void> {
  for (const size of sizesOf(state)) {
    await settle(page, size);
    const file = join(folder, language, `${state}-${size.width}.png`) as `${string}.png`;
    const still = { name: 'prefers-reduced-motion', value: 'reduce' } as const;
    await underMedia(page, [still], () => photograph(page, file, { size }));
  }
}
