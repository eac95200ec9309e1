import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../harness/act.ts';
import { openDemoPage, selectFirstId } from '../harness/demo-page.ts';
import { byRole, hasRole, textOf, waitForText, waitUntilGone } from '../harness/find.ts';
import { demand } from './proof.ts';
import { fillInSettings } from './settings.ts';
import type { Stage } from './setup.ts';
import { StepBook } from './step-log.ts';

const dialogName = 'Cancel this QR code?';

/** All texts with which the extension reports the result of a cancel. */
const anyOutcome = /^(QR code (was already |not )?cancelled|Result not confirmed)$/m;

/**
 * Runs the main workflow automatically: the settings, a check, a cancel from the popup, a cancel from the context menu, the
 * history, a list of codes. Rejects at the first unexpected result.
 */
export async function walk(stage: Stage): Promise<void> {
  const { session, sandbox } = stage;
  const book = new StepBook(sandbox);

  const title = 'Fill in the settings and test the connection';
  const settings = await book.step('settings', title, { testsConnection: true }, () => fillInSettings(stage));
  const demo = await openDemoPage(session.browser, sandbox);
  const first = await selectFirstId(demo, 'table');
  await settings.close();
  await walkPopup(stage, book, first);

  let second = '';
  await book.step('demo-page', 'Select another QR code on a web page', {}, async () => {
    second = await selectFirstId(demo, 'chat');
    return demo;
  });
  await walkContextMenu(stage, book, demo, second);

  await book.step('history', 'Look at the history', {}, async () => {
    const page = await session.openPage('workbench.html#history');
    for (const id of [first, second]) await waitForText(page, new RegExp(`${id}[^]*Cancelled`));
    return page;
  });
  await walkBulk(stage, book);
}

async function walkPopup({ session }: Stage, book: StepBook, id: string): Promise<void> {
  const popup = await book.step('checked', `Check ${id} in the popup`, { reads: [id] }, async () => {
    const page = await session.openPage('popup.html');
    await typeInto(page, 'QR code ID', id);
    await clickRole(page, 'button', 'Check status');
    await byRole(page, 'region', 'QR code details');
    await waitForText(page, /^Active\./m);
    return page;
  });
  await book.step('dialog', 'Press “Cancel QR code…”: a question comes first', { reads: [id] }, async () => {
    await clickRole(popup, 'button', 'Cancel QR code…');
    await waitForDialog(popup, id);
    return popup;
  });
  await book.step('result', 'Confirm', { cancels: [id] }, () => confirmCancel(popup));
  // The browser has only one popup, so close it before the context menu opens it.
  await popup.close();
}

async function walkContextMenu({ session }: Stage, book: StepBook, demo: Page, id: string): Promise<void> {
  const title = `Choose “Cancel QR code “${id}”…” in the context menu: the popup opens with the question`;
  const popup = await book.step('menu-dialog', title, { reads: [id] }, async () => {
    await session.clickMenu('cancel-qr-code', id, demo);
    const page = await session.waitForPopup();
    await waitForDialog(page, id);
    return page;
  });
  await book.step('menu-result', 'Confirm: the result is notified too', { cancels: [id] }, async () => {
    const from = session.notifications.all.length;
    await confirmCancel(popup);
    const { message } = await session.notifications.waitFor('QR code cancelled', { from });
    demand(message.includes(id), `the notification does not name ${id}`);
    return popup;
  });
}

/** Larger lists require typing their number. */
const bulkSize = 24;

async function walkBulk({ session, sandbox }: Stage, book: StepBook): Promise<void> {
  const ids = sandbox.qrCodes
    .all('UAT')
    .filter(({ status }) => status === 'ACTIVE')
    .slice(-bulkSize)
    .map(({ qrCodeId }) => qrCodeId);
  const confirm = `Cancel ${bulkSize} QR codes`;
  const title = `Review a list of ${bulkSize} QR codes in the workbench`;
  const page = await book.step('review', title, { reads: ids }, async () => {
    const workbench = await session.openPage('workbench.html#bulk');
    await typeInto(workbench, 'QR code IDs', [...ids, ids[0], '1.23E+15'].join('\n'));
    await clickRole(workbench, 'button', 'Review IDs');
    await waitForText(workbench, `${bulkSize} will be cancelled · 1 not a QR code ID · 1 duplicate`);
    return workbench;
  });
  await book.step('gate', `Press “${confirm}…”: the number has to be typed`, {}, async () => {
    await clickRole(page, 'button', `${confirm}…`);
    await byRole(page, 'alertdialog', `${confirm}?`);
    await typeInto(page, `Type CANCEL ${bulkSize} to confirm`, `CANCEL ${bulkSize}`);
    return page;
  });
  await book.step('bulk', 'Confirm', { cancels: ids }, async () => {
    await clickRole(page, 'button', confirm);
    await waitForText(page, /^Bulk cancel finished/m);
    await waitForText(page, `${bulkSize} cancelled`);
    return page;
  });
}

async function waitForDialog(page: Page, id: string): Promise<void> {
  await byRole(page, 'alertdialog', dialogName);
  const text = await textOf(page, 'alertdialog', dialogName);
  demand(text.includes(id), `the dialog does not name ${id}`);
  demand(await hasRole(page, 'button', 'Keep active'), 'the dialog has no “Keep active”');
}

async function confirmCancel(page: Page): Promise<Page> {
  await clickRole(page, 'button', 'Cancel QR code');
  await waitUntilGone(page, 'alertdialog', dialogName);
  const [outcome] = anyOutcome.exec(await waitForText(page, anyOutcome)) ?? [];
  demand(outcome === 'QR code cancelled', `the popup says “${outcome}”`);
  return page;
}
