import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterId } from '../support/operator.ts';

const ANYWAY = 'Cancel anyway…';
const DIALOG = 'Cancel this QR code?';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(async () => {
  kit.sandbox.dialects.clear();
  await kit.reset();
});

describe('A51 a read without a response of EnKash', () => {
  it('offers Cancel anyway…, whose confirmation names the missing fact, and records it', async () => {
    const id = kit.nextId();
    kit.sandbox.dialects.use('proxy-404-html', { on: ['get'] });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    const alert = await textOf(popup, 'alert');
    expect(alert).toContain('between this computer and EnKash refused it (HTTP 404)');
    expect(alert).not.toContain('No QR code with this ID');
    await clickRole(popup, 'button', ANYWAY);
    expect(await textOf(popup, 'alertdialog', DIALOG)).toContain('The details could not be loaded');
    expect(kit.patches(id)).toEqual([]);
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.patches(id)).toHaveLength(1);

    const history = await kit.chromium.openPage('workbench.html#history');
    await history.locator(`::-p-text(${id})`).click();
    await waitForText(history, 'The details could not be loaded.');
    await clickRole(history, 'button', 'Close');
    await clickRole(history, 'button', 'Export history (CSV)');
    const csv = await waitForDownload(kit.chromium.downloadDir, /qr-cancel-history.*\.csv$/);
    expect(csv.text).toContain('The details could not be loaded.');
    await clickRole(history, 'button', 'Export history (JSON)');
    const json = await waitForDownload(kit.chromium.downloadDir, /qr-cancel-history.*\.json$/);
    expect(JSON.parse(json.text).rows).toContainEqual(
      expect.objectContaining({ qrCodeId: id, action: 'cancel', despite: 'unread' }),
    );
  });

  it('A40 opens the confirmation from the context menu', async () => {
    const id = kit.nextId();
    kit.sandbox.dialects.use('proxy-404-html', { on: ['get'] });
    await kit.chromium.clickMenu('cancel-qr-code', id);
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'alertdialog', DIALOG)).toContain('The details could not be loaded');
    expect(kit.patches(id)).toEqual([]);
  });

  it('does not offer Cancel anyway… if EnKash says that the code does not exist', async () => {
    const popup = await kit.openPopup();
    await enterId(popup, 'QR26NOTTHERE02', 'Check status');
    await waitForText(popup, 'No QR code with this ID');
    expect(await hasRole(popup, 'button', ANYWAY)).toBe(false);
  });
});

describe('A51 an unknown status', () => {
  it('is shown as received, needs a confirmation, and sends nothing if the code is kept', async () => {
    const id = kit.nextId();
    kit.sandbox.qrCodes.setStatus('UAT', id, 'SUSPENDED');
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, 'This extension does not know this status.');
    await clickRole(popup, 'button', ANYWAY);
    expect(await textOf(popup, 'alertdialog', DIALOG)).toContain('The status is unknown: “SUSPENDED”.');
    await clickRole(popup, 'button', 'Keep active');
    await waitUntilGone(popup, 'alertdialog');
    expect(kit.patches(id)).toEqual([]);
    await byRole(popup, 'button', ANYWAY);
  });
});
