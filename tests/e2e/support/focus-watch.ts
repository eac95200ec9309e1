import type { Page } from 'puppeteer-core';
import { until } from '../../harness/until.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** The focused element, as the page reports it. */
interface Focus {
  /** Whether a visible element other than the body has the focus. */
  isSomewhere: boolean;
  name: string;
}

/** The functions that `defineInPage` defines in each page. */
interface InPage {
  focusWatch: {
    focus: () => Focus;
    buttons: () => string[];
    focusOn: (key: string) => boolean;
    keyOfFocus: () => string;
    isBusy: () => boolean;
  };
  reportPressed: (key: string) => Promise<void>;
  reportLost: (key: string) => Promise<void>;
}

/** Records the buttons of every page that are seen and pressed, and every press that loses the focus. */
export class FocusWatch {
  /** Each button, with the first state that has it. */
  readonly seen = new Map<string, string>();
  readonly pressed = new Set<string>();
  readonly lost = new Set<string>();

  /** Watches every page that the fixture opens from now on. */
  watch({ chromium }: ChromiumFixture): void {
    const open = chromium.openPage.bind(chromium);
    chromium.openPage = async (path) => {
      const page = await open(path);
      await page.exposeFunction('reportPressed', (key: string) => void this.pressed.add(key));
      await page.exposeFunction('reportLost', (key: string) => void this.lost.add(key));
      await page.evaluateOnNewDocument(defineInPage);
      await page.evaluate(defineInPage);
      return page;
    };
  }

  /** Looks at a settled page: notes its buttons, and whether the press before has lost the focus. */
  async look(state: string, page: Page): Promise<string[]> {
    const buttons = await page.evaluate(() => (globalThis as unknown as InPage).focusWatch.buttons());
    for (const key of buttons) if (!this.seen.has(key)) this.seen.set(key, state);
    await this.expectFocus(state, page);
    return buttons;
  }

  /**
   * Presses a button with the keyboard, and waits for the end of its action. Some visible element must then have the
   * focus; with `stays`, the button itself.
   */
  async press(state: string, page: Page, key: string, { stays = false } = {}): Promise<void> {
    const isFocused = await page.evaluate(
      (wanted) => (globalThis as unknown as InPage).focusWatch.focusOn(wanted),
      key,
    );
    if (!isFocused) throw new Error(`${state}: ${key} cannot have the focus`);
    await page.keyboard.press('Enter');
    const hasFocus = async () =>
      key === (await page.evaluate(() => (globalThis as unknown as InPage).focusWatch.keyOfFocus()));
    const isDone = async () =>
      stays
        ? hasFocus()
        : !(await page.evaluate(() => (globalThis as unknown as InPage).focusWatch.isBusy()));
    await until('the end of the action', isDone, { timeout: 5_000 }).catch(() => {
      if (stays) this.lost.add(`${state}: ${key} does not keep it`);
    });
    await this.expectFocus(state, page);
  }

  async expectFocus(state: string, page: Page): Promise<void> {
    const focus = await page.evaluate(() => (globalThis as unknown as InPage).focusWatch.focus());
    if (!focus.isSomewhere) this.lost.add(`${state}: after ${focus.name}`);
  }

  /** The presses that lost the focus since the last call. */
  takeLost(): string[] {
    const lost = [...this.lost];
    this.lost.clear();
    return lost;
  }
}

/** Runs in the page. */
function defineInPage(): void {
  const page = globalThis as unknown as InPage;
  /** The key of the button that was pressed last; empty after another input. */
  let last = '';
  const isSomewhere = () => {
    const { activeElement, body } = document;
    return activeElement !== null && activeElement !== body && activeElement.checkVisibility();
  };
  const nameOf = (button: Element) =>
    (button.getAttribute('aria-label') ?? (button as HTMLElement).innerText ?? '')
      .replace(/\s+/g, ' ')
      .replace(/QR\d\d\w+/g, 'ID')
      .replace(/\d[\d,]*/g, 'N')
      .replace(/Main counter|Chandni Chowk/, 'ACCOUNT')
      .trim();
  /** One name for the buttons of a list whose names are its data. */
  const alikeName = (button: Element) => {
    if (button.closest('.recent-list')) return 'a recent code';
    if (button.closest('.reasons')) return button.ariaPressed === 'true' ? 'a chosen reason' : 'a reason';
    return undefined;
  };
  const keyOf = (button: Element) => {
    const name = alikeName(button) ?? nameOf(button);
    const dialog = button.closest('dialog') ? 'dialog ' : '';
    return `${location.pathname.slice(1)}${location.hash} ${dialog}“${name}”`;
  };
  const all = () => {
    const place = document.querySelector('dialog[open]') ?? document;
    const buttons = [...place.querySelectorAll<HTMLElement>('button, summary')];
    return buttons.filter(
      (button) =>
        button.tabIndex >= 0 && button.checkVisibility() && !button.matches(':disabled, [aria-disabled]'),
    );
  };
  page.focusWatch = {
    focus: () => ({ isSomewhere: last === '' || isSomewhere(), name: last }),
    buttons: () => all().map(keyOf),
    focusOn(key) {
      const button = all().find((each) => keyOf(each) === key);
      button?.focus();
      return document.activeElement === button;
    },
    isBusy: () => document.querySelector('button[aria-disabled]') !== null,
    keyOfFocus() {
      const { activeElement } = document;
      if (!activeElement || activeElement.matches(':disabled, [aria-disabled]')) return '';
      return keyOf(activeElement);
    },
  };
  addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button, summary') : null;
      // A click that the page's own script dispatches moves no focus.
      if (!button || document.activeElement !== button) return;
      last = keyOf(button);
      void page.reportPressed(last);
    },
    true,
  );
  // The next press: the last one has had its effect.
  addEventListener(
    'pointerdown',
    () => {
      if (last !== '' && !isSomewhere()) void page.reportLost(`after ${last}`);
    },
    true,
  );
  addEventListener('input', () => {
    last = '';
  });
}
