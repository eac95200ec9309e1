import { describe, expect, it, vi } from 'vitest';
import type { AccountView, Send } from '../messaging/protocol.ts';
import type { OnboardingState } from '../settings/onboarding.ts';
import { createGettingStartedStore } from './onboarding.ts';

const ACCOUNT: AccountView = {
  id: 'a1',
  name: 'Main',
  environment: 'UAT',
  authMethod: 'secret-key',
  hasKeys: true,
};
const NOTHING: OnboardingState = { hasTestedConnection: false, hasReadCode: false, hidden: false };

function openFirstSteps(stored: OnboardingState, answers: Record<string, unknown> = {}) {
  let now = stored;
  let notify = (_: OnboardingState) => {};
  const sent: [string, unknown][] = [];
  const send = (async (name: string, request: unknown) => {
    sent.push([name, request]);
    if (name in answers) return answers[name];
    if (name === 'getRecentAttempts') return [];
    throw new Error('The background gave no answer.');
  }) as Send;
  const store = createGettingStartedStore(
    send,
    {
      read: async () => now,
      change: async (edit) => {
        now = edit(now);
        notify(now);
      },
      watch: (onChange) => {
        notify = onChange;
        return vi.fn();
      },
    },
    () => vi.fn(),
  );
  const forget = () => notify(NOTHING);
  return { store, sent, kept: () => now, forget };
}

describe('the first steps', () => {
  it.each([
    ['nothing done', NOTHING, true],
    ['one step left', { ...NOTHING, hasTestedConnection: true }, true],
    ['all done', { ...NOTHING, hasTestedConnection: true, hasReadCode: true }, false],
    ['all hidden', { ...NOTHING, hidden: true }, false],
  ])('with %s are open: %s', async (_, kept, open) => {
    const { store } = openFirstSteps(kept);
    await store.actions.load();
    expect(store.getState().open).toBe(open);
  });

  it('are not shown to a user with an attempt in the history', async () => {
    const { store } = openFirstSteps(NOTHING, { getRecentAttempts: [{ attemptId: 1 }] });
    await store.actions.load();
    expect(store.getState()).toMatchObject({ open: false, hasTestedConnection: true, hasReadCode: true });
  });

  it('are not shown if the journal can’t be read, but return when everything is forgotten', async () => {
    const { store, forget } = openFirstSteps(NOTHING, {
      getRecentAttempts: Promise.reject(new Error('no journal')),
    });
    await store.actions.load();
    expect(store.getState().open).toBe(false);
    forget();
    expect(store.getState().open).toBe(true);
  });

  it('stay open when the last one is done, and return when everything is forgotten', async () => {
    const read = { kind: 'answered', payload: { qrCodeId: 'QR26AAAA01', status: 'ACTIVE' } };
    const { store, kept, sent, forget } = openFirstSteps(NOTHING, { getQrCode: read });
    await store.actions.load();
    store.actions.setText(' “QR26AAAA01”, ');
    await store.actions.check(ACCOUNT);
    expect(sent.at(-1)).toEqual(['getQrCode', { accountId: 'a1', qrCodeId: 'QR26AAAA01' }]);
    expect(store.getState()).toMatchObject({ open: true, found: { qrCodeId: 'QR26AAAA01' } });
    expect(kept()).toEqual({ hasTestedConnection: true, hasReadCode: true, hidden: false });
    await store.actions.hide();
    expect(store.getState().open).toBe(false);
    forget();
    expect(store.getState().open).toBe(true);
  });

  it.each(['', 'a/b', 'QR26AAAA01 QR26AAAA02'])('send nothing for %j, and show why', async (text) => {
    const { store, sent } = openFirstSteps(NOTHING);
    store.actions.setText(text);
    await store.actions.check(ACCOUNT);
    expect(store.getState().fieldError).toBeDefined();
    expect(sent).toEqual([]);
  });

  it('stay undone after a failed check, and without an answer of the background', async () => {
    const refused = openFirstSteps(NOTHING, {
      checkConnection: {
        ok: true,
        check: {
          'sign-in': { kind: 'failed', failure: { kind: 'not-sent', reason: 'unauthorized' } },
          'qr-code': { kind: 'not-tried' },
          search: { kind: 'not-tried' },
        },
      },
    });
    await refused.store.actions.checkConnection(ACCOUNT);
    expect(refused.store.getState().connection?.report?.tone).toBe('danger');
    const dead = openFirstSteps(NOTHING);
    await dead.store.actions.checkConnection(ACCOUNT);
    expect(dead.store.getState()).toMatchObject({
      busy: undefined,
      connection: undefined,
      notChecked: { tone: 'danger' },
    });
    expect([refused.kept().hasTestedConnection, dead.kept().hasTestedConnection]).toEqual([false, false]);
  });

  it('mark the connection as tested once EnKash has accepted the account', async () => {
    const check = {
      'sign-in': { kind: 'signed-in' },
      'qr-code': { kind: 'no-such-code' },
      search: { kind: 'searched' },
    };
    const { store, kept, sent } = openFirstSteps(NOTHING, { checkConnection: { ok: true, check } });
    await store.actions.checkConnection(ACCOUNT);
    expect(sent[0]).toMatchObject(['checkConnection', { draft: { id: 'a1', accessKey: '', secret: '' } }]);
    expect(kept()).toMatchObject({ hasTestedConnection: true, hasReadCode: false });
  });
});
