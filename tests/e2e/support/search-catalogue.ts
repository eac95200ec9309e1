import type { Page } from 'puppeteer-core';
import { byRole } from '../../harness/find.ts';
import type { ChromiumFixture } from './chromium-fixture.ts';

/** How many codes {@link putCatalogue} adds to UAT. */
export const COUNT = 50_000;
const SHOPS = ['Tea', 'Books', '=SUM(1)', 'Paan', 'Saris'];
export const idOf = (index: number) => `QR26SRCH${String(index).padStart(6, '0')}`;
export const isCancelled = (index: number) => index % 10 === 3;

/** Puts the catalogue that the tests of searches share into UAT, and takes the seeded codes out of date searches. */
export function putCatalogue({ sandbox: { qrCodes } }: ChromiumFixture): void {
  for (const { qrCodeId } of qrCodes.all('UAT'))
    qrCodes.put('UAT', { qrCodeId, createdOn: undefined, status: 'SEEDED' });
  for (let index = 0; index < COUNT; index += 1) {
    const minute = String(index % 60).padStart(2, '0');
    const day = String(1 + (index % 28)).padStart(2, '0');
    qrCodes.put('UAT', {
      qrCodeId: idOf(index),
      qrName: `${SHOPS[index % SHOPS.length]} ${index}`,
      amount: index % 1_000,
      status: isCancelled(index) ? 'CANCELLED' : 'ACTIVE',
      multipleUse: index % 2 === 0,
      createdOn: `2026-0${1 + (index % 9)}-${day}T10:${minute}:00.000`,
      referenceNumber: `REF${index}`,
      customerName: index === 77 ? 'Asha Rao' : `Customer ${index}`,
      customerMobile: `+91 00000 ${index}`,
    });
  }
}

export const total = (kit: ChromiumFixture) => kit.sandbox.qrCodes.all('UAT').length;
/** The number of rows that the table announces, without its heading. */
export const rowCount = async (page: Page) =>
  Number(await (await byRole(page, 'grid')).evaluate((grid) => grid.getAttribute('aria-rowcount'))) - 1;
