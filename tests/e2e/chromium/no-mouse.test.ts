import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { eachOnce, patchCounts, putCodes, slowDown } from '../support/bulk-codes.ts';
import {
  openBulkTab,
  putBulkAway,
  waitForPatches,
  waitForReport,
  waitForSummary,
} from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { Keyboard, listen } from '../support/keyboard.ts';
import { openSearchTab } from '../support/search-steps.ts';

const PASSPHRASE = 'correct horse battery staple';
/** Reading and cancelling thousands of codes takes long on a small machine. */
const BULK = { timeout: 120_000 };

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture({ account: false });
});
afterAll(() => kit?.close());
afterEach(() => putBulkAway(kit));

describe('without a mouse', () => {
  it('completes the first run with at most 5 fields', async () => {
    const { accessKey, secretKey } = kit.sandbox.merchants.UAT;
    const popup = await kit.openPopup();
    const inPopup = new Keyboard(popup);
    await byRole(popup, 'button', 'Open settings');
    await inPopup.tabTo('Open settings');
    await popup.close();

    const options = await kit.chromium.openPage('options.html');
    const keyboard = new Keyboard(options);
    await byRole(options, 'button', 'Save account');
    const fields = { 'Account name': 'Main counter', 'Access key': accessKey, 'Secret key': secretKey };
    for (const [name, text] of Object.entries(fields)) {
      await keyboard.tabTo(name);
      if (name === 'Secret key') {
        // The radio button of the sign-in method has the same name, and comes before the field.
        await keyboard.tabTo(name);
      }
      await keyboard.paste(text);
    }
    await keyboard.press('Enter');
    await waitForText(options, 'Account Main counter saved.');
    expect(Object.keys(fields).length).toBeLessThanOrEqual(5);
    await keyboard.expectFocus();
  });

  it('checks a code with at most 3 keys', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    const announcements = await listen(popup);
    const keyboard = new Keyboard(popup);
    await keyboard.paste(id);
    await keyboard.press('Enter');
    await byRole(popup, 'region', 'QR code details');
    expect(keyboard.keys).toBeLessThanOrEqual(3);
    expect(kit.callsFor(id)).toEqual(['GET 200']);
    expect(await announcements()).toEqual([await textOf(popup, 'status')]);

    await keyboard.tabTo(new RegExp(id));
    await keyboard.press('Enter');
    await expect.poll(() => kit.callsFor(id)).toEqual(['GET 200', 'GET 200']);
    await keyboard.expectFocus();
  });

  /** Opens the confirmation of a cancel. */
  async function askInPopup() {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    const keyboard = new Keyboard(popup);
    await keyboard.paste(id);
    await keyboard.tabTo('Cancel QR code…');
    await keyboard.press('Enter');
    await keyboard.waitForFocus('Keep active');
    return { id, popup, keyboard };
  }

  it('cancels a code with at most 7 keys, announces it once, and returns the focus', async () => {
    const { id, popup, keyboard } = await askInPopup();
    const announcements = await listen(popup);
    await keyboard.tabTo('Cancel QR code');
    await keyboard.press('Enter');
    await waitForText(popup, 'EnKash confirmed it.');
    await waitUntilGone(popup, 'alertdialog');
    expect(keyboard.keys).toBeLessThanOrEqual(7);
    expect(kit.patches(id)).toHaveLength(1);
    expect(await announcements()).toEqual(['Cancelled. No longer accepts payments.']);
    await keyboard.waitForFocus('Cancel QR code…');
  });

  it('abandons a cancel with Esc, and sends nothing', async () => {
    const { popup, keyboard } = await askInPopup();
    // The dialog traps the focus.
    await keyboard.tabTo('Cancel QR code');
    await keyboard.tabTo('Keep active', { back: true });
    await keyboard.press('Escape');
    await waitUntilGone(popup, 'alertdialog');
    await keyboard.waitForFocus('Cancel QR code…');
    expect(kit.patches()).toEqual([]);
  });

  it(
    'a list of 3,000: at most 5 steps, and its progress is spoken every tenth of the way',
    async () => {
      const ids = putCodes(kit, 3_000);
      const page = await openBulkTab(kit);
      const keyboard = new Keyboard(page);
      const steps: string[] = [];
      await keyboard.waitForFocus('QR code IDs');
      await keyboard.paste(ids.join('\n'));
      steps.push('paste');
      await keyboard.tabTo('Review IDs');
      await keyboard.press('Enter');
      steps.push('review');
      await waitForSummary(page, '3,000 will be cancelled', BULK);
      await keyboard.tabTo('Cancel 3,000 QR codes…');
      await keyboard.press('Enter');
      steps.push('ask');
      await keyboard.waitForFocus('Keep active');
      await keyboard.tabTo('Type CANCEL 3000 to confirm', { back: true });
      await keyboard.paste('CANCEL 3000');
      steps.push('type');
      await keyboard.tabTo('Cancel 3,000 QR codes');
      const announcements = await listen(page);
      await keyboard.press('Enter');
      steps.push('confirm');
      await waitForText(page, 'Bulk cancel finished', BULK);
      await waitForReport(page, '3,000 cancelled');
      await keyboard.expectFocus();
      expect(steps.length).toBeLessThanOrEqual(5);
      expect(patchCounts(kit, ids)).toEqual(eachOnce(ids));

      const all = await announcements();
      const tenths = all
        .flatMap((text) => /^Cancelling QR codes: (\d+) %$/.exec(text)?.[1] ?? [])
        .map(Number);
      expect(tenths.length).toBeGreaterThan(0);
      expect(tenths).toEqual([...new Set(tenths)].toSorted((one, other) => one - other));
      expect(tenths.filter((percent) => percent % 10 !== 0)).toEqual([]);
      expect(all.filter((text) => text === '3,000 cancelled')).toHaveLength(1);
    },
    2 * BULK.timeout,
  );

  it('pauses, resumes and ends a list', async () => {
    const page = await openBulkTab(kit);
    const keyboard = new Keyboard(page);
    // So many and so slow that they are not all in flight at the pause and at the end.
    slowDown(kit, 1_500);
    await keyboard.waitForFocus('QR code IDs');
    await keyboard.paste(putCodes(kit, 90).join('\n'));
    await keyboard.tabTo('Review IDs');
    await keyboard.press('Enter');
    await waitForSummary(page, '90 will be cancelled');
    await keyboard.tabTo('Cancel 90 QR codes…');
    await keyboard.press('Enter');
    await keyboard.waitForFocus('Keep active');
    await keyboard.tabTo('Type CANCEL 90 to confirm', { back: true });
    await keyboard.paste('CANCEL 90');
    await keyboard.tabTo('Cancel 90 QR codes');
    await keyboard.press('Enter');
    await waitForPatches(kit, 3);
    await keyboard.tabTo('Pause');
    await keyboard.press('Enter');
    await waitForText(page, 'You paused it. Nothing is being sent.');
    await keyboard.waitForFocus('Resume');
    await keyboard.press('Enter');
    await byRole(page, 'button', 'Pause');
    await keyboard.tabTo('Stop for good');
    await keyboard.press('Enter');
    await waitForText(page, 'Bulk cancel stopped early');
    await keyboard.expectFocus();
    await keyboard.tabTo('New list');
    await keyboard.press('Enter');
    await keyboard.waitForFocus('QR code IDs');
  });

  it('searches, selects, opens one code, and starts the review', async () => {
    const page = await openSearchTab(kit, '?status=ACTIVE');
    const keyboard = new Keyboard(page);
    await waitForSummary(page, /QR codes found\.$/);
    await keyboard.tabTo('Search QR codes');
    await keyboard.press('Enter');
    await waitForSummary(page, /QR codes found\.$/);
    await keyboard.tabTo('Search results');
    for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Space'] as const) await keyboard.press(key);
    await waitForText(page, '2 selected');
    await keyboard.press('Enter');
    await byRole(page, 'region', 'QR code details');
    await keyboard.press('Escape');
    await waitUntilGone(page, 'dialog');
    await keyboard.waitForFocus('Search results');
    await keyboard.tabTo('Cancel 2 QR codes…', { back: true });
    await keyboard.press('Enter');
    await waitForSummary(page, '2 will be cancelled');
    await keyboard.expectFocus();
    expect(kit.patches()).toEqual([]);
  });

  it('uses the tabs of the workbench, and the history', async () => {
    const page = await openBulkTab(kit);
    const keyboard = new Keyboard(page);
    await keyboard.waitForFocus('QR code IDs');
    await keyboard.tabTo('Bulk cancel', { back: true });
    for (const name of ['Search', 'History', 'Find', 'Bulk cancel', 'Search', 'History']) {
      await keyboard.press('ArrowRight');
      await keyboard.waitForFocus(name);
    }
  });

  it('uses the settings: a passphrase, the lock, an account edited, kept and removed', async () => {
    const options = await kit.chromium.openPage('options.html');
    const keyboard = new Keyboard(options);
    await byRole(options, 'button', 'Set passphrase');
    await keyboard.tabTo('New passphrase');
    await keyboard.paste(PASSPHRASE);
    await keyboard.press('Tab');
    await keyboard.paste(PASSPHRASE);
    await keyboard.press('Enter');
    await waitForText(options, 'Passphrase set.');
    await keyboard.expectFocus();
    // The list of sections has a link of the same name, after the button.
    await keyboard.tabTo('Getting started', { back: true });
    await keyboard.tabTo('Lock', { back: true });
    await keyboard.press('Enter');
    await keyboard.waitForFocus('Passphrase');
    await keyboard.paste(PASSPHRASE);
    await keyboard.press('Enter');
    await byRole(options, 'button', 'Save account');
    await keyboard.expectFocus();

    await keyboard.tabTo('Edit Main counter');
    await keyboard.press('Enter');
    await byRole(options, 'heading', 'Edit Main counter');
    await keyboard.tabTo('Remove Main counter');
    await keyboard.press('Enter');
    await keyboard.waitForFocus('Keep account');
    await keyboard.press('Escape');
    await waitUntilGone(options, 'alertdialog');
    await keyboard.waitForFocus('Remove Main counter');
    await keyboard.press('Enter');
    await keyboard.waitForFocus('Keep account');
    await keyboard.tabTo('Remove Main counter');
    await keyboard.press('Enter');
    await waitForText(options, 'Account Main counter removed.');
    await keyboard.expectFocus();
  });
});
