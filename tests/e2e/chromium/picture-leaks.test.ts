import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qrImageBase64 } from '../../../sandbox/qr-image.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.ts';
import { chooseFile, clickRole } from '../../harness/act.ts';
import { type ChromiumSession, launchChromium } from '../../harness/chromium.ts';
import { waitForText } from '../../harness/find.ts';
import { said } from '../../support/said.ts';
import { collectConsole } from '../support/console-lines.ts';
import { createIdSource } from '../support/ids.ts';
import { confirmCancel, seedAccount } from '../support/operator.ts';
import { FOUND, openPopupOver } from '../support/scan-steps.ts';
import { SecretSearch } from '../support/secret-search.ts';
import { collectRequests, collectStorageChanges, storedData } from '../support/stored-data.ts';

const WIFI = 'WIFI:S:Counter nine;T:WPA;P:Marigold-and-jasmine-77812345;;';
const ADDRESS = 'https://example.in/menu?table=seventeen&token=Tamarind-grove-4455667788';
const FILE_TEXT = 'upi://pay?pa=turmeric.lane@otherbank&pn=Turmeric%20Lane%20Traders&tn=Thursday%20market';

let sandbox: Sandbox;
let chromium: ChromiumSession;
let folder: string;
let profile: string;
let id: string;
let ownText: string;
let texts: SecretSearch;
let ids: SecretSearch;

beforeAll(async () => {
  sandbox = await startSandbox();
  folder = mkdtempSync(join(tmpdir(), 'qr-cancel-pictures-'));
  profile = join(folder, 'profile');
  chromium = await launchChromium({
    extensionDir: '.output/chrome-mv3',
    gateway: { port: sandbox.port, spkiHash: sandbox.certificate.spkiHash },
    userDataDir: profile,
  });
  id = createIdSource(sandbox)();
  // Without the id in it, so that no part of the text is a candidate for a read.
  const { name, upiId } = sandbox.merchants.UAT;
  ownText = `upi://pay?pa=${upiId}&pn=${encodeURIComponent(name)}&tn=Saturday%20evening%20stall&cu=INR`;
  sandbox.qrCodes.put('UAT', { qrCodeId: id, qrCodeBase64: qrImageBase64(ownText) });
  texts = new SecretSearch({
    'own text': ownText,
    wifi: WIFI,
    address: ADDRESS,
    'text of a file': FILE_TEXT,
  });
  texts.add('own picture', qrImageBase64(ownText).slice(-100, -20));
  ids = new SecretSearch({ id });
});
afterAll(async () => {
  await chromium?.close();
  await sandbox?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const dataUrl = (text: string) => `data:image/png;base64,${qrImageBase64(text)}`;

/** A page that shows pictures from its memory, so that their texts are not in the browser's cache of the page. */
async function openPage(): Promise<Page> {
  const page = await chromium.browser.newPage();
  await page.goto(`https://localhost:${sandbox.port}/pictures/none`);
  await page.setContent(
    [ownText, WIFI, ADDRESS].map((text) => `<img src="${dataUrl(text)}" width="240">`).join(''),
  );
  return page;
}

async function chooseEach(popup: Page): Promise<void> {
  await clickRole(popup, 'button', 'Scan this page');
  await clickRole(popup, 'button', 'Picture 2');
  await waitForText(popup, 'P:Marigold');
  await waitForText(popup, 'Not among the');
  await clickRole(popup, 'button', 'Picture 3');
  await waitForText(popup, 'Tamarind');
  await waitForText(popup, 'Not among the');
  await clickRole(popup, 'button', 'Picture 1');
  await waitForText(popup, FOUND);
}

async function chooseFileInWorkbench(): Promise<void> {
  const file = join(folder, 'poster.png');
  writeFileSync(file, Buffer.from(qrImageBase64(FILE_TEXT), 'base64'));
  const workbench = await chromium.openPage('workbench.html#find');
  await waitForText(workbench, said('picturePrivacy'));
  await chooseFile(workbench, 'Choose pictures', file);
  await waitForText(workbench, 'Turmeric Lane Traders');
  await waitForText(workbench, 'Not among the');
  await workbench.close();
}

function expectNoPicture(what: string): void {
  expect(texts.find(what)).toEqual([]);
  expect(what).not.toContain('data:image');
  // The first bytes of a PNG in base64.
  expect(what).not.toContain('iVBORw0KGgo');
}

describe('pictures and their texts', () => {
  it('are in no storage, log or request during use', async () => {
    const options = await chromium.openPage('options.html');
    await seedAccount(options, sandbox, { name: 'Main counter' });
    const changes = await collectStorageChanges(options);
    const consoleLines = await collectConsole(chromium.browser);
    const sent = await collectRequests(chromium);

    const page = await openPage();
    const popup = await openPopupOver({ sandbox, chromium }, page);
    await chooseEach(popup);
    await clickRole(popup, 'button', 'Cancel QR code…');
    await confirmCancel(popup);
    await waitForText(popup, 'EnKash confirmed it.');
    await popup.close();
    await chromium.clickMenu('find-by-picture', '', page, dataUrl(ownText));
    await waitForText(await chromium.waitForPopup(), FOUND);
    await chooseFileInWorkbench();

    const history = await storedData(options);
    // The id is stored and sent, which proves that the search would find the texts too.
    expect(ids.find(history)).not.toEqual([]);
    expectNoPicture(history);
    const changed = await changes();
    expect(changed).toContain('pending-action');
    expectNoPicture(changed);
    expectNoPicture(consoleLines.join('\n'));
    expectNoPicture(JSON.stringify(chromium.notifications.all));

    const gateway = /^https:\/\/olympus-pg(?:-uat)?\.enkash\.in\//;
    const addresses = sent.map((request) => request.split(' ')[1] ?? '');
    expect(addresses.some((address) => gateway.test(address))).toBe(true);
    expect(
      addresses.filter((address) => !address.startsWith(chromium.origin) && !gateway.test(address)),
    ).toEqual([]);
    expectNoPicture(sent.join('\n'));
  });

  it('are in no request to the gateway, which reads codes and cancels only the confirmed one', () => {
    // Without the page's own requests, such as that for its icon.
    const requests = sandbox.requests.all().filter(({ host }) => !host.startsWith('localhost'));
    const asked = requests.map(({ path, query, headers, body }) =>
      JSON.stringify({ path, query, headers, body }),
    );
    expect(ids.find(asked.join('\n'))).not.toEqual([]);
    expectNoPicture(asked.join('\n'));
    const own = new Set(sandbox.qrCodes.all('UAT').map(({ qrCodeId }) => qrCodeId));
    const reads = requests.filter(({ operation }) => operation !== 'token' && operation !== 'cancel');
    expect(new Set(reads.map(({ operation }) => operation))).toEqual(new Set(['get', 'search']));
    for (const { operation, qrCodeId = '' } of reads)
      if (operation === 'get') expect(own).toContain(qrCodeId);
    expect(sandbox.requests.of('cancel').map(({ qrCodeId }) => qrCodeId)).toEqual([id]);
  });

  it('are in no file after the browser is closed', async () => {
    await chromium.close();
    expect(ids.findInFolder(profile)).not.toEqual([]);
    expect(texts.findInFolder(profile)).toEqual([]);
  });
});
