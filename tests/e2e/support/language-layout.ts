import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import type { Language } from '../../../utils/i18n/language.ts';
import { textsOf } from './untranslated.ts';

/** The measures of a page whose words differ by language and whose arrangement must not. */
export interface Arrangement {
  /** For each group of buttons, in the page's order: the number of buttons and of rows. */
  groups: { buttons: number; rows: number; texts: string }[];
  /** Words with a line break inside, such as a column of three letters makes. */
  brokenWords: string[];
  /** Boxes that are drawn over each other. */
  overlaps: string[];
}

/** Measures the visible part of a page; within an open dialog, only the dialog. */
export function measureArrangement(page: Page): Promise<Arrangement> {
  return page.evaluate(() => {
    const place = document.querySelector('dialog[open]') ?? document.body;
    const isSeen = (element: Element) =>
      element.checkVisibility() && element.closest('.visually-hidden') === null;
    const controls = [...place.querySelectorAll('button, a[href], select, input, [role=tab]')].filter(isSeen);

    const groups = [...new Set(controls.map((control) => control.parentElement))].flatMap((parent) => {
      const own = controls.filter(
        (control) => control.parentElement === parent && control.matches('button, [role=tab]'),
      );
      if (own.length < 2) return [];
      const middles = own.map((button) => {
        const { top, height } = button.getBoundingClientRect();
        return Math.round(top + height / 2);
      });
      const rows = middles.filter(
        (middle, index) => !middles.slice(0, index).some((one) => Math.abs(one - middle) < 8),
      );
      return [
        { buttons: own.length, rows: rows.length, texts: own.map((each) => each.textContent).join(' | ') },
      ];
    });

    const brokenWords: string[] = [];
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!parent || !isSeen(parent) || parent.closest('script, style, textarea, select')) continue;
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[\p{L}\p{M}]+/gu)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => top);
        if (tops.length > 1 && Math.max(...tops) - Math.min(...tops) > 8) brokenWords.push(word);
      }
    }

    const overlaps: string[] = [];
    for (const [index, one] of controls.entries())
      for (const other of controls.slice(index + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        // The buttons of a dialog stay in view over its content, which scrolls.
        if (one.closest('.actions') !== other.closest('.actions')) continue;
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 1) overlaps.push(`“${one.textContent}” and “${other.textContent}”`);
      }
    return { groups, brokenWords: [...new Set(brokenWords)], overlaps };
  });
}

/** The differences of an arrangement from that in English: groups that need more rows, broken words, overlaps. */
export function compareArrangements(
  english: Arrangement,
  { groups, brokenWords, overlaps }: Arrangement,
): string[] {
  const rows = groups.flatMap(({ rows: count, texts }, index) => {
    const before = english.groups[index]?.rows ?? 0;
    return before === 1 && count > 1 ? [`${count} rows of buttons instead of one: ${texts}`] : [];
  });
  const isNew = (own: readonly string[]) => (each: string) => !own.includes(each);
  return [
    ...rows,
    ...(groups.length === english.groups.length
      ? []
      : ['another number of groups of buttons than in English']),
    ...brokenWords.filter(isNew(english.brokenWords)).map((word) => `broken within a word: ${word}`),
    ...overlaps.map((pair) => `drawn over each other: ${pair}`),
  ];
}

/** The texts of a page that are a message in English, although the language has its own. */
export async function findEnglish(page: Page, language: Language): Promise<string[]> {
  if (language === 'en') return [];
  const own = messagesOf(language);
  const patterns = Object.entries(messagesOf('en'))
    .filter(([key, text]) => own[key] !== text && /[a-z]{3}/i.test(text.replace(/\$\d|%s/g, '')))
    .map(
      ([, text]) => new RegExp(`^${text.replace(/[.*+?^{}()|[\]\\]/g, '\\$&').replace(/\$\d|%s/g, '.+')}$`),
    );
  const texts = await textsOf(page);
  const english = texts.filter(({ text }) => patterns.some((pattern) => pattern.test(text.trim())));
  return english.map(({ text, where }) => `English: “${text}” in ${where}`);
}

const messagesOf = (language: Language): Record<string, string> =>
  Object.fromEntries(
    Object.entries<{ message: string }>(
      JSON.parse(readFileSync(`public/_locales/${language}/messages.json`, 'utf8')),
    ).map(([key, { message }]) => [key, message]),
  );
