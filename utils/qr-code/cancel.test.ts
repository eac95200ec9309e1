import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/fault.ts';
import {
  CANCELLED,
  cancel,
  fault,
  id,
  kit,
  service,
  useCancelService,
} from '../../tests/fixtures/cancel-service.ts';

useCancelService();

describe('A8 a cancel that EnKash confirms', () => {
  it('is cancelled, by exactly one PATCH with both headers, body {} and JSON content type', async () => {
    const { outcome, qrCode } = await cancel();
    expect(outcome).toEqual(CANCELLED);
    expect(qrCode?.status).toBe('CANCELLED');
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(1);
    const [patch, ...others] = kit.patches();
    expect(others).toEqual([]);
    expect(patch?.path).toBe(`/api/v0/qr-code/${id}/cancel`);
    expect(patch?.body).toBe('{}');
    expect(patch?.headers['content-type']).toBe('application/json');
    expect(patch?.headers.merchantaccesskey).toBe(kit.sandbox.merchants.UAT.accessKey);
    expect(patch?.headers.authorization).toMatch(/^Bearer \S+$/);
  });
});

describe('a cancel whose page events cannot be written', () => {
  it('still returns its result', async () => {
    const end = () => Promise.reject(new Error('No storage.'));
    const failing = kit.createService({ progress: { wait: async () => undefined, end } });
    expect((await cancel(id, failing)).outcome).toEqual(CANCELLED);
  });
});

describe('A9 a cancel that EnKash rejects', () => {
  it('reports EnKash’s code and message, and that the code is still active', async () => {
    fault({ kind: 'reject', code: 512, message: 'Maker-checker approval pending' });
    const { outcome } = await cancel();
    expect(outcome).toEqual({
      kind: 'rejected',
      httpStatus: 200,
      code: 512,
      message: 'Maker-checker approval pending',
      currentStatus: 'ACTIVE',
    });
    expect(kit.patches()).toHaveLength(1);
  });

  it('reports no status if the code could not be read', async () => {
    fault({ kind: 'reject', code: 512, message: 'No' });
    kit.sandbox.faults.add({ on: 'get', answer: { kind: 'status', httpStatus: 500 } });
    const { outcome } = await cancel();
    expect(outcome).toEqual({ kind: 'rejected', httpStatus: 200, code: 512, message: 'No' });
  });
});

describe('A10 a response with the status ACTIVE', () => {
  it('is not confirmed if a read shows the code as ACTIVE', async () => {
    fault({ kind: 'says-active' });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({
      kind: 'unconfirmed',
      reason: 'not-cancelled-in-answer',
      currentStatus: 'ACTIVE',
    });
    expect(kit.patches()).toHaveLength(1);
  });

  it('is cancelled if a read shows the code as CANCELLED', async () => {
    fault({ kind: 'says-active' }, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
  });
});

describe('A11 an invalid response', () => {
  const answers: Fault['answer'][] = [
    { kind: 'html' },
    { kind: 'empty' },
    { kind: 'no-content' },
    { kind: 'cut-json' },
    { kind: 'cut-json', breakOff: true },
    { kind: 'wrong-shape', shape: 'array' },
    { kind: 'wrong-shape', shape: 'string' },
    { kind: 'wrong-shape', shape: 'null' },
    { kind: 'wrong-shape', shape: 'nested' },
    { kind: 'response-code-missing' },
    { kind: 'response-code-string' },
  ];
  it.each(answers)('is settled by a read: $kind $shape', async (answer) => {
    fault(answer, { applyEffect: true });
    expect((await cancel()).outcome).toEqual({ kind: 'cancelled', evidence: 'check' });
    const other = kit.activeId(1);
    kit.sandbox.faults.clear();
    fault(answer);
    const { outcome } = await cancel(other);
    expect(outcome).toMatchObject({ kind: 'unconfirmed', currentStatus: 'ACTIVE' });
    expect(kit.sandbox.qrCodes.countCancels('UAT', other)).toBe(0);
  });
});

describe('A12 a response for another id', () => {
  it('is never a success, even if a read shows the code as CANCELLED', async () => {
    fault({ kind: 'another-id', qrCodeId: 'QROTHER999' }, { applyEffect: true });
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({
      kind: 'unconfirmed',
      reason: 'another-id',
      answeredId: 'QROTHER999',
      currentStatus: 'CANCELLED',
    });
  });
});

describe('A13 a code that does not exist, or is cancelled already', () => {
  it('is reported as not found', async () => {
    const { outcome } = await cancel('QRNOSUCHCODE1');
    expect(outcome.kind).toBe('not-found');
  });

  it('is reported as already cancelled, with EnKash’s response', async () => {
    kit.sandbox.qrCodes.setStatus('UAT', id, 'CANCELLED');
    const { outcome } = await cancel();
    expect(outcome).toMatchObject({ kind: 'already-cancelled', code: 1409 });
    expect(kit.sandbox.qrCodes.countCancels('UAT', id)).toBe(0);
  });
});

describe('A14 a cancel that is requested again while it is in flight', () => {
  it('is sent once, and every caller gets its result', async () => {
    fault({ kind: 'slow', ms: 150 });
    const results = await Promise.all([cancel(), cancel(), cancel(), cancel()]);
    expect(new Set(results.map(({ attemptId }) => attemptId)).size).toBe(1);
    expect(kit.patches()).toHaveLength(1);
  });
});

describe('A15 a status that changed after the read', () => {
  it('is reported as EnKash returns it', async () => {
    expect((await service.read(kit.account, id)).kind).toBe('answered');
    kit.sandbox.qrCodes.setStatus('UAT', id, 'CANCELLED');
    expect((await cancel()).outcome.kind).toBe('already-cancelled');
  });
});
