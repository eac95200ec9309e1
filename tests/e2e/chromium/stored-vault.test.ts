import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { hasRole, textOf, waitForText } from '../../harness/find.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { ensureUnlocked, expectAccountWorks, PASSPHRASE, waitForKeyExpiry } from '../support/lock-steps.ts';
import { enterAccount, enterId } from '../support/operator.ts';
import { readArea, type Stored, writeArea } from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('A31 a changed record in storage', () => {
  beforeEach(() => ensureUnlocked(kit));

  interface Vault {
    version: number;
    protection: { kind: string; wrappedKey: string };
    secrets: Record<string, Stored>;
  }
  const DAMAGED = 'The stored keys are damaged. They were left as they are, and nothing was sent.';
  const NEWER = 'The stored keys come from a newer version of this extension.';
  const WEAKENED = 'The stored keys are protected in a way this extension does not accept';

  const readVault = async () => (await readArea(kit.chromium, 'local')).vault as Vault;

  function withSealedKey(vault: Vault, wrappedKey: string): Vault {
    return { ...vault, protection: { ...vault.protection, wrappedKey } };
  }

  /** Sets one iteration of PBKDF2, as an attacker would to try passphrases quickly. */
  function weaken(vault: Vault): Vault {
    const [header = '', ...rest] = vault.protection.wrappedKey.split('.');
    const fields = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
    const weak = Buffer.from(JSON.stringify({ ...fields, p2c: 1 })).toString('base64url');
    return withSealedKey(vault, [weak, ...rest].join('.'));
  }

  /** Sends all messages that use the vault. */
  async function askForEverything(page: Page): Promise<void> {
    const { accounts } = (await readArea(kit.chromium, 'local')).accounts as { accounts: { id: string }[] };
    await page.evaluate(
      async (accountIds, passphrase) => {
        const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
        const ask = (name: string, request: object) => api.runtime.sendMessage({ name, request });
        await ask('unlock', { passphrase });
        for (const accountId of accountIds) {
          const qrCodeId = 'QRC0000000000000000';
          await ask('getQrCode', { accountId, qrCodeId });
          await ask('checkStatus', { accountId, qrCodeId, startedBy: 'popup' });
          await ask('cancelQrCode', { accountId, qrCodeId, startedBy: 'popup' });
          const draft = {
            id: accountId,
            name: `Account ${accountId}`,
            environment: 'UAT',
            colour: 'blue',
            authMethod: 'secret-key',
            accessKey: '',
            secret: '',
          };
          await ask('checkConnection', { draft, checkId: 'a' });
          await ask('saveAccount', draft);
        }
        for (const kind of ['device', 'session'])
          await ask('setProtection', { target: { kind }, presentPassphrase: passphrase });
      },
      accounts.map(({ id }) => id),
      PASSPHRASE,
    );
  }

  it.each<[string, string, (vault: Vault) => unknown]>([
    ['a text', DAMAGED, () => 'not a vault'],
    ['with no secrets', DAMAGED, ({ secrets: _, ...rest }) => rest],
    [
      'with a cut-off key',
      DAMAGED,
      (vault) => withSealedKey(vault, vault.protection.wrappedKey.slice(0, 40)),
    ],
    ['older than the first version', DAMAGED, (vault) => ({ ...vault, version: 0 })],
    ['of a newer version', NEWER, (vault) => ({ ...vault, version: 2, more: true })],
    ['weakened', WEAKENED, weaken],
  ])('%s: is reported, not used, and not changed', async (_, message, edit) => {
    const good = await readVault();
    await waitForKeyExpiry();
    await writeArea(kit.chromium, 'local', { vault: edit(good) });
    const asStored = JSON.stringify(await readVault());
    const popup = await kit.openPopup();
    expect(await textOf(popup, 'alert')).toContain(message);
    expect(await hasRole(popup, 'textbox')).toBe(false);
    await askForEverything(popup);
    const options = await kit.chromium.openPage('options.html');
    await waitForText(options, message);
    expect(JSON.stringify(await readVault())).toBe(asStored);
    expect(kit.sandbox.requests.all()).toEqual([]);
    await writeArea(kit.chromium, 'local', { vault: good });
    await kit.closePages();
    await expectAccountWorks(kit);
  });

  it('swapped between two accounts, or moved to the other environment: is refused and not changed', async () => {
    await kit.withOptions((options) =>
      enterAccount(options, kit.sandbox, { name: 'Real shop', environment: 'LIVE' }),
    );
    const good = await readArea(kit.chromium, 'local');
    const vault = good.vault as Vault;
    const book = good.accounts as { accounts: { id: string; environment: string }[] };
    const [uat, live] = book.accounts.map(({ id }) => id);
    if (!uat || !live) throw new Error('There are not two accounts');

    async function expectRefused(account: string): Promise<void> {
      const asStored = JSON.stringify(await readVault());
      const popup = await kit.openPopup();
      await enterId(popup, kit.nextId(), 'Check status');
      await waitForText(
        popup,
        `The stored keys of ${account} could not be opened. They were left as they are.`,
      );
      await clickRole(popup, 'button', 'Cancel QR code…');
      await waitForText(
        popup,
        `The stored keys of ${account} could not be opened. They were left as they are.`,
      );
      expect(await hasRole(popup, 'alertdialog')).toBe(false);
      await popup.close();
      expect(JSON.stringify(await readVault())).toBe(asStored);
      expect(kit.sandbox.requests.all()).toEqual([]);
    }

    const { [uat]: ofUat, [live]: ofLive } = vault.secrets;
    const swapped = { ...vault, secrets: { [uat]: ofLive, [live]: ofUat } };
    await writeArea(kit.chromium, 'local', { vault: swapped });
    await expectRefused('Main counter (UAT)');
    await writeArea(kit.chromium, 'local', { vault });

    const moved = book.accounts.map((account) => ({ ...account, environment: 'LIVE' }));
    await writeArea(kit.chromium, 'local', { accounts: { ...book, accounts: moved } });
    await expectRefused('Main counter (LIVE)');
    await writeArea(kit.chromium, 'local', { accounts: book });
    await expectAccountWorks(kit);
  });
});
