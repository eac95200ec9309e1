import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../harness/find.ts';
import type { Album } from '../album.ts';
import { accountName, enterAccount } from '../settings.ts';
import type { Stage } from '../stage.ts';

/** The passphrase that the pictures of the lock are taken with. */
export const passphrase = 'the pictures’ own passphrase';

const narrow = { width: 320, height: 640 };

/** The first run, from the empty page to the first check; an account is there afterwards. */
export async function photographFirstRun({ session, sandbox }: Stage, album: Album): Promise<void> {
  const popup = await session.openPage('popup.html');
  await byRole(popup, 'heading', 'Add your EnKash account');
  await album.add(popup, 'popup-first-run');
  await popup.close();

  const page = await session.openPage('options.html');
  await byRole(page, 'heading', 'Getting started');
  await album.add(page, 'settings-first-run');
  await album.addForStores(page, '5-first-run');
  await album.add(page, 'settings-narrow', narrow);
  await clickRole(page, 'button', 'Save account');
  await waitForText(page, 'Enter the access key.');
  await album.add(page, 'settings-missing');
  await enterAccount(page, { ...sandbox.merchants.UAT, secretKey: 'SANDBOX-WRONG-KEY' });
  await clickRole(page, 'button', 'Test connection');
  await waitForText(page, 'Connection failed');
  await album.add(page, 'settings-test-failed');
  await enterAccount(page, sandbox.merchants.UAT);
  await clickRole(page, 'button', 'Save account');
  await clickRole(page, 'button', `Test connection of ${accountName}`);
  await waitForText(page, 'Connection works');
  await album.add(page, 'settings-first-run-tested');
  await typeInto(page, 'QR code ID', activeId(sandbox, 0));
  await clickRole(page, 'button', 'Check status');
  await byRole(page, 'region', 'QR code details');
  await album.add(page, 'settings-first-run-done');
  await page.close();
}

/** The settings as they are for good, and what they ask and say. Ends with a passphrase, and unlocked. */
export async function photographSettings({ session }: Stage, album: Album): Promise<void> {
  const page = await session.openPage('options.html');
  await byRole(page, 'radio', `Use ${accountName}`);
  await album.add(page, 'settings');
  await clickRole(page, 'button', `Remove ${accountName}`);
  await byRole(page, 'alertdialog', `Remove ${accountName}?`);
  await album.add(page, 'settings-question');
  await page.keyboard.press('Escape');
  await waitUntilGone(page, 'alertdialog');
  await typeInto(page, 'New passphrase', passphrase);
  await typeInto(page, 'Repeat passphrase', passphrase);
  await clickRole(page, 'button', 'Set passphrase');
  await waitForText(page, 'Passphrase set.');
  await album.add(page, 'settings-passphrase');
  await page.close();
}

/** What a locked popup asks for, and says to a wrong answer. Ends unlocked. */
export async function photographLock({ session }: Stage, album: Album): Promise<void> {
  const page: Page = await session.openPage('popup.html');
  await clickRole(page, 'button', 'Lock');
  await byRole(page, 'button', 'Unlock');
  await album.add(page, 'popup-locked');
  await typeInto(page, 'Passphrase', 'not this one');
  await clickRole(page, 'button', 'Unlock');
  await byRole(page, 'alert');
  await album.add(page, 'popup-wrong-passphrase');
  await typeInto(page, 'Passphrase', passphrase);
  await clickRole(page, 'button', 'Unlock');
  await byRole(page, 'textbox', 'QR code ID');
  await page.close();
}

/** One of the sandbox's codes that take payments, counted from 0. */
export function activeId({ qrCodes }: Stage['sandbox'], index: number): string {
  const active = [...qrCodes.all('UAT')].filter(({ status }) => status === 'ACTIVE');
  const id = active[index]?.qrCodeId;
  if (!id) throw new Error(`The sandbox has fewer than ${index + 1} active QR codes`);
  return id;
}
