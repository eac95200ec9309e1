import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterAccount, enterId, useAccount } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('A27 the worker killed', () => {
  it('before the request: the page’s message wakes it, and the cancel is sent once', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await kit.chromium.killWorker();
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('during a request that takes effect: reported as cancelled, confirmed by a check', async () => {
    const id = kit.nextId();
    const from = kit.chromium.notifications.all.length;
    kit.sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'silence' } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await kit.sandbox.requests.waitFor('cancel', 1, 5000);
    await kit.chromium.killWorker();
    await waitForText(popup, 'Cancelled (confirmed by a check).');
    await kit.chromium.notifications.waitFor('QR code cancelled', { from, about: id });
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('during a lost request: reported as not confirmed and still active, never sent again', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'silence' } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await kit.sandbox.requests.waitFor('cancel', 1, 5000);
    await kit.chromium.killWorker();
    await waitForText(popup, 'Result not confirmed');
    const report = await textOf(popup, 'alert');
    expect(report).toContain('The QR code was still active after that.');
    expect(report).toContain('It was not sent again.');
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('with the popup closed too: resolved when the worker wakes, and shown in Recent', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'silence' } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await kit.sandbox.requests.waitFor('cancel', 1, 5000);
    await kit.closePages();
    await kit.chromium.killWorker();
    const again = await kit.openPopup();
    await waitForText(again, new RegExp(`${id}\\s+Cancelled`));
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('after the result: a click on the notification still opens the attempt', async () => {
    const id = kit.nextId();
    const from = kit.chromium.notifications.all.length;
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    const notified = await kit.chromium.notifications.waitFor('QR code cancelled', { from, about: id });
    await popup.close();
    await kit.chromium.killWorker();
    await kit.chromium.clickNotification(notified.id);
    const workbench = await kit.chromium.waitForPage('workbench.html');
    await waitForText(workbench, id);
    expect(await workbench.$eval('[aria-current="true"]', (row) => row.textContent)).toContain(id);
  });
});

describe('A28 the worker woken by a menu click', () => {
  it('opens the popup with the code', async () => {
    const id = kit.nextId();
    await kit.chromium.killWorker();
    await kit.chromium.clickMenu('check-status', id);
    const popup = await kit.chromium.waitForPopup();
    await waitForText(popup, /Active\. /);
    expect(kit.callsFor(id)).toEqual(['GET 200']);
  });
});

describe('A29 reload and restart', () => {
  const menuItems = () =>
    kit.chromium.evaluateInWorker(async () => {
      const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
      const there: string[] = [];
      for (const id of ['check-status', 'cancel-qr-code']) {
        await api.contextMenus.update(id, { enabled: true });
        there.push(id);
      }
      return there;
    });

  async function expectEverythingKept() {
    await expect.poll(menuItems).toEqual(['check-status', 'cancel-qr-code']);
    const options = await kit.chromium.openPage('options.html');
    await byRole(options, 'radio', 'Use Main counter');
    await byRole(options, 'radio', 'Use Second shop');
    const dark = await byRole(options, 'radio', 'Dark');
    expect(await dark.evaluate((radio) => (radio as HTMLInputElement).checked)).toBe(true);
    await options.close();
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, /Active\. /);
    await popup.close();
  }

  it('keep menu items, accounts with their keys, and settings', async () => {
    await kit.withOptions(async (options) => {
      await enterAccount(options, kit.sandbox, { name: 'Second shop', withToken: true });
      await clickRole(options, 'radio', 'Dark');
      await useAccount(options, 'Main counter');
    });
    await kit.closePages();
    await kit.chromium.reloadExtension();
    await expectEverythingKept();
    await kit.chromium.restart();
    await expectEverythingKept();
  });
});
