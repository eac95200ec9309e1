import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterAccount, enterId, useAccount } from '../support/operator.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('accounts', () => {
  it('have their connection checked by reads only, before they are saved', async () => {
    const options = await kit.chromium.openPage('options.html');
    const { accessKey, secretKey } = kit.sandbox.merchants.UAT;
    await typeInto(options, 'Account name', 'Trial');
    await typeInto(options, 'Access key', accessKey);
    await typeInto(options, 'Secret key', 'SANDBOX-WRONG-KEY');
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'EnKash did not accept the keys of Trial (UAT).');
    await typeInto(options, 'Secret key', secretKey);
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'Connection works. EnKash accepted the keys for UAT.');
    expect(await hasRole(options, 'radio', 'Use Trial')).toBe(false);
    expect(kit.sandbox.requests.all().map(({ operation }) => operation)).toEqual([
      'token',
      'token',
      'get',
      'search',
    ]);
  });

  it('show missing fields and save nothing', async () => {
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'button', 'Save account');
    for (const text of ['Enter a name for the account.', 'Enter the access key.', 'Enter the secret key.'])
      await waitForText(options, text);
  });

  it('can be edited without their keys, never show them, and are removed with them', async () => {
    const options = await kit.chromium.openPage('options.html');
    await enterAccount(options, kit.sandbox, { name: 'Old name', withToken: true });
    await clickRole(options, 'button', 'Edit Old name');
    const shown = await options.$$eval('input', (inputs) => inputs.map((input) => input.value));
    for (const secret of Object.values(kit.sandbox.merchants.UAT).slice(1))
      expect(shown).not.toContain(secret);
    await typeInto(options, 'Account name', 'New name');
    await clickRole(options, 'button', 'Save account');
    await waitForText(options, 'Account New name saved.');
    await useAccount(options, 'New name');

    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    expect(kit.sandbox.requests.of('token')).toEqual([]);

    await options.bringToFront();
    await clickRole(options, 'button', 'Remove New name');
    await byRole(options, 'alertdialog', 'Remove New name?');
    await options.keyboard.press('Escape');
    await waitUntilGone(options, 'alertdialog');
    await byRole(options, 'radio', 'Use New name');
    await clickRole(options, 'button', 'Remove New name');
    await byRole(options, 'alertdialog', 'Remove New name?');
    await options.evaluate(() => (document.querySelector('dialog .danger-fill') as HTMLElement).click());
    await waitForText(options, 'Account New name removed.');
    await waitUntilGone(options, 'radio', 'Use New name');
  });
});

describe('data', () => {
  it('can be exported, erased after a confirmation, and deleted completely', async () => {
    const id = kit.nextId();
    kit.sandbox.qrCodes.put('UAT', { qrCodeId: id, qrName: '=HYPERLINK("http://x")' });
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, /Active\. /);
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'button', 'Export history');
    const { text } = await waitForDownload(kit.chromium.downloadDir, /qr-cancel-history.*\.csv$/);
    expect(text).toContain(id);
    expect(text).toContain(`'=HYPERLINK`);
    for (const secret of Object.values(kit.sandbox.merchants.UAT).slice(1))
      expect(text).not.toContain(secret);

    await clickRole(options, 'button', 'Erase history');
    await byRole(options, 'alertdialog', 'Erase the history?');
    await options.evaluate(() => (document.querySelector('dialog .danger-fill') as HTMLElement).click());
    await waitForText(options, 'History erased.');
    const workbench = await kit.chromium.openPage('workbench.html#history');
    await waitForText(workbench, /Older rows were erased here by an operator: \d+ in all/);
    expect(await workbench.evaluate(() => document.body.innerText)).not.toContain(id);

    await options.bringToFront();
    await clickRole(options, 'button', 'Delete everything');
    expect(await textOf(options, 'alertdialog', 'Delete everything?')).toContain('revoke the keys there too');
    await options.evaluate(() => (document.querySelector('dialog .danger-fill') as HTMLElement).click());
    await waitForText(options, 'Everything was deleted.');
    const again = await kit.openPopup();
    await byRole(again, 'heading', 'Add your EnKash account');
  });
});
