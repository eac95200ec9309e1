import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, smallTargets } from '../support/axe.ts';
import { type ChromiumKit, openChromiumKit } from '../support/chromium-kit.ts';
import { WALKS } from '../support/states/walk.ts';

const THEMES = ['light', 'dark'];
const WALK_MS = 240_000;

let kit: ChromiumKit;
const seen = new Set<string>();
beforeAll(async () => {
  kit = await openChromiumKit({ account: false });
});
afterAll(() => kit?.close());

/** Looks at a state in both themes: what axe finds, what is too small to be hit, and what is cut off sideways. */
async function findWrong(name: string, page: Page): Promise<string[]> {
  await page.bringToFront();
  const wrong = await smallTargets(page);
  for (const theme of THEMES) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    wrong.push(...(await axeViolations(page)).map((violation) => `${theme}: ${violation}`));
  }
  return wrong.map((what) => `${name}: ${what}`);
}

describe('every page in every state, in both themes', () => {
  it.each(Object.entries(WALKS))(
    '%s: axe finds nothing, and every target is 24 px at least',
    async (_, walk) => {
      const wrong: string[] = [];
      await walk(kit, async (name, page) => {
        seen.add(name);
        wrong.push(...(await findWrong(name, page)));
      });
      expect(wrong).toEqual([]);
    },
    WALK_MS,
  );

  it('is more than 40 states', () => {
    expect(seen.size).toBeGreaterThan(40);
  });
});
