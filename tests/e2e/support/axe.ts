import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

/** The axe rules for WCAG 2.2, levels A and AA, and best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The current axe violations of a page: the rule, and the elements that break it. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (values) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const results = await inPage.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    });
    return results.violations as AxeResults['violations'];
  }, TAGS);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary}`),
  );
}

/** The minimum size of a target in CSS pixels (WCAG 2.2, 2.5.8). */
const LEAST_TARGET = 24;

/** All targets that are too small. The size of a control includes its label or its whole cell. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const place = document.querySelector('dialog[open]') ?? document;
    const targets = place.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea, [role=tab]',
    );
    return [...targets]
      .filter((target) => target.checkVisibility())
      .map((target) => ({ target, box: (target.closest('label, .box') ?? target).getBoundingClientRect() }))
      .filter(({ box }) => Math.min(box.width, box.height) < least)
      .map(({ target, box }) => `${target.outerHTML.slice(0, 120)} is ${box.width} × ${box.height}`);
  }, LEAST_TARGET);
}
