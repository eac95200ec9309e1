import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createPolicyReader, readManaged } from '../../../utils/settings/policy.ts';
import type { Services } from '../services.ts';
import { createMessageHandlers } from './handlers.ts';
import { startJob } from './start-job.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const ID = 'QR26DU7U9NREWU';

beforeEach(() => fakeBrowser.reset());

function kit() {
  const cancel = vi.fn(async () => ({ outcome: { kind: 'cancelled', evidence: 'response' } }));
  const start = vi.fn(async () => ({ ok: true, jobId: 1 }));
  const services = {
    desk: { cancel },
    bulk: { start },
    office: { find: async () => ACCOUNT },
    readPolicy: createPolicyReader({ get: readManaged, onAnswered: () => undefined }),
    vault: { state: async () => ({ status: 'open' }) },
  } as unknown as Services;
  const answers = createMessageHandlers(services);
  const reasoned = (reason?: string) => (reason === undefined ? {} : { reason });
  return {
    cancel,
    start,
    ask: (reason?: string) =>
      answers.cancelQrCode({ accountId: 'a1', qrCodeId: ID, startedBy: 'popup', ...reasoned(reason) }),
    askMany: (reason?: string) =>
      startJob(services, { accountId: 'a1', codes: [{ qrCodeId: ID }], ...reasoned(reason) }),
  };
}

describe('where a policy requires a reason', () => {
  beforeEach(() => fakeBrowser.storage.managed.set({ requireReason: true }));

  it.each([undefined, '', '  '])('nothing is cancelled for %j, whatever page asks for it', async (reason) => {
    const { ask, askMany, cancel, start } = kit();
    expect(await ask(reason)).toEqual({ outcome: { kind: 'not-sent', reason: 'no-reason' } });
    expect(await askMany(reason)).toEqual({ ok: false, problem: { code: 'no-reason' } });
    expect([cancel.mock.calls, start.mock.calls]).toEqual([[], []]);
  });

  it('one that is given goes into the record', async () => {
    const { ask, askMany, cancel, start } = kit();
    await ask('Leaked');
    await askMany('Season over');
    expect(cancel).toHaveBeenCalledWith(ACCOUNT, { qrCodeId: ID, startedBy: 'popup', reason: 'Leaked' });
    expect(start).toHaveBeenCalledWith(ACCOUNT, [{ qrCodeId: ID }], 'Season over', undefined);
  });
});

it('where none does, nobody has to give one', async () => {
  const { ask, askMany } = kit();
  expect(await ask()).toMatchObject({ outcome: { kind: 'cancelled' } });
  expect(await askMany()).toMatchObject({ ok: true });
});
