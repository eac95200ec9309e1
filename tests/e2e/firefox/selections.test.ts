import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { openContextMenu, openSubmenu, pickItem } from '../../harness/context-menu.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { type Screen, screenUnavailable, startScreen } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import { expectedLists } from '../support/expected-lists.ts';
import { enterAccount } from '../support/operator.ts';

const reason = screenUnavailable();
if (reason) console.warn(`The context menu is not really opened here: ${reason}`);

/** More than Firefox hands over with a click on a menu: 16,384 characters. */
const MANY = 1_300;

/** Firefox shows its popup to no driver: what it does is told by the sandbox's log. */
describe.skipIf(reason)('the context menu of Firefox, on a screen', () => {
  let sandbox: Sandbox;
  let screen: Screen;
  let firefox: FirefoxSession;
  let page: Page;

  beforeAll(async () => {
    sandbox = await startSandbox();
    screen = await startScreen();
    firefox = await launchFirefox({
      extensionDir: '.output/firefox-mv3',
      gateway: { port: sandbox.port },
      headless: false,
      env: { DISPLAY: screen.display },
    });
    const options = await firefox.openPage('options.html');
    await enterAccount(options, sandbox, { name: 'Main counter' });
    await options.close();
    page = await firefox.browser.newPage();
    await page.goto('https://olympus-pg-uat.enkash.in/demo');
  });
  afterAll(async () => {
    await firefox?.close();
    await screen?.close();
    await sandbox?.close();
  });
  beforeEach(() => sandbox.requests.clear());

  /** Selects this text in a page, and picks "Check status" from the menu that opens there. */
  async function checkSelection(text: string): Promise<void> {
    await page.bringToFront();
    await page.setContent('<pre style="font-size: 16px"></pre>');
    await page.$eval(
      'pre',
      (element, content) => {
        element.textContent = content;
        getSelection()?.selectAllChildren(element);
        scrollTo(0, 0);
      },
      text,
    );
    await openMenuAtTop();
    await openSubmenu(screen, page);
    await pickItem(screen, 0);
  }

  /** On the first line: the middle of a long selection is out of sight. */
  async function openMenuAtTop(): Promise<void> {
    await page.evaluate(() => {
      const selection = getSelection();
      const own = selection?.getRangeAt(0);
      if (own)
        own.getBoundingClientRect = () =>
          new DOMRect(own.getClientRects()[0]?.x ?? 8, own.getClientRects()[0]?.y ?? 8, 60, 16);
    });
    await openContextMenu(screen, page);
  }

  const reads = () => sandbox.requests.of('get').map(({ qrCodeId }) => String(qrCodeId));

  const rows = expectedLists().filter(({ file }) => /^P(?:01|06|07|07b|08|17)-/.test(file));
  it.each(rows)('A63 $file', async ({ file, ids }) => {
    await checkSelection(readFileSync(`tests/lists/${file}`, 'utf8'));
    await until('the reads', () => reads().length >= ids.length);
    expect([...new Set(reads())].toSorted()).toEqual(ids.toSorted());
    await screen.xdotool('key', 'Escape');
  });

  it('A60 reads a selection whole that Firefox hands over cut', async () => {
    const ids = Array.from({ length: MANY }, (_, index) => `QR26MANY${100_000 + index}`);
    await checkSelection(ids.join('\n'));
    await until('the last id to be read', () => reads().includes(String(ids.at(-1))), { timeout: 60_000 });
    expect(reads().length).toBe(MANY);
    expect(reads().every((id) => ids.includes(id))).toBe(true);
  });
});
