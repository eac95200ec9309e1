import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import {
  ensureUnlocked,
  expectAccountWorks,
  expectNoKeysInMemory,
  keysInMemory,
  PASSPHRASE,
  passDeadline,
  unlockInPopup,
} from '../support/lock-steps.ts';
import { confirmCancel, enterId } from '../support/operator.ts';
import { dispatchInWorker, readArea, tryPassphrase } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('A32 no usable key after a lock', () => {
  beforeEach(() => ensureUnlocked(kit));

  async function checkMessage(qrCodeId: string): Promise<object> {
    const { accounts } = await readArea(kit.chromium, 'local');
    const { currentId: accountId } = accounts as { currentId: string };
    return { name: 'checkStatus', request: { accountId, qrCodeId, startedBy: 'popup' } };
  }

  /** Requests a check as a page that does not know about the lock yet. */
  async function sendCheck(popup: Page, qrCodeId: string): Promise<unknown> {
    return popup.evaluate(
      (message) => {
        const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
        return api.runtime.sendMessage(message);
      },
      await checkMessage(qrCodeId),
    );
  }

  /** Locks the screen, and makes the page request a check in the same turn of the worker. */
  async function lockScreenAndSendCheck(popup: Page, message: object): Promise<unknown> {
    await popup.evaluate((request) => {
      const scope = globalThis as unknown as {
        chrome: typeof import('webextension-polyfill');
        answer: unknown;
      };
      scope.answer = new Promise((resolve) => {
        new BroadcastChannel('locked').onmessage = () => resolve(scope.chrome.runtime.sendMessage(request));
      });
    }, message);
    await kit.chromium.wakeWorker();
    await kit.chromium.evaluateInWorker(() => {
      const { chrome: api } = globalThis as unknown as {
        chrome: { idle: { onStateChanged: { dispatch: (state: string) => void } } };
      };
      api.idle.onStateChanged.dispatch('locked');
      new BroadcastChannel('locked').postMessage('');
    });
    return popup.evaluate(() => (globalThis as unknown as { answer: unknown }).answer);
  }

  /** Checks a popup that was open at the lock: no request, no key, and its text is kept. */
  async function expectLocked(popup: Page, id: string): Promise<void> {
    kit.sandbox.requests.clear();
    await byRole(popup, 'textbox', 'Passphrase');
    const answer = await sendCheck(popup, id);
    expect(answer).toMatchObject({ result: { kind: 'not-sent', reason: 'locked' } });
    expect(kit.sandbox.requests.all()).toEqual([]);
    await expectNoKeysInMemory(kit);
    await tryPassphrase(popup, PASSPHRASE);
    expect(await textOf(popup, 'textbox', 'QR code ID')).toBe(id);
    await clickRole(popup, 'button', 'Check status');
    await waitForText(popup, /Active\. /);
  }

  /** Opens a popup with an id in its field. A token is in memory, so that the lock has one to delete. */
  async function openTypedPopup(): Promise<{ popup: Page; id: string }> {
    await expectAccountWorks(kit);
    expect(await keysInMemory(kit)).toHaveLength(2);
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await typeInto(popup, 'QR code ID', id);
    return { popup, id };
  }

  it.each(['popup.html', 'options.html', 'workbench.html'])('by the button in %s', async (path) => {
    const { popup, id } = await openTypedPopup();
    const page = path === 'popup.html' ? popup : await kit.chromium.openPage(path);
    await clickRole(page, 'button', 'Lock');
    await byRole(page, 'button', 'Unlock');
    await popup.bringToFront();
    await expectLocked(popup, id);
  });

  it('by the screen lock', async () => {
    const { popup, id } = await openTypedPopup();
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'idle');
    expect(await keysInMemory(kit)).toHaveLength(2);
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    await expectLocked(popup, id);
  });

  it.each(['runs', 'has just started'])(
    'by the screen lock: for a message right after it, if the worker %s',
    async (worker) => {
      const { popup, id } = await openTypedPopup();
      const message = await checkMessage(id);
      kit.sandbox.requests.clear();
      if (worker === 'has just started') await kit.chromium.killWorker();
      const answer = await lockScreenAndSendCheck(popup, message);
      expect(answer).toMatchObject({ result: { kind: 'not-sent', reason: 'locked' } });
      expect(kit.sandbox.requests.all()).toEqual([]);
      await expectLocked(popup, id);
    },
  );

  it('by the chosen idle time: at the next check, without an alarm', async () => {
    await kit.withOptions(async (options) => {
      const lockAfter = await byRole(options, 'combobox', 'Lock after');
      await lockAfter.evaluate((select) => {
        (select as HTMLSelectElement).value = '1';
        select.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await expect
        .poll(async () => (await readArea(kit.chromium, 'local')).settings)
        .toMatchObject({ lockAfterMinutes: 1 });
    });
    const { popup, id } = await openTypedPopup();
    await passDeadline(kit);
    kit.sandbox.requests.clear();
    await clickRole(popup, 'button', 'Check status');
    await byRole(popup, 'textbox', 'Passphrase');
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect((await readArea(kit.chromium, 'session')).unlocked).toBeUndefined();
    // Tokens are useless without the keys; the next alarm deletes them.
    await dispatchInWorker(kit.chromium, 'alarms', 'onAlarm', { name: 'auto-lock' });
    await expectLocked(popup, id);
  });

  it('by the chosen idle time: at the alarm, without a request', async () => {
    const { popup, id } = await openTypedPopup();
    await dispatchInWorker(kit.chromium, 'alarms', 'onAlarm', { name: 'auto-lock' });
    expect(await keysInMemory(kit)).toHaveLength(2);
    await passDeadline(kit);
    await dispatchInWorker(kit.chromium, 'alarms', 'onAlarm', { name: 'auto-lock' });
    await expectNoKeysInMemory(kit);
    await expectLocked(popup, id);
  });

  it('by closing the browser', async () => {
    await expectAccountWorks(kit);
    await kit.closePages();
    await kit.chromium.restart();
    await expectNoKeysInMemory(kit);
    await unlockInPopup(kit);
    await expectAccountWorks(kit);
  });

  it('does not send a cancel that is confirmed after the lock', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await passDeadline(kit);
    await clickRole(popup, 'button', 'Cancel QR code');
    await byRole(popup, 'textbox', 'Passphrase');
    expect(kit.patches(id)).toEqual([]);
    await tryPassphrase(popup, PASSPHRASE);
    await expectAccountWorks(kit);
  });

  it('asks for the passphrase before the confirmation of a right-click action', async () => {
    const lockPage = await kit.openPopup();
    await clickRole(lockPage, 'button', 'Lock');
    await byRole(lockPage, 'button', 'Unlock');
    await lockPage.close();
    const id = kit.nextId();
    await kit.chromium.clickMenu('cancel-qr-code', `QR: ${id}`);
    const popup = await kit.chromium.waitForPopup();
    await byRole(popup, 'textbox', 'Passphrase');
    expect(kit.sandbox.requests.all()).toEqual([]);
    await tryPassphrase(popup, PASSPHRASE);
    expect(await textOf(popup, 'alertdialog', 'Cancel this QR code?')).toContain(id);
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.patches(id)).toHaveLength(1);
  });
});
