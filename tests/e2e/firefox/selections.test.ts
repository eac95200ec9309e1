import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { openContextMenu, openSubmenu, pickItem } from '../../harness/context-menu.ts';
import { type FirefoxSession, launchFirefox } from '../../harness/firefox.ts';
import { type Screen, screenUnavailable, startScreen } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import { expectedLists } from '../support/expected-lists.ts';
import { seedAccount } from '../support/operator.ts';

const reason = screenUnavailable();
if (reason) console.warn(`The context menu is not really opened here: ${reason}`);

/** More than the 16,384 characters that Firefox passes with a menu click. */
const MANY = 1_300;
const UPI_REFERENCE = 'EKH20261122118834';

interface PopupApi {
  extension: { getViews(filter: { type: 'popup' }): Window[] };
}

/** The popup's result for a selection: the reason that it sent nothing, or the checked ID. */
const SAID: Record<string, string[]> = {
  'P03-fbclid.txt': ['No QR code ID could be found for sure in this link. Nothing was sent.'],
  'P05-upi.txt': ['Active.', 'It is the reference in a UPI link: check that this is the right QR code.'],
  'P09-payment-id.txt': ['It is labelled as something else: “Payment ID”.', 'Use pay_29QQoUBi66xm2f'],
  'P10-zero-width.txt': ['This is not a QR code ID: it contains U+200B ZERO WIDTH SPACE. Nothing was sent.'],
  'P18-ticket-link.txt': [
    'It is from a link of helpdesk.example, which does not say what it is.',
    'Use TCK20261122',
  ],
};

/** The driver cannot access Firefox's popup. Another page of the extension reads it, and the log has its requests. */
describe.skipIf(reason)('the context menu of Firefox, on a screen', () => {
  let sandbox: Sandbox;
  let screen: Screen;
  let firefox: FirefoxSession;
  let page: Page;
  let options: Page;

  beforeAll(async () => {
    sandbox = await startSandbox();
    screen = await startScreen();
    firefox = await launchFirefox({
      extensionDir: '.output/firefox-mv3',
      gateway: { port: sandbox.port },
      headless: false,
      env: { DISPLAY: screen.display },
    });
    sandbox.qrCodes.put('UAT', { qrCodeId: UPI_REFERENCE, status: 'ACTIVE', qrName: 'Counter', amount: 5 });
    options = await firefox.openPage('options.html');
    await seedAccount(options, sandbox, { name: 'Main counter' });
    page = await firefox.browser.newPage();
    await page.goto('https://olympus-pg-uat.enkash.in/demo');
  });
  afterAll(async () => {
    await firefox?.close();
    await screen?.close();
    await sandbox?.close();
  });
  beforeEach(() => sandbox.requests.clear());

  /** Selects this text in a page, and picks "Check status" or "Cancel QR code…" from the context menu. */
  async function pickOnSelection(action: 'check' | 'cancel', text: string): Promise<void> {
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
    await pick(action);
  }

  async function pick(action: 'check' | 'cancel'): Promise<void> {
    await openMenuAtTop();
    await openSubmenu(screen, page);
    await pickItem(screen, action === 'check' ? 0 : 1);
  }

  /** Opens the menu on the first line, because the middle of a long selection is not visible. */
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

  const popups = () =>
    options.evaluate(() => {
      const { browser: api } = globalThis as unknown as { browser: PopupApi };
      return api.extension.getViews({ type: 'popup' }).map((view) => view.document.body.innerText);
    });
  const untilSaid = (sentence: string) =>
    until(sentence, async () => (await popups()).some((text) => text.includes(sentence)));
  const closePopup = () =>
    until('the popup to be closed', async () => {
      await screen.xdotool('key', 'Escape');
      return (await popups()).length === 0;
    });

  const rows = expectedLists().filter(({ file }) => file.startsWith('P'));
  it.each(rows)('A63 $file', async ({ file, ids }) => {
    await pickOnSelection('check', readFileSync(`tests/lists/${file}`, 'utf8'));
    for (const sentence of SAID[file] ?? []) await untilSaid(sentence);
    await until('the reads', () => reads().length >= ids.length);
    expect([...new Set(reads())].toSorted()).toEqual(ids.toSorted());
    await closePopup();
  });

  it('A63 asks about the reference in a UPI link even without “Ask before cancelling”', async () => {
    await options.bringToFront();
    await clickRole(options, 'checkbox', 'Ask before cancelling');
    await pickOnSelection('cancel', readFileSync('tests/lists/P05-upi.txt', 'utf8'));
    await untilSaid('Cancel this QR code?');
    await untilSaid('It is the reference in a UPI link: check that this is the right QR code.');
    expect(sandbox.requests.of('cancel')).toEqual([]);
    await options.bringToFront();
    await clickRole(options, 'checkbox', 'Ask before cancelling');
  });

  it('A61 reads several selected parts separately, and completes the last word', async () => {
    await page.bringToFront();
    await page.setContent('<p>Cancel <b>QR26ABCDEFGHJ7</b> and <b>QR26ABCD</b>EFGHJ8</p>');
    await page.$$eval('b', (parts) => {
      const selection = getSelection();
      selection?.removeAllRanges();
      for (const part of parts) {
        const range = document.createRange();
        range.selectNodeContents(part);
        selection?.addRange(range);
      }
    });
    await pick('check');
    await until('both reads', () => reads().length >= 2);
    expect(reads().toSorted()).toEqual(['QR26ABCDEFGHJ7', 'QR26ABCDEFGHJ8']);
  });

  it('A60 reads the whole selection if Firefox passes it truncated', async () => {
    const ids = Array.from({ length: MANY }, (_, index) => `QR26MANY${100_000 + index}`);
    await pickOnSelection('check', ids.join('\n'));
    await until('the last id to be read', () => reads().includes(String(ids.at(-1))), { timeout: 60_000 });
    expect(reads().length).toBe(MANY);
    expect(reads().every((id) => ids.includes(id))).toBe(true);
  });
});
