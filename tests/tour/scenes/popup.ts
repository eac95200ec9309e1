import type { Page } from 'puppeteer-core';
import type { Fault } from '../../../sandbox/fault.ts';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../harness/find.ts';
import type { Album } from '../album.ts';
import { accountName, enterAccount } from '../settings.ts';
import type { Stage } from '../stage.ts';
import { activeId } from './settings.ts';

/** How long the gateway takes where something is photographed meanwhile, in ms. */
const meanwhile = 4_000;

const narrow = { width: 320, height: 600 };
const panel = { width: 360, height: 800 };

/** The popup in every state of a check and a cancel, on UAT. */
export async function photographPopup(stage: Stage, album: Album): Promise<void> {
  const { session, sandbox } = stage;
  const page = await session.openPage('popup.html');
  const id = activeId(sandbox, 1);
  await byRole(page, 'textbox', 'QR code ID');
  await album.add(page, 'popup');
  await enter(page, '../x', 'Check status');
  await byRole(page, 'alert');
  await album.add(page, 'popup-no-id');
  await typeInto(page, 'QR code ID', `Please end ${id} and ${activeId(sandbox, 2)} today`);
  await byRole(page, 'button', 'Review 2 IDs');
  await album.add(page, 'popup-several');

  await during(stage, { on: 'get', answer: { kind: 'slow', ms: meanwhile } }, async () => {
    await enter(page, id, 'Check status');
    await byRole(page, 'button', 'Checking…');
    await album.add(page, 'popup-checking');
    await waitForText(page, /^Active\./m);
  });
  await album.add(page, 'popup-active');
  await album.add(page, 'popup-narrow', narrow);
  await enter(page, 'QR26NOSUCHCODE', 'Check status');
  await waitForText(page, 'Could not check the QR code');
  await album.add(page, 'popup-not-found');
  await during(stage, { on: 'get', answer: { kind: 'status', httpStatus: 503 } }, async () => {
    await enter(page, id, 'Check status');
    await waitForText(page, 'EnKash had a problem');
    await album.add(page, 'popup-check-failed');
    await clickRole(page, 'button', 'Cancel QR code…');
    await byRole(page, 'alertdialog', 'Cancel this QR code?');
    await album.add(page, 'popup-question-unread');
    await keepActive(page);
  });
  await photographCancels(stage, album, page);
  await page.close();
  await photographPanel(stage, album);
}

async function photographCancels(stage: Stage, album: Album, page: Page): Promise<void> {
  const { sandbox } = stage;
  const id = activeId(sandbox, 3);
  await ask(page, id);
  await album.add(page, 'popup-question');
  await during(stage, { on: 'cancel', answer: { kind: 'slow', ms: meanwhile } }, async () => {
    await clickRole(page, 'button', 'Cancel QR code');
    await byRole(page, 'button', 'Cancelling…');
    await album.add(page, 'popup-cancelling');
    await waitUntilGone(page, 'alertdialog');
  });
  await waitForText(page, 'EnKash confirmed it.');
  await album.add(page, 'popup-cancelled');
  await enter(page, id, 'Cancel QR code…');
  await waitForText(page, 'Already cancelled – nothing to do');
  await album.add(page, 'popup-already-cancelled');

  const rejected: Fault = {
    on: 'cancel',
    answer: { kind: 'reject', code: 512, message: 'Approval pending' },
  };
  await during(stage, rejected, async () => {
    await ask(page, activeId(sandbox, 4));
    await clickRole(page, 'button', 'Cancel QR code');
    await waitForText(page, 'Approval pending');
    await album.add(page, 'popup-rejected');
  });
  await during(stage, { on: 'cancel', answer: { kind: 'says-active' } }, async () => {
    await ask(page, activeId(sandbox, 5));
    await clickRole(page, 'button', 'Cancel QR code');
    await waitForText(page, 'Result not confirmed');
    await album.add(page, 'popup-not-confirmed');
  });
  const busy: Fault = { on: 'get', times: 1, answer: { kind: 'rate-limit', retryAfter: '6' } };
  await during(stage, busy, async () => {
    await enter(page, activeId(sandbox, 6), 'Check status');
    await waitForText(page, 'EnKash asked to wait');
    await album.add(page, 'popup-waiting');
    await waitForText(page, /^Active\./m);
  });
}

async function photographPanel({ session, sandbox }: Stage, album: Album): Promise<void> {
  const page = await session.openPage('popup.html?panel');
  await enter(page, activeId(sandbox, 1), 'Check status');
  await waitForText(page, /^Active\./m);
  await album.add(page, 'panel', panel);
  await page.close();
}

/** The question on LIVE, with a second account in use; ends with the first one in use again. */
export async function photographLive({ session, sandbox }: Stage, album: Album): Promise<void> {
  const settings = await session.openPage('options.html');
  await enterAccount(settings, sandbox.merchants.LIVE, { name: 'Real shop', environment: 'LIVE' });
  await clickRole(settings, 'button', 'Save account');
  await clickRole(settings, 'radio', 'Use Real shop');
  await album.add(settings, 'settings-two-accounts');
  const page = await session.openPage('popup.html');
  const id = [...sandbox.qrCodes.all('LIVE')].find(({ status }) => status === 'ACTIVE')?.qrCodeId ?? '';
  await ask(page, id);
  await album.add(page, 'popup-question-live');
  await keepActive(page);
  await page.close();
  await settings.bringToFront();
  await clickRole(settings, 'radio', `Use ${accountName}`);
  await settings.close();
}

/** Types a text into the popup and presses one of its two buttons. */
async function enter(page: Page, text: string, button: 'Check status' | 'Cancel QR code…'): Promise<void> {
  await typeInto(page, 'QR code ID', text);
  await clickRole(page, 'button', button);
}

/** Goes as far as the question whether this code is to be cancelled. */
export async function ask(page: Page, id: string): Promise<void> {
  await enter(page, id, 'Cancel QR code…');
  await byRole(page, 'alertdialog', 'Cancel this QR code?');
}

async function keepActive(page: Page): Promise<void> {
  await clickRole(page, 'button', 'Keep active');
  await waitUntilGone(page, 'alertdialog');
}

/** Does something while the gateway misbehaves. */
export async function during({ sandbox }: Stage, fault: Fault, act: () => Promise<void>): Promise<void> {
  sandbox.faults.add(fault);
  await act().finally(() => sandbox.faults.clear());
}
