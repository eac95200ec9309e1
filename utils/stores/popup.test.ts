import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import { type Messages, setMessages, t } from '../i18n/i18n.ts';
import type { AccountView, AppState, MessageName, Request, Response, Send } from '../messaging/protocol.ts';
import type { Attempt, CancelAttempt } from '../model/attempt.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import type { PendingAction } from '../navigation/pending-action.ts';
import type { CancelResult } from '../qr-code/cancel.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { createPopupStore } from './popup.ts';
import type { PopupState } from './popup-state.ts';

const ID = 'QR26DU7U9NREWU';
const ACCOUNT: AccountView = {
  id: 'a1',
  name: 'Chandni Chowk',
  environment: 'UAT',
  authMethod: 'secret-key',
  hasKeys: true,
};
const ACTIVE: QrCode = { qrCodeId: ID, status: 'ACTIVE', qrName: 'Counter 4', amount: 500 };
const answered = (payload: QrCode): GatewayResult<QrCode> => ({
  kind: 'answered',
  code: 0,
  message: 'OK',
  payload,
});
const CANCELLED: CancelResult = {
  outcome: { kind: 'cancelled', evidence: 'response' },
  attemptId: 1,
  qrCode: { ...ACTIVE, status: 'CANCELLED' },
};
const attempt = (change: Partial<CancelAttempt> = {}): Attempt => ({
  attemptId: 1,
  at: Date.now() + 60_000,
  accountId: 'a1',
  accountName: ACCOUNT.name,
  environment: 'UAT',
  qrCodeId: ID,
  startedBy: 'popup',
  action: 'cancel',
  sendCount: 1,
  ...change,
});

type Answers = { [Name in MessageName]?: (request: Request<Name>) => Promise<Response<Name>> };

/** A popup before a background that answers as it is told to. */
async function openPopup(change: Answers = {}, accounts: AccountView[] = [ACCOUNT]) {
  const sent: [MessageName, unknown][] = [];
  const answers: Answers = {
    getAppState: async () => ({
      accounts,
      currentAccountId: accounts[0]?.id ?? null,
      settings: DEFAULT_SETTINGS,
      vault: { status: 'open', protection: 'device' },
      policy: DEFAULT_POLICY,
    }),
    consumePendingAction: async () => null,
    getRecentAttempts: async () => [],
    getQrCode: async () => answered(ACTIVE),
    checkStatus: async () => ({ result: answered(ACTIVE) }),
    cancelQrCode: async () => CANCELLED,
    getLastCancel: async () => null,
    openReview: async () => null,
    ...change,
  };
  const send: Send = (name, request) => {
    sent.push([name, request]);
    const answer = answers[name] as ((request: unknown) => Promise<Response<typeof name>>) | undefined;
    return answer ? answer(request) : Promise.reject(new Error(`Not expected: ${name}`));
  };
  const store = createPopupStore(send);
  await store.actions.load();
  return {
    ...store.actions,
    get: () => drawn(store.getState()),
    sent: (name: MessageName) => sent.filter(([given]) => given === name).map(([, request]) => request),
  };
}

/** What is shown of a state, in the language that is spoken now. */
function drawn({ fieldError, statusLine, report, ...state }: PopupState) {
  return { ...state, fieldError: fieldError?.(), statusLine: statusLine?.(), report: report?.() };
}

const dead = () => Promise.reject(new Error('The worker has died.'));

describe('checking', () => {
  it('takes the id out of what is around it, and shows what came', async () => {
    const popup = await openPopup();
    popup.setText(`ID: “${ID}”,`);
    await popup.check();
    expect(popup.sent('checkStatus')).toEqual([{ accountId: 'a1', qrCodeId: ID, startedBy: 'popup' }]);
    expect(popup.get()).toMatchObject({ text: ID, qrCode: ACTIVE, statusLine: 'Active. Counter 4, ₹500.' });
  });

  it('asked for twice at once is sent once', async () => {
    const popup = await openPopup();
    popup.setText(ID);
    await Promise.all([popup.check(), popup.check(), popup.check()]);
    expect(popup.sent('checkStatus')).toHaveLength(1);
  });

  it.each(['intermediary', 'timeout', 'not-json', 'wrong-shape'] as const)(
    'A40 says of an answer that is none (%s) that it is none, and not that there is no such code',
    async (reason) => {
      const result = { kind: 'ambiguous', reason, httpStatus: 404 } as const;
      const popup = await openPopup({ checkStatus: async () => ({ result }) });
      popup.setText(ID);
      await popup.check();
      expect(popup.get().report?.title).toBe('Could not check the QR code');
      expect(popup.get().report?.sentences.join(' ')).not.toContain('No QR code with this ID');
    },
  );

  it('says so where the background has died', async () => {
    const popup = await openPopup({ checkStatus: dead });
    popup.setText(ID);
    await popup.check();
    expect(popup.get()).toMatchObject({ busy: undefined, report: { tone: 'danger' } });
  });
});

describe('A1 A2 a text that is no id', () => {
  it.each(['', '  ', '..', 'a/b', 'QRаDU7U9N12', '1.23E+15'])(
    '%j sends nothing and says why',
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

describe('asking to cancel', () => {
  async function asked(read: GatewayResult<QrCode>) {
    const popup = await openPopup({ getQrCode: async () => read });
    popup.setText(ID);
    await popup.requestCancel();
    return popup;
  }

  it('reads the code afresh, then opens the dialog, and cancels nothing by itself', async () => {
    const popup = await asked(answered(ACTIVE));
    expect(popup.get().dialog).toEqual({ qrCodeId: ID, account: ACCOUNT, read: answered(ACTIVE) });
    expect(popup.sent('cancelQrCode')).toEqual([]);
  });

  it('A13 opens no dialog for a code that is cancelled already', async () => {
    const popup = await asked(answered({ ...ACTIVE, status: 'CANCELLED' }));
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
  ] satisfies GatewayFailure[])('opens the dialog though the code could not be read: %j', async (read) => {
    expect((await asked(read)).get().dialog).toMatchObject({ qrCodeId: ID, read });
  });

  it.each([
    { kind: 'not-found', httpStatus: 404, code: null, message: '' },
    { kind: 'unauthorized', httpStatus: 200, code: 117, message: '' },
    { kind: 'not-sent', reason: 'offline' },
    { kind: 'not-sent', reason: 'no-keys' },
  ] satisfies GatewayFailure[])('opens none where asking would be no use: %j', async (read) => {
    const { dialog, report } = (await asked(read)).get();
    expect(dialog).toBeUndefined();
    expect(report?.tone).toBe('danger');
  });

  it.each([
    [{ kind: 'ambiguous', reason: 'intermediary', httpStatus: 404 }, 'unread'],
    [{ kind: 'not-sent', reason: 'unreachable' }, 'unread'],
    [answered({ ...ACTIVE, status: 'SUSPENDED' }), 'unknown-status'],
    [answered({ qrName: 'Counter 4' }), 'unknown-status'],
    [answered(ACTIVE), undefined],
  ] as [GatewayResult<QrCode>, string | undefined][])(
    'A51 records a cancel after %j as done despite: %s',
    async (read, despite) => {
      const popup = await asked(read);
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
    'A51 is offered after a check that got %j: %s',
    async (result, offered) => {
      const popup = await openPopup({ checkStatus: async () => ({ result }) });
      popup.setText(ID);
      await popup.check();
      expect(popup.get().report?.offerCancelAnyway).toBe(offered);
    },
  );

  it('A15 and keeping it active sends nothing', async () => {
    const popup = await asked(answered(ACTIVE));
    popup.dismissDialog();
    await popup.confirmCancel();
    expect(popup.get().dialog).toBeUndefined();
    expect(popup.sent('cancelQrCode')).toEqual([]);
  });
});

describe('A14 confirming', () => {
  it('sends one cancel, however often it is pressed, and keeps the dialog until the answer', async () => {
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

describe('A27 a background that dies over a cancel', () => {
  async function confirmed(change: Answers) {
    const popup = await openPopup({ cancelQrCode: dead, ...change });
    popup.setText(ID);
    await popup.requestCancel();
    await popup.confirmCancel();
    return popup;
  }

  it('is followed by one that tells what became of it', async () => {
    const popup = await confirmed({
      getLastCancel: async () => attempt({ outcome: { kind: 'cancelled', evidence: 'check' } }),
    });
    expect(popup.sent('getLastCancel')).toEqual([{ accountId: 'a1', qrCodeId: ID }]);
    expect(popup.sent('cancelQrCode')).toHaveLength(1);
    expect(popup.get().report?.title).toBe('QR code cancelled');
  });

  it.each([
    ['knows of none', async () => null],
    ['has not settled it yet', async () => attempt({})],
    ['dies too', dead],
    [
      'knows only of an earlier one',
      async () => attempt({ at: 1, outcome: { kind: 'cancelled', evidence: 'check' } }),
    ],
  ])('is told as not confirmed where the next one %s', async (_, getLastCancel) => {
    const popup = await confirmed({ getLastCancel });
    expect(popup.get()).toMatchObject({ dialog: undefined, busy: undefined });
    expect(popup.get().report).toMatchObject({
      tone: 'warning',
      title: 'Result not confirmed',
      offerCheck: true,
    });
  });
});

describe('A27 a background that is gone for good', () => {
  it('leaves no dialog open, and is told as not confirmed', async () => {
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

describe('what is left for the popup', () => {
  const openOn = (handOver: PendingAction) => openPopup({ consumePendingAction: async () => handOver });

  it.each(['menu', 'shortcut', 'omnibox'] as const)('is checked at once, as by the %s', async (startedBy) => {
    const popup = await openOn({ action: 'check', qrCodeId: ID, startedBy });
    expect(popup.sent('checkStatus')).toEqual([{ accountId: 'a1', qrCodeId: ID, startedBy }]);
  });

  it('opens the dialog, and waits to be confirmed', async () => {
    const popup = await openOn({ action: 'cancel', qrCodeId: ID, startedBy: 'menu' });
    expect(popup.get().dialog).toMatchObject({ qrCodeId: ID });
    expect(popup.sent('cancelQrCode')).toEqual([]);
  });

  it.each(['check', 'cancel'] as const)('keeps what has to be said of its id, at a %s', async (action) => {
    const text = 'upi://pay?pa=shop.counter@examplebank&tr=EKH20261122118834&am=500.00';
    const popup = await openOn({ action, text, startedBy: 'menu' });
    expect(popup.get()).toMatchObject({ text: 'EKH20261122118834', note: { code: 'upi' } });
    await popup.check();
    expect(popup.get().note).toEqual({ code: 'upi' });
    popup.setText(ID);
    await popup.check();
    expect(popup.get().note).toBeUndefined();
  });

  it('stays where it is while the keys are missing', async () => {
    const popup = await openPopup({}, [{ ...ACCOUNT, hasKeys: false }]);
    expect(popup.sent('consumePendingAction')).toEqual([]);
  });
});

describe('several ids', () => {
  it('go to the workbench, and are neither checked nor cancelled here', async () => {
    const popup = await openPopup();
    popup.setText(`${ID}, QR26AB3C4D5E6F`);
    await popup.check();
    await popup.requestCancel();
    await popup.review();
    expect(popup.sent('openReview')).toEqual([{ text: `${ID}, QR26AB3C4D5E6F` }]);
    expect([...popup.sent('checkStatus'), ...popup.sent('getQrCode')]).toEqual([]);
  });
});

describe('an account that is no longer in use when the answer comes', () => {
  const OTHER: AccountView = { ...ACCOUNT, id: 'a2', name: 'Juhu', environment: 'LIVE' };
  const NOTHING_BUT_REPORT = { about: undefined, qrCode: undefined, statusLine: undefined };
  const NOTHING = { qrCode: undefined, statusLine: undefined, report: undefined, dialog: undefined };

  /** A popup whose account is switched, by itself or on another page. */
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
  ] as [string, GatewayResult<QrCode>][])('shows no check of it: %s', async (_, result) => {
    const held = Promise.withResolvers<{ result: GatewayResult<QrCode> }>();
    const popup = await openWithTwo({ checkStatus: () => held.promise });
    popup.setText(ID);
    const checking = popup.check();
    await popup.use(OTHER.id);
    held.resolve({ result });
    await checking;
    expect(popup.get()).toMatchObject({ ...NOTHING, about: undefined, busy: undefined, text: ID });
  });

  it('shows no check of it that had no answer', async () => {
    const held = Promise.withResolvers<never>();
    const popup = await openWithTwo({ checkStatus: () => held.promise });
    popup.setText(ID);
    const checking = popup.check();
    await popup.use(OTHER.id);
    held.reject(new Error('The worker has died.'));
    await checking;
    expect(popup.get()).toMatchObject({ ...NOTHING, busy: undefined });
  });

  it.each([
    ['active', answered(ACTIVE)],
    ['cancelled', answered({ ...ACTIVE, status: 'CANCELLED' })],
    ['not read', { kind: 'ambiguous', reason: 'timeout' }],
    ['not sent', { kind: 'not-sent', reason: 'no-keys' }],
  ] as [string, GatewayResult<QrCode>][])('is not asked about: a code that is %s', async (_, read) => {
    const held = Promise.withResolvers<GatewayResult<QrCode>>();
    const popup = await openWithTwo({ getQrCode: () => held.promise });
    popup.setText(ID);
    const asking = popup.requestCancel();
    await popup.use(OTHER.id);
    held.resolve(read);
    await asking;
    expect(popup.get()).toMatchObject({ ...NOTHING, busy: undefined });
  });

  it('takes its result along, also where it was switched on another page', async () => {
    const popup = await openWithTwo({});
    popup.setText(ID);
    await popup.check();
    expect(popup.get()).toMatchObject({ qrCode: ACTIVE });
    await popup.switchElsewhere();
    expect(popup.get()).toMatchObject({ ...NOTHING, about: undefined });
  });

  it('keeps a question that is open, and is the one that is sent to', async () => {
    const popup = await openWithTwo({});
    popup.setText(ID);
    await popup.requestCancel();
    await popup.switchElsewhere();
    expect(popup.get()).toMatchObject({ ...NOTHING, dialog: { account: ACCOUNT } });
    await popup.confirmCancel();
    expect(popup.sent('cancelQrCode')).toMatchObject([{ accountId: 'a1', qrCodeId: ID }]);
    // The line is what a screen reader says: success is no alert.
    expect(popup.get()).toMatchObject({
      about: undefined,
      qrCode: undefined,
      dialog: undefined,
      statusLine: 'QR code cancelled',
    });
    expect(popup.get().report?.sentences[0]).toBe(`${ID} · Chandni Chowk · UAT`);
  });

  it('is named by the result of a cancel, which shows no code and offers no check', async () => {
    const held = Promise.withResolvers<CancelResult>();
    const popup = await openWithTwo({ cancelQrCode: () => held.promise });
    popup.setText(ID);
    await popup.requestCancel();
    const cancelling = popup.confirmCancel();
    await popup.switchElsewhere();
    expect(popup.get().dialog).toMatchObject({ account: ACCOUNT });
    held.resolve({ outcome: { kind: 'unconfirmed', reason: 'timeout' }, attemptId: 1, qrCode: ACTIVE });
    await cancelling;
    const { report, ...state } = popup.get();
    expect(state).toMatchObject({ ...NOTHING_BUT_REPORT, dialog: undefined });
    expect(report).toMatchObject({ title: 'Result not confirmed', offerCheck: false });
    expect(report?.sentences[0]).toBe(`${ID} · Chandni Chowk · UAT`);
  });

  it('is named where nobody can tell what became of a cancel', async () => {
    const held = Promise.withResolvers<never>();
    const popup = await openWithTwo({ cancelQrCode: () => held.promise });
    popup.setText(ID);
    await popup.requestCancel();
    const cancelling = popup.confirmCancel();
    await popup.switchElsewhere();
    held.reject(new Error('The worker has died.'));
    await cancelling;
    const { report } = popup.get();
    expect(report).toMatchObject({ title: 'Result not confirmed', offerCheck: false });
    expect(report?.sentences[0]).toBe(`${ID} · Chandni Chowk · UAT`);
  });

  it('shows no check after a lock either, nor once it is unlocked', async () => {
    const held = Promise.withResolvers<{ result: GatewayResult<QrCode> }>();
    const popup = await openWithTwo({ checkStatus: () => held.promise });
    popup.setText(ID);
    const checking = popup.check();
    await popup.lockElsewhere();
    held.resolve({ result: answered(ACTIVE) });
    await checking;
    await popup.unlockElsewhere();
    expect(popup.get()).toMatchObject(NOTHING);
  });

  it('has no entry under Recent, as choosing one checks it with the account in use', async () => {
    const attempts = [
      attempt({ attemptId: 3, accountId: 'a2', qrCodeId: 'QR1B' }),
      attempt({ attemptId: 2, qrCodeId: 'QR1A' }),
      attempt({ attemptId: 1, accountId: 'a2', qrCodeId: 'QR1C' }),
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

  it('has no entry under Recent that was asked for before, however late it comes', async () => {
    const slow = Promise.withResolvers<Attempt[]>();
    let isSlow = false;
    const popup = await openWithTwo({
      getRecentAttempts: async ({ accountId }) => (isSlow && accountId === 'a1' ? slow.promise : []),
    });
    isSlow = true;
    const asking = popup.loadRecent();
    await popup.use(OTHER.id);
    slow.resolve([attempt()]);
    await asking;
    expect(popup.get().recent).toEqual([]);
  });
});

describe('a question that was answered', () => {
  it('is gone as soon as it is known what came of it, so that nothing is sent a second time', async () => {
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

describe('what is said', () => {
  const HINDI: Messages = {
    language: { message: 'hi' },
    idEmpty: { message: 'ID लिखें' },
    statusCancelled: { message: 'रद्द' },
    outcomeCancelled: { message: 'कोड रद्द हुआ' },
    noticeBody: { message: '$1 · $2 · $3' },
  };
  afterEach(() => setMessages(undefined));

  it('is said in another language when that is chosen meanwhile', async () => {
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

  it('stays the same object as long as nothing else is spoken, so that nothing is said twice', async () => {
    const popup = await openPopup({ checkStatus: dead });
    popup.setText(ID);
    await popup.check();
    expect(popup.get().report).toBe(popup.get().report);
  });
});

describe('recent', () => {
  it('is started in the popup, wherever the code before it came from', async () => {
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

  it('shows the newest attempt of each of five codes', async () => {
    const attempts = ['A', 'B', 'A', 'C', 'D', 'E', 'F'].map((letter, index) =>
      attempt({ attemptId: 99 - index, qrCodeId: `QR1${letter}` }),
    );
    const popup = await openPopup({ getRecentAttempts: async () => attempts });
    expect(popup.get().recent.map(({ attemptId }) => attemptId)).toEqual([99, 98, 96, 95, 94]);
    expect(popup.sent('getRecentAttempts')).toEqual([{ accountId: 'a1', limit: 40 }]);
  });
});
