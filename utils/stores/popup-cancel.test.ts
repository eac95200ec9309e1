import { describe, expect, it, vi } from 'vitest';
import {
  ACCOUNT,
  ACTIVE,
  type Answers,
  answered,
  attemptOf,
  CANCELLED,
  dead,
  ID,
  openPopup,
} from '../../tests/fixtures/popup-store.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import type { CancelResult } from '../qr-code/cancel.ts';

describe('requesting a cancel', () => {
  async function requested(read: GatewayResult<QrCode>) {
    const popup = await openPopup({ getQrCode: async () => read });
    popup.setText(ID);
    await popup.requestCancel();
    return popup;
  }

  it('reads the code, then opens the dialog, and sends no cancel', async () => {
    const popup = await requested(answered(ACTIVE));
    expect(popup.get().dialog).toEqual({ qrCodeId: ID, account: ACCOUNT, read: answered(ACTIVE) });
    expect(popup.sent('cancelQrCode')).toEqual([]);
  });

  it('A13 opens no dialog for a code that is already cancelled', async () => {
    const popup = await requested(answered({ ...ACTIVE, status: 'CANCELLED' }));
    expect(popup.get().dialog).toBeUndefined();
    expect(popup.get().report?.title).toBe('Already cancelled – nothing to do');
  });

  it.each([
    { kind: 'ambiguous', reason: 'connection' },
    { kind: 'ambiguous', reason: 'timeout' },
    { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 },
    { kind: 'ambiguous', reason: 'not-json', httpStatus: 200 },
    { kind: 'not-sent', reason: 'unreachable' },
    { kind: 'rejected', httpStatus: 200, code: 5, message: 'No' },
  ] satisfies GatewayFailure[])(
    'opens the dialog after a read that does not rule a cancel out: %j',
    async (read) => {
      expect((await requested(read)).get().dialog).toMatchObject({ qrCodeId: ID, read });
    },
  );

  it.each([
    { kind: 'not-found', httpStatus: 404, code: null, message: '' },
    { kind: 'unauthorized', httpStatus: 200, code: 117, message: '' },
    { kind: 'not-sent', reason: 'offline' },
    { kind: 'not-sent', reason: 'no-keys' },
  ] satisfies GatewayFailure[])(
    'opens no dialog after a read that makes a cancel pointless: %j',
    async (read) => {
      const { dialog, report } = (await requested(read)).get();
      expect(dialog).toBeUndefined();
      expect(report?.tone).toBe('danger');
    },
  );

  it.each([
    [{ kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 }, 'unread'],
    [{ kind: 'not-sent', reason: 'unreachable' }, 'unread'],
    [answered({ ...ACTIVE, status: 'SUSPENDED' }), 'unknown-status'],
    [answered({ qrName: 'Counter 4' }), 'unknown-status'],
    [answered(ACTIVE), undefined],
  ] as [GatewayResult<QrCode>, string | undefined][])(
    'A51 records a cancel after %j with despite: %s',
    async (read, despite) => {
      const popup = await requested(read);
      await popup.confirmCancel();
      expect(popup.sent('cancelQrCode')).toEqual([
        { accountId: 'a1', qrCodeId: ID, startedBy: 'popup', despite },
      ]);
    },
  );

  it.each([
    [{ kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 }, true],
    [{ kind: 'ambiguous', reason: 'server-error', httpStatus: 502 }, true],
    [{ kind: 'not-found', httpStatus: 404, code: 404, message: '' }, false],
    [{ kind: 'unauthorized', httpStatus: 200, code: 117, message: '' }, false],
  ] as [GatewayFailure, boolean][])(
    'A51 offers “cancel anyway” after a check with %j: %s',
    async (result, offered) => {
      const popup = await openPopup({ checkStatus: async () => ({ result }) });
      popup.setText(ID);
      await popup.check();
      expect(popup.get().report?.offerCancelAnyway).toBe(offered);
    },
  );

  it('A15 sends nothing after “Keep active”', async () => {
    const popup = await requested(answered(ACTIVE));
    popup.dismissDialog();
    await popup.confirmCancel();
    expect(popup.get().dialog).toBeUndefined();
    expect(popup.sent('cancelQrCode')).toEqual([]);
  });
});

describe('A14 confirming a cancel', () => {
  it('sends one cancel if it is confirmed three times, and keeps the dialog until the answer', async () => {
    const answer = Promise.withResolvers<CancelResult>();
    const popup = await openPopup({ cancelQrCode: () => answer.promise });
    popup.setText(ID);
    await popup.requestCancel();
    const pressed = [popup.confirmCancel(), popup.confirmCancel(), popup.confirmCancel()];
    await Promise.resolve();
    expect(popup.get()).toMatchObject({ busy: 'cancelling', dialog: { qrCodeId: ID } });
    answer.resolve(CANCELLED);
    await Promise.all(pressed);
    expect(popup.sent('cancelQrCode')).toEqual([{ accountId: 'a1', qrCodeId: ID, startedBy: 'popup' }]);
    expect(popup.get()).toMatchObject({
      busy: undefined,
      dialog: undefined,
      statusLine: 'Cancelled. No longer accepts payments.',
      report: { tone: 'success', title: 'QR code cancelled' },
    });
  });
});

describe('A27 a background that dies during a cancel', () => {
  async function confirmed(change: Answers) {
    const popup = await openPopup({ cancelQrCode: dead, ...change });
    popup.setText(ID);
    await popup.requestCancel();
    await popup.confirmCancel();
    return popup;
  }

  it('shows the outcome that its successor has found', async () => {
    const popup = await confirmed({
      getLastCancel: async () => attemptOf({ outcome: { kind: 'cancelled', evidence: 'check' } }),
    });
    expect(popup.sent('getLastCancel')).toEqual([{ accountId: 'a1', qrCodeId: ID }]);
    expect(popup.sent('cancelQrCode')).toHaveLength(1);
    expect(popup.get().report?.title).toBe('QR code cancelled');
  });

  it.each([
    ['knows no cancel', async () => null],
    ['has no outcome yet', async () => attemptOf()],
    ['dies too', dead],
    [
      'knows only an earlier cancel',
      async () => attemptOf({ at: 1, outcome: { kind: 'cancelled', evidence: 'check' } }),
    ],
  ])('reports the result as not confirmed if its successor %s', async (_, getLastCancel) => {
    const popup = await confirmed({ getLastCancel });
    expect(popup.get()).toMatchObject({ dialog: undefined, busy: undefined });
    expect(popup.get().report).toMatchObject({
      tone: 'warning',
      title: 'Result not confirmed',
      offerCheck: true,
    });
  });
});

describe('A27 a background that stays away', () => {
  it('closes the dialog, and reports the result as not confirmed', async () => {
    let gone = false;
    const popup = await openPopup({
      cancelQrCode: () => {
        gone = true;
        return dead();
      },
      getLastCancel: dead,
      getRecentAttempts: () => (gone ? dead() : Promise.resolve([])),
    });
    popup.setText(ID);
    await popup.requestCancel();
    await popup.confirmCancel().catch(() => undefined);
    expect(popup.get()).toMatchObject({ dialog: undefined, report: { title: 'Result not confirmed' } });
  });
});

describe('an answered dialog', () => {
  it('closes as soon as the result arrives, so that nothing is sent a second time', async () => {
    let isSlow = false;
    const popup = await openPopup({
      getRecentAttempts: () => (isSlow ? new Promise(() => undefined) : Promise.resolve([])),
    });
    popup.setText(ID);
    await popup.requestCancel();
    isSlow = true;
    void popup.confirmCancel();
    await vi.waitFor(() => expect(popup.get().busy).toBeUndefined());
    expect(popup.get().dialog).toBeUndefined();
    void popup.confirmCancel();
    expect(popup.sent('cancelQrCode')).toHaveLength(1);
  });
});
