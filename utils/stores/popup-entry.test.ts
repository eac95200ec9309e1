import { describe, expect, it } from 'vitest';
import { ACCOUNT, ACTIVE, dead, ID, openPopup } from '../../tests/fixtures/popup-store.ts';
import type { PendingAction } from '../navigation/pending-action.ts';

describe('checking', () => {
  it('takes the id out of the text around it, and shows the code', async () => {
    const popup = await openPopup();
    popup.setText(`ID: “${ID}”,`);
    await popup.check();
    expect(popup.sent('checkStatus')).toEqual([{ accountId: 'a1', qrCodeId: ID, startedBy: 'popup' }]);
    expect(popup.get()).toMatchObject({ text: ID, qrCode: ACTIVE, statusLine: 'Active. Counter 4, ₹500.' });
  });

  it('sends one request if a check is requested three times at once', async () => {
    const popup = await openPopup();
    popup.setText(ID);
    await Promise.all([popup.check(), popup.check(), popup.check()]);
    expect(popup.sent('checkStatus')).toHaveLength(1);
  });

  it.each(['intermediary', 'timeout', 'not-json', 'wrong-shape'] as const)(
    'A40 reports an unclear answer (%s) as unclear, and not as a code that does not exist',
    async (reason) => {
      const result = { kind: 'ambiguous', reason, httpStatus: 404 } as const;
      const popup = await openPopup({ checkStatus: async () => ({ result }) });
      popup.setText(ID);
      await popup.check();
      expect(popup.get().report?.title).toBe('Could not check the QR code');
      expect(popup.get().report?.sentences.join(' ')).not.toContain('No QR code with this ID');
    },
  );

  it('reports an error if the background has died', async () => {
    const popup = await openPopup({ checkStatus: dead });
    popup.setText(ID);
    await popup.check();
    expect(popup.get()).toMatchObject({ busy: undefined, report: { tone: 'danger' } });
  });
});

describe('A1 A2 an invalid id', () => {
  it.each(['', '  ', '..', 'a/b', 'QRаDU7U9N12', '1.23E+15'])(
    'sends nothing for %j and explains why',
    async (text) => {
      const popup = await openPopup();
      popup.setText(text);
      await popup.check();
      await popup.requestCancel();
      expect([...popup.sent('checkStatus'), ...popup.sent('getQrCode')]).toEqual([]);
      expect(popup.get().fieldError).not.toBe('');
      expect(popup.get().fieldError).toBeDefined();
    },
  );
});

describe('several ids', () => {
  it('go to the workbench, and are neither checked nor cancelled in the popup', async () => {
    const popup = await openPopup();
    popup.setText(`${ID}, QR26AB3C4D5E6F`);
    await popup.check();
    await popup.requestCancel();
    await popup.review();
    expect(popup.sent('openReview')).toEqual([{ text: `${ID}, QR26AB3C4D5E6F` }]);
    expect([...popup.sent('checkStatus'), ...popup.sent('getQrCode')]).toEqual([]);
  });
});

describe('a pending action', () => {
  const openOn = (handOver: PendingAction) => openPopup({ consumePendingAction: async () => handOver });

  it.each(['menu', 'shortcut', 'omnibox'] as const)(
    'checks the code at once and records %s as the origin',
    async (startedBy) => {
      const popup = await openOn({ action: 'check', qrCodeId: ID, startedBy });
      expect(popup.sent('checkStatus')).toEqual([{ accountId: 'a1', qrCodeId: ID, startedBy }]);
    },
  );

  it('opens the dialog for a cancel, and sends nothing before it is confirmed', async () => {
    const popup = await openOn({ action: 'cancel', qrCodeId: ID, startedBy: 'menu' });
    expect(popup.get().dialog).toMatchObject({ qrCodeId: ID });
    expect(popup.sent('cancelQrCode')).toEqual([]);
  });

  it.each(['check', 'cancel'] as const)(
    'keeps the note about its id until the text changes: %s',
    async (action) => {
      const text = 'upi://pay?pa=shop.counter@examplebank&tr=EKH20261122118834&am=500.00';
      const popup = await openOn({ action, text, startedBy: 'menu' });
      expect(popup.get()).toMatchObject({ text: 'EKH20261122118834', note: { code: 'upi' } });
      await popup.check();
      expect(popup.get().note).toEqual({ code: 'upi' });
      popup.setText(ID);
      await popup.check();
      expect(popup.get().note).toBeUndefined();
    },
  );

  it('is not taken while the keys are missing', async () => {
    const popup = await openPopup({}, [{ ...ACCOUNT, hasKeys: false }]);
    expect(popup.sent('consumePendingAction')).toEqual([]);
  });
});
