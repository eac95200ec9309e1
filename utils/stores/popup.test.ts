import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT, attemptOf, dead, ID, openPopup } from '../../tests/fixtures/popup-store.ts';
import { type Messages, setMessages, t } from '../i18n/i18n.ts';
import type { AppState, Send } from '../messaging/protocol.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { createPopupStore } from './popup.ts';

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

describe('an action whose code is still being loaded', () => {
  /** A store that has loaded nothing yet. */
  function newStore() {
    const sent: string[] = [];
    const { actions, setState } = createPopupStore((name) => {
      sent.push(name);
      return Promise.reject(new Error('No background.'));
    });
    const page = {
      accounts: [ACCOUNT, { ...ACCOUNT, id: 'a2' }],
      currentAccountId: 'a1',
      settings: DEFAULT_SETTINGS,
      vault: { status: 'open', protection: 'device' },
      policy: DEFAULT_POLICY,
    } as const satisfies AppState;
    setState({ page, text: ID });
    return { actions, setState, page, sent };
  }

  it('runs once it is loaded', async () => {
    const { actions, sent } = newStore();
    await actions.check();
    expect(sent).toContain('checkStatus');
  });

  it.each(['check', 'requestCancel'] as const)(
    '%s does nothing if another text was entered',
    async (name) => {
      const { actions, sent } = newStore();
      const pressed = actions[name]();
      actions.setText('QR26OTHER1');
      await pressed;
      expect(sent).toEqual([]);
    },
  );

  it.each(['check', 'requestCancel'] as const)(
    '%s does nothing if another account was chosen',
    async (name) => {
      const { actions, setState, page, sent } = newStore();
      const pressed = actions[name]();
      setState({ page: { ...page, currentAccountId: 'a2' } });
      await pressed;
      expect(sent).toEqual([]);
    },
  );
});

describe('a pending action whose code is still being loaded', () => {
  it('is not taken if the keys were locked meanwhile, and is taken at the unlock', async () => {
    const sent: string[] = [];
    let status: AppState['vault']['status'] = 'open';
    const { actions } = createPopupStore((async (name: string) => {
      sent.push(name);
      if (name === 'getRecentAttempts') return [];
      if (name !== 'getAppState') return null;
      return {
        accounts: [ACCOUNT],
        currentAccountId: 'a1',
        settings: DEFAULT_SETTINGS,
        vault: { status, protection: 'passphrase' },
        policy: DEFAULT_POLICY,
      };
    }) as Send);
    const opening = actions.load();
    status = 'locked';
    await actions.load();
    await opening;
    expect(sent).not.toContain('consumePendingAction');
    status = 'open';
    await actions.load();
    expect(sent).toContain('consumePendingAction');
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
