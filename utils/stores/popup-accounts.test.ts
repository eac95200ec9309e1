import { describe, expect, it, vi } from 'vitest';
import {
  ACCOUNT,
  ACTIVE,
  type Answers,
  answered,
  attemptOf,
  ID,
  openPopup,
} from '../../tests/fixtures/popup-store.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { AccountView, AppState } from '../messaging/protocol.ts';
import type { Attempt } from '../model/attempt.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { CancelResult } from '../qr-code/cancel.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';

describe('an account that is no longer current when the answer arrives', () => {
  const OTHER: AccountView = { ...ACCOUNT, id: 'a2', name: 'Juhu', environment: 'LIVE' };
  const NOTHING_BUT_REPORT = { about: undefined, qrCode: undefined, statusLine: undefined };
  const NOTHING = { qrCode: undefined, statusLine: undefined, report: undefined, dialog: undefined };

  /** A popup whose account can be switched here or on another page. */
  async function openWithTwo(change: Answers) {
    let currentAccountId = ACCOUNT.id;
    let vault: AppState['vault'] = { status: 'open', protection: 'passphrase' };
    const popup = await openPopup({
      getAppState: async () => ({
        accounts: [ACCOUNT, OTHER],
        currentAccountId,
        settings: DEFAULT_SETTINGS,
        vault,
        policy: DEFAULT_POLICY,
      }),
      selectAccount: async ({ accountId }) => {
        currentAccountId = accountId;
        return null;
      },
      ...change,
    });
    return {
      ...popup,
      switchElsewhere: () => {
        currentAccountId = OTHER.id;
        return popup.load();
      },
      lockElsewhere: () => {
        vault = { status: 'locked', protection: 'passphrase', nextTryAt: 0 };
        return popup.load();
      },
      unlockElsewhere: () => {
        vault = { status: 'open', protection: 'passphrase' };
        return popup.load();
      },
    };
  }

  it.each([
    ['answered', answered(ACTIVE)],
    ['not found', { kind: 'not-found', httpStatus: 404, code: null, message: '' }],
  ] as [string, GatewayResult<QrCode>][])('shows no result of its check: %s', async (_, result) => {
    const answer = Promise.withResolvers<{ result: GatewayResult<QrCode> }>();
    const popup = await openWithTwo({ checkStatus: () => answer.promise });
    popup.setText(ID);
    const checking = popup.check();
    await popup.use(OTHER.id);
    answer.resolve({ result });
    await checking;
    expect(popup.get()).toMatchObject({ ...NOTHING, about: undefined, busy: undefined, text: ID });
  });

  it('shows no error of a check without an answer', async () => {
    const answer = Promise.withResolvers<never>();
    const popup = await openWithTwo({ checkStatus: () => answer.promise });
    popup.setText(ID);
    const checking = popup.check();
    await popup.use(OTHER.id);
    answer.reject(new Error('The worker has died.'));
    await checking;
    expect(popup.get()).toMatchObject({ ...NOTHING, busy: undefined });
  });

  it.each([
    ['active', answered(ACTIVE)],
    ['cancelled', answered({ ...ACTIVE, status: 'CANCELLED' })],
    ['not read', { kind: 'ambiguous', reason: 'timeout' }],
    ['not sent', { kind: 'not-sent', reason: 'no-keys' }],
  ] as [string, GatewayResult<QrCode>][])('opens no dialog for its code: %s', async (_, read) => {
    const answer = Promise.withResolvers<GatewayResult<QrCode>>();
    const popup = await openWithTwo({ getQrCode: () => answer.promise });
    popup.setText(ID);
    const asking = popup.requestCancel();
    await popup.use(OTHER.id);
    answer.resolve(read);
    await asking;
    expect(popup.get()).toMatchObject({ ...NOTHING, busy: undefined });
  });

  it('loses its result, also if another page switched the account', async () => {
    const popup = await openWithTwo({});
    popup.setText(ID);
    await popup.check();
    expect(popup.get()).toMatchObject({ qrCode: ACTIVE });
    await popup.switchElsewhere();
    expect(popup.get()).toMatchObject({ ...NOTHING, about: undefined });
  });

  it('keeps its open dialog, and the confirmed cancel goes to this account', async () => {
    const popup = await openWithTwo({});
    popup.setText(ID);
    await popup.requestCancel();
    await popup.switchElsewhere();
    expect(popup.get()).toMatchObject({ ...NOTHING, dialog: { account: ACCOUNT } });
    await popup.confirmCancel();
    expect(popup.sent('cancelQrCode')).toMatchObject([{ accountId: 'a1', qrCodeId: ID }]);
    // Screen readers announce the status line, as success is not an alert.
    expect(popup.get()).toMatchObject({
      about: undefined,
      qrCode: undefined,
      dialog: undefined,
      statusLine: 'QR code cancelled',
    });
    expect(popup.get().report?.sentences[0]).toBe(`${ID} · Chandni Chowk · UAT`);
  });

  it('is named in the result of its cancel, which shows no code and offers no check', async () => {
    const answer = Promise.withResolvers<CancelResult>();
    const popup = await openWithTwo({ cancelQrCode: () => answer.promise });
    popup.setText(ID);
    await popup.requestCancel();
    const cancelling = popup.confirmCancel();
    await popup.switchElsewhere();
    expect(popup.get().dialog).toMatchObject({ account: ACCOUNT });
    answer.resolve({ outcome: { kind: 'unconfirmed', reason: 'timeout' }, attemptId: 1, qrCode: ACTIVE });
    await cancelling;
    const { report, ...state } = popup.get();
    expect(state).toMatchObject({ ...NOTHING_BUT_REPORT, dialog: undefined });
    expect(report).toMatchObject({ title: 'Result not confirmed', offerCheck: false });
    expect(report?.sentences[0]).toBe(`${ID} · Chandni Chowk · UAT`);
  });

  it('is named if the outcome of its cancel is unknown', async () => {
    const answer = Promise.withResolvers<never>();
    const popup = await openWithTwo({ cancelQrCode: () => answer.promise });
    popup.setText(ID);
    await popup.requestCancel();
    const cancelling = popup.confirmCancel();
    await popup.switchElsewhere();
    answer.reject(new Error('The worker has died.'));
    await cancelling;
    const { report } = popup.get();
    expect(report).toMatchObject({ title: 'Result not confirmed', offerCheck: false });
    expect(report?.sentences[0]).toBe(`${ID} · Chandni Chowk · UAT`);
  });

  it('shows no result of a check after a lock, nor after the unlock', async () => {
    const answer = Promise.withResolvers<{ result: GatewayResult<QrCode> }>();
    const popup = await openWithTwo({ checkStatus: () => answer.promise });
    popup.setText(ID);
    const checking = popup.check();
    await popup.lockElsewhere();
    answer.resolve({ result: answered(ACTIVE) });
    await checking;
    await popup.unlockElsewhere();
    expect(popup.get()).toMatchObject(NOTHING);
  });

  it('has no entry under Recent, because an entry is checked with the current account', async () => {
    const attempts = [
      attemptOf({ attemptId: 3, accountId: 'a2', qrCodeId: 'QR1B' }),
      attemptOf({ attemptId: 2, qrCodeId: 'QR1A' }),
      attemptOf({ attemptId: 1, accountId: 'a2', qrCodeId: 'QR1C' }),
    ];
    const slow = Promise.withResolvers<void>();
    let isSlow = false;
    const popup = await openWithTwo({
      async getRecentAttempts({ accountId }) {
        if (isSlow) await slow.promise;
        return attempts.filter((one) => one.accountId === accountId);
      },
    });
    const shown = () => popup.get().recent.map(({ attemptId }) => attemptId);
    expect(shown()).toEqual([2]);
    isSlow = true;
    const switching = popup.use(OTHER.id);
    await vi.waitFor(() => expect(popup.get().page?.currentAccountId).toBe(OTHER.id));
    expect(shown()).toEqual([]);
    slow.resolve();
    await switching;
    expect(shown()).toEqual([3, 1]);
  });

  it('has no entry under Recent from a slow answer to an earlier request', async () => {
    const slow = Promise.withResolvers<Attempt[]>();
    let isSlow = false;
    const popup = await openWithTwo({
      getRecentAttempts: async ({ accountId }) => (isSlow && accountId === 'a1' ? slow.promise : []),
    });
    isSlow = true;
    const asking = popup.loadRecent();
    await popup.use(OTHER.id);
    slow.resolve([attemptOf()]);
    await asking;
    expect(popup.get().recent).toEqual([]);
  });
});
