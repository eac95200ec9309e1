import { describe, expect, it } from 'vitest';
import type { EnKashClient } from '../enkash/client.ts';
import type { CreatedQrCode, NewQrCode } from '../enkash/create.ts';
import type { GatewayAnswer, GatewayFailure } from '../enkash/errors.ts';
import { createAndReport } from './create.ts';
import type { CreateOutcome } from './outcome.ts';

const ACCOUNT = { id: 'a1', name: 'Main', environment: 'UAT' } as const;
const ASKED: NewQrCode = { qrName: 'Counter 4', multipleUse: true, customParams: [] };
const REFUSAL = { httpStatus: 200, code: 5, message: 'No' };

/** What is reported where the gateway gives an answer, and how often it was asked. */
async function report(answer: GatewayAnswer<CreatedQrCode>) {
  let sent = 0;
  const nobody = () => Promise.reject(new Error('A create reads and cancels nothing.'));
  const client: EnKashClient = {
    getQrCode: nobody,
    cancelQrCode: nobody,
    searchQrCodes: nobody,
    async createQrCode() {
      sent += 1;
      return answer;
    },
  };
  const result = await createAndReport(client, ACCOUNT, { replaces: 'QR26OLD', asked: ASKED });
  expect(sent).toBe(1);
  return result;
}

describe('a create', () => {
  it('is reported with the new code', async () => {
    const payload = { qrCodeId: 'QR26NEW', qrName: 'Other' };
    expect(await report({ kind: 'answered', code: 0, message: 'SUCCESS', payload })).toEqual({
      outcome: { kind: 'created', code: 0, message: 'SUCCESS' },
      qrCode: payload,
    });
  });

  it('that was answered for the cancelled code is not known to have made another', async () => {
    const payload = { qrCodeId: 'QR26OLD' };
    expect(await report({ kind: 'answered', code: 0, message: 'SUCCESS', payload })).toEqual({
      outcome: { kind: 'unconfirmed', reason: 'another-id', answeredId: 'QR26OLD', message: 'SUCCESS' },
    });
  });

  it.each<GatewayFailure>([
    { kind: 'rejected', ...REFUSAL },
    { kind: 'not-found', ...REFUSAL, httpStatus: 404 },
    { kind: 'keys-refused', ...REFUSAL },
    { kind: 'rate-limited', until: 5, message: 'Slow down' },
    { kind: 'not-sent', reason: 'locked' },
  ])('that ended as %j is reported as just that', async (failure) => {
    expect(await report(failure)).toEqual({ outcome: failure });
  });

  it('of which the answer does not tell is reported as not known', async () => {
    const outcome: CreateOutcome = { kind: 'unconfirmed', reason: 'server-error', httpStatus: 502 };
    expect(await report({ ...outcome, kind: 'unclear', reason: 'server-error' })).toEqual({ outcome });
  });
});
