import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterId, seedAccount, useAccount } from '../support/operator.ts';
import { readArea } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
  await kit.withOptions((options) =>
    seedAccount(options, kit.sandbox, { name: 'Real shop', environment: 'LIVE' }),
  );
  await kit.withOptions((options) => useAccount(options, 'Main counter'));
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('two accounts', () => {
  const ACCOUNT_IN_USE = 'Account in use';

  async function choose(popup: Page, optionText: string): Promise<void> {
    const select = await byRole(popup, 'combobox', ACCOUNT_IN_USE);
    await select.evaluate((element, text) => {
      const options = [...(element as HTMLSelectElement).options];
      (element as HTMLSelectElement).value =
        options.find(({ text: optionLabel }) => optionLabel === text)?.value ?? '';
      element.dispatchEvent(new Event('change', { bubbles: true }));
    }, optionText);
  }

  const headerText = (popup: Page) => popup.$eval('header', (header) => header.innerText);

  it('can be switched in the popup, which names the environment', async () => {
    const popup = await kit.openPopup();
    await byRole(popup, 'combobox', ACCOUNT_IN_USE);
    expect(await popup.$$eval('header select option', (all) => all.map(({ text }) => text))).toEqual([
      'Main counter (UAT)',
      'Real shop (LIVE)',
    ]);
    expect(await popup.$eval('header .badge', (badge) => badge.textContent)).toBe('UAT');
    await choose(popup, 'Real shop (LIVE)');
    await expect.poll(() => popup.$eval('header .badge', (badge) => badge.textContent)).toBe('LIVE');
    const [code] = kit.sandbox.qrCodes.all('LIVE').filter(({ status }) => status === 'ACTIVE');
    await enterId(popup, String(code?.qrCodeId), 'Check status');
    await waitForText(popup, /Active\. /);
    expect(new Set(kit.sandbox.requests.all().map(({ environment }) => environment))).toEqual(
      new Set(['LIVE']),
    );
    await choose(popup, 'Main counter (UAT)');
    await expect.poll(() => popup.$eval('header .badge', (badge) => badge.textContent)).toBe('UAT');
    expect(await headerText(popup)).toContain('UAT');
  });

  it('are switched in all open pages', async () => {
    const popup = await kit.openPopup();
    const workbench = await kit.chromium.openPage('workbench.html#bulk');
    const inUse = (page: Page) => page.$eval('header .badge', (badge) => badge.textContent);
    await byRole(workbench, 'textbox', 'QR code IDs');
    await popup.bringToFront();
    await choose(popup, 'Real shop (LIVE)');
    await expect.poll(() => inUse(workbench)).toBe('LIVE');
    await choose(popup, 'Main counter (UAT)');
    await expect.poll(() => inUse(workbench)).toBe('UAT');
  });

  it('keep an open confirmation on its account if another one is selected', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    const options = await kit.chromium.openPage('options.html');
    await useAccount(options, 'Real shop');
    await expect
      .poll(async () => {
        const { accounts } = await readArea(kit.chromium, 'local');
        const book = accounts as { currentId: string; accounts: { id: string; name: string }[] };
        return book.accounts.find((account) => account.id === book.currentId)?.name;
      })
      .toBe('Real shop');
    await popup.bringToFront();
    expect(await textOf(popup, 'alertdialog', 'Cancel this QR code?')).toContain('Main counter');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    await waitForText(popup, `${id} · Main counter · UAT`);
    expect(kit.patches(id).map(({ environment }) => environment)).toEqual(['UAT']);
    expect(kit.sandbox.requests.all().some(({ environment }) => environment === 'LIVE')).toBe(false);
    await waitUntilGone(popup, 'alertdialog');
  });
});
