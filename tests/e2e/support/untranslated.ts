import type { Page } from 'puppeteer-core';

/** Texts that stay untranslated: ids, environments, the gateway's times, and confirmation texts. */
const NEVER_TRANSLATED = /\bQR[A-Z0-9]{8,}\b|\b(?:UAT|LIVE|am|pm)\b|CANCEL \d+|\d{4}-\d\d-\d\dT[\d:.]+Z?/g;

/** The letters of a text that came neither from a message nor from `Intl`. */
export function untranslatedIn(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  // Dates are in Hindi, which the pseudo-locale replaces.
  rest = rest.replace(NEVER_TRANSLATED, ' ').replace(/\p{Script=Devanagari}+/gu, ' ');
  return /\p{L}/u.test(rest) ? rest.trim() : '';
}

/** The texts of a page in the pseudo-locale that came from no message. */
export async function findUntranslated(page: Page): Promise<string[]> {
  const faults = new Set<string>();
  for (const { text, where } of await textsOf(page)) {
    const unknown = untranslatedIn(text);
    if (unknown !== '') faults.add(`not from a message: “${unknown}” in ${where}`);
  }
  return [...faults];
}

/** All texts of a page: visible, for screen readers, and its title. */
export function textsOf(page: Page): Promise<{ text: string; where: string }[]> {
  return page.evaluate(() => {
    const texts = [{ text: document.title, where: 'the title' }];
    const nameOf = ({ tagName, className }: Element) =>
      `<${tagName.toLowerCase()}${className ? ` class="${className}"` : ''}>`;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent ?? '';
      const parent = walker.currentNode.parentElement;
      if (!parent || text.trim() === '' || parent.closest('script, style, option[lang]')) continue;
      if ((parent.closest('select') ?? parent).checkVisibility()) texts.push({ text, where: nameOf(parent) });
    }
    for (const element of document.body.querySelectorAll('*'))
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
        const text = element.getAttribute(name);
        if (text && element.checkVisibility()) texts.push({ text, where: `${name} of ${nameOf(element)}` });
      }
    return texts;
  });
}
