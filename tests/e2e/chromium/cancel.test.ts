import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterId } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('A8 a cancel that EnKash confirms', () => {
  it('shows the code, asks for confirmation, sends one PATCH without an Origin, and shows the result', async () => {
    const id = kit.nextId();
    const qrCode = kit.sandbox.qrCodes.get('UAT', id);
    const [qrName, amount] = [qrCode?.qrName, qrCode?.amount];
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    const details = await textOf(popup, 'region', 'QR code details');
    expect(details).toContain(String(qrName));
    expect(details).toContain(`₹${Number(amount).toLocaleString('en-IN')}`);
    expect(await textOf(popup, 'status')).toMatch(/^Active\. .+, ₹[\d,.]+\.$/);

    await clickRole(popup, 'button', 'Cancel QR code…');
    const dialog = await textOf(popup, 'alertdialog', 'Cancel this QR code?');
    for (const part of [id, String(qrName), 'Main counter', 'UAT', 'Active', 'This cannot be undone.'])
      expect(dialog).toContain(part);
    expect(kit.patches()).toEqual([]);

    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(await textOf(popup, 'status')).toContain('Cancelled. No longer accepts payments.');
    await kit.chromium.notifications.waitFor('QR code cancelled');
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    const [patch, ...more] = kit.patches(id);
    expect(more).toEqual([]);
    expect(patch?.body).toBe('{}');
    expect(patch?.headers['content-type']).toBe('application/json');
    expect(patch?.headers.merchantaccesskey).toBe(kit.sandbox.merchants.UAT.accessKey);
    expect(patch?.headers.authorization).toMatch(/^Bearer /);
    expect(patch?.origin).toBeUndefined();
    expect(patch?.headers.cookie).toBeUndefined();
  });
});

describe('A9 a cancel that EnKash rejects', () => {
  it('shows code and message as received, and that the code is still active', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({
      on: 'cancel',
      answer: { kind: 'reject', code: 512, message: 'Maker-checker approval pending' },
    });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash said: “Maker-checker approval pending” (code 512).');
    expect(await textOf(popup, 'alert')).toContain('The QR code was still active after that.');
    await kit.chromium.notifications.waitFor('QR code not cancelled');
    expect(kit.callsFor(id)).toEqual(['GET 200', 'PATCH 200', 'GET 200']);
  });
});

describe('A10 a response with status ACTIVE', () => {
  it('is reported as not confirmed, and can be checked again', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', answer: { kind: 'says-active' } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'Result not confirmed');
    await kit.chromium.notifications.waitFor('Result not confirmed');
    await clickRole(popup, 'button', 'Check again');
    await waitForText(popup, /Active\. /);
    expect(kit.patches(id)).toHaveLength(1);
  });
});

describe('A13 nothing to cancel', () => {
  it('reports an unknown code with account and environment', async () => {
    const popup = await kit.openPopup();
    await enterId(popup, 'QRNOSUCHCODE', 'Cancel QR code…');
    await waitForText(popup, 'No QR code with this ID in Main counter (UAT).');
    expect(await hasRole(popup, 'alertdialog')).toBe(false);
    expect(kit.patches()).toEqual([]);
  });

  it('opens no dialog and sends no PATCH for a cancelled code', async () => {
    const id = kit.nextId();
    kit.sandbox.qrCodes.setStatus('UAT', id, 'CANCELLED');
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await waitForText(popup, 'Already cancelled – nothing to do');
    expect(await hasRole(popup, 'alertdialog')).toBe(false);
    expect(kit.patches()).toEqual([]);
  });
});

describe('A14 one request', () => {
  it('is sent for repeated clicks, and for clicks in several pages', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'slow', ms: 800 } });
    const pages = [await kit.openPopup(), await kit.openPopup()];
    for (const page of pages) {
      await page.bringToFront();
      await enterId(page, id, 'Cancel QR code…');
      await byRole(page, 'alertdialog', 'Cancel this QR code?');
    }
    await Promise.all(
      pages.map((page) =>
        page.evaluate(() => {
          const button = [...document.querySelectorAll('dialog button')].at(-1) as HTMLButtonElement;
          for (let press = 0; press < 5; press += 1) button.click();
        }),
      ),
    );
    for (const page of pages) {
      await page.bringToFront();
      await waitForText(page, 'EnKash confirmed it.');
    }
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('is reported in Recent and by a notification if the popup was closed during it', async () => {
    const id = kit.nextId();
    const from = kit.chromium.notifications.all.length;
    kit.sandbox.faults.add({ on: 'cancel', applyEffect: true, answer: { kind: 'slow', ms: 700 } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await kit.sandbox.requests.waitFor('cancel', 1, 5000);
    await popup.close();
    const notified = await kit.chromium.notifications.waitFor('QR code cancelled', { from, about: id });
    expect(notified.message).toContain(id);
    expect(notified.message).toContain('Main counter');
    const again = await kit.openPopup();
    await waitForText(again, id);
    expect(await textOf(again, 'list', 'Recent')).toMatch(new RegExp(`${id}\\s+Cancelled`));
    expect(kit.patches(id)).toHaveLength(1);
  });
});

describe('A15 the dialog', () => {
  it.each(['button', 'Escape', 'Enter'] as const)('dismissed by %s sends nothing', async (way) => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    // Enter presses the focused button, which keeps the code active.
    if (way === 'button') await clickRole(popup, 'button', 'Keep active');
    else await popup.keyboard.press(way);
    await waitUntilGone(popup, 'alertdialog');
    expect(kit.patches()).toEqual([]);
    expect(kit.sandbox.qrCodes.get('UAT', id)?.status).toBe('ACTIVE');
  });

  it('confirmed after the status has changed, shows EnKash’s response', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    kit.sandbox.qrCodes.setStatus('UAT', id, 'CANCELLED');
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'QR code was already cancelled');
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(0);
  });

  it('opens without details if they could not be loaded, and the cancel still works', async () => {
    const id = kit.nextId();
    kit.sandbox.faults.add({ on: 'get', times: 1, answer: { kind: 'status', httpStatus: 502 } });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    expect(await textOf(popup, 'alertdialog', 'Cancel this QR code?')).toContain('could not be loaded');
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'EnKash confirmed it.');
  });
});

describe('A16 hostile text in every field', () => {
  it('is shown as literal, capped text: no new nodes, no dialogs, no scripts', async () => {
    const id = kit.nextId();
    const hostile = `<img src=x onerror="document.title='owned';alert(1)"><script>alert(2)</script>\u202eevil`;
    const fields = { qrName: hostile + 'x'.repeat(100_000), description: hostile, customerName: hostile };
    const more = { customerEmail: hostile, referenceNumber: hostile, customParams: { [hostile]: hostile } };
    const odd = {
      status: `${hostile}`,
      amount: hostile,
      expiry: hostile,
      qrCodeBase64: 'data:text/html,<b>',
    };
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, ...fields, ...more, ...odd });
    const popup = await kit.openPopup();
    let dialogs = 0;
    popup.on('dialog', (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    await enterId(popup, id, 'Check status');
    const details = await textOf(popup, 'region', 'QR code details');
    expect(details).toContain('<img src=x onerror=');
    expect(details).toContain('‹U+202E›');
    expect(details.length).toBeLessThan(12_000);
    await clickRole(popup, 'button', 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    const foreign = await popup.evaluate(() => document.querySelectorAll('#root img, #root script').length);
    expect(foreign).toBe(0);
    expect(await popup.title()).toBe('QR Cancel for EnKash');
    expect(dialogs).toBe(0);
  });
});
