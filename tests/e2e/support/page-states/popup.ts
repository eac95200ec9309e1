import type { Page } from 'puppeteer-core';
import type { Sandbox } from '../../../../sandbox/server.ts';
import { clickRole, typeInto } from '../../../harness/act.ts';
import { byRole, waitForText, waitUntilGone } from '../../../harness/find.ts';
import type { ChromiumFixture } from '../chromium-fixture.ts';
import { confirmCancel, enterId } from '../operator.ts';
import { LONG, NO_ANSWER, type Visit, withoutBackground } from './visit.ts';

const CHECK = 'Check status';
const CANCEL = 'Cancel QR code…';
const DIALOG = 'Cancel this QR code?';

/** The popup with an account: its field, every kind of response, the confirmation and every outcome. */
export async function walkPopup(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const popup = await kit.openPopup();
  await walkField(popup, visit);
  await walkChecks(kit, popup, visit);
  await walkFailedChecks(kit, popup, visit);
  await walkQuestions(kit, popup, visit);
  await walkOutcomes(kit, popup, visit);
  await walkSilence(kit, visit);
  await walkPanel(kit, visit);
}

async function walkField(popup: Page, visit: Visit): Promise<void> {
  await byRole(popup, 'textbox', 'QR code ID');
  await waitForText(popup, 'What you check or cancel appears here.');
  await visit('popup-empty', popup);
  await clickRole(popup, 'button', CHECK);
  await waitForText(popup, 'Enter a QR code ID.');
  await visit('popup-field-empty', popup);
  await enterId(popup, 'QR26DU7U9नREWU', CHECK);
  await waitForText(popup, 'This is not a QR code ID');
  await visit('popup-field-wrong', popup);
  await typeInto(popup, 'QR code ID', 'QR code ID: “QR26DU7U9NREWU”.');
  await waitForText(popup, 'ID found: QR26DU7U9NREWU');
  await visit('popup-id-found', popup);
  await typeInto(popup, 'QR code ID', 'QR26DU7U9NREWU, QR26AB3C4D5E6F, QR26ZZ9X8Y7W6V');
  await byRole(popup, 'button', 'Review 3 IDs');
  await visit('popup-several', popup);
}

async function walkChecks(kit: ChromiumFixture, popup: Page, visit: Visit): Promise<void> {
  const { qrCodes } = kit.sandbox;
  await enterId(popup, kit.nextId(), CHECK);
  await waitForText(popup, /Active\. /);
  await visit('popup-active', popup);

  const cancelled = kit.nextId();
  qrCodes.setStatus('UAT', cancelled, 'CANCELLED');
  await enterId(popup, cancelled, CHECK);
  await waitForText(popup, 'No longer accepts payments.');
  await visit('popup-cancelled', popup);

  qrCodes.put('UAT', { qrCodeId: 'QR26BARE000001', status: 'ACTIVE' });
  await enterId(popup, 'QR26BARE000001', CHECK);
  await waitForText(popup, /Active\.$/m);
  await visit('popup-bare', popup);

  const long = kit.nextId();
  const { name, description, unbroken } = LONG;
  qrCodes.put('UAT', {
    qrCodeId: long,
    qrName: name,
    description,
    amount: 12_345_678.5,
    referenceNumber: unbroken,
    customParams: { [unbroken]: unbroken, दुकान: description },
    status: 'ON_HOLD_BY_RISK_TEAM',
  });
  await enterId(popup, long, CHECK);
  await waitForText(popup, 'Status: ON_HOLD_BY_RISK_TEAM.');
  await visit('popup-long-texts', popup);
}

async function walkFailedChecks(kit: ChromiumFixture, popup: Page, visit: Visit): Promise<void> {
  const { faults } = kit.sandbox;
  await enterId(popup, 'QR26NOTTHERE01', CHECK);
  await waitForText(popup, 'No QR code with this ID');
  await visit('popup-not-found', popup);

  await faulty(kit, { on: 'get', answer: { kind: 'status', httpStatus: 500 } }, async () => {
    await enterId(popup, kit.nextId(), CHECK);
    await waitForText(popup, 'EnKash had a problem');
    await visit('popup-server-error', popup);
  });
  kit.sandbox.dialects.use('router-404-json', { on: ['get'] });
  await enterId(popup, kit.nextId(), CHECK);
  await waitForText(popup, 'between this computer and EnKash');
  await visit('popup-intermediary', popup);
  kit.sandbox.dialects.clear();
  await faulty(kit, { on: 'get', answer: { kind: 'drop' } }, async () => {
    await enterId(popup, kit.nextId(), CHECK);
    await waitForText(popup, 'Could not check the QR code');
    await visit('popup-unreachable', popup);
  });
  await faulty(kit, { on: 'get', answer: { kind: 'status', httpStatus: 401 } }, async () => {
    await enterId(popup, kit.nextId(), CHECK);
    await waitForText(popup, 'did not accept the keys');
    await visit('popup-keys-refused', popup);
  });
  await faulty(kit, { on: 'get', answer: { kind: 'silence' } }, async () => {
    await enterId(popup, kit.nextId(), CHECK);
    await byRole(popup, 'button', 'Checking…');
    await visit('popup-checking', popup);
    await popup.reload();
  });
  faults.add({ on: 'get', times: 1, answer: { kind: 'rate-limit', retryAfter: '6' } });
  await enterId(popup, kit.nextId(), CHECK);
  await waitForText(popup, 'EnKash asked us to wait.');
  await visit('popup-waiting', popup);
  await waitForText(popup, /Active\. /, { timeout: 20_000 });
}

async function walkQuestions(kit: ChromiumFixture, popup: Page, visit: Visit): Promise<void> {
  await enterId(popup, kit.nextId(), CANCEL);
  await byRole(popup, 'alertdialog', DIALOG);
  await visit('popup-dialog', popup);
  await clickRole(popup, 'button', 'Keep active');
  await waitUntilGone(popup, 'alertdialog');

  await faulty(kit, { on: 'get', answer: { kind: 'status', httpStatus: 503 } }, async () => {
    await enterId(popup, kit.nextId(), CANCEL);
    await byRole(popup, 'alertdialog', DIALOG);
    await visit('popup-dialog-unread', popup);
    await clickRole(popup, 'button', 'Keep active');
  });
  const suspended = kit.nextId();
  kit.sandbox.qrCodes.setStatus('UAT', suspended, 'SUSPENDED');
  await enterId(popup, suspended, CHECK);
  await clickRole(popup, 'button', 'Cancel anyway…');
  await byRole(popup, 'alertdialog', DIALOG);
  await visit('popup-dialog-unknown-status', popup);
  await clickRole(popup, 'button', 'Keep active');
  await waitUntilGone(popup, 'alertdialog');
  await faulty(kit, { on: 'cancel', answer: { kind: 'slow', ms: 4_000 } }, async () => {
    await enterId(popup, kit.nextId(), CANCEL);
    await confirmCancel(popup);
    await byRole(popup, 'button', 'Cancelling…');
    await visit('popup-cancelling', popup);
    await waitUntilGone(popup, 'alertdialog');
  });
}

async function walkOutcomes(kit: ChromiumFixture, popup: Page, visit: Visit): Promise<void> {
  await enterId(popup, kit.nextId(), CANCEL);
  await confirmCancel(popup);
  await waitForText(popup, 'EnKash confirmed it.');
  await visit('popup-outcome-cancelled', popup);
  await clickRole(popup, 'button', CANCEL);
  await waitForText(popup, 'Already cancelled – nothing to do');
  await visit('popup-outcome-already', popup);

  const rejected = {
    kind: 'reject',
    code: 512,
    message: 'Approval of the branch manager is pending',
  } as const;
  await faulty(kit, { on: 'cancel', answer: rejected }, async () => {
    await enterId(popup, kit.nextId(), CANCEL);
    await confirmCancel(popup);
    await waitForText(popup, 'Approval of the branch manager');
    await visit('popup-outcome-rejected', popup);
  });
  await faulty(kit, { on: 'cancel', answer: { kind: 'empty' } }, async () => {
    await enterId(popup, kit.nextId(), CANCEL);
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 500 } });
    await confirmCancel(popup);
    await waitForText(popup, 'Result not confirmed', { timeout: 30_000 });
    await visit('popup-outcome-unconfirmed', popup);
  });
  await popup.close();
}

/** The same page in the side panel. */
async function walkPanel(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const panel = await kit.chromium.openPage('popup.html?panel');
  await enterId(panel, kit.nextId(), CHECK);
  await waitForText(panel, /Active\. /);
  await visit('panel', panel);
  await panel.close();
}

/** Without a response of the background, and after it. */
async function walkSilence(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const popup = await kit.openPopup();
  await withoutBackground(popup);
  await popup.reload();
  await waitForText(popup, NO_ANSWER);
  await visit('popup-no-answer', popup);
  await popup.close();
}

/** The popup with the LIVE account, and its confirmation. */
export async function walkLivePopup(kit: ChromiumFixture, visit: Visit): Promise<void> {
  const [id = ''] = kit.sandbox.qrCodes.all('LIVE').map(({ qrCodeId }) => qrCodeId);
  const popup = await kit.openPopup();
  await byRole(popup, 'textbox', 'QR code ID');
  await visit('popup-live', popup);
  await enterId(popup, id, CHECK);
  await waitForText(popup, /Active\. /);
  await visit('popup-live-active', popup);
  await clickRole(popup, 'button', CANCEL);
  await byRole(popup, 'alertdialog', DIALOG);
  await visit('popup-live-dialog', popup);
  await popup.close();
}

type Fault = Parameters<Sandbox['faults']['add']>[0];

async function faulty(kit: ChromiumFixture, fault: Fault, work: () => Promise<void>): Promise<void> {
  kit.sandbox.faults.add(fault);
  await work();
  kit.sandbox.faults.clear();
}
