import { expect, it } from 'vitest';
import type { EnKashClient } from '../enkash/client.ts';
import { CAPACITY, watchActiveCodes } from './active-codes.ts';

const UAT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const LIVE = { ...UAT, id: 'a2', environment: 'LIVE' } as const;

/** A client that reads each code with this status, and its watched form. */
function watch(statusOf: (qrCodeId: string) => string) {
  const getQrCode: EnKashClient['getQrCode'] = async (_, qrCodeId) => ({
    kind: 'answered',
    code: 0,
    message: '',
    payload: { qrCodeId, status: statusOf(qrCodeId) },
  });
  return watchActiveCodes({ getQrCode } as EnKashClient);
}

it('remembers a code that was read as ACTIVE, for its account alone, until a read says otherwise', async () => {
  let status = 'ACTIVE';
  const { client, wasActive } = watch(() => status);
  await client.getQrCode(UAT, 'QR1');
  expect([wasActive(UAT, 'QR1'), wasActive(LIVE, 'QR1'), wasActive(UAT, 'QR2')]).toEqual([
    true,
    false,
    false,
  ]);
  status = 'CANCELLED';
  await client.getQrCode(UAT, 'QR1');
  expect(wasActive(UAT, 'QR1')).toBe(false);
});

it('remembers the latest codes at least, and forgets earlier ones', async () => {
  const { client, wasActive } = watch(() => 'ACTIVE');
  const read = async (from: number, count: number) => {
    for (let index = from; index < from + count; index += 1) await client.getQrCode(UAT, `QR${index}`);
  };
  await read(0, CAPACITY);
  await read(0, 1);
  expect([wasActive(UAT, 'QR0'), wasActive(UAT, 'QR1')]).toEqual([true, true]);
  await read(CAPACITY, CAPACITY);
  const latest = Array.from({ length: CAPACITY }, (_, index) => `QR${CAPACITY + index}`);
  expect(latest.every((id) => wasActive(UAT, id))).toBe(true);
  await read(2 * CAPACITY, CAPACITY);
  expect([wasActive(UAT, 'QR0'), wasActive(UAT, 'QR1')]).toEqual([false, false]);
});

it('forgets an earlier code that is read with another status', async () => {
  let status = 'ACTIVE';
  const { client, wasActive } = watch(() => status);
  for (let index = 0; index <= CAPACITY; index += 1) await client.getQrCode(UAT, `QR${index}`);
  expect(wasActive(UAT, 'QR0')).toBe(true);
  status = 'CANCELLED';
  await client.getQrCode(UAT, 'QR0');
  expect(wasActive(UAT, 'QR0')).toBe(false);
});

it('takes next to no other code for one of a full memory', async () => {
  const { client, wasActive } = watch(() => 'ACTIVE');
  for (let index = 0; index < 2 * CAPACITY; index += 1) await client.getQrCode(UAT, `QR26AB${1e8 + index}`);
  const others = Array.from({ length: 2 * CAPACITY }, (_, index) => `QR26AC${1e8 + index}`);
  expect(others.filter((id) => wasActive(UAT, id)).length).toBeLessThan(10);
});
