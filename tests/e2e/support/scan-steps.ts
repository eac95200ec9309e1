import type { Page } from 'puppeteer-core';
import { clickRole } from '../../harness/act.ts';
import { byRole } from '../../harness/find.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

export const FOUND = 'This is the QR code: its own picture says the same.';
export const LIST = 'QR codes on this page';

/** The parts of a fixture that these steps use. */
export type ScanKit = Pick<ChromiumFixture, 'sandbox' | 'chromium'>;

/**
 * Opens one of the sandbox's pages with pictures in front, under a host for which the extension has no permission. The
 * codes are named in the query, see `picturePages`.
 */
export async function openPicturePage({ sandbox, chromium }: ScanKit, path: string): Promise<Page> {
  const page = await chromium.browser.newPage();
  await page.goto(`https://localhost:${sandbox.port}/pictures/${path}`);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  await page.bringToFront();
  return page;
}

/** Presses the extension's button in the toolbar of the page's window, and waits for the popup. */
export async function openPopupOver({ chromium }: ScanKit, page: Page): Promise<Page> {
  const extension = (await chromium.browser.extensions()).get(chromium.extensionId);
  if (!extension) throw new Error('The extension is not installed');
  await page.triggerExtensionAction(extension);
  const popup = await chromium.waitForPopup();
  await byRole(popup, 'button', 'Scan this page');
  return popup;
}

/** Opens a page with pictures, and scans it with the popup. */
export async function scanPicturePage(kit: ScanKit, path: string): Promise<Page> {
  const popup = await openPopupOver(kit, await openPicturePage(kit, path));
  await clickRole(popup, 'button', 'Scan this page');
  return popup;
}

/** The names of the numbered pictures in the list, in order. */
export async function listedPictures(popup: Page): Promise<string[]> {
  const list = await byRole(popup, 'list', LIST);
  return list.$$eval('button img', (images) => images.map(({ alt }) => alt));
}

/** What the gateway was asked, as `search` or `get ID`, without sign-ins. */
export function reads({ sandbox }: ScanKit): string[] {
  return sandbox.requests
    .all()
    .filter(({ operation }) => operation !== 'token')
    .map(({ operation, qrCodeId }) => (qrCodeId === undefined ? operation : `${operation} ${qrCodeId}`));
}

/** The UAT codes with a picture of the sandbox and a fixed amount, in the order of creation. */
export function ordinaryCodes({ sandbox }: ScanKit): { qrCodeId: string; amount: number }[] {
  return sandbox.qrCodes
    .all('UAT')
    .filter(({ status, amount, qrName }) => status === 'ACTIVE' && typeof amount === 'number' && qrName)
    .map(({ qrCodeId, amount }) => ({ qrCodeId, amount: Number(amount) }));
}
