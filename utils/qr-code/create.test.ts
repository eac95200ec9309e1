import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EnKashClient } from '../enkash/client.ts';
import type { CreatedQrCode, NewQrCode } from '../enkash/create.ts';
import type { AttemptStore } from '../journal/attempt-store.ts';
import { createAttemptStore } from '../journal/attempt-store.ts';
import { createConnectionProvider } from '../journal/database.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import type { CreateOutcome } from '../model/outcome.ts';
import { createCreator } from './create.ts';

const ACCOUNT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const ASKED: NewQrCode = {
  qrName: 'Counter 4',
  multipleUse: true,
  customerName: 'Asha Rao',
  customParams: [],
};
const REFUSAL = { httpStatus: 200, code: 5, message: 'No' };

const unexpected = () => Promise.reject(new Error('A create reads and cancels nothing.'));
const START = { replaces: 'QR26OLD', asked: ASKED };

let attempts: AttemptStore;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  attempts = attemptsOnDisk();
});

/** The attempts as a new worker reads them. */
function attemptsOnDisk(): AttemptStore {
  return createAttemptStore(createConnectionProvider(), {
    now: () => 1_000,
    sleep: async () => undefined,
  });
}

function creator(answer: () => Promise<GatewayResult<CreatedQrCode>>, journal = attempts) {
  const client: EnKashClient = {
    getQrCode: unexpected,
    cancelQrCode: unexpected,
    searchQrCodes: unexpected,
    createQrCode: answer,
    signIn: unexpected,
  };
  return createCreator({ client, attempts: journal });
}

/** The result of a create for a response of the gateway. */
async function report(answer: GatewayResult<CreatedQrCode>) {
  let sent = 0;
  const create = creator(async () => {
    sent += 1;
    expect(await attempts.findOpen()).toMatchObject([{ action: 'create', qrName: 'Counter 4' }]);
    return answer;
  });
  const result = await create(ACCOUNT, START);
  expect(sent).toBe(1);
  expect(await attempts.findOpen()).toEqual([]);
  expect(await attempts.findLatest(9)).toMatchObject([
    {
      action: 'create',
      startedBy: 'workbench',
      replaces: 'QR26OLD',
      outcome: result.outcome,
      sendCount: result.outcome.kind === 'not-sent' ? 0 : 1,
      qrCodeId: result.qrCode?.qrCodeId ?? '',
    },
  ]);
  expect(JSON.stringify(await attempts.findLatest(9))).not.toContain('Asha');
  return result;
}

describe('a create', () => {
  it('returns the new code', async () => {
    const payload = { qrCodeId: 'QR26NEW', qrName: 'Other' };
    expect(await report({ kind: 'answered', code: 0, message: 'SUCCESS', payload })).toEqual({
      outcome: { kind: 'created', code: 0, message: 'SUCCESS' },
      qrCode: payload,
    });
  });

  it('is not confirmed if the response names the cancelled code', async () => {
    const payload = { qrCodeId: 'QR26OLD' };
    expect(await report({ kind: 'answered', code: 0, message: 'SUCCESS', payload })).toEqual({
      outcome: { kind: 'unconfirmed', reason: 'another-id', answeredId: 'QR26OLD', message: 'SUCCESS' },
    });
  });

  it.each<GatewayFailure>([
    { kind: 'rejected', ...REFUSAL },
    { kind: 'not-found', ...REFUSAL, httpStatus: 404 },
    { kind: 'unauthorized', ...REFUSAL },
    { kind: 'rate-limited', until: 5, message: 'Slow down' },
    { kind: 'not-sent', reason: 'locked' },
  ])('returns the failure %j unchanged', async (failure) => {
    expect(await report(failure)).toEqual({ outcome: failure });
  });

  it('is not confirmed after an ambiguous response', async () => {
    const outcome: CreateOutcome = { kind: 'unconfirmed', reason: 'server-error', httpStatus: 502 };
    expect(await report({ ...outcome, kind: 'ambiguous', reason: 'server-error' })).toEqual({ outcome });
  });

  it('is not sent if it can’t be recorded first', async () => {
    const broken = { ...attempts, beginCreate: () => Promise.reject(new Error('disk full')) };
    expect(await creator(unexpected, broken)(ACCOUNT, START)).toEqual({
      outcome: { kind: 'not-sent', reason: 'journal-unavailable', journal: 'damaged' },
    });
  });

  it('counts a resend before it leaves', async () => {
    const { client } = { client: { createQrCode: unexpected } as unknown as EnKashClient };
    client.createQrCode = async (_account, _asked, { beforeResend } = {}) => {
      await beforeResend?.();
      return { kind: 'rejected', ...REFUSAL };
    };
    await createCreator({ client, attempts })(ACCOUNT, START);
    expect(await attempts.findLatest(1)).toMatchObject([{ sendCount: 2 }]);
  });
});

describe('a create that the end of a worker interrupted', () => {
  it('is recorded as not confirmed once, unlike one in flight', async () => {
    void creator(() => new Promise(() => undefined))(ACCOUNT, START);
    await expect.poll(async () => (await attempts.findOpen()).length).toBe(1);

    const answer = Promise.withResolvers<GatewayResult<CreatedQrCode>>();
    const next = creator(() => answer.promise, attemptsOnDisk());
    const creating = next(ACCOUNT, START);
    await expect
      .poll(async () => (await attempts.findLatest(9)).map(({ outcome }) => outcome))
      .toEqual([undefined, { kind: 'unconfirmed', reason: 'interrupted' }]);
    await next.closeInterrupted();
    expect(await attempts.findOpen()).toHaveLength(1);
    answer.resolve({ kind: 'answered', code: 0, message: '', payload: { qrCodeId: 'QR26NEW' } });
    expect((await creating).outcome.kind).toBe('created');
    expect(await attempts.findLatest(1)).toMatchObject([{ qrCodeId: 'QR26NEW' }]);
  });
});
