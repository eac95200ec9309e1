import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

/** The rules that stand for WCAG 2.2, levels A and AA, and what axe calls best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on a page as it is drawn now: the rule, and the elements that break it. */
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

/** The least size of a target in CSS pixels (WCAG 2.2, 2.5.8). */
const LEAST_TARGET = 24;

/** Everything that can be clicked and is smaller than it may be. What a label or a whole cell stands for has its size. */
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
