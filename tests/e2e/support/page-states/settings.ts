import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../../harness/find.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { choosePassphrase, tryPassphrase } from '../vault-steps.ts';
import { NO_ANSWER, type Visit, withoutBackground } from './visit.ts';

/** The passphrase of `walkLocked`. */
const PASSPHRASE = 'correct horse battery staple';

/** The settings with an account: all results and confirmations. */
export async function walkSettings(kit: ChromiumFixture, visit: Visit, account: string): Promise<void> {
  const options = await kit.chromium.openPage('options.html');
  await byRole(options, 'radio', `Use ${account}`);
  await visit('settings-account', options);

  await clickRole(options, 'button', `Edit ${account}`);
  await byRole(options, 'heading', `Edit ${account}`);
  await visit('settings-editing', options);
  await clickRole(options, 'button', 'Check connection');
  await waitForText(options, 'Connection works.');
  await visit('settings-connection-works', options);
  kit.sandbox.faults.add({
    on: 'token',
    answer: { kind: 'reject', code: 110, message: 'Invalid credentials' },
  });
  await typeInto(options, 'Access key', 'SANDBOX-WRONG');
  await clickRole(options, 'button', 'Check connection');
  await waitForText(options, 'Connection failed.');
  await visit('settings-connection-failed', options);
  kit.sandbox.faults.clear();
  await walkRefusedReads(kit, options, visit, account);

  await clickRole(options, 'button', 'Set passphrase');
  await waitForText(options, /At least 12 characters\.$/m);
  await visit('settings-passphrase-too-short', options);

  await walkQuestions(options, visit, account);
  await options.close();

  const silent = await kit.chromium.openPage('options.html');
  await withoutBackground(silent);
  await silent.reload();
  await waitForText(silent, NO_ANSWER);
  await visit('settings-no-answer', silent);
  await silent.close();
}

/** A connection check of which an intermediary refuses one read, then both. */
async function walkRefusedReads(
  kit: ChromiumFixture,
  options: Page,
  visit: Visit,
  account: string,
): Promise<void> {
  kit.sandbox.dialects.use('router-404-json', { on: ['get'] });
  kit.sandbox.faults.add({ on: 'search', answer: { kind: 'slow', ms: 8_000 } });
  await clickRole(options, 'button', `Edit ${account}`);
  await typeInto(options, 'QR code ID to try (optional)', kit.nextId());
  await clickRole(options, 'button', 'Check connection');
  await waitForText(options, 'between this computer and EnKash');
  await visit('settings-connection-checking', options);
  await waitForText(options, 'Searching works.', { timeout: 20_000 });
  await visit('settings-connection-partly', options);
  kit.sandbox.dialects.use('router-404-json', { on: ['get', 'search'] });
  await clickRole(options, 'button', 'Check connection');
  await waitForText(options, 'Connection failed.');
  await visit('settings-connection-refused', options);
  kit.sandbox.faults.clear();
  kit.sandbox.dialects.clear();
}

async function walkQuestions(options: Page, visit: Visit, account: string): Promise<void> {
  const questions = [
    { button: `Remove ${account}`, title: `Remove ${account}?`, keep: 'Keep account', state: 'remove' },
    { button: 'Erase history', title: 'Erase the history?', keep: 'Keep history', state: 'erase' },
    { button: 'Delete everything', title: 'Delete everything?', keep: 'Keep everything', state: 'forget' },
  ];
  for (const { button, title, keep, state } of questions) {
    await clickRole(options, 'button', button);
    await byRole(options, 'alertdialog', title);
    await visit(`settings-${state}`, options);
    await clickRole(options, 'button', keep);
    await waitUntilGone(options, 'alertdialog');
  }
}

/** Every page with a passphrase, locked. Unlocks them at the end. */
export async function walkLocked(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const options = await kit.chromium.openPage('options.html');
  await choosePassphrase(options, PASSPHRASE);
  await visit('settings-passphrase-set', options);
  const popup = await kit.openPopup();
  await byRole(popup, 'button', 'Lock');
  await visit('popup-with-lock', popup);
  await options.bringToFront();
  await clickRole(options, 'button', 'Lock');
  await byRole(options, 'textbox', 'Passphrase');
  await visit('settings-locked', options);
  await popup.bringToFront();
  await byRole(popup, 'heading', 'Locked');
  await visit('popup-locked', popup);
  await tryPassphrase(popup, 'incorrect horse battery staple');
  await waitForText(popup, 'This passphrase is not right.');
  await visit('popup-locked-wrong', popup);
  for (const tab of ['bulk', 'search', 'find', 'history']) {
    const page = await kit.chromium.openPage(`workbench.html#${tab}`);
    await byRole(page, 'textbox', 'Passphrase');
    await visit(`${tab}-locked`, page);
    await page.close();
  }
  await tryPassphrase(popup, PASSPHRASE);
  await byRole(popup, 'textbox', 'QR code ID');
  await kit.closePages();
}
