import type { KeyInput, Page } from 'puppeteer-core';
import { until } from '../../harness/until.ts';

/** More stops than any page has. */
const MANY = 80;

/** What has the focus, as the keyboard's user sees it. */
interface Focus {
  role: string;
  name: string;
  /** What is wrong with it: it is nowhere, out of sight, covered, or not to be seen as having the focus. */
  wrong: string | undefined;
}

/** A page in the hands of somebody who has no mouse: counts the keys, and sees after each where the focus is. */
export class Keyboard {
  readonly #page: Page;
  /** How many keys were pressed; a text that is typed or pasted counts as one. */
  keys = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses a key, with others held, and demands that the focus is somewhere; where it was moved, in sight. */
  async press(key: KeyInput, ...held: KeyInput[]): Promise<void> {
    for (const each of held) await this.#page.keyboard.down(each);
    await this.#page.keyboard.press(key);
    for (const each of held) await this.#page.keyboard.up(each);
    this.keys += 1;
    await this.expectFocus(key === 'Tab' ? isSeen : isSomewhere);
  }

  /** Puts a text where the focus is, as a paste does. */
  async paste(text: string): Promise<void> {
    await this.#page.keyboard.sendCharacter(text);
    this.keys += 1;
  }

  /** Moves on until what has this name has the focus; backwards where told to. */
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

  /** Demands that the keyboard can go on from somewhere, once the page is at rest. */
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

  /** Waits until what has this name has the focus. */
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
    // Of what is larger than the window, some part has to be in sight.
    const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const points = [0.1, 0.5, 0.9].map((share) => [
      Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
      Math.min(Math.max(box.top + box.height * share, 1), innerHeight - 1),
    ]);
    const seen = points.some(([x = 0, y = 0]) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (element.contains(top) || top.contains(element));
    });
    const marked =
      !element.matches(':focus-visible') ||
      getComputedStyle(element).outlineStyle !== 'none' ||
      element.matches('dialog, [tabindex="-1"]');
    const wrong = !inSight ? 'out of sight' : !seen ? 'covered' : !marked ? 'not to be seen' : undefined;
    return { role: element.getAttribute('role') ?? element.localName, name: text.trim(), wrong };
  });
}

/** Notes all that live regions say from now on, in turn; what is said again by a change of it counts again. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const LIVE = '[role=status], [role=alert], [aria-live]';
    const last = new WeakMap<Element, string>();
    const look = () => {
      for (const region of document.querySelectorAll<HTMLElement>(LIVE)) {
        const text = region.innerText.replace(/\s+/g, ' ').trim();
        if (text !== '' && text !== last.get(region)) said.push(text);
        last.set(region, text);
      }
    };
    look();
    said.length = 0;
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
}
