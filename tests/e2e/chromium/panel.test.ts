import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterAccount, enterId, useAccount } from '../support/operator.ts';

let kit: ChromiumFixture;
let panel: Page;

beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
beforeEach(async () => {
  const popup = await kit.openPopup();
  await clickRole(popup, 'button', 'Open in side panel');
  panel = await kit.chromium.waitForPage('popup.html?panel');
  await byRole(panel, 'textbox', 'QR code ID');
});
afterEach(() => kit.reset());

const popups = () => {
  const urls = kit.chromium.browser.targets().map((target) => target.url());
  return urls.filter((url) => url === `${kit.chromium.origin}popup.html`).length;
};

describe('the side panel', () => {
  it('shows the popup’s page in its full size, and stays open with other tabs', async () => {
    await until('the popup to close', () => popups() === 0);
    expect(await hasRole(panel, 'button', 'Open in side panel')).toBe(false);
    const fits = await panel.evaluate(() => {
      const { width, bottom } = (document.querySelector('.popup') as HTMLElement).getBoundingClientRect();
      return (
        [width, bottom, document.documentElement.scrollWidth].join() ===
        [innerWidth, innerHeight, innerWidth].join()
      );
    });
    expect(fits).toBe(true);
    const id = kit.nextId();
    await (await kit.chromium.browser.newPage()).goto('about:blank');
    await enterId(panel, id, 'Check status');
    await waitForText(panel, /^Active\. /m);
    expect(kit.callsFor(id)).toEqual(['GET 200']);
  });

  it('opens the context menu’s actions of its window instead of the popup', async () => {
    const [first, second] = [kit.nextId(), kit.nextId()];
    await kit.chromium.clickMenu('cancel-qr-code', first);
    expect(await textOf(panel, 'alertdialog', 'Cancel this QR code?')).toContain(first);
    // The second confirmation replaces the first, which sent nothing.
    await kit.chromium.clickMenu('cancel-qr-code', second);
    await until('the question about the other code', async () =>
      (await textOf(panel, 'alertdialog', 'Cancel this QR code?')).includes(second),
    );
    await confirmCancel(panel);
    await waitForText(panel, 'EnKash confirmed it.');
    expect(kit.patches(first)).toEqual([]);
    expect(kit.patches(second)).toHaveLength(1);
    await kit.chromium.clickMenu('check-status', first);
    await waitForText(panel, /^Active\. /m);
    expect(popups()).toBe(0);
  });

  it('opens them after a restart of the worker too', async () => {
    await kit.chromium.killWorker();
    const id = kit.nextId();
    await kit.chromium.clickMenu('check-status', id);
    expect(await textOf(panel, 'region', 'QR code details')).toContain(id);
    expect(popups()).toBe(0);
  });

  it('leaves actions to the popup in another window, or once it is closed', async () => {
    const [first, second] = [kit.nextId(), kit.nextId()];
    const windowId = await kit.chromium.evaluateInWorker(async () => {
      const { chrome: api } = globalThis as unknown as {
        chrome: { windows: { create: (options: object) => Promise<{ id: number }> } };
      };
      return (await api.windows.create({ url: 'about:blank', focused: true })).id;
    });
    expect(windowId).toBeGreaterThan(0);
    await kit.chromium.clickMenu('check-status', first);
    const popup = await waitForPlainPopup();
    expect(await textOf(popup, 'region', 'QR code details')).toContain(first);
    expect(await hasRole(panel, 'region', 'QR code details')).toBe(false);
    await kit.closePages();
    await kit.chromium.clickMenu('check-status', second);
    expect(await textOf(await waitForPlainPopup(), 'region', 'QR code details')).toContain(second);
  });

  it('follows changes of the settings', async () => {
    const options = await kit.chromium.openPage('options.html');
    await enterAccount(options, kit.sandbox, { name: 'Real shop', environment: 'LIVE' });
    await useAccount(options, 'Real shop');
    await waitForText(panel, /^LIVE$/m);
    await useAccount(options, 'Main counter');
    await waitForText(panel, /^UAT$/m);
  });
});

async function waitForPlainPopup(): Promise<Page> {
  const url = `${kit.chromium.origin}popup.html`;
  const target = await kit.chromium.browser.waitForTarget((candidate) => candidate.url() === url);
  return (await target.page()) ?? (await target.asPage());
}
