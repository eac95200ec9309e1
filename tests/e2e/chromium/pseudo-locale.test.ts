import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { buildWithTexts } from '../support/build-with-texts.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { findCutOff } from '../support/cut-off.ts';
import { paste } from '../support/operator.ts';
import { inPrint } from '../support/print-view.ts';
import { pseudoTexts, say } from '../support/pseudo-locale.ts';
import { tell } from '../support/tell.ts';
import { findUntranslated, untranslatedIn } from '../support/untranslated.ts';

/** Names without letters, so that every letter on a page has to come from a message. */
const [UAT_NAME, LIVE_NAME, QR_NAME, REASON] = ['№ 7', '№ 8', '4711', '!?!'] as const;
const PASSPHRASE = '1234-5678-9012';
const WIDTH = 320;

const build = buildWithTexts('hi', pseudoTexts('hi'));
let kit: ChromiumFixture;

beforeAll(async () => {
  kit = await openChromiumFixture({ account: false, extensionDir: build.extensionDir });
  await kit.withOptions(async (page) => {
    await tell(page, 'updateSettings', { language: 'hi' });
  });
});
afterAll(async () => {
  await kit?.close();
  build.remove();
});

/** Opens a page as narrow as it may be; a first one shows it which language is chosen. */
async function open(path: string): Promise<Page> {
  await kit.closePages();
  const page = await kit.chromium.openPage(path);
  await page.setViewport({ width: WIDTH, height: 700 });
  await page.waitForFunction(() => document.body.innerText.includes('⟦'));
  return page;
}

async function expectRight(page: Page, state: string): Promise<void> {
  expect([...(await findUntranslated(page)), ...(await findCutOff(page))], state).toEqual([]);
}

let lastId = 0;
/** A code of which nothing has a letter but its id. */
function putCode(environment: 'UAT' | 'LIVE' = 'UAT', status = 'ACTIVE'): string {
  lastId += 1;
  const qrCodeId = `QR${String(lastId).padStart(12, '0')}`;
  kit.sandbox.qrCodes.put(environment, {
    qrCodeId,
    status,
    qrName: QR_NAME,
    amount: 123_456.5,
    multipleUse: lastId % 2 === 0,
    fixedAmount: true,
    referenceNumber: '12-34',
    customerName: '99',
    expiry: '2027-01-15T08:00:00Z',
    createdOn: '2026-01-15T08:00:00Z',
  });
  return qrCodeId;
}

async function saveAccount(name: string, environment: 'UAT' | 'LIVE'): Promise<void> {
  const { accessKey, secretKey } = kit.sandbox.merchants[environment];
  await kit.withOptions(async (page) => {
    await tell(page, 'saveAccount', {
      name,
      environment,
      colour: 'blue',
      authMethod: 'secret-key',
      accessKey,
      secret: secretKey,
    });
  });
}

const click = (page: Page, key: Parameters<typeof say>[0], ...substitutions: string[]) =>
  clickRole(page, 'button', say(key, ...substitutions));
/** Waits for a message; what it is given stands for what is put in. */
const waitFor = (page: Page, key: Parameters<typeof say>[0], ...substitutions: string[]) =>
  waitForText(page, say(key, ...substitutions));

/** Types into the popup's field and checks, as Enter does. */
async function check(popup: Page, text: string): Promise<void> {
  await typeInto(popup, say('qrCodeIdLabel'), text);
  await popup.keyboard.press('Enter');
}

/** Types an id and goes through the question, up to what became of it. */
async function cancel(popup: Page, id: string): Promise<void> {
  await typeInto(popup, say('qrCodeIdLabel'), id);
  await click(popup, 'cancelQrCodeDots');
  await byRole(popup, 'alertdialog', say('dialogTitle'));
  await click(popup, 'cancelQrCode');
}

describe('without an account', () => {
  it.each([
    ['popup.html', 'addAccountTitle'],
    ['options.html', 'gettingStarted'],
    ['workbench.html#bulk', 'bulkNoAccount'],
    ['workbench.html#search', 'searchNoAccount'],
    ['workbench.html#history', 'historyEmpty'],
  ] as const)('%s', async (path, key) => {
    const page = await open(path);
    await waitFor(page, key);
    await expectRight(page, 'as it opens');
  });

  it('options.html with what is missing, and a failed check of the connection', async () => {
    const options = await open('options.html');
    await click(options, 'saveAccount');
    await waitFor(options, 'nameRequired');
    await expectRight(options, 'nothing filled in');
    await typeInto(options, say('accountName'), UAT_NAME);
    await typeInto(options, say('accessKey'), 'SANDBOX-WRONG-KEY');
    await typeInto(options, say('secretKey'), 'SANDBOX-WRONG-KEY');
    await click(options, 'checkConnection');
    await waitFor(options, 'connectionFailed');
    await expectRight(options, 'wrong keys');
  });
});

describe('with an account', () => {
  beforeAll(() => saveAccount(UAT_NAME, 'UAT'));

  it('popup.html: what is typed', async () => {
    const popup = await open('popup.html');
    await waitFor(popup, 'recentEmpty');
    await expectRight(popup, 'as it opens');
    await check(popup, '12/34567890');
    await waitFor(popup, 'idBadCharacter', '“/”');
    await expectRight(popup, 'no id');
    await paste(popup, say('qrCodeIdLabel'), 'QR000000009001 QR000000009002');
    await waitFor(popup, 'severalFound', '2');
    await expectRight(popup, 'several ids');
  });

  it('popup.html: a check, the question, and each way it can end', async () => {
    const popup = await open('popup.html');
    const id = putCode();
    await check(popup, id);
    await byRole(popup, 'region', say('details'));
    await expectRight(popup, 'checked');
    await click(popup, 'cancelQrCodeDots');
    await byRole(popup, 'alertdialog', say('dialogTitle'));
    await expectRight(popup, 'the question');
    await popup.setViewport({ width: WIDTH, height: 420 });
    for (const key of ['keepActive', 'cancelQrCode'] as const) {
      const button = await byRole(popup, 'button', say(key));
      expect(await button.isIntersectingViewport({ threshold: 1 }), key).toBe(true);
    }
    await click(popup, 'cancelQrCode');
    await waitFor(popup, 'outcomeCancelledResponse');
    await expectRight(popup, 'cancelled');
    await click(popup, 'cancelQrCodeDots');
    await waitFor(popup, 'alreadyCancelledNothing');
    await expectRight(popup, 'already cancelled');
    await check(popup, 'QR000000009999');
    await waitFor(popup, 'nextCheckAccount');
    await expectRight(popup, 'not found');

    const { faults } = kit.sandbox;
    faults.add({ on: 'cancel', answer: { kind: 'reject', code: 512, message: REASON } });
    await cancel(popup, putCode());
    await waitFor(popup, 'nextReadAgain');
    await expectRight(popup, 'rejected');
    faults.clear();
    for (const on of ['cancel', 'get'] as const)
      faults.add({
        on,
        answer: { kind: 'status', httpStatus: 502, body: 'empty' },
        ...(on === 'get' && { times: 9 }),
      });
    await typeInto(popup, say('qrCodeIdLabel'), putCode());
    await click(popup, 'cancelQrCodeDots');
    await byRole(popup, 'alertdialog', say('dialogTitle'));
    await expectRight(popup, 'the question, unread');
    await click(popup, 'cancelQrCode');
    await waitFor(popup, 'outcomeUnconfirmed');
    await expectRight(popup, 'not confirmed');
    faults.clear();
    faults.add({ on: 'get', answer: { kind: 'rate-limit', retryAfter: '5' }, times: 1 });
    await check(popup, putCode());
    await popup.waitForSelector('.report.warning');
    await expectRight(popup, 'asked to wait');
    faults.clear();
  });

  it('options.html: an account, its edit, and every question', async () => {
    const options = await open('options.html');
    await byRole(options, 'radio', say('useAccount', UAT_NAME));
    await expectRight(options, 'as it opens');
    await click(options, 'editAccount', UAT_NAME);
    await byRole(options, 'heading', say('editAccountTitle', UAT_NAME));
    await expectRight(options, 'edited');
    for (const [button, title, keep] of [
      [say('removeAccount', UAT_NAME), say('removeTitle', UAT_NAME), say('keepAccount')],
      [say('eraseHistory'), say('eraseTitle'), say('keepHistory')],
      [say('forgetEverything'), say('forgetTitle'), say('keepEverything')],
    ] as const) {
      await clickRole(options, 'button', button);
      await byRole(options, 'alertdialog', title);
      await expectRight(options, title);
      await clickRole(options, 'button', keep);
    }
  });

  it('workbench.html#history', async () => {
    const page = await open('workbench.html#history');
    await page.waitForSelector('table');
    await expectRight(page, 'what was done');
    await (await byRole(page, 'searchbox', say('filterAttempts'))).type('///');
    await waitFor(page, 'historyNoMatch', '///');
    await expectRight(page, 'nothing found');
  });

  it('workbench.html#search: results, a selection, details, nothing, a failure', async () => {
    for (let count = 0; count < 3; count += 1) putCode();
    const page = await open('workbench.html#search');
    await byRole(page, 'button', say('searchQrCodes'));
    await expectRight(page, 'as it opens');
    await typeInto(page, say('filterText'), QR_NAME);
    await click(page, 'searchQrCodes');
    await page.waitForSelector('tr[data-index]');
    await expectRight(page, 'results');
    await (await page.$('[role=grid]'))?.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await waitFor(page, 'selectedCountOne', '1');
    await expectRight(page, 'one selected');
    await page.keyboard.press('Enter');
    await byRole(page, 'region', say('details'));
    await click(page, 'copyId');
    await expectRight(page, 'its details');
    await click(page, 'close');
    await typeInto(page, say('filterText'), '//////');
    await waitFor(page, 'noteFiltersChanged');
    await expectRight(page, 'filters changed');
    await click(page, 'searchQrCodes');
    await waitFor(page, 'foundNone');
    await expectRight(page, 'nothing found');
    kit.sandbox.faults.add({ on: 'search', answer: { kind: 'reject', code: 512, message: REASON } });
    await click(page, 'searchQrCodes');
    await waitFor(page, 'searchFailed');
    await expectRight(page, 'failed');
    kit.sandbox.faults.clear();
  });

  it('workbench.html#search: a replacement, and each way it can end', async () => {
    const page = await open('workbench.html#search');
    await typeInto(page, say('filterText'), putCode('UAT', 'CANCELLED'));
    await click(page, 'searchQrCodes');
    await page.waitForSelector('tr[data-index]');
    await (await page.$('[role=grid]'))?.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await click(page, 'createReplacementDots');
    await byRole(page, 'button', say('createDots'));
    await click(page, 'paramAdd');
    await typeInto(page, say('paramValue', '1'), '7');
    await expectRight(page, 'the form');
    await click(page, 'createDots');
    await waitFor(page, 'paramNameRequired');
    await expectRight(page, 'what is missing');
    await click(page, 'paramRemove', '1');
    await click(page, 'createDots');
    await waitFor(page, 'createQuestion');
    await expectRight(page, 'the question');

    const { faults } = kit.sandbox;
    faults.add({ on: 'create', answer: { kind: 'reject', code: 512, message: REASON } });
    await click(page, 'createQrCode');
    await byRole(page, 'button', say('backToForm'));
    await expectRight(page, 'rejected');
    faults.clear();
    await click(page, 'backToForm');
    faults.add({ on: 'create', answer: { kind: 'status', httpStatus: 502, body: 'empty' } });
    await create(page);
    await byRole(page, 'button', say('searchForIt'));
    await expectRight(page, 'not known');
    faults.clear();
    await click(page, 'close');
    await (await page.$('[role=grid]'))?.focus();
    await page.keyboard.press('Enter');
    await click(page, 'createReplacementDots');
    await create(page);
    await click(page, 'readNew');
    await byRole(page, 'button', say('readNew'));
    await expectRight(page, 'created');
    await inPrint(page, () => expectRight(page, 'on paper'));
  });

  async function create(page: Page): Promise<void> {
    await click(page, 'createDots');
    await waitFor(page, 'createQuestion');
    await click(page, 'createQrCode');
  }

  it('the address bar: every kind of suggestion', async () => {
    const { faults } = kit.sandbox;
    const suggested = async (id: string) => (await kit.chromium.typeInAddressBar(id))?.[0]?.description;
    const seen = [await suggested(putCode()), await suggested(putCode('UAT', 'CANCELLED'))];
    seen.push(await suggested('QR000000009997'));
    faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 502, body: 'empty' } });
    seen.push(await suggested(putCode()));
    faults.clear();
    faults.add({ on: 'get', answer: { kind: 'slow', ms: 2_500 } });
    const late = putCode();
    seen.push(await suggested(late));
    await until('the read to end', () => kit.callsFor(late).length > 0);
    faults.clear();
    for (const text of seen) expect(text).toContain('⟦');
    expect(seen.filter((text) => text === undefined || untranslatedIn(text) !== '')).toEqual([]);
  });

  it('workbench.html#bulk: from the list to the report', async () => {
    const page = await open('workbench.html#bulk');
    await byRole(page, 'button', say('reviewList'));
    await expectRight(page, 'as it opens');
    await click(page, 'reviewList');
    await waitFor(page, 'listNothing');
    await expectRight(page, 'an empty list');
    const ids = Array.from({ length: 22 }, () => putCode());
    const lines = [
      ...ids,
      ids[0],
      putCode('UAT', 'CANCELLED'),
      putCode('UAT', '700'),
      'QR000000009998',
      '1.23E+15',
      'QR00000aa',
      'QR00000AA',
    ];
    await paste(page, say('qrCodeIds'), lines.join('\n'));
    await click(page, 'reviewList');
    await byRole(page, 'button', say('downloadReview'));
    await expectRight(page, 'the review');
    await click(page, 'cancelCountDotsOther', '22');
    await byRole(page, 'alertdialog');
    await expectRight(page, 'the question');
    await typeInto(page, say('bulkType', 'CANCEL 22'), 'CANCEL 22');
    const { faults } = kit.sandbox;
    faults.add({
      on: 'cancel',
      qrCodeId: String(ids[0]),
      answer: { kind: 'reject', code: 512, message: REASON },
    });
    faults.add({ on: 'cancel', qrCodeId: String(ids[1]), answer: { kind: 'says-active' } });
    faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 1_500 } });
    await click(page, 'cancelCountOther', '22');
    await byRole(page, 'button', say('pause'));
    await expectRight(page, 'under way');
    await click(page, 'pause');
    await byRole(page, 'button', say('resume'));
    await expectRight(page, 'paused');
    await click(page, 'resume');
    await byRole(page, 'button', say('newList'), { timeout: 60_000 });
    await expectRight(page, 'the report');
    await inPrint(page, () => expectRight(page, 'the report on paper'));
    faults.clear();
  });
});

describe('with two accounts, one of them LIVE', () => {
  beforeAll(async () => {
    await saveAccount(LIVE_NAME, 'LIVE');
    await kit.withOptions(async (page) => {
      const { accounts } = (await tell(page, 'getAppState', {})) as {
        accounts: { id: string; name: string }[];
      };
      await tell(page, 'selectAccount', {
        accountId: accounts.find(({ name }) => name === LIVE_NAME)?.id ?? '',
      });
    });
  });

  it('popup.html: the question says so', async () => {
    const popup = await open('popup.html');
    await typeInto(popup, say('qrCodeIdLabel'), putCode('LIVE'));
    await click(popup, 'cancelQrCodeDots');
    await byRole(popup, 'alertdialog', say('dialogTitle'));
    await waitForText(popup, say('dialogLive'));
    await expectRight(popup, 'the question');
  });
});

describe('with a passphrase', () => {
  it('options.html: what is wrong with it, and once it is set', async () => {
    const options = await open('options.html');
    await typeInto(options, say('newPassphrase'), '1');
    await click(options, 'setPassphrase');
    await waitFor(options, 'passphrasesDiffer');
    await expectRight(options, 'too short');
    await typeInto(options, say('newPassphrase'), PASSPHRASE);
    await typeInto(options, say('repeatPassphrase'), PASSPHRASE);
    await click(options, 'setPassphrase');
    await byRole(options, 'button', say('changePassphrase'));
    await expectRight(options, 'set');
  });

  it.each(['popup.html', 'workbench.html#bulk', 'options.html'])('%s: locked', async (path) => {
    const page = await open(path);
    await tell(page, 'lock', {});
    await waitFor(page, 'lockedTitle');
    await expectRight(page, 'locked');
    await typeInto(page, say('passphrase'), 'wrong');
    await page.keyboard.press('Enter');
    await waitFor(page, 'wrongPassphrase');
    await expectRight(page, 'a wrong one');
  });
});
