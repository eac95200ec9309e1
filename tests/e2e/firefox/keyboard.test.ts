import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { textOf } from '../../harness/find.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { type Screen, screenUnavailable, startScreen } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import { createIdSource } from '../support/ids.ts';
import { seedAccount } from '../support/operator.ts';
import { startOtherSite } from '../support/other-site.ts';

const CHECK = 'alt+shift+y';
const CANCEL = 'alt+shift+l';

const reason = screenUnavailable();
if (reason) console.warn(`Keys are not really pressed here: ${reason}`);

/** The driver cannot access Firefox's popup, so these tests use keys and the sandbox's log. */
describe.skipIf(reason)('Firefox, on a screen', () => {
  let sandbox: Sandbox;
  let screen: Screen;
  let firefox: FirefoxSession;
  let nextId: () => string;
  let page: Page;

  beforeAll(async () => {
    sandbox = await startSandbox();
    nextId = createIdSource(sandbox);
    screen = await startScreen();
    firefox = await launchFirefox({
      extensionDir: '.output/firefox-mv3',
      gateway: { port: sandbox.port },
      headless: false,
      env: { DISPLAY: screen.display },
    });
    const options = await firefox.openPage('options.html');
    await seedAccount(options, sandbox, { name: 'Main counter' });
    await options.close();
    page = await firefox.browser.newPage();
    await page.goto('https://olympus-pg-uat.enkash.in/demo');
  });
  afterAll(async () => {
    await firefox?.close();
    await screen?.close();
    await sandbox?.close();
  });
  afterEach(async () => {
    // The first Escape closes the popup's dialog, the second the popup.
    await press('Escape');
    await press('Escape');
    sandbox.requests.clear();
  });

  const press = (key: string) => screen.xdotool('sleep', '1.2', 'key', key);
  const reads = (id: string) => sandbox.requests.of('get', id).length;
  const untilRead = (id: string, times = 1) => until(`read ${times} of ${id}`, () => reads(id) >= times);

  /** Shows a page with a focused text area, and selects its text if there is any. */
  async function show(text: string): Promise<void> {
    await page.setContent(`<textarea>${text}</textarea>`);
    await page.bringToFront();
    await page.$eval('textarea', (area) => {
      area.focus();
      area.select();
    });
  }
  /** Clicks the page's text area with the mouse, which alone moves the focus out of the address bar. */
  async function clickIntoPage(): Promise<void> {
    const at = await page.$eval('textarea', (area) => {
      const { mozInnerScreenX, mozInnerScreenY } = globalThis as unknown as Record<string, number>;
      const { x, y, width, height } = area.getBoundingClientRect();
      return [Number(mozInnerScreenX) + x + width / 2, Number(mozInnerScreenY) + y + height / 2];
    });
    await screen.xdotool('mousemove', ...at.map((pixel) => String(Math.round(pixel))), 'click', '1');
  }
  /** Types, and returns the new text of the page's text area: none if the popup has the focus. */
  async function typeIntoPage(text: string): Promise<string> {
    await screen.xdotool('type', '--delay', '30', text);
    await sleep(500);
    return page.$eval('textarea', ({ value }) => value);
  }

  it('K1 checks the selected id in the popup, and only once if the key is held down', async () => {
    const id = nextId();
    await show(`“${id}”`);
    await screen.xdotool('keydown', 'alt', 'keydown', 'shift', 'keydown', 'y', 'sleep', '1.5', 'keyup', 'y');
    await screen.xdotool('keyup', 'shift', 'keyup', 'alt');
    await untilRead(id);
    await sleep(500);
    expect(reads(id)).toBe(1);
    expect(await typeIntoPage('x')).toBe(`“${id}”`);
  });

  it('K1 asks for confirmation, then cancels', async () => {
    const id = nextId();
    await show(id);
    await press(CANCEL);
    await untilRead(id);
    // The first Tab moves into the popup to "Keep active", the second to the button that cancels.
    await press('Tab');
    await press('Tab');
    expect(sandbox.requests.of('cancel')).toEqual([]);
    await press('Return');
    await until('the cancel', () => sandbox.requests.of('cancel', id).length > 0, { timeout: 30_000 });
    expect(sandbox.requests.of('cancel')).toHaveLength(1);
  });

  it('K1 opens the workbench for several ids, and no popup', async () => {
    const ids = [nextId(), nextId()];
    await show(ids.join('\n'));
    await press(CANCEL);
    for (const id of ids) await untilRead(id);
    expect(sandbox.requests.of('cancel')).toEqual([]);
    await press('ctrl+w');
  });

  it('K1 sends nothing without a selection, and closes the popup', async () => {
    await show('');
    await press(CHECK);
    await sleep(1_500);
    expect(await typeIntoPage('abc')).toBe('abc');
    expect(sandbox.requests.all()).toEqual([]);
  });

  it('K1 ignores earlier selections if the focus is in a frame of another site', async () => {
    const elsewhere = await startOtherSite(nextId());
    try {
      await page.setContent(`<b>${nextId()}</b><br><iframe src="${elsewhere.url}" width="600" height="300">`);
      await page.bringToFront();
      await page.$eval('b', (old) => getSelection()?.selectAllChildren(old));
      await page.mouse.click(300, 150, { count: 2 });
      await until('the focus to be inside', () =>
        page.evaluate(() => document.activeElement?.tagName === 'IFRAME'),
      );
      expect(await page.evaluate(() => getSelection()?.isCollapsed)).toBe(false);
      await press(CHECK);
      await sleep(2_000);
      expect(sandbox.requests.all()).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  it('K1 lists the keys in the settings', async () => {
    const options = await firefox.openPage('options.html');
    for (const keys of ['Alt+Shift+U', 'Alt+Shift+Y', 'Alt+Shift+L'])
      await until(keys, async () => (await options.evaluate(() => document.body.innerText)).includes(keys));
    await clickRole(options, 'button', 'Change shortcuts');
    await until('the page of shortcuts', async () =>
      firefox.browser.targets().some((target) => target.url().startsWith('about:addons')),
    );
    await press('ctrl+w');
    await options.close();
  });

  it('K2 reads a code typed in the address bar once, suggests it, and opens the popup with it', async () => {
    const id = nextId();
    await show('');
    await press('ctrl+l');
    await screen.xdotool('type', '--delay', '30', `qr ${id}`);
    await untilRead(id);
    await sleep(1_000);
    expect(reads(id)).toBe(1);
    await press('Down');
    await press('ctrl+a');
    await press('ctrl+c');
    await press('Return');
    await untilRead(id, 2);
    await press('Escape');
    await clickIntoPage();
    await press('ctrl+v');
    expect(await until('what was copied', () => page.$eval('textarea', ({ value }) => value))).toContain(
      `ID: ${id}`,
    );
    expect(sandbox.requests.of('cancel')).toEqual([]);
  });

  it('K1 cancels after a countdown without “Ask before cancelling”', async () => {
    const options = await firefox.openPage('options.html');
    await clickRole(options, 'checkbox', 'Ask before cancelling');
    await options.close();
    const id = nextId();
    await show(id);
    await press(CANCEL);
    // The countdown takes 10 s.
    await until('the cancel', () => sandbox.requests.of('cancel', id).length > 0, { timeout: 30_000 });
    await sleep(500);
    expect(sandbox.requests.of('cancel')).toHaveLength(1);
    const history = await firefox.openPage('workbench.html#history');
    await until('the attempt', async () => (await textOf(history, 'main')).includes(id));
    expect(await textOf(history, 'main')).toContain('Keyboard shortcut');
    await history.close();
  });
});
