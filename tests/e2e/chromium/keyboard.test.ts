import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { textOf, waitForText } from '../../harness/find.ts';
import { screenUnavailable } from '../../harness/screen.ts';
import { until } from '../../harness/until.ts';
import { waitForSummary } from '../support/bulk-steps.ts';
import { openDisplayFixture, type ScreenKit } from '../support/display-fixture.ts';
import { startOtherSite } from '../support/other-site.ts';

const CHECK = 'alt+shift+y';
const CANCEL = 'alt+shift+l';

const reason = screenUnavailable();
if (reason) console.warn(`Keys are not really pressed here: ${reason}`);

let kit: ScreenKit;

/** Selects the content of an element, or focuses a field and selects its text. */
async function select(page: Page, selector: string): Promise<void> {
  await page.$eval(selector, (element) => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      element.focus();
      element.select();
    } else getSelection()?.selectAllChildren(element);
  });
}

const notified = (title: string, from: number) =>
  kit.chromium.notifications.waitFor(title, { from, timeout: 30_000 });

describe.skipIf(reason)('K1 the keyboard commands, on a screen', () => {
  beforeAll(async () => {
    kit = await openDisplayFixture();
  });
  afterAll(() => kit?.close());
  afterEach(() => kit.settle());

  it('check the selected id, even if the worker is stopped', async () => {
    const id = kit.nextId();
    const page = await kit.openWebPage(`<p>Please look at <b>“${id}”,</b> thank you</p>`);
    await select(page, 'b');
    await kit.chromium.killWorker();
    await kit.press(CHECK);
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'region', 'QR code details')).toContain(id);
    expect(kit.sandbox.requests.of('get').map(({ qrCodeId }) => qrCodeId)).toEqual([id]);
  });

  it('ask for confirmation, then cancel', async () => {
    const id = kit.nextId();
    await select(await kit.openWebPage(`<p>${id}</p>`), 'p');
    await kit.press(CANCEL);
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'alertdialog', 'Cancel this QR code?')).toContain(id);
    expect(kit.sandbox.requests.of('cancel')).toEqual([]);
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.sandbox.requests.of('cancel', id)).toHaveLength(1);
  });

  it('open the popup', async () => {
    await kit.openWebPage('<p>Nothing here</p>');
    await kit.press('alt+shift+u');
    await textOf(await kit.chromium.waitForPopup(), 'textbox', 'QR code ID');
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it.each([
    ['a field', (id: string) => `<b>${kit.nextId()}</b><input id="it" value="${id}">`],
    ['a field that tells of no selection', (id: string) => `<input id="it" type="email" value="${id}">`],
    ['a text area', (id: string) => `<textarea id="it">${id}</textarea>`],
    [
      'an open shadow tree',
      (id: string) => `<div id="host"><template shadowrootmode="open"><p id="it">${id}</p></template></div>`,
    ],
  ])('read the selection in %s', async (_, html) => {
    const id = kit.nextId();
    const page = await kit.openWebPage('');
    await page.evaluate((text) => document.body.setHTMLUnsafe(text), html(id));
    await page.evaluate(() => {
      const it = (document.querySelector('#host')?.shadowRoot ?? document).querySelector(
        '#it',
      ) as HTMLElement;
      if (it instanceof HTMLInputElement || it instanceof HTMLTextAreaElement) {
        it.focus();
        it.select();
      } else getSelection()?.selectAllChildren(it);
    });
    await kit.press(CHECK);
    expect(await textOf(await kit.chromium.waitForPopup(), 'region', 'QR code details')).toContain(id);
  });

  it('read the selection of the focused frame only', async () => {
    const [id, other] = [kit.nextId(), kit.nextId()];
    const page = await kit.openWebPage(
      `<p>${other}</p><iframe srcdoc="<textarea>${id}</textarea>"></iframe>`,
    );
    await select(page, 'p');
    const frame = await until('the frame', () => page.frames().find((one) => one.parentFrame()));
    await frame.waitForSelector('textarea');
    await frame.$eval('textarea', (field) => {
      field.focus();
      field.select();
    });
    await kit.press(CHECK);
    expect(await textOf(await kit.chromium.waitForPopup(), 'region', 'QR code details')).toContain(id);
    expect(kit.sandbox.requests.of('get', other)).toEqual([]);
  });

  it('ignore earlier selections if the focus is in a frame of another site or in a PDF, and send nothing', async () => {
    const old = kit.nextId();
    const elsewhere = await startOtherSite(kit.nextId());
    try {
      for (const inside of [
        `<iframe src="${elsewhere.url}" width="600" height="300">`,
        `<embed src="${elsewhere.url}x.pdf" type="application/pdf" width="600" height="300">`,
      ]) {
        const page = await kit.openWebPage(`<b>${old}</b><br>${inside}`);
        await select(page, 'b');
        await page.mouse.click(300, 150, { count: 2 });
        const from = kit.chromium.notifications.all.length;
        await until('the focus to be inside', () =>
          page.evaluate(() => /^(IFRAME|EMBED)$/.test(document.activeElement?.tagName ?? '')),
        );
        expect(await page.evaluate(() => String(getSelection()))).toBe(old);
        await kit.press(CANCEL);
        await notified('The selection can’t be read on this page', from);
      }
      expect(kit.sandbox.requests.all()).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  it('open the workbench for several ids', async () => {
    const ids = [kit.nextId(), kit.nextId()];
    await select(await kit.openWebPage(`<p>${ids.join('<br>')}</p>`), 'p');
    await kit.press(CANCEL);
    await waitForSummary(await kit.chromium.waitForPage('workbench.html'), '2 will be cancelled');
    expect(kit.sandbox.requests.of('cancel')).toEqual([]);
  });

  it('report an empty selection, a password field or an unreadable page, and send nothing', async () => {
    let from = kit.chromium.notifications.all.length;
    await kit.openWebPage(`<p>${kit.nextId()}</p>`);
    await kit.press(CANCEL);
    await notified('No QR code ID in the selection', from);

    from = kit.chromium.notifications.all.length;
    await select(await kit.openWebPage(`<input type="password" value="${kit.nextId()}">`), 'input');
    await kit.press(CANCEL);
    await notified('No QR code ID in the selection', from);

    from = kit.chromium.notifications.all.length;
    const page = await kit.chromium.browser.newPage();
    await page.goto('chrome://version');
    await page.bringToFront();
    await kit.press(CANCEL);
    await notified('The selection can’t be read on this page', from);
    expect(kit.sandbox.requests.all()).toEqual([]);
  });

  it('are listed in the settings with the current keys', async () => {
    const options = await kit.chromium.openPage('options.html');
    const rows = () =>
      options.$$eval('dl.shortcuts > div', (all) =>
        all.map((row) => [...row.children].map((cell) => cell.textContent)),
      );
    await until('the list of keys', async () => (await rows()).length === 3);
    expect(await rows()).toEqual([
      ['Open', 'Alt+Shift+U'],
      ['Check the selected ID', 'Alt+Shift+Y'],
      ['Cancel QR code of the selected ID…', 'Alt+Shift+L'],
    ]);
    await clickRole(options, 'button', 'Change shortcuts');
    await kit.chromium.browser.waitForTarget((target) => target.url() === 'chrome://extensions/shortcuts');
  });

  it('cancel after a countdown without “Ask before cancelling”, as the menu does; only once if held down', async () => {
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'checkbox', 'Ask before cancelling');
    const id = kit.nextId();
    await select(await kit.openWebPage(`<p>${id}</p>`), 'p');
    const from = kit.chromium.notifications.all.length;
    await kit.screen.xdotool(
      'keydown',
      'alt',
      'keydown',
      'shift',
      'keydown',
      'l',
      'sleep',
      '1.5',
      'keyup',
      'l',
    );
    await kit.screen.xdotool('keyup', 'shift', 'keyup', 'alt', 'sleep', '1.5');
    expect((await notified('QR code cancelled', from)).message).toContain(id);
    expect(kit.sandbox.requests.of('cancel', id)).toHaveLength(1);
    // At the press, and just before the cancel.
    expect(kit.sandbox.requests.of('get', id)).toHaveLength(2);
    expect(kit.chromium.notifications.all.slice(from)).toHaveLength(1);

    // After a release, the next press counts again.
    await kit.press(CANCEL);
    await notified('QR code was already cancelled', from);
    expect(kit.sandbox.requests.of('cancel', id)).toHaveLength(1);
  });
});
