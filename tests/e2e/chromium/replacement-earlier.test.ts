import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clickRole } from '../../harness/act.ts';
import { byRole, textOf, waitForText, waitUntilGone } from '../../harness/find.ts';
import { until } from '../../harness/until.ts';
import { waitForSummary } from '../support/bulk-steps.ts';
import { type ChromiumFixture, openChromiumFixture } from '../support/chromium-fixture.ts';
import { paste } from '../support/operator.ts';
import {
  cancelledCode,
  create,
  creates,
  fault,
  LONG,
  named,
  openForm,
} from '../support/replacement-steps.ts';
import {
  choosePassphrase,
  dispatchInWorker,
  removePassphrase,
  tryPassphrase,
} from '../support/vault-steps.ts';

let kit: ChromiumFixture;
beforeAll(async () => {
  kit = await openChromiumFixture();
});
afterAll(() => kit?.close());
afterEach(() => kit.reset());

describe('an earlier create for the same code', () => {
  it('is shown after a reload', async () => {
    const old = cancelledCode(kit);
    const page = await openForm(kit, old.qrCodeId);
    await create(page);
    await waitForText(page, 'QR code created');
    const made = named(kit, old.qrName).find(({ status }) => status === 'ACTIVE');
    await page.reload();
    await waitForSummary(page, '1 QR code found.', LONG);
    await clickRole(page, 'button', old.qrCodeId);
    await clickRole(page, 'button', 'Create a replacement…');
    await waitForText(page, `A replacement was created already: ${made?.qrCodeId}.`);
  });

  it('is shown as unknown if its page was closed during it, and as done once its end is known', async () => {
    const old = cancelledCode(kit);
    fault(kit, { kind: 'slow', ms: 15_000 });
    const first = await openForm(kit, old.qrCodeId);
    await create(first);
    await kit.sandbox.requests.waitFor('create', 1, 10_000);
    await first.close();
    const page = await openForm(kit, old.qrCodeId);
    await waitForText(page, 'It is not known whether an earlier try created a QR code.');
    await until('the new code', () => named(kit, old.qrName).length === 2, LONG);
    const isShown = async () => {
      await clickRole(page, 'button', 'Create QR code…');
      const text = await textOf(page, 'alertdialog');
      await clickRole(page, 'button', 'Don’t create');
      await waitUntilGone(page, 'alertdialog');
      return text.includes('A replacement was created already: ');
    };
    await until('its end', isShown, LONG);
    expect(creates(kit)).toHaveLength(1);
  });

  it('with an unknown result is shown in the open form of another page, and after a reload', async () => {
    const old = cancelledCode(kit);
    const page = await openForm(kit, old.qrCodeId);
    const other = await openForm(kit, old.qrCodeId);
    fault(kit, { kind: 'status', httpStatus: 502 }, { applyEffect: true });
    await create(other);
    await waitForText(other, 'Not known whether a QR code was created');
    kit.sandbox.faults.clear();
    await waitForText(page, 'It is not known whether an earlier try created a QR code.');
    await other.reload();
    await waitForSummary(other, '1 QR code found.', LONG);
    await clickRole(other, 'button', old.qrCodeId);
    await clickRole(other, 'button', 'Create a replacement…');
    await waitForText(other, 'It is not known whether an earlier try created a QR code.');
    await clickRole(other, 'button', 'Create QR code…');
    expect(await textOf(other, 'alertdialog')).toContain('It is not known whether an earlier try');
    expect(creates(kit)).toHaveLength(1);
  });

  it('by another page blocks this one until the operator has seen it', async () => {
    const old = cancelledCode(kit);
    const page = await openForm(kit, old.qrCodeId);
    await clickRole(page, 'button', 'Create QR code…');
    await byRole(page, 'alertdialog');
    const other = await openForm(kit, old.qrCodeId);
    await create(other);
    await waitForText(other, 'QR code created');
    await page.bringToFront();
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'A replacement was created already: ');
    await byRole(page, 'alertdialog', 'Create a QR code?');
    expect(creates(kit)).toHaveLength(1);
    await clickRole(page, 'button', 'Create QR code');
    await waitForText(page, 'QR code created');
    expect(creates(kit)).toHaveLength(2);
  });
});

describe('A32 locked', () => {
  const PASSPHRASE = 'correct horse battery staple';
  beforeAll(() => kit.withOptions((options) => choosePassphrase(options, PASSPHRASE)));
  afterAll(() => kit.withOptions((options) => removePassphrase(options, PASSPHRASE)));

  it('hides the new code until the unlock', async () => {
    const page = await openForm(kit, cancelledCode(kit).qrCodeId);
    await create(page);
    await waitForText(page, 'Asha Rao');
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    await byRole(page, 'button', 'Unlock');
    const text = await page.evaluate(() => document.body.textContent);
    expect(text).not.toContain('Asha Rao');
    expect(text).not.toContain('Saffron Lane');
    await tryPassphrase(page, PASSPHRASE);
    await waitForText(page, 'EnKash said: “SUCCESS” (code 0).');
    expect(creates(kit)).toHaveLength(1);
  });

  it('removes the data of a list, keeps its ids, and continues the review after the unlock', async () => {
    const { qrCodeId, qrName } = cancelledCode(kit);
    const page = await kit.chromium.openPage('workbench.html#bulk');
    await paste(page, 'QR code IDs', qrCodeId);
    await clickRole(page, 'button', 'Review IDs');
    await waitForText(page, qrName);
    await dispatchInWorker(kit.chromium, 'idle', 'onStateChanged', 'locked');
    await waitForText(page, 'Checking has stopped.');
    expect(await page.evaluate(() => document.body.textContent)).not.toContain(qrName);
    expect(await textOf(page, 'textbox', 'QR code IDs')).toBe(qrCodeId);
    await tryPassphrase(page, PASSPHRASE);
    await clickRole(page, 'button', 'Continue checking');
    await waitForText(page, qrName);
  });
});
