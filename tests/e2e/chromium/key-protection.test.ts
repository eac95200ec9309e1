import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, hasRole, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { expectAccountWorks, PASSPHRASE, WRONG } from '../support/lock-steps.ts';
import { enterAccount, useAccount } from '../support/operator.ts';
import { choosePassphrase, readArea, removePassphrase } from '../support/vault-steps.ts';

const NOT_RIGHT = 'This passphrase is not right. Nothing was lost; try again.';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('the protection of the keys', () => {
  it('keeps accounts working when a passphrase is set, changed and removed', async () => {
    await kit.withOptions((options) => choosePassphrase(options, WRONG));
    await expectAccountWorks(kit);
    await kit.withOptions((options) => choosePassphrase(options, PASSPHRASE, WRONG));
    await expectAccountWorks(kit);
    await kit.withOptions(async (options) => {
      await typeInto(options, 'Current passphrase', WRONG);
      await clickRole(options, 'button', 'Remove passphrase');
      await waitForText(options, NOT_RIGHT);
      await removePassphrase(options, PASSPHRASE);
    });
    await expectAccountWorks(kit);
    const popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    expect(await hasRole(popup, 'button', 'Lock')).toBe(false);
  });

  it('sets no passphrase if the two differ or are too short', async () => {
    const before = await readArea(kit.chromium, 'local');
    const options = await kit.chromium.openPage('options.html');
    await typeInto(options, 'New passphrase', 'elevenchars');
    await typeInto(options, 'Repeat passphrase', 'elevenchars');
    await clickRole(options, 'button', 'Set passphrase');
    await waitForText(options, /At least 12 characters\.$/m);
    await typeInto(options, 'New passphrase', PASSPHRASE);
    await clickRole(options, 'button', 'Set passphrase');
    await waitForText(options, 'The two are not the same.');
    expect(await readArea(kit.chromium, 'local')).toEqual(before);
  });

  it('on this device: the account works after a restart', async () => {
    await kit.chromium.restart();
    const options = await kit.chromium.openPage('options.html');
    const device = await byRole(options, 'radio', 'Remember keys on this device');
    expect(await device.evaluate((radio) => (radio as HTMLInputElement).checked)).toBe(true);
    await options.close();
    await expectAccountWorks(kit);
  });

  it('for this session only: keys are not on disk, and must be entered again after a restart', async () => {
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'radio', 'Keep keys only until the browser is closed');
    await waitForText(options, 'Nothing is written to disk.');
    await waitForText(options, 'Changed.');
    expect(Object.keys(await readArea(kit.chromium, 'local'))).not.toContain('vault');
    await options.evaluate(() => {
      const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
      const written: string[] = [];
      Object.assign(globalThis, { written });
      api.storage.onChanged.addListener((changes, area) => {
        if (area === 'local') written.push(...Object.keys(changes));
      });
    });
    await enterAccount(options, kit.sandbox, { name: 'Passing', withToken: true });
    await useAccount(options, 'Passing');
    await expectAccountWorks(kit);
    const written = await options.evaluate(() => (globalThis as unknown as { written: string[] }).written);
    expect(written).toContain('accounts');
    expect(written.filter((key) => key.startsWith('vault'))).toEqual([]);

    await kit.chromium.restart();
    const popup = await kit.openPopup();
    await byRole(popup, 'heading', 'Enter the keys again');
    await waitForText(popup, 'The keys of Passing are not in this browser');
    expect(
      Object.keys(await readArea(kit.chromium, 'local')).filter((key) => key.startsWith('vault')),
    ).toEqual([]);
  });

  it('with a passphrase: the keys can be entered again', async () => {
    await kit.withOptions(async (options) => {
      for (const name of ['Passing', 'Main counter']) {
        await clickRole(options, 'button', `Remove ${name}`);
        await byRole(options, 'alertdialog', `Remove ${name}?`);
        await options.evaluate(() => (document.querySelector('dialog .danger-fill') as HTMLElement).click());
        await waitForText(options, `Account ${name} removed.`);
      }
      await enterAccount(options, kit.sandbox, { name: 'Main counter' });
      await choosePassphrase(options, PASSPHRASE);
    });
    await expectAccountWorks(kit);
  });
});
