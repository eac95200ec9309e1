import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { confirmCancel, enterAccount, enterId } from '../support/operator.ts';
import {
  choosePassphrase,
  dispatchInWorker,
  readArea,
  removePassphrase,
  type Stored,
  tryPassphrase,
  writeArea,
} from '../support/vault-steps.ts';

const PASSPHRASE = 'correct horse battery staple';
const WRONG = 'incorrect horse battery staple';
const NOT_RIGHT = 'This passphrase is not right. Nothing was lost; try again.';
const TOO_SOON = /Too many wrong tries\. Try again after \d/;
const HOUR_MS = 3_600_000;

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

/** Waits for the second for which keys that were opened are held, so that the next call opens them anew. */
const letGoOfKeys = () => sleep(1_000);

async function expectAccountWorks(): Promise<void> {
  const id = kit.nextId();
  const popup = await kit.openPopup();
  await enterId(popup, id, 'Check status');
  await waitForText(popup, /Active\. /);
  expect(kit.callsFor(id)).toEqual(['GET 200']);
  await popup.close();
}

async function openLockedPopup(): Promise<Page> {
  const popup = await kit.openPopup();
  await byRole(popup, 'heading', 'Locked');
  return popup;
}

async function unlockInPopup(): Promise<void> {
  const popup = await openLockedPopup();
  await tryPassphrase(popup, PASSPHRASE);
  await byRole(popup, 'textbox', 'QR code ID');
  await popup.close();
}

/** The vault's keys in memory as far as the browser can tell: the data key, and the tokens fetched with its keys. */
async function keysInMemory(): Promise<unknown[]> {
  const { unlocked, ...others } = await readArea(kit.chromium, 'session');
  const tokens = Object.entries(others)
    .filter(([name]) => name.startsWith('gateway:'))
    .map(([, memory]) => (memory as { token?: unknown }).token);
  return [unlocked, ...tokens].filter((key) => key !== undefined);
}

async function expectNoKeysInMemory(): Promise<void> {
  await expect.poll(keysInMemory).toEqual([]);
}

/** Whatever an earlier test left: an account, under the passphrase, open. */
async function openUnderPassphrase(): Promise<void> {
  const { vault, accounts } = await readArea(kit.chromium, 'local');
  const { unlocked } = await readArea(kit.chromium, 'session');
  const { protection } = (vault ?? {}) as { protection?: { kind: string } };
  if (protection?.kind !== 'passphrase') {
    await kit.withOptions(async (options) => {
      if (!accounts) await enterAccount(options, kit.sandbox, { name: 'Main counter' });
      await choosePassphrase(options, PASSPHRASE);
    });
  } else if (!unlocked) {
    await setFailedTries(() => ({ count: 0, lastAt: 0 }));
    await unlockInPopup();
  }
}

async function setFailedTries(edit: (tries: { count: number; lastAt: number }) => object): Promise<void> {
  const { 'failed-unlocks': tries } = await readArea(kit.chromium, 'local');
  await writeArea(kit.chromium, 'local', {
    'failed-unlocks': edit(tries as { count: number; lastAt: number }),
  });
}

describe('the protection of the keys', () => {
  it('accounts keep working when a passphrase is set, changed and removed', async () => {
    await kit.withOptions((options) => choosePassphrase(options, WRONG));
    await expectAccountWorks();
    await kit.withOptions((options) => choosePassphrase(options, PASSPHRASE, WRONG));
    await expectAccountWorks();
    await kit.withOptions(async (options) => {
      await typeInto(options, 'Present passphrase', WRONG);
      await clickRole(options, 'button', 'Remove passphrase');
      await waitForText(options, NOT_RIGHT);
      await removePassphrase(options, PASSPHRASE);
    });
    await expectAccountWorks();
    const popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    expect(await hasRole(popup, 'button', 'Lock')).toBe(false);
  });

  it('two that differ, and one that is short, set nothing', async () => {
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

  it('remembered on this device: the account works after a restart', async () => {
    await kit.chromium.restart();
    const options = await kit.chromium.openPage('options.html');
    const device = await byRole(options, 'radio', 'Remember keys on this device');
    expect(await device.evaluate((radio) => (radio as HTMLInputElement).checked)).toBe(true);
    await options.close();
    await expectAccountWorks();
  });

  it('kept for this session only: on no disk from then on, and entered again after a restart', async () => {
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'radio', 'Keep keys for this browser session only');
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
    await clickRole(options, 'radio', 'Use Passing');
    await expectAccountWorks();
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

  it('entered again, under a passphrase', async () => {
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
    await expectAccountWorks();
  });
});

describe('A32 nothing usable once it is locked', () => {
  beforeEach(openUnderPassphrase);

  /** Asks for a check as a page does that has not heard of the lock. */
  async function sendCheck(popup: Page, qrCodeId: string): Promise<unknown> {
    const { accounts } = await readArea(kit.chromium, 'local');
    const request = {
      accountId: (accounts as { currentId: string }).currentId,
      qrCodeId,
      startedBy: 'popup',
    };
    return popup.evaluate(
      (message) => {
        const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
        return api.runtime.sendMessage(message);
      },
      { name: 'checkStatus', request },
    );
  }

  /** Looks at everything that must be so in a popup that was open when the vault was locked. */
  async function expectLocked(popup: Page, id: string): Promise<void> {
    kit.sandbox.requests.clear();
    await byRole(popup, 'textbox', 'Passphrase');
    const answer = await sendCheck(popup, id);
    expect(answer).toMatchObject({ result: { kind: 'not-sent', reason: 'locked' } });
    expect(kit.sandbox.requests.all()).toEqual([]);
    await expectNoKeysInMemory();
    await tryPassphrase(popup, PASSPHRASE);
    expect(await textOf(popup, 'textbox', 'QR code ID')).toBe(id);
    await clickRole(popup, 'button', 'Check status');
    await waitForText(popup, /Active\. /);
  }

  /** A popup with something typed in it, and a token fetched so that there is one to forget. */
  async function openTypedPopup(): Promise<{ popup: Page; id: string }> {
    await expectAccountWorks();
    expect(await keysInMemory()).toHaveLength(2);
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
    expect(await keysInMemory()).toHaveLength(2);
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    await expectLocked(popup, id);
  });

  async function passDeadline(): Promise<void> {
    await letGoOfKeys();
    const { unlocked } = await readArea(kit.chromium, 'session');
    const { lastUsedAt, ...key } = unlocked as { lastUsedAt: number };
    await writeArea(kit.chromium, 'session', { unlocked: { ...key, lastUsedAt: lastUsedAt - 61_000 } });
  }

  it('by the time without use that was chosen: at the next check, with no alarm needed', async () => {
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
    await passDeadline();
    kit.sandbox.requests.clear();
    await clickRole(popup, 'button', 'Check status');
    await byRole(popup, 'textbox', 'Passphrase');
    expect(kit.sandbox.requests.all()).toEqual([]);
    expect((await readArea(kit.chromium, 'session')).unlocked).toBeUndefined();
    // Tokens are of no use without the keys; they go with the next look at the clock.
    await dispatchInWorker(kit.chromium, 'alarms', 'onAlarm', { name: 'auto-lock' });
    await expectLocked(popup, id);
  });

  it('by that time: at the alarm, with nobody asking', async () => {
    const { popup, id } = await openTypedPopup();
    await dispatchInWorker(kit.chromium, 'alarms', 'onAlarm', { name: 'auto-lock' });
    expect(await keysInMemory()).toHaveLength(2);
    await passDeadline();
    await dispatchInWorker(kit.chromium, 'alarms', 'onAlarm', { name: 'auto-lock' });
    await expectNoKeysInMemory();
    await expectLocked(popup, id);
  });

  it('by closing the browser', async () => {
    await expectAccountWorks();
    await kit.closePages();
    await kit.chromium.restart();
    await expectNoKeysInMemory();
    await unlockInPopup();
    await expectAccountWorks();
  });

  it('a cancel that was confirmed after the lock is not sent', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    await passDeadline();
    await clickRole(popup, 'button', 'Cancel QR code');
    await byRole(popup, 'textbox', 'Passphrase');
    expect(kit.patches(id)).toEqual([]);
    await tryPassphrase(popup, PASSPHRASE);
    await expectAccountWorks();
  });

  it('a right-click action waits for the passphrase, then asks its question', async () => {
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

describe('A30 a wrong passphrase', () => {
  beforeEach(openUnderPassphrase);

  async function lock(): Promise<Page> {
    const popup = await kit.openPopup();
    await clickRole(popup, 'button', 'Lock');
    await byRole(popup, 'button', 'Unlock');
    return popup;
  }

  async function failThrice(popup: Page): Promise<void> {
    for (let count = 1; count <= 3; count += 1) {
      await tryPassphrase(popup, WRONG);
      await waitForText(popup, NOT_RIGHT);
      await expect
        .poll(async () => (await readArea(kit.chromium, 'local'))['failed-unlocks'])
        .toMatchObject({ count });
    }
  }

  it('is told thrice, then has to wait; the right one opens after that, and nothing was lost', async () => {
    const popup = await lock();
    const { vault } = await readArea(kit.chromium, 'local');
    await failThrice(popup);
    await tryPassphrase(popup, PASSPHRASE);
    await waitForText(popup, TOO_SOON);
    expect(await hasRole(popup, 'textbox', 'QR code ID')).toBe(false);
    await until('the delay to be over', async () => {
      if (await hasRole(popup, 'textbox', 'Passphrase')) await tryPassphrase(popup, PASSPHRASE);
      return hasRole(popup, 'textbox', 'QR code ID');
    });
    expect(JSON.stringify((await readArea(kit.chromium, 'local')).vault)).toBe(JSON.stringify(vault));
    expect(kit.sandbox.requests.all()).toEqual([]);
    await expectAccountWorks();
  });

  it('still has to wait after a restart', async () => {
    await failThrice(await lock());
    // A longer delay than the restart takes, in place of hurrying.
    await setFailedTries(({ lastAt }) => ({ count: 9, lastAt }));
    await kit.chromium.restart();
    const popup = await openLockedPopup();
    await tryPassphrase(popup, PASSPHRASE);
    await waitForText(popup, TOO_SOON);
    await setFailedTries(({ count, lastAt }) => ({ count, lastAt: lastAt - HOUR_MS }));
    await tryPassphrase(popup, PASSPHRASE);
    await byRole(popup, 'textbox', 'QR code ID');
    await popup.close();
    await expectAccountWorks();
  });
});

describe('A31 a stored record that is not as it was written', () => {
  beforeEach(openUnderPassphrase);

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

  /** One round of PBKDF2 instead of many, as somebody would have it who wants to see a passphrase tried cheaply. */
  function weaken(vault: Vault): Vault {
    const [header = '', ...rest] = vault.protection.wrappedKey.split('.');
    const fields = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
    const weak = Buffer.from(JSON.stringify({ ...fields, p2c: 1 })).toString('base64url');
    return withSealedKey(vault, [weak, ...rest].join('.'));
  }

  /** Everything our pages could ask the worker for with such a record in place. */
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
  ])('%s: said, not used, not touched', async (_, message, edit) => {
    const good = await readVault();
    await letGoOfKeys();
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
    await expectAccountWorks();
  });

  it('swapped between two accounts, or moved to the other environment: refused, not touched', async () => {
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
    await expectAccountWorks();
  });
});

describe('two accounts', () => {
  beforeEach(openUnderPassphrase);

  const ACCOUNT_IN_USE = 'Account in use';

  async function choose(popup: Page, optionText: string): Promise<void> {
    const select = await byRole(popup, 'combobox', ACCOUNT_IN_USE);
    await select.evaluate((element, text) => {
      const options = [...(element as HTMLSelectElement).options];
      (element as HTMLSelectElement).value = options.find(({ text: shown }) => shown === text)?.value ?? '';
      element.dispatchEvent(new Event('change', { bubbles: true }));
    }, optionText);
  }

  const headerText = (popup: Page) => popup.$eval('header', (header) => header.innerText);

  it('are switched in the popup, and the environment is said in words', async () => {
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

  it('are switched for every page that is open', async () => {
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

  it('a question that is open is pinned to its account, whichever comes into use meanwhile', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Cancel QR code…');
    await byRole(popup, 'alertdialog', 'Cancel this QR code?');
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'radio', 'Use Real shop');
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
