import { afterEach, describe, expect, it } from 'vitest';
import { attemptOf, dead, ID, openPopup } from '../../tests/fixtures/popup-store.ts';
import { type Messages, setMessages, t } from '../i18n/i18n.ts';

describe('texts', () => {
  const HINDI: Messages = {
    language: { message: 'hi' },
    idEmpty: { message: 'ID लिखें' },
    statusCancelled: { message: 'रद्द' },
    outcomeCancelled: { message: 'कोड रद्द हुआ' },
    noticeBody: { message: '$1 · $2 · $3' },
  };
  afterEach(() => setMessages(undefined));

  it('change with the language', async () => {
    const popup = await openPopup();
    popup.setText('');
    await popup.check();
    expect(popup.get().fieldError).toBe('Enter a QR code ID.');
    setMessages(HINDI);
    expect(popup.get().fieldError).toBe('ID लिखें');
    setMessages(undefined);
    popup.setText(ID);
    await popup.requestCancel();
    await popup.confirmCancel();
    const before = popup.get();
    expect(before.report?.title).toBe(t('outcomeCancelled'));
    setMessages(HINDI);
    expect(popup.get()).toMatchObject({
      statusLine: 'रद्द',
      report: { title: 'कोड रद्द हुआ', tone: 'success' },
    });
    expect(popup.get().qrCode).toBe(before.qrCode);
    setMessages(undefined);
    expect(popup.get()).toEqual(before);
  });

  it('stay the same object while the language is the same, so that a screen reader repeats nothing', async () => {
    const popup = await openPopup({ checkStatus: dead });
    popup.setText(ID);
    await popup.check();
    expect(popup.get().report).toBe(popup.get().report);
  });
});

describe('the recent codes', () => {
  it('are checked with the popup as the origin, whatever the origin of the code before', async () => {
    const popup = await openPopup({
      consumePendingAction: async () => ({ action: 'check', qrCodeId: ID, startedBy: 'omnibox' }),
    });
    await popup.checkId('QR26OTHER1');
    await popup.checkId('QR26OTHER1');
    expect(popup.sent('checkStatus')).toMatchObject([
      { qrCodeId: ID, startedBy: 'omnibox' },
      { qrCodeId: 'QR26OTHER1', startedBy: 'popup' },
      { qrCodeId: 'QR26OTHER1', startedBy: 'popup' },
    ]);
  });

  it('hold the newest attempt of each of five codes', async () => {
    const attempts = ['A', 'B', 'A', 'C', 'D', 'E', 'F'].map((letter, index) =>
      attemptOf({ attemptId: 99 - index, qrCodeId: `QR1${letter}` }),
    );
    const popup = await openPopup({ getRecentAttempts: async () => attempts });
    expect(popup.get().recent.map(({ attemptId }) => attemptId)).toEqual([99, 98, 96, 95, 94]);
    expect(popup.sent('getRecentAttempts')).toEqual([{ accountId: 'a1', limit: 40 }]);
  });
});
