import type { Page } from 'puppeteer-core';
import type { Answer } from '../../../sandbox/fault.ts';
import { clickRole } from '../../harness/act.ts';
import { byRole } from '../../harness/find.ts';
import { waitForSummary } from './bulk-steps.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';
import { openSearchTab } from './search-steps.ts';

/** For a search of everything, and for the time limit of 20 s. */
export const LONG = { timeout: 40_000 };

/** Adds a cancelled code with a unique name. */
export function cancelledCode(kit: ChromiumFixture, environment: 'UAT' | 'LIVE' = 'UAT') {
  const { qrCodes } = kit.sandbox;
  const number = qrCodes.all(environment).length;
  const qrCodeId = `QR26OLD${String(number).padStart(6, '0')}`;
  const code = {
    qrCodeId,
    qrName: `Saffron Lane – चाय ${number}`,
    multipleUse: true,
    fixedAmount: true,
    amount: 125_000.5,
    description: 'Counter by the door',
    expiry: '2031-12-31T23:59:00.000',
    customerName: 'Asha Rao',
    customParams: { store: 'Pune' },
    status: 'CANCELLED',
    createdOn: '2026-01-01T10:00:00.000',
  };
  qrCodes.put(environment, code);
  return code;
}

/** Finds the code in the search tab, and opens the replacement form from its details. */
export async function openForm(kit: ChromiumFixture, id: string): Promise<Page> {
  const page = await openSearchTab(kit, `?text=${id}`);
  await waitForSummary(page, '1 QR code found.', LONG);
  await clickRole(page, 'button', id);
  await clickRole(page, 'button', 'Create a replacement…');
  await byRole(page, 'button', 'Create QR code…');
  return page;
}

export async function create(page: Page): Promise<void> {
  await clickRole(page, 'button', 'Create QR code…');
  await byRole(page, 'alertdialog', 'Create a QR code?');
  await clickRole(page, 'button', 'Create QR code');
}

export const creates = (kit: ChromiumFixture) => kit.sandbox.requests.of('create');
export const named = (kit: ChromiumFixture, name: string, environment: 'UAT' | 'LIVE' = 'UAT') =>
  kit.sandbox.qrCodes.all(environment).filter(({ qrName }) => qrName === name);
export const fault = (
  kit: ChromiumFixture,
  answer: Answer,
  more: { times?: number; applyEffect?: boolean } = {},
) => kit.sandbox.faults.add({ on: 'create', answer, ...more });
