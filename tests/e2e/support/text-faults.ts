import type { Page } from 'puppeteer-core';

/**
 * What is wrong with the texts of a page in the pseudo-locale: those that came from no message, those that are
 * cut off, and a page that scrolls sideways. `data` is what the page may show besides messages.
 */
export function findTextFaults(page: Page, data: readonly string[]): Promise<string[]> {
  return page.evaluate(
    (known, neverTranslated) => {
      const faults: string[] = [];

      /** What is left of a text without messages, known data, and what `Intl` writes: dates in Hindi, am, pm. */
      function unknownIn(text: string): string {
        let rest = text;
        for (let before = ''; before !== rest; ) {
          before = rest;
          rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
        }
        for (const words of known) rest = rest.replaceAll(words, ' ');
        rest = rest.replace(new RegExp(neverTranslated, 'g'), ' ').replace(/\p{Script=Devanagari}+/gu, ' ');
        return /\p{L}/u.test(rest) ? rest.trim() : '';
      }
      function check(text: string, where: string): void {
        const unknown = unknownIn(text);
        if (unknown !== '') faults.push(`not from a message: “${unknown}” in ${where}`);
      }
      const nameOf = (element: Element) =>
        `<${element.tagName.toLowerCase()}${element.className ? ` class="${element.className}"` : ''}>`;
      const isHidden = (element: Element) => element.closest('.visually-hidden') !== null;
      /** What may scroll, or shorten a name of somebody else's. */
      const isOnPurpose = (element: Element) =>
        element.closest('.clipped, .one-line, textarea, select, input') !== null;
      const scrolls = (element: Element) => element.closest('.virtual-table, .table-box') !== null;

      const boxes = new Set<Element>();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent ?? '';
        const parent = walker.currentNode.parentElement;
        if (!parent || text.trim() === '' || parent.closest('script, style')) continue;
        const inList = parent.closest('select');
        if (!(inList ?? parent).checkVisibility()) continue;
        if (!parent.closest('option[lang]')) check(text, nameOf(parent));
        let box: Element | null = parent;
        while (box && getComputedStyle(box).display === 'inline') box = box.parentElement;
        if (box && !inList && !isHidden(box) && !isOnPurpose(box)) boxes.add(box);
      }
      for (const element of document.body.querySelectorAll('*'))
        for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
          const text = element.getAttribute(name);
          if (text && element.checkVisibility()) check(text, `${name} of ${nameOf(element)}`);
        }
      check(document.title, 'the title');

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
      return [...new Set(faults)];
    },
    [...data],
    NEVER_TRANSLATED,
  );
}

/** Ids, the environments, a time as the gateway wrote it, and what has to be typed. */
const NEVER_TRANSLATED = String.raw`\bQR[A-Z0-9]{8,}\b|\b(?:UAT|LIVE|am|pm)\b|CANCEL \d+|\d{4}-\d\d-\d\dT[\d:.]+Z?`;
