import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createPolicyReader, readManaged } from '../../../utils/settings/policy.ts';
import type { Services } from '../services.ts';
import { createMessageHandlers } from './handlers.ts';
import { startJob } from './start-job.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const ID = 'QR26DU7U9NREWU';

beforeEach(() => fakeBrowser.reset());

function createTestServices() {
  const cancel = vi.fn(async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } }));
  const start = vi.fn(async () => 1);
  const services = {
    qrCodes: { cancel },
    bulk: { start },
    accounts: { find: async () => ACCOUNT },
    readPolicy: createPolicyReader({ get: readManaged, onAnswered: () => undefined }),
    vault: { state: async () => ({ status: 'open' }) },
  } as unknown as Services;
  const handlers = createMessageHandlers(services);
  const withReason = (reason?: string) => (reason === undefined ? {} : { reason });
  return {
    cancel,
    start,
    requestCancel: (reason?: string) =>
      handlers.cancelQrCode({ accountId: 'a1', qrCodeId: ID, startedBy: 'popup', ...withReason(reason) }),
    requestBulk: (reason?: string) =>
      startJob(services, { accountId: 'a1', codes: [{ qrCodeId: ID }], ...withReason(reason) }),
  };
}

describe('a policy that requires a reason', () => {
  beforeEach(() => fakeBrowser.storage.managed.set({ requireReason: true }));

  it.each([undefined, '', '  '])('refuses a cancel and a bulk cancel with the reason %j', async (reason) => {
    const { requestCancel, requestBulk, cancel, start } = createTestServices();
    expect(await requestCancel(reason)).toEqual({ outcome: { kind: 'not-sent', reason: 'no-reason' } });
    expect(await requestBulk(reason)).toEqual({ ok: false, problem: { code: 'no-reason' } });
    expect([cancel.mock.calls, start.mock.calls]).toEqual([[], []]);
  });

  it('passes a given reason on to the attempt and to the job', async () => {
    const { requestCancel, requestBulk, cancel, start } = createTestServices();
    await requestCancel('Leaked');
    await requestBulk('Season over');
    expect(cancel).toHaveBeenCalledWith(ACCOUNT, { qrCodeId: ID, startedBy: 'popup', reason: 'Leaked' });
    expect(start).toHaveBeenCalledWith(ACCOUNT, [{ qrCodeId: ID }], { reason: 'Season over' });
  });
});

it('a reason is optional without such a policy', async () => {
  const { requestCancel, requestBulk } = createTestServices();
  expect(await requestCancel()).toMatchObject({ outcome: { kind: 'cancelled' } });
  expect(await requestBulk()).toMatchObject({ ok: true });
});
