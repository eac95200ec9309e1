import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { findCutOff } from '../support/cut-off.ts';
import {
  type Arrangement,
  compareArrangements,
  findEnglish,
  measureArrangement,
} from '../support/language-layout.ts';
import { inEachLanguage, settle, sizesOf, walkMainStates } from '../support/page-states/in-languages.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());

it('every language has the arrangement of English, whole texts, and no axe violation', async () => {
  const wrong: string[] = [];
  const seen = new Set<string>();
  await walkMainStates(kit, async (state, page) => {
    seen.add(state);
    wrong.push(...(await lookAt(state, page)));
  });
  expect(wrong).toEqual([]);
  expect(seen.size).toBeGreaterThanOrEqual(10);
}, 400_000);

async function lookAt(state: string, page: Page): Promise<string[]> {
  await page.bringToFront();
  const wrong: string[] = [];
  const english = new Map<number, Arrangement>();
  await inEachLanguage(page, async (language) => {
    const add = (where: string, faults: readonly string[]) =>
      wrong.push(...faults.map((fault) => `${language} ${state}${where}: ${fault}`));
    add('', await findEnglish(page, language));
    for (const size of sizesOf(state)) {
      await settle(page, size);
      add(` at ${size.width} px`, await findCutOff(page));
      const arrangement = await measureArrangement(page);
      if (language === 'en') english.set(size.width, arrangement);
      add(` at ${size.width} px`, compareArrangements(english.get(size.width) ?? arrangement, arrangement));
    }
    add('', await axeViolations(page));
  });
  return wrong;
}
