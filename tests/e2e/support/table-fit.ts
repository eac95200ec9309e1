import type { Page } from 'puppeteer-core';

/** The faults of the tables that are displayed: those that scroll sideways, and columns or words that are cut off. */
export function findTableFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    for (const box of document.querySelectorAll<HTMLElement>('.virtual-table, .table-box')) {
      if (!box.checkVisibility()) continue;
      const name = box.getAttribute('aria-label') ?? box.className;
      const wide = box.scrollWidth - box.clientWidth;
      if (wide > 0) faults.push(`${name}: scrolls sideways by ${wide} px`);
      const end = box.getBoundingClientRect().left + box.clientLeft + box.clientWidth;
      for (const cell of box.querySelectorAll<HTMLElement>('th, td')) {
        const { left, right } = cell.getBoundingClientRect();
        const isInside = right <= end + 1 && left >= box.getBoundingClientRect().left;
        const text = cell.innerText.slice(0, 40);
        if (!isInside) faults.push(`${name}: “${text}” reaches beyond the table`);
        if (cell.scrollWidth > cell.clientWidth + 1)
          faults.push(`${name}: “${text}” is wider than its column`);
      }
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth)
      faults.push(`the page scrolls sideways by ${scrollWidth - clientWidth} px`);
    return faults;
  });
}
