import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText } from '../../harness/find.ts';
import { drawnRows, waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterAccount, useAccount } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('the context menu', () => {
  it('checks the id inside a selection', async () => {
    const id = kit.nextId();
    await kit.chromium.clickMenu('check-status', ` “${id}”, `);
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'region', 'QR code details')).toContain(id);
    expect(await textOf(popup, 'status')).toMatch(/^Active\./);
  });

  it('asks for confirmation, then cancels', async () => {
    const id = kit.nextId();
    await kit.chromium.clickMenu('cancel-qr-code', `QR code ID: ${id}`);
    const popup = await kit.chromium.waitForPopup();
    expect(await textOf(popup, 'alertdialog', 'Cancel this QR code?')).toContain(id);
    expect(kit.patches()).toEqual([]);
    await clickRole(popup, 'button', 'Cancel QR code');
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.patches(id)).toHaveLength(1);
  });

  it('opens the workbench for several ids, and marks a damaged one', async () => {
    const ids = [kit.nextId(), kit.nextId()];
    await kit.chromium.clickMenu('cancel-qr-code', `${ids[0]} Counter 4 ₹500 ACTIVE\n1.23E+15\n${ids[1]}`);
    const workbench = await kit.chromium.waitForPage('workbench.html');
    await waitForSummary(workbench, '2 will be cancelled · 1 not a QR code ID');
    await waitForText(workbench, 'damaged by a spreadsheet');
    const shown = (await drawnRows(workbench)).slice(1).map((row) => row.split(' | ')[1]);
    expect(shown.toSorted()).toEqual(['1.23E+15', ...ids].toSorted());
    for (const id of ids) expect(kit.callsFor(id)).toEqual(['GET 200']);
  });

  it('passes on a selection that is too large for session storage', async () => {
    const ids = [kit.nextId(), kit.nextId()];
    const remark = 'Gate 4, Chandni Chowk. '.repeat(10);
    const lines = Array.from({ length: 40_000 }, () => `${remark}\t${ids[0]}\t${ids[1]}`);
    await kit.chromium.clickMenu('cancel-qr-code', lines.join('\n'));
    const workbench = await kit.chromium.waitForPage('workbench.html');
    await waitForText(workbench, 'All 40,000 lines belong to the list.', { timeout: 60_000 });
    await waitForText(workbench, 'Which column holds the QR code IDs?');
    expect(kit.patches()).toEqual([]);
  });

  it('reports a selection without an id', async () => {
    const from = kit.chromium.notifications.all.length;
    await kit.chromium.clickMenu('cancel-qr-code', 'Thank you for your payment');
    await kit.chromium.notifications.waitFor('No QR code ID in the selection', { from });
    expect(kit.sandbox.requests.all()).toEqual([]);
  });
});

describe('“Ask before cancelling” switched off', () => {
  const switchOff = () =>
    kit.withOptions(async (options) => {
      await clickRole(options, 'checkbox', 'Ask before cancelling');
    });

  it('cancels after a countdown and notifies; sends no PATCH for a cancelled code; still asks in LIVE', async () => {
    await switchOff();
    const id = kit.nextId();
    let from = kit.chromium.notifications.all.length;
    await kit.chromium.clickMenu('cancel-qr-code', id);
    const counting = await kit.chromium.waitForPopup();
    await waitForText(counting, /Starts in \d+ s/);
    expect(kit.patches()).toEqual([]);
    const notified = await kit.chromium.notifications.waitFor('QR code cancelled', { from, timeout: 30_000 });
    expect(notified.message).toContain(id);
    expect(kit.patches(id)).toHaveLength(1);
    await kit.closePages();

    from = kit.chromium.notifications.all.length;
    await kit.chromium.clickMenu('cancel-qr-code', id);
    await kit.chromium.notifications.waitFor('QR code was already cancelled', { from });
    expect(kit.patches(id)).toHaveLength(1);

    await kit.withOptions(async (options) => {
      await enterAccount(options, kit.sandbox, { name: 'Real shop', environment: 'LIVE' });
      await useAccount(options, 'Real shop');
    });
    const liveId = String(
      kit.sandbox.qrCodes.all('LIVE').find(({ status }) => status === 'ACTIVE')?.qrCodeId,
    );
    await kit.chromium.clickMenu('cancel-qr-code', liveId);
    const popup = await kit.chromium.waitForPopup();
    const dialog = await textOf(popup, 'alertdialog', 'Cancel this QR code?');
    expect(dialog).toContain('LIVE');
    expect(dialog).toContain('What you cancel stops taking real payments.');
    expect(kit.patches(liveId)).toEqual([]);
  });
});

describe('no account yet', () => {
  it('opens the settings', async () => {
    const empty = await openChromiumFixture({ account: false });
    try {
      const popup = await empty.openPopup();
      await byRole(popup, 'heading', 'Add your EnKash account');
      expect(await hasRole(popup, 'textbox', 'QR code ID')).toBe(false);
      await clickRole(popup, 'button', 'Open settings');
      const options = await empty.chromium.waitForPage('options.html');
      await byRole(options, 'textbox', 'Account name');
    } finally {
      await empty.close();
    }
  });
});
