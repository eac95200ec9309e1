import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, hasRole, waitForText } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import {
  ensureUnlocked,
  expectAccountWorks,
  openLockedPopup,
  PASSPHRASE,
  setFailedTries,
  WRONG,
} from '../support/lock-steps.ts';
import { readArea, tryPassphrase } from '../support/vault-steps.ts';

const NOT_RIGHT = 'This passphrase is not right. Nothing was lost; try again.';
const TOO_SOON = /Too many wrong tries\. Try again after \d/;
const HOUR_MS = 3_600_000;

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('A30 a wrong passphrase', () => {
  beforeEach(() => ensureUnlocked(kit));

  async function lock(): Promise<Page> {
    const popup = await kit.openPopup();
    await clickRole(popup, 'button', 'Lock');
    await byRole(popup, 'button', 'Unlock');
    return popup;
  }

  async function failThreeTimes(popup: Page): Promise<void> {
    for (let count = 1; count <= 3; count += 1) {
      await tryPassphrase(popup, WRONG);
      await waitForText(popup, NOT_RIGHT);
      await expect
        .poll(async () => (await readArea(kit.chromium, 'local'))['failed-unlocks'])
        .toMatchObject({ count });
    }
  }

  it('is reported three times, then must wait; the right one unlocks after that, and no data is lost', async () => {
    const popup = await lock();
    const { vault } = await readArea(kit.chromium, 'local');
    await failThreeTimes(popup);
    await tryPassphrase(popup, PASSPHRASE);
    await waitForText(popup, TOO_SOON);
    expect(await hasRole(popup, 'textbox', 'QR code ID')).toBe(false);
    await until('the delay to be over', async () => {
      if (await hasRole(popup, 'textbox', 'Passphrase')) await tryPassphrase(popup, PASSPHRASE);
      return hasRole(popup, 'textbox', 'QR code ID');
    });
    expect(JSON.stringify((await readArea(kit.chromium, 'local')).vault)).toBe(JSON.stringify(vault));
    expect(kit.sandbox.requests.all()).toEqual([]);
    await expectAccountWorks(kit);
  });

  it('must still wait after a restart', async () => {
    await failThreeTimes(await lock());
    // A longer delay than the restart takes.
    await setFailedTries(kit, ({ lastAt }) => ({ count: 9, lastAt }));
    await kit.chromium.restart();
    const popup = await openLockedPopup(kit);
    await tryPassphrase(popup, PASSPHRASE);
    await waitForText(popup, TOO_SOON);
    await setFailedTries(kit, ({ count, lastAt }) => ({ count, lastAt: lastAt - HOUR_MS }));
    await tryPassphrase(popup, PASSPHRASE);
    await byRole(popup, 'textbox', 'QR code ID');
    await popup.close();
    await expectAccountWorks(kit);
  });
});
