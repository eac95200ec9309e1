import type { Page } from 'puppeteer-core';

/** The texts of a page that are cut off or beyond its edge, and whether it scrolls sideways. */
export function findCutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const nameOf = (element: Element) =>
      `<${element.tagName.toLowerCase()}${element.className ? ` class="${element.className}"` : ''}>`;
    const isHidden = (element: Element) => element.closest('.visually-hidden') !== null;
    /** Elements that may scroll, or shorten a foreign name. */
    const isOnPurpose = (element: Element) =>
      element.closest('.clipped, .one-line, textarea, select, input') !== null;
    const scrolls = (element: Element) => element.closest('.virtual-table, .table-box') !== null;

    const boxes = new Set<Element>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent ?? '';
      if (!parent?.checkVisibility() || text.trim() === '' || parent.closest('script, style')) continue;
      let box: Element | null = parent;
      while (box && getComputedStyle(box).display === 'inline') box = box.parentElement;
      if (box && !isHidden(box) && !isOnPurpose(box)) boxes.add(box);
    }
    for (const box of boxes) {
      const { overflowY } = getComputedStyle(box);
      const wide = box.scrollWidth - box.clientWidth;
      const high = box.scrollHeight - box.clientHeight;
      const end = box.getBoundingClientRect().right - document.documentElement.clientWidth;
      const text = box.textContent?.slice(0, 60);
      if (wide > 1) faults.push(`cut off by ${wide} px: “${text}” in ${nameOf(box)}`);
      if (high > 1 && overflowY === 'hidden') faults.push(`cut off below: “${text}” in ${nameOf(box)}`);
      if (end > 1 && !scrolls(box)) faults.push(`off the page by ${end} px: “${text}” in ${nameOf(box)}`);
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth)
      faults.push(`the page scrolls sideways by ${scrollWidth - clientWidth} px`);
    return faults;
  });
}
