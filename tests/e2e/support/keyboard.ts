import type { KeyInput, Page } from 'puppeteer-core';
import { until } from '../../harness/until.ts';

/** More tab stops than any page has. */
const MANY = 80;

/** The focused element, as a keyboard user sees it. */
interface Focus {
  role: string;
  name: string;
  /** The problem with the focus: missing, out of view, covered, or without a visible focus ring. */
  wrong: string | undefined;
}

/** Uses a page with the keyboard alone: counts the keys, and checks the focus after each. */
export class Keyboard {
  readonly #page: Page;
  /** The number of keys. A typed or pasted text counts as one. */
  keys = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses a key with modifiers. Throws if the focus is lost or, after a move, not visible. */
  async press(key: KeyInput, ...held: KeyInput[]): Promise<void> {
    for (const each of held) await this.#page.keyboard.down(each);
    await this.#page.keyboard.press(key);
    for (const each of held) await this.#page.keyboard.up(each);
    this.keys += 1;
    await this.expectFocus(key === 'Tab' ? isSeen : isSomewhere);
  }

  /** Pastes a text at the focus. */
  async paste(text: string): Promise<void> {
    await this.#page.keyboard.sendCharacter(text);
    this.keys += 1;
  }

  /** Tabs, forwards or backwards, until the element with this name has the focus. */
  async tabTo(name: string | RegExp, { back = false } = {}): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < MANY; stop += 1) {
      await this.press('Tab', ...(back ? (['Shift'] as const) : []));
      const focus = await focusOf(this.#page);
      if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return;
      passed.push(focus.name);
    }
    throw new Error(`The keyboard does not come to ${name}; it passed ${passed.join(', ')}`);
  }

  /** Throws unless some element has the focus once the page has settled. */
  async expectFocus(demand: (focus: Focus) => boolean = isSomewhere): Promise<void> {
    let last: Focus | undefined;
    const isRight = async () => {
      last = await focusOf(this.#page);
      return demand(last);
    };
    await until('the focus', isRight, { timeout: 3_000 }).catch(() => {
      throw new Error(`The focus is ${last?.wrong}: ${last?.role} “${last?.name}” on ${this.#page.url()}`);
    });
  }

  /** Waits until the element with this name has the focus. */
  async waitForFocus(name: string | RegExp): Promise<void> {
    await until(`the focus on ${name}`, async () => {
      const focus = await focusOf(this.#page);
      return typeof name === 'string' ? focus.name === name : name.test(focus.name);
    });
  }
}

const isSomewhere = ({ wrong }: Focus) => wrong !== 'nowhere';
const isSeen = ({ wrong }: Focus) => wrong === undefined;

function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const { activeElement: element, body } = document;
    if (!(element instanceof HTMLElement) || element === body)
      return { role: '', name: '', wrong: 'nowhere' };
    const { labels } = element as HTMLInputElement;
    const text = element.getAttribute('aria-label') ?? labels?.[0]?.innerText ?? element.innerText;
    const box = element.getBoundingClientRect();
    // Of an element larger than the window, some part must be visible.
    const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const points = [0.1, 0.5, 0.9].map((share) => [
      Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
      Math.min(Math.max(box.top + box.height * share, 1), innerHeight - 1),
    ]);
    const isVisible = points.some(([x = 0, y = 0]) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (element.contains(top) || top.contains(element));
    });
    const marked =
      !element.matches(':focus-visible') ||
      getComputedStyle(element).outlineStyle !== 'none' ||
      element.matches('dialog, [tabindex="-1"]');
    const wrong = !inSight ? 'out of sight' : !isVisible ? 'covered' : !marked ? 'not to be seen' : undefined;
    return { role: element.getAttribute('role') ?? element.localName, name: text.trim(), wrong };
  });
}

/** Records all announcements of live regions, in order. A repeated announcement counts again. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const announcements: string[] = [];
    Object.assign(globalThis, { announcements });
    const LIVE = '[role=status], [role=alert], [aria-live]';
    const last = new WeakMap<Element, string>();
    const look = () => {
      for (const region of document.querySelectorAll<HTMLElement>(LIVE)) {
        const text = region.innerText.replace(/\s+/g, ' ').trim();
        if (text !== '' && text !== last.get(region)) announcements.push(text);
        last.set(region, text);
      }
    };
    look();
    announcements.length = 0;
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { announcements: string[] }).announcements);
}
