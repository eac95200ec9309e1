import { expect } from 'vitest';
import type { QrCode } from '../seed.ts';
import { type DialectCase, describeDialects, type Kit } from './dialect-cases.ts';
import { SEARCH } from './search.ts';

const idsOf = (list: unknown) => (list as QrCode[]).map(({ qrCodeId }) => qrCodeId);

/** The ids of one page, requested under the dialect. */
async function page({ search }: Kit, offset: number, limit: number): Promise<string[]> {
  const { status, json } = await search(`offset=${offset}&limit=${limit}`);
  expect({ status, code: json.response_code }).toEqual({ status: 200, code: 0 });
  return idsOf(json.payload);
}

/** All ids, newest first, as the gateway returns them without a dialect. */
async function all(kit: Kit): Promise<string[]> {
  const dateOf = ({ createdOn }: QrCode) => String(createdOn ?? '');
  return idsOf(kit.sandbox.qrCodes.all('UAT').sort((a, b) => dateOf(b).localeCompare(dateOf(a))));
}

function pages(expected: [offset: number, limit: number, from: number, to: number][]): DialectCase {
  return {
    async check(kit) {
      const ids = await all(kit);
      for (const [offset, limit, from, to] of expected) {
        expect(await page(kit, offset, limit)).toEqual(ids.slice(from, to));
      }
      expect((await kit.search('offset=-1&limit=5')).status).toBe(400);
    },
  };
}

function total(expected: number): DialectCase {
  return {
    async check({ search }) {
      const { json } = await search('offset=0&limit=7');
      expect(json.payload).toEqual({ content: expect.any(Array), total: expected });
      expect((json.payload as { content: unknown[] }).content).toHaveLength(7);
      expect((await search('offset=-1')).json.payload).toBeNull();
    },
  };
}

describeDialects(SEARCH, {
  'offset-pages-0': pages([
    [0, 5, 0, 5],
    [1, 5, 5, 10],
    [5, 5, 25, 30],
    [12, 5, 60, 65],
  ]),
  'offset-pages-1': pages([
    [0, 5, 0, 5],
    [1, 5, 0, 5],
    [2, 5, 5, 10],
    [12, 5, 55, 60],
    [13, 5, 60, 65],
  ]),
  'page-cap-100': {
    async check(kit) {
      for (let at = 0; at < 90; at += 1) kit.sandbox.qrCodes.put('UAT', { qrCodeId: `QR26CAP${at}` });
      const first = await page(kit, 0, 5000);
      expect(first).toHaveLength(100);
      const second = await page(kit, 100, 5000);
      expect(second).toHaveLength(50);
      expect(new Set([...first, ...second]).size).toBe(150);
      expect(await page(kit, 0, 7)).toHaveLength(7);
    },
  },
  'pages-shrink': pages([
    [0, 20, 0, 20],
    [20, 20, 20, 30],
    [30, 5, 30, 33],
  ]),
  'total-of-page': total(7),
  'total-too-low': total(30),
  'ignore-filters': {
    async check(kit) {
      const { json } = await kit.search('offset=0&limit=100', { qrCodeId: kit.id, status: 'CANCELLED' });
      expect(idsOf(json.payload)).toEqual(await all(kit));
    },
  },
  'list-under-data-data': {
    async check({ search }) {
      const { json } = await search();
      expect(json).toEqual({
        response_code: 0,
        response_message: 'SUCCESS',
        payload: { data: { data: expect.any(Array) } },
      });
      expect((json.payload as { data: { data: unknown[] } }).data.data).toHaveLength(5);
    },
  },
});
