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

function begin(kept: OnboardingState, answers: Record<string, unknown> = {}) {
  let now = kept;
  let tell = (_: OnboardingState) => {};
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
        tell(now);
      },
      watch: (onChange) => {
        tell = onChange;
        return vi.fn();
      },
    },
    () => vi.fn(),
  );
  const forget = () => tell(NOTHING);
  return { store, sent, kept: () => now, forget };
}

describe('the first steps', () => {
  it.each([
    ['nothing done', NOTHING, true],
    ['one step left', { ...NOTHING, hasTestedConnection: true }, true],
    ['all done', { ...NOTHING, hasTestedConnection: true, hasReadCode: true }, false],
    ['put away', { ...NOTHING, hidden: true }, false],
  ])('%s: open is %s', async (_, kept, open) => {
    const { store } = begin(kept);
    await store.actions.load();
    expect(store.getState().open).toBe(open);
  });

  it('are not shown to who has worked with it before', async () => {
    const { store } = begin(NOTHING, { getRecentAttempts: [{ attemptId: 1 }] });
    await store.actions.load();
    expect(store.getState()).toMatchObject({ open: false, hasTestedConnection: true, hasReadCode: true });
  });

  it('are not shown while the journal can’t tell that, but come back when everything is forgotten', async () => {
    const { store, forget } = begin(NOTHING, { getRecentAttempts: Promise.reject(new Error('no journal')) });
    await store.actions.load();
    expect(store.getState().open).toBe(false);
    forget();
    expect(store.getState().open).toBe(true);
  });

  it('stay on screen when the last one is done, and come back when everything is forgotten', async () => {
    const read = { kind: 'answered', payload: { qrCodeId: 'QR26AAAA01', status: 'ACTIVE' } };
    const { store, kept, sent, forget } = begin(NOTHING, { getQrCode: read });
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

  it.each(['', 'a/b', 'QR26AAAA01 QR26AAAA02'])('send nothing for %j, and say why', async (text) => {
    const { store, sent } = begin(NOTHING);
    store.actions.setText(text);
    await store.actions.check(ACCOUNT);
    expect(store.getState().fieldError).toBeDefined();
    expect(sent).toEqual([]);
  });

  it('are not done by a check that failed, nor by an extension that does not answer', async () => {
    const refused = begin(NOTHING, {
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
    const dead = begin(NOTHING);
    await dead.store.actions.checkConnection(ACCOUNT);
    expect(dead.store.getState()).toMatchObject({
      busy: undefined,
      connection: undefined,
      notChecked: { tone: 'danger' },
    });
    expect([refused.kept().hasTestedConnection, dead.kept().hasTestedConnection]).toEqual([false, false]);
  });

  it('count the check once EnKash has let the account in', async () => {
    const check = {
      'sign-in': { kind: 'signed-in' },
      'qr-code': { kind: 'no-such-code' },
      search: { kind: 'searched' },
    };
    const { store, kept, sent } = begin(NOTHING, { checkConnection: { ok: true, check } });
    await store.actions.checkConnection(ACCOUNT);
    expect(sent[0]).toMatchObject(['checkConnection', { draft: { id: 'a1', accessKey: '', secret: '' } }]);
    expect(kept()).toMatchObject({ hasTestedConnection: true, hasReadCode: false });
  });
});
