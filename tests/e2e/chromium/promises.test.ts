import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { said } from '../../support/said.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { enterId, paste, seedAccount } from '../support/operator.ts';
import { withoutBackground } from '../support/page-states/visit.ts';
import { tell } from '../support/tell.ts';
import {
  choosePassphrase,
  confirmQuestion,
  removePassphrase,
  tryPassphrase,
  writeArea,
} from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

const PASSPHRASE = 'correct horse battery staple';

/** Without the icon that the browser fetches for a page of the gateway's host. */
const allRequests = () => kit.sandbox.requests.all().filter(({ path }) => path !== '/favicon.ico');
/** The status of every code at the gateway. */
const statuses = () =>
  JSON.stringify(kit.sandbox.qrCodes.all('UAT').map(({ qrCodeId, status }) => [qrCodeId, status]));

describe('“Nothing was sent” in the popup', () => {
  it.each<[string, string, ...(string | number)[]]>([
    ['a/b12', 'idBadCharacter', '“/”'],
    ['ab', 'idTooShortOther', 2, 4],
    ['a'.repeat(65), 'idTooLong', 65, 64],
    ['1.23E+15', 'idSpreadsheet'],
    ['Mar-26', 'idSpreadsheetDate'],
    ['1234567890123450000\n1234567890123460000', 'idRounded'],
    ['QR26ABCD-\nEFGHJ7', 'idBroken'],
    ['QR26ABCD... QR26ABCDEFGH', 'idCutOff'],
    ['https://pay.example/', 'idLink'],
    ['nothing in here', 'idNone'],
    ['Name\tRef\nStore\tABC12345', 'idChooseColumn'],
  ])('%j: %s', async (text, key, ...values) => {
    const before = statuses();
    const popup = await kit.openPopup();
    await paste(popup, 'QR code ID', text);
    for (const button of ['Check status', 'Cancel QR code…']) {
      await clickRole(popup, 'button', button);
      expect(await textOf(popup, 'alert')).toContain(said(key, ...values));
    }
    expect(allRequests()).toEqual([]);
    expect(statuses()).toBe(before);
  });

  it('a list that is too large for the popup: listTooLarge', async () => {
    const [first, second] = [kit.nextId(), kit.nextId()];
    const popup = await kit.openPopup();
    await paste(popup, 'QR code ID', `${first}\n${second}\n`);
    await byRole(popup, 'button', 'Review 2 IDs');
    await popup.evaluate(() => {
      const { chrome: api } = globalThis as unknown as { chrome: { runtime: { sendMessage: unknown } } };
      api.runtime.sendMessage = () => Promise.reject(new Error('The message is too large.'));
    });
    await clickRole(popup, 'button', 'Review 2 IDs');
    await waitForText(popup, said('listTooLarge'));
    expect(allRequests()).toEqual([]);
  });
});

describe('“Nothing was sent” in the workbench', () => {
  it('a list that was lost on the way: listLost', async () => {
    await writeArea(kit.chromium, 'session', { 'pending-action:workbench': { at: Date.now() } });
    const page = await kit.chromium.openPage('workbench.html#bulk');
    await waitForText(page, said('listLost'));
    expect(allRequests()).toEqual([]);
  });
});

describe('“Nothing was sent” in a notification', () => {
  const notified = async (key: string, ...values: string[]) => {
    const title =
      { noticeNoPageBody: 'noticeNoPage', noticeTooLargeBody: 'noticeTooLarge' }[key] ?? 'noticeNoId';
    const { message } = await kit.chromium.notifications.waitFor(said(title), { from });
    expect(message).toBe(said(key, ...values));
    expect(allRequests()).toEqual([]);
  };
  let from: number;
  const note = () => {
    from = kit.chromium.notifications.all.length;
  };

  it('a selection without an ID: noticeNoIdBody', async () => {
    note();
    await kit.chromium.clickMenu('cancel-qr-code', 'Thank you for your payment');
    await notified('noticeNoIdBody');
  });

  it('a selection within a word that is no ID: noticePartOfWord', async () => {
    const page = await kit.chromium.browser.newPage();
    // The extension may read pages of EnKash without a click of the operator.
    await page.goto('https://olympus-pg-uat.enkash.in/');
    await page.evaluate(() => {
      document.body.textContent = 'Hello payments';
      getSelection()?.setBaseAndExtent(
        document.body.firstChild as Text,
        6,
        document.body.firstChild as Text,
        9,
      );
    });
    kit.sandbox.requests.clear();
    note();
    await kit.chromium.clickMenu('cancel-qr-code', 'pay', page);
    await notified('noticePartOfWord', 'pay', 'payments');
  });

  it('a shortcut on a page that cannot be read: noticeNoPageBody', async () => {
    note();
    await (await kit.chromium.browser.pages())[0]?.bringToFront();
    await kit.chromium.evaluateInWorker(async () => {
      const { chrome: api } = globalThis as unknown as {
        chrome: {
          commands: { onCommand: { dispatch(...args: unknown[]): void } };
          tabs: { query(filter: object): Promise<unknown[]> };
        };
      };
      const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
      api.commands.onCommand.dispatch('cancel-selected-id', tab);
    });
    await notified('noticeNoPageBody');
  });

  it('a selection that is too large to hand over: noticeTooLargeBody', async () => {
    const ids = [kit.nextId(), kit.nextId()];
    note();
    await kit.chromium.evaluateInWorker(
      async (line: string) => {
        const { chrome: api } = globalThis as unknown as {
          chrome: { contextMenus: { onClicked: { dispatch(...args: unknown[]): void } } };
        };
        const selectionText = line.repeat(Math.ceil(61_000_000 / line.length));
        api.contextMenus.onClicked.dispatch({ menuItemId: 'cancel-qr-code', selectionText, frameId: 0 });
      },
      `${ids.join('\t')}\n`,
    );
    await notified('noticeTooLargeBody');
  });
});

describe('“No QR code was changed by this.”', () => {
  it.each(['popup.html', 'options.html', 'workbench.html#bulk'])(
    '%s without a worker: loadFailedText',
    async (path) => {
      const before = statuses();
      const page = await kit.chromium.openPage(path);
      await withoutBackground(page);
      await page.reload();
      await waitForText(page, said('loadFailedText'));
      expect(allRequests()).toEqual([]);
      expect(statuses()).toBe(before);
    },
  );

  it('a check without an answer of the worker: loadFailedText', async () => {
    const before = statuses();
    const popup = await kit.openPopup();
    await byRole(popup, 'textbox', 'QR code ID');
    await popup.evaluate(() => {
      const { chrome: api } = globalThis as unknown as { chrome: { runtime: { sendMessage: unknown } } };
      api.runtime.sendMessage = () => Promise.reject(new Error('There is no background.'));
    });
    await enterId(popup, kit.nextId(), 'Check status');
    await waitForText(popup, said('loadFailedText'));
    expect(allRequests()).toEqual([]);
    expect(statuses()).toBe(before);
  });
});

describe('actions that only read', () => {
  it('the connection check with a code to try: tryIdHint', async () => {
    const id = kit.nextId();
    const options = await kit.chromium.openPage('options.html');
    await clickRole(options, 'button', 'Edit Main counter');
    await waitForText(options, said('tryIdHint'));
    await typeInto(options, 'QR code ID to try (optional)', id);
    await clickRole(options, 'button', 'Check connection');
    await waitForText(options, 'Connection works.');
    const operations = allRequests().map(({ operation }) => operation);
    expect(operations.filter((operation) => operation !== 'token')).toEqual(['get', 'search']);
    expect(kit.callsFor(id)).toEqual(['GET 200']);
    expect(kit.sandbox.qrCodes.get('UAT', id)?.status).toBe('ACTIVE');
  });

  it('the first steps: stepTestText and stepTryText', async () => {
    const id = kit.nextId();
    const options = await kit.chromium.openPage('options.html');
    await waitForText(options, said('stepTestText'));
    await waitForText(options, said('stepTryText'));
    await clickRole(options, 'button', 'Check connection of Main counter');
    await waitForText(options, 'Connection works.');
    await typeInto(options, 'QR code ID', id);
    await clickRole(options, 'button', 'Check status');
    await byRole(options, 'region', 'QR code details');
    const operations = new Set(allRequests().map(({ operation }) => operation));
    operations.delete('token');
    expect(operations).toEqual(new Set(['get', 'search']));
    expect(kit.sandbox.qrCodes.get('UAT', id)?.status).toBe('ACTIVE');
  });

  it('the address bar: omniboxStart and omniboxHow', async () => {
    const id = kit.nextId();
    const options = await kit.chromium.openPage('options.html');
    await waitForText(options, said('omniboxHow', 'qr'));
    expect(said('omniboxStart')).toContain('nothing is cancelled from here');
    await kit.chromium.typeInAddressBar(id);
    await kit.chromium.enterInAddressBar(id);
    const popup = await kit.chromium.waitForPopup();
    await byRole(popup, 'region', 'QR code details');
    expect(new Set(kit.callsFor(id))).toEqual(new Set(['GET 200']));
    expect(kit.sandbox.qrCodes.get('UAT', id)?.status).toBe('ACTIVE');
  });
});

describe('keys that are not opened', () => {
  const openOptions = async () => {
    const options = await kit.chromium.openPage('options.html');
    await byRole(options, 'heading', 'Settings');
    return options;
  };

  it('a policy that the browser does not hand over: policyFailing', async () => {
    const id = kit.nextId();
    await kit.chromium.evaluateInWorker(() => {
      const { chrome: api } = globalThis as unknown as { chrome: { storage: { managed: { get: unknown } } } };
      api.storage.managed.get = () => Promise.reject(new Error('The policy cannot be read.'));
    });
    const options = await openOptions();
    await waitForText(options, said('policyFailing'));
    // The worker keeps opened keys for a second, and reads the policy when it opens them.
    await sleep(1_200);
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, said('reasonForbidden', 'Main counter', 'UAT'));
    const { accounts } = (await tell(options, 'getAppState', {})) as { accounts: { id: string }[] };
    const cancel = { accountId: accounts[0]?.id, qrCodeId: id, startedBy: 'popup' };
    const asked = { ...cancel, reason: 'Stall closed' };
    expect(await tell(popup, 'cancelQrCode', asked)).toMatchObject({ outcome: { kind: 'not-sent' } });
    expect(allRequests()).toEqual([]);
    expect(kit.sandbox.qrCodes.get('UAT', id)?.status).toBe('ACTIVE');
    await kit.closePages();
    await kit.chromium.killWorker();
  });

  it('a passphrase that is refused: wrongPassphrase', async () => {
    const before = statuses();
    const options = await openOptions();
    await choosePassphrase(options, PASSPHRASE);
    kit.sandbox.requests.clear();
    expect(await tell(options, 'lock', {})).not.toBeUndefined();
    await tryPassphrase(options, `in${PASSPHRASE}`);
    await waitForText(options, said('wrongPassphrase'));
    await tryPassphrase(options, PASSPHRASE);
    await byRole(options, 'radio', 'Use Main counter');
    expect(allRequests()).toEqual([]);
    expect(statuses()).toBe(before);
    await removePassphrase(options, PASSPHRASE);
  });
});

describe('questions before something is deleted here', () => {
  const ask = async (options: Page, button: string, title: string, ...texts: string[]) => {
    await clickRole(options, 'button', button);
    const question = await textOf(options, 'alertdialog', title);
    for (const text of texts) expect(question).toContain(text);
  };

  it('“Nothing changes at EnKash”: eraseText, removeText and forgetText', async () => {
    const id = kit.nextId();
    const popup = await kit.openPopup();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, /Active\. /);
    const options = await kit.chromium.openPage('options.html');
    const before = statuses();
    kit.sandbox.requests.clear();
    await ask(options, 'Erase history', 'Erase the history?', said('eraseText'));
    await confirmQuestion(options, 'Erase the history?');
    await waitForText(options, 'History erased.');
    await ask(options, 'Remove Main counter', 'Remove Main counter?', said('removeText'));
    await confirmQuestion(options, 'Remove Main counter?');
    await waitForText(options, 'Account Main counter removed.');
    await ask(options, 'Delete everything', 'Delete everything?', said('forgetText'));
    await confirmQuestion(options, 'Delete everything?');
    await waitForText(options, 'Everything was deleted.');
    expect(allRequests()).toEqual([]);
    expect(statuses()).toBe(before);
    await seedAccount(options, kit.sandbox, { name: 'Main counter' });
    await waitUntilGone(options, 'alertdialog');
  });
});
