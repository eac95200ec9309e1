import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/fault.ts';
import { cancel, fault, id, kit, service, useCancelService } from '../../tests/fixtures/cancel-service.ts';

useCancelService();

describe('A39 a code that is not found after an ambiguous cancel', () => {
  const page404 = { kind: 'status', httpStatus: 404, body: 'html' } as const;
  const envelope404 = {
    kind: 'status',
    httpStatus: 404,
    content: { response_code: 1404, response_message: 'QR code not found' },
  } as const;
  const unclear: [string, Fault['answer']][] = [
    ['a lost connection', { kind: 'drop' }],
    ['a 502 page', { kind: 'status', httpStatus: 502, body: 'html' }],
    ['a 404 page', page404],
    ['an answer that says ACTIVE', { kind: 'says-active' }],
    ['a cut answer', { kind: 'cut-json' }],
    ['a captive portal', { kind: 'html' }],
  ];
  for (const [name, answer] of unclear)
    it.each([
      ['a page', page404],
      ["EnKash's envelope", envelope404],
    ])(`is not confirmed after ${name}, then not found by %s`, async (_name, read) => {
      fault(answer, { applyEffect: true });
      kit.sandbox.faults.add({ on: 'get', answer: read });
      expect((await cancel()).outcome).toMatchObject({ kind: 'unconfirmed' });
      expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    });

  it('is not confirmed if the second request of a pair says so', async () => {
    fault({ kind: 'status', httpStatus: 502, body: 'html' }, { times: 1 });
    fault(envelope404, { applyEffect: true });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'slow', ms: 1 }, times: 1 });
    const { outcome } = await cancel();
    expect(kit.patches()).toHaveLength(2);
    // The read after it finds the code cancelled: by which of the two is not said.
    expect(outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    const other = kit.activeId(1);
    kit.sandbox.faults.clear();
    fault({ kind: 'status', httpStatus: 502, body: 'html' }, { times: 1 });
    fault(envelope404, { times: 1 });
    const get = kit.sandbox.faults;
    get.add({ on: 'get', answer: { kind: 'another-status', status: 'ACTIVE' }, times: 1 });
    get.add({ on: 'get', answer: envelope404 });
    expect((await cancel(other)).outcome).toMatchObject({ kind: 'unconfirmed' });
  });

  it('is not confirmed after a read has found it ACTIVE', async () => {
    await service.read(kit.account, id);
    fault(envelope404);
    kit.sandbox.faults.add({ on: 'get', answer: envelope404 });
    expect((await cancel()).outcome).toMatchObject({ kind: 'unconfirmed', reason: 'no-longer-found' });
  });

  it('is not confirmed if the worker died in between', async () => {
    kit.sandbox.faults.add({ on: 'get', answer: envelope404 });
    await kit.attempts.beginCancel(kit.account, { qrCodeId: id, startedBy: 'popup' });
    await kit.createService().settleUnfinished();
    expect(kit.told).toMatchObject([{ result: { outcome: { kind: 'unconfirmed', reason: 'interrupted' } } }]);
  });

  it('is not found if no read ever found the code', async () => {
    expect((await cancel('QRNOSUCHCODE1')).outcome.kind).toBe('not-found');
  });

  it('is not confirmed, with its ACTIVE status, if only an intermediary said not found', async () => {
    fault(page404);
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'unconfirmed', reason: 'intermediary', currentStatus: 'ACTIVE' });
    expect(kit.patches()).toHaveLength(1);
  });
});

describe('A39 a cancel that is carried out, answered by a page 403 and sent again with a new token', () => {
  const page: Fault['answer'] = { kind: 'status', httpStatus: 403, body: 'html' };
  beforeEach(() => fault(page, { times: 1, applyEffect: true }));

  it('is cancelled, confirmed by a check', async () => {
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    expect(kit.patches()).toHaveLength(2);
  });

  it.each<Fault['answer']>([
    { kind: 'status', httpStatus: 404 },
    { kind: 'status', httpStatus: 502, body: 'html' },
  ])('is not confirmed if the code can not be read: %o', async (answer) => {
    kit.sandbox.faults.add({ on: 'get', answer });
    expect((await cancel()).outcome).toMatchObject({ kind: 'unconfirmed' });
  });

  it.each<Fault['answer']>([
    { kind: 'token-stale' },
    { kind: 'rate-limit', retryAfter: '7200' },
    { kind: 'reject', code: 9, message: 'No.' },
  ])('is cancelled for every response to the second request: %o', async (answer) => {
    fault(answer);
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });

  it('is not confirmed if both responses are ambiguous', async () => {
    fault({ kind: 'token-stale' });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 502, body: 'html' } });
    expect((await cancel()).outcome).toEqual({
      kind: 'unconfirmed',
      reason: 'intermediary',
      httpStatus: 403,
    });
  });
});
