import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { paste } from '../support/operator.ts';
import {
  cancel,
  check,
  click,
  expectRight,
  LIVE_NAME,
  openPseudoFixture,
  PASSPHRASE,
  type PseudoFixture,
  REASON,
  UAT_NAME,
  WIDTH,
  waitFor,
} from '../support/pseudo-fixture.ts';
import { say } from '../support/pseudo-locale.ts';
import { tell } from '../support/tell.ts';
import { untranslatedIn } from '../support/untranslated.ts';

let fixture: PseudoFixture;
beforeAll(async () => {
  fixture = await openPseudoFixture();
});
afterAll(() => fixture?.close());

describe('without an account', () => {
  it.each([
    ['popup.html', 'addAccountTitle'],
    ['options.html', 'gettingStarted'],
    ['workbench.html#bulk', 'bulkNoAccount'],
    ['workbench.html#search', 'searchNoAccount'],
    ['workbench.html#history', 'historyEmpty'],
  ] as const)('%s', async (path, key) => {
    const page = await fixture.open(path);
    await waitFor(page, key);
    await expectRight(page, 'as it opens');
  });

  it('options.html with missing fields, and a failed connection check', async () => {
    const options = await fixture.open('options.html');
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
  beforeAll(() => fixture.saveAccount(UAT_NAME, 'UAT'));

  it('popup.html: invalid and several ids', async () => {
    const popup = await fixture.open('popup.html');
    await waitFor(popup, 'recentEmpty');
    await expectRight(popup, 'as it opens');
    await check(popup, '12/34567890');
    await waitFor(popup, 'idBadCharacter', '“/”');
    await expectRight(popup, 'no id');
    await paste(popup, say('qrCodeIdLabel'), 'QR000000009001 QR000000009002');
    await waitFor(popup, 'severalFound', '2');
    await expectRight(popup, 'several ids');
  });

  // Before the popup's results: the last of them holds back the account's reads.
  it('the address bar: every kind of suggestion', async () => {
    const { faults } = fixture.kit.sandbox;
    const suggested = async (id: string) =>
      (await fixture.kit.chromium.typeInAddressBar(id))?.[0]?.description;
    const seen = [await suggested(fixture.putCode()), await suggested(fixture.putCode('UAT', 'CANCELLED'))];
    seen.push(await suggested('QR000000009997'));
    faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 502, body: 'empty' } });
    seen.push(await suggested(fixture.putCode()));
    faults.clear();
    faults.add({ on: 'get', answer: { kind: 'slow', ms: 2_500 } });
    const late = fixture.putCode();
    seen.push(await suggested(late));
    await until('the read to end', () => fixture.kit.callsFor(late).length > 0);
    faults.clear();
    for (const text of seen) expect(text).toContain('⟦');
    expect(seen.filter((text) => text === undefined || untranslatedIn(text) !== '')).toEqual([]);
  });

  it('popup.html: a check, the confirmation, and all results', async () => {
    const popup = await fixture.open('popup.html');
    const id = fixture.putCode();
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

    const { faults } = fixture.kit.sandbox;
    faults.add({ on: 'cancel', answer: { kind: 'reject', code: 512, message: REASON } });
    await cancel(popup, fixture.putCode());
    await waitFor(popup, 'nextReadAgain');
    await expectRight(popup, 'rejected');
    faults.clear();
    for (const on of ['cancel', 'get'] as const)
      faults.add({
        on,
        answer: { kind: 'status', httpStatus: 502, body: 'empty' },
        ...(on === 'get' && { times: 9 }),
      });
    await typeInto(popup, say('qrCodeIdLabel'), fixture.putCode());
    await click(popup, 'cancelQrCodeDots');
    await byRole(popup, 'alertdialog', say('dialogTitle'));
    await expectRight(popup, 'the question, unread');
    await click(popup, 'cancelQrCode');
    await waitFor(popup, 'outcomeUnconfirmed');
    await expectRight(popup, 'not confirmed');
    faults.clear();
    faults.add({ on: 'get', answer: { kind: 'rate-limit', retryAfter: '5' }, times: 1 });
    await check(popup, fixture.putCode());
    await popup.waitForSelector('.report.warning');
    await expectRight(popup, 'asked us to wait');
    faults.clear();
  });

  it('options.html: an account, its form, and every confirmation', async () => {
    const options = await fixture.open('options.html');
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
    const page = await fixture.open('workbench.html#history');
    await page.waitForSelector('table');
    await expectRight(page, 'what was done');
    await (await byRole(page, 'searchbox', say('filterAttempts'))).type('///');
    await waitFor(page, 'historyNoMatch', '///');
    await expectRight(page, 'nothing found');
  });
});

describe('with two accounts, one of them LIVE', () => {
  beforeAll(async () => {
    await fixture.saveAccount(LIVE_NAME, 'LIVE');
    await fixture.kit.withOptions(async (page) => {
      const { accounts } = (await tell(page, 'getAppState', {})) as {
        accounts: { id: string; name: string }[];
      };
      await tell(page, 'selectAccount', {
        accountId: accounts.find(({ name }) => name === LIVE_NAME)?.id ?? '',
      });
    });
  });

  it('popup.html: the confirmation names LIVE', async () => {
    const popup = await fixture.open('popup.html');
    await typeInto(popup, say('qrCodeIdLabel'), fixture.putCode('LIVE'));
    await click(popup, 'cancelQrCodeDots');
    await byRole(popup, 'alertdialog', say('dialogTitle'));
    await waitForText(popup, say('dialogLive'));
    await expectRight(popup, 'the question');
  });
});

describe('with a passphrase', () => {
  it('options.html: an invalid passphrase, and a set one', async () => {
    const options = await fixture.open('options.html');
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
    const page = await fixture.open(path);
    await tell(page, 'lock', {});
    await waitFor(page, 'lockedTitle');
    await expectRight(page, 'locked');
    await typeInto(page, say('passphrase'), 'wrong');
    await page.keyboard.press('Enter');
    await waitFor(page, 'wrongPassphrase');
    await expectRight(page, 'a wrong one');
  });
});
