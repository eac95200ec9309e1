import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { textOf, waitForText } from '../../harness/find.ts';
import { screenUnavailable } from '../../harness/screen.ts';
import { openDisplayFixture, type ScreenKit } from '../support/display-fixture.ts';

const CHECK = 'alt+shift+y';
const CANCEL = 'alt+shift+l';

const reason = screenUnavailable();
if (reason) console.warn(`Selections are not really made here: ${reason}`);

let kit: ScreenKit;

async function doubleClick(page: Page, selector: string): Promise<string> {
  await page.click(selector, { count: 2, offset: { x: 12, y: 8 } });
  return page.evaluate(() => String(getSelection()));
}

describe.skipIf(reason)('A61 a selected part of a word', () => {
  beforeAll(async () => {
    kit = await openDisplayFixture();
    for (const qrCodeId of ['STORE12', 'STORE12-01', 'QR26ABCDEFGHJ7'])
      kit.sandbox.qrCodes.put('UAT', { qrCodeId, status: 'ACTIVE', qrName: 'Counter', amount: 5 });
  });
  afterAll(() => kit?.close());
  afterEach(() => kit.settle());

  const requestedIds = () => kit.sandbox.requests.of('get').map(({ qrCodeId }) => qrCodeId);

  it('by a double click on a dashed id is checked as the whole id', async () => {
    const page = await kit.openWebPage('<p><b>STORE12-01</b> of Pune</p>');
    expect(await doubleClick(page, 'b')).toBe('STORE12');
    await kit.press(CHECK);
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'region', 'QR code details')).toContain('STORE12-01');
    expect(requestedIds()).toEqual(['STORE12-01']);
    await waitForText(popup, 'You selected “STORE12”, which is only a part of “STORE12-01”.');
  });

  it('is never cancelled without a confirmation, which shows the surrounding text', async () => {
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'checkbox', 'Ask before cancelling');
    const page = await kit.openWebPage('<p><b>STORE12-01</b></p>');
    await doubleClick(page, 'b');
    await kit.press(CANCEL);
    const popup = await kit.chromium.waitForPopup();
    const question = await textOf(popup, 'alertdialog', 'Cancel this QR code?');
    expect(question).toContain('You selected “STORE12”, which is only a part of “STORE12-01”.');
    expect(kit.sandbox.requests.of('cancel')).toEqual([]);
    expect(requestedIds()).toEqual(['STORE12-01']);
    await popup.close();
    await options.bringToFront();
    await clickRole(options, 'checkbox', 'Ask before cancelling');
  });

  it('extends across tags and up to a line break', async () => {
    const page = await kit.openWebPage('<p>QR26ABCD<b id="it">EFGHJ7</b><br>QR26ABCDEFGHJ8</p>');
    await page.evaluate(() => {
      const node = document.querySelector('#it')?.firstChild as Text;
      getSelection()?.setBaseAndExtent(node, 2, node, 6);
    });
    await kit.press(CHECK);
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'region', 'QR code details')).toContain('QR26ABCDEFGHJ7');
    expect(requestedIds()).toEqual(['QR26ABCDEFGHJ7']);
  });
});

describe.skipIf(reason)('A62 an id labelled as something else', () => {
  it('is offered, and sent only after the operator confirms', async () => {
    const screenKit = await openDisplayFixture();
    try {
      const page = await screenKit.openWebPage('<p>Payment ID: pay_29QQoUBi66xm2f</p>');
      await page.$eval('p', (element) => getSelection()?.selectAllChildren(element));
      await screenKit.press(CANCEL);
      const popup = await screenKit.chromium.waitForPopup();
      await waitForText(popup, 'It is labelled as something else: “Payment ID”.');
      expect(screenKit.sandbox.requests.all()).toEqual([]);
      await clickRole(popup, 'button', 'Use pay_29QQoUBi66xm2f');
      await clickRole(popup, 'button', 'Check status');
      await waitForText(popup, /no QR code with this ID/i);
      expect(screenKit.sandbox.requests.of('get').map(({ qrCodeId }) => qrCodeId)).toEqual([
        'pay_29QQoUBi66xm2f',
      ]);
    } finally {
      await screenKit.close();
    }
  });
});
