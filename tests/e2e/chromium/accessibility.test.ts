import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Media, underMedia } from '../../harness/media.ts';
import { axeViolations, smallTargets } from '../support/axe.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { WALKS } from '../support/page-states/index.ts';

const LOOKS: Record<string, Media[]> = {
  light: [{ name: 'prefers-color-scheme', value: 'light' }],
  dark: [{ name: 'prefers-color-scheme', value: 'dark' }],
  'forced colours': [{ name: 'forced-colors', value: 'active' }],
};
const WALK_MS = 240_000;

let kit: ChromiumFixture;
const seen = new Set<string>();
beforeAll(async () => {
  kit = await openChromiumFixture({ account: false });
});
afterAll(() => kit?.close());

/** Checks a state in both themes and in forced colours: axe, target sizes, and text that is cut off. */
async function findWrong(name: string, page: Page): Promise<string[]> {
  await page.bringToFront();
  const wrong = await smallTargets(page);
  for (const [look, media] of Object.entries(LOOKS)) {
    const still = [...media, { name: 'prefers-reduced-motion', value: 'reduce' } as const];
    const violations = await underMedia(page, still, () => axeViolations(page));
    wrong.push(...violations.map((violation) => `${look}: ${violation}`));
  }
  return wrong.map((what) => `${name}: ${what}`);
}

describe('every page in every state, in both themes and in forced colours', () => {
  it.each(Object.entries(WALKS))(
    '%s: has no axe violation, and only targets of at least 24 px',
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

  it('covers more than 40 states', () => {
    expect(seen.size).toBeGreaterThan(40);
  });
});
