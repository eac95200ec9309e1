import type { Page } from 'puppeteer-core';
import { clickRole, typeInto } from '../../harness/act.ts';
import { byRole, waitForText } from '../../harness/find.ts';
import type { Album } from '../album.ts';
import type { Stage } from '../stage.ts';
import { during } from './popup.ts';

/** More than this many have to be confirmed by typing their number. */
const bulkSize = 120;
const narrow = { width: 320, height: 640 };

/** A list of codes from the empty page to its report. */
export async function photographBulk(stage: Stage, album: Album): Promise<void> {
  const { session, sandbox } = stage;
  const ids = Array.from({ length: bulkSize }, (_, index) => {
    const qrCodeId = `QR26MELA${String(index + 1).padStart(6, '0')}`;
    sandbox.qrCodes.put('UAT', {
      qrCodeId,
      qrName: `Mela stall ${index + 1}`,
      amount: 250,
      status: 'ACTIVE',
    });
    return qrCodeId;
  });
  const confirm = `Cancel ${bulkSize} QR codes`;
  const page = await session.openPage('workbench.html#bulk');
  await byRole(page, 'textbox', 'QR code IDs');
  await album.add(page, 'bulk');
  await album.add(page, 'bulk-narrow', narrow);
  const list = [...ids, ids[0], '1.23E+15', 'QR26NOSUCHCODE'].join('\n');
  await during(stage, { on: 'get', answer: { kind: 'slow', ms: 700 } }, async () => {
    await typeInto(page, 'QR code IDs', list);
    await clickRole(page, 'button', 'Review IDs');
    await byRole(page, 'progressbar');
    await album.add(page, 'bulk-reading');
    await byRole(page, 'button', `${confirm}…`, { timeout: 60_000 });
  });
  await album.add(page, 'bulk-review');
  await album.addForStores(page, '3-review');
  await clickRole(page, 'button', `${confirm}…`);
  await byRole(page, 'alertdialog', `${confirm}?`);
  await album.add(page, 'bulk-question');
  await typeInto(page, `Type CANCEL ${bulkSize} to confirm`, `CANCEL ${bulkSize}`);
  sandbox.faults.add({
    on: 'cancel',
    qrCodeId: String(ids[7]),
    answer: { kind: 'reject', code: 512, message: 'Approval pending' },
  });
  sandbox.faults.add({ on: 'cancel', answer: { kind: 'slow', ms: 1_500 } });
  await clickRole(page, 'button', confirm);
  await waitForText(page, /\d+ cancelled/);
  await album.add(page, 'bulk-running');
  await clickRole(page, 'button', 'Pause');
  await byRole(page, 'button', 'Resume');
  await album.add(page, 'bulk-paused');
  await clickRole(page, 'button', 'Resume');
  await waitForText(page, /^Bulk cancel finished/m, { timeout: 60_000 });
  sandbox.faults.clear();
  await album.add(page, 'bulk-finished');
  await page.close();
}

/** The search, from the empty form to the details of one code. */
export async function photographSearch(stage: Stage, album: Album): Promise<void> {
  const { session } = stage;
  let page = await session.openPage('workbench.html#search');
  await byRole(page, 'button', 'Search QR codes');
  await album.add(page, 'search');
  await during(stage, { on: 'search', answer: { kind: 'status', httpStatus: 503 } }, async () => {
    await clickRole(page, 'button', 'Search QR codes');
    await byRole(page, 'alert');
    await album.add(page, 'search-failed');
  });
  await page.close();
  page = await session.openPage('workbench.html?status=ACTIVE#search');
  await waitForText(page, /\d QR codes? found\./);
  await album.add(page, 'search-found');
  await selectSome(page);
  await album.add(page, 'search-selected');
  await album.addForStores(page, '4-search');
  await page.keyboard.press('Enter');
  await byRole(page, 'region', 'QR code details');
  await album.add(page, 'search-details');
  await page.close();
}

async function selectSome(page: Page): Promise<void> {
  await page.focus('[role=grid]');
  for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'ArrowDown', 'Space'] as const)
    await page.keyboard.press(key);
  await byRole(page, 'button', 'Cancel 2 QR codes…');
}

/** The history: of a browser in which nothing was done, or of what was done for the other pictures. */
export async function photographHistory(
  { session }: Stage,
  album: Album,
  name: 'history-empty' | 'history',
): Promise<void> {
  const page = await session.openPage('workbench.html#history');
  await byRole(page, 'tabpanel', 'History');
  if (name === 'history') await waitForText(page, 'Cancelled');
  await album.add(page, name);
  await page.close();
}
