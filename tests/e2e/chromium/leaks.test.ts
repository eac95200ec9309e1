import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { clickRole } from '../../harness/act.ts';
import { type ChromiumSession, launchChromium } from '../../harness/chromium.ts';
import { waitForDownload } from '../../harness/downloads.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { collectConsole } from '../support/console-lines.ts';
import { createIdSource } from '../support/ids.ts';
import { confirmCancel, enterAccount, enterId, useAccount } from '../support/operator.ts';
import { SecretSearch, waysOfWriting } from '../support/secret-search.ts';
import { choosePassphrase, confirmQuestion, readArea, tryPassphrase } from '../support/vault-steps.ts';

// With characters that only some encodings change.
const PASSPHRASE = 'Sésame "öffne" dich / 7 + 8 & mehr';
const LATER_PASSPHRASE = 'Ein \\anderes\\ Wort, 100 % länger?';
const WRONG_PASSPHRASE = 'not at all the right passphrase';
const MARKER = 'Marigold counter number nine';
const TOKEN_MARKER = 'Jasmine counter number four';

function secretsOf(sandbox: Sandbox): Record<string, string> {
  const { accessKey, secretKey, readyMadeToken } = sandbox.merchants.UAT;
  return {
    'access key': accessKey,
    'secret key': secretKey,
    'ready-made token': readyMadeToken,
    passphrase: PASSPHRASE,
    'later passphrase': LATER_PASSPHRASE,
    'wrong passphrase': WRONG_PASSPHRASE,
  };
}

describe('the search itself', () => {
  it.each(Object.keys(waysOfWriting('a')))('finds each half of a secret encoded as %s', (way) => {
    const search = new SecretSearch({ passphrase: PASSPHRASE });
    for (const half of [PASSPHRASE.slice(0, 17), PASSPHRASE.slice(17)])
      for (const written of waysOfWriting(half)[way] ?? [])
        expect(search.find(Buffer.from(`before ${written} after`.toUpperCase(), 'latin1'))).not.toEqual([]);
    expect(search.find('Sésame is a seed, and 7 + 8 is 15')).toEqual([]);
  });

  it('finds a secret anywhere in base64 of a longer text', () => {
    const search = new SecretSearch({ passphrase: PASSPHRASE });
    for (const before of ['', 'x', 'xy', 'xyz'])
      expect(search.find(Buffer.from(`${before}${PASSPHRASE}${before}`).toString('base64'))).not.toEqual([]);
  });
});

describe.each(['passphrase', 'device', 'session'] as const)('A33 secrets, stored under %s', (protection) => {
  let sandbox: Sandbox;
  let chromium: ChromiumSession;
  let profile: string;
  let consoleLines: string[];
  let secrets: SecretSearch;
  let inTheClear: SecretSearch;

  beforeAll(async () => {
    sandbox = await startSandbox();
    profile = mkdtempSync(join(tmpdir(), 'qr-cancel-leaks-'));
    chromium = await launchChromium({
      extensionDir: '.output/chrome-mv3',
      gateway: { port: sandbox.port, spkiHash: sandbox.certificate.spkiHash },
      userDataDir: profile,
    });
    consoleLines = await collectConsole(chromium.browser);
    secrets = new SecretSearch(secretsOf(sandbox));
    inTheClear = new SecretSearch({ marker: MARKER });
  });
  afterAll(async () => {
    await chromium?.close();
    await sandbox?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Issued tokens are secrets once the extension has sent them. */
  function learnTokens(): void {
    const { readyMadeToken } = sandbox.merchants.UAT;
    const sent = sandbox.requests.all().map(({ headers }) => headers.authorization ?? '');
    for (const header of new Set(sent)) {
      const token = header.replace(/^Bearer /, '');
      if (token && token !== readyMadeToken) secrets.add('issued token', token);
    }
  }

  /** Uses a gateway and a firewall that echo every request. */
  async function checkAndCancel(): Promise<void> {
    sandbox.dialects.use('echo-secrets');
    const popup = await chromium.openPage('popup.html');
    const id = nextId();
    await enterId(popup, id, 'Check status');
    await waitForText(popup, /Active\. /);
    await clickRole(popup, 'button', 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    sandbox.faults.add({ on: 'cancel', answer: { kind: 'reject', code: 120, message: 'No' } });
    await enterId(popup, nextId(), 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'QR code not cancelled');
    sandbox.faults.clear();
    sandbox.dialects.use('echo-secrets-html');
    await enterId(popup, nextId(), 'Check status');
    await waitForText(popup, 'Something between this computer and EnKash refused it');
    expect(secrets.find(await lookAtPage(popup))).toEqual([]);
    sandbox.dialects.clear();
    await popup.close();
  }
  let nextId: () => string;

  async function lockAndUnlock(options: Page): Promise<void> {
    await clickRole(options, 'button', 'Lock');
    await byRole(options, 'button', 'Unlock');
    await tryPassphrase(options, WRONG_PASSPHRASE);
    await waitForText(options, 'This passphrase is not right.');
    await tryPassphrase(options, PASSPHRASE);
    await byRole(options, 'textbox', 'Account name');
  }

  /** The texts, fields and addresses of pages, and all storage that pages can read. */
  async function lookAtPage(page: Page): Promise<string> {
    return page.evaluate(async () => {
      const { chrome: api } = globalThis as unknown as { chrome: typeof import('webextension-polyfill') };
      const stored: unknown[] = [await api.storage.local.get(null)];
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        for (const store of database.objectStoreNames) {
          const values = await new Promise<unknown[]>((resolve, reject) => {
            const request = database.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          if (values.some((value) => value instanceof CryptoKey && value.extractable))
            throw new Error('A key can be read out of the browser');
          stored.push({ [`${name}/${store}`]: values });
        }
        database.close();
      }
      const fields = [...document.querySelectorAll('input, textarea, select')];
      return [
        location.href,
        document.documentElement.outerHTML,
        ...fields.map((field) => (field as HTMLInputElement).value),
        JSON.stringify(stored),
        JSON.stringify({ ...localStorage, ...sessionStorage }),
      ].join('\n');
    });
  }

  /** Allowed values are found in the files of both stores, which proves that the search would find secrets too. */
  function expectSearchedStorage(): void {
    const found = inTheClear.findInFolder(profile).join('\n');
    expect(found).toContain('Local Extension Settings');
    expect(found).toContain('IndexedDB');
  }

  it('are found nowhere during use', async () => {
    nextId = createIdSource(sandbox);
    const options = await chromium.openPage('options.html');
    if (protection === 'session') {
      await clickRole(options, 'radio', 'Keep keys only until the browser is closed');
      await waitForText(options, 'Changed.');
    }
    await enterAccount(options, sandbox, { name: MARKER });
    await enterAccount(options, sandbox, { name: TOKEN_MARKER, withToken: true });
    if (protection === 'passphrase') await choosePassphrase(options, PASSPHRASE);
    await checkAndCancel();
    await options.bringToFront();
    if (protection === 'passphrase') await lockAndUnlock(options);
    await useAccount(options, TOKEN_MARKER);
    await checkAndCancel();
    await options.bringToFront();
    if (protection === 'passphrase') await choosePassphrase(options, LATER_PASSPHRASE, PASSPHRASE);
    await clickRole(options, 'button', `Edit ${MARKER}`);
    await clickRole(options, 'button', 'Export history');
    const { text } = await waitForDownload(chromium.downloadDir, /qr-cancel-history.*\.csv$/);
    learnTokens();
    expect(sandbox.requests.of('token')).not.toEqual([]);

    const workbench = await chromium.openPage('workbench.html#history');
    const popup = await chromium.openPage('popup.html');
    await waitForText(workbench, MARKER);
    await waitForText(popup, TOKEN_MARKER);
    for (const page of [options, workbench, popup]) {
      const seen = await lookAtPage(page);
      expect(inTheClear.find(seen)).not.toEqual([]);
      expect(secrets.find(seen)).toEqual([]);
    }
    expect(secrets.find(text)).toEqual([]);
    expect(inTheClear.find(text)).not.toEqual([]);
    const notified = JSON.stringify(chromium.notifications.all);
    expect(inTheClear.find(notified)).not.toEqual([]);
    expect(secrets.find(notified)).toEqual([]);
    expect(secrets.find(consoleLines.join('\n'))).toEqual([]);
    // The requests contain the secrets, which proves that the search has the right ones.
    const sent = JSON.stringify(sandbox.requests.all().map(({ headers }) => headers));
    expect(secrets.find(sent)).toEqual(
      expect.arrayContaining(['issued token as utf8', 'ready-made token as utf8', 'access key as utf8']),
    );

    expectSearchedStorage();
    expect(secrets.findInFolder(profile)).toEqual([]);
  });

  it('are in no file after the browser is closed', async () => {
    await chromium.close();
    expectSearchedStorage();
    expect(secrets.findInFolder(profile)).toEqual([]);
    await chromium.start();
  });

  it('are in no file after everything is forgotten', async () => {
    const options = await chromium.openPage('options.html');
    await clickRole(options, 'button', 'Delete everything');
    await confirmQuestion(options, 'Delete everything?');
    await waitForText(options, 'Everything was deleted.');
    expect(await readArea(chromium, 'local')).toEqual({});
    expect(secrets.findInFolder(profile)).toEqual([]);
    await chromium.close();
    expect(new SecretSearch({ id: chromium.extensionId }).findInFolder(profile)).not.toEqual([]);
    expect(secrets.findInFolder(profile)).toEqual([]);
  });
});
