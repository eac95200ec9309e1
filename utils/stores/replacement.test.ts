import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import type { ExistingReplacement } from '../history/find-replacements.ts';
import type { AccountView, AppState, MessageName, Request, Response, Send } from '../messaging/protocol.ts';
import type { CreateOutcome } from '../model/outcome.ts';
import type { CreateResult } from '../qr-code/create.ts';
import { DEFAULT_POLICY } from '../settings/policy.ts';
import { DEFAULT_SETTINGS } from '../settings/settings.ts';
import { createReplacementStore } from './replacement.ts';
import { latestNewCode, type ReplacementStore } from './replacement-state.ts';

const MAIN = { id: 'a1', name: 'Main', environment: 'UAT', hasKeys: true } as AccountView;
const LIVE = { ...MAIN, id: 'a2', name: 'Shop', environment: 'LIVE' } as AccountView;
const IMAGE = 'data:image/png;base64,iVBORw0KGgo=';
const CODE: QrCode = {
  qrCodeId: 'QR26OLD',
  qrName: 'Counter 4',
  multipleUse: true,
  fixedAmount: true,
  amount: 500,
  expiry: '2031-12-31T23:59:00',
  customParams: { store: 'Pune' },
  status: 'CANCELLED',
};
const CREATED: CreateResult = {
  outcome: { kind: 'created', code: 0, message: 'SUCCESS' },
  qrCode: { qrCodeId: 'QR26NEW', qrName: 'Counter 4', qrCodeBase64: IMAGE },
};

let sent: Request<'createQrCode'>[];
/** What is answered to a create; a function that throws stands for a background that died. */
let answer: () => CreateResult | Promise<CreateResult>;
let read: Response<'getQrCode'> | undefined;
let copied: string[];
let saved: string[][];
let searched: string[];
/** What the journal tells of an earlier create, by environment and code. */
let earlier: Record<string, ExistingReplacement>;
let store: ReplacementStore;

const send: Send = async (name, request) => {
  if (name === 'getQrCode') {
    if (!read) throw new Error('no answer');
    return read as Response<MessageName> as Response<typeof name>;
  }
  sent.push(request as Request<'createQrCode'>);
  return (await answer()) as Response<MessageName> as Response<typeof name>;
};

beforeEach(() => {
  sent = [];
  answer = () => CREATED;
  read = undefined;
  copied = [];
  saved = [];
  searched = [];
  earlier = {};
  store = createReplacementStore({
    send,
    clock: { now: () => Date.UTC(2026, 10, 22) },
    earlier: async ({ environment }, replaces) => earlier[`${environment} ${replaces}`],
    copy: async (text) => void copied.push(text),
    saveImage: (...file) => void saved.push(file),
    search: (text) => void searched.push(text),
  });
});

const now = () => store.getState().replacement;
const pageWith = (account: AccountView, status: 'open' | 'locked' = 'open') =>
  ({
    accounts: [account],
    currentAccountId: account.id,
    settings: DEFAULT_SETTINGS,
    vault: { status, protection: 'passphrase' } as AppState['vault'],
    policy: DEFAULT_POLICY,
  }) satisfies AppState;

/** Goes through form and question, up to where it may be sent. */
function asked(account = MAIN): void {
  store.actions.begin(account, 'QR26OLD', CODE);
  store.actions.ask();
}
async function ended(outcome?: CreateOutcome): Promise<void> {
  if (outcome) answer = () => ({ outcome });
  asked();
  await store.actions.confirm();
}

describe('a replacement', () => {
  it('is filled in, asked about, and sent as it was asked about', async () => {
    store.actions.begin(MAIN, 'QR26OLD', CODE);
    expect(now()).toMatchObject({
      stage: 'form',
      form: { qrName: 'Counter 4', amount: '500' },
      problems: [],
    });
    store.actions.change({ amount: '750' });
    store.actions.ask();
    expect(now()).toMatchObject({ stage: 'asking', word: undefined, request: { amount: 750 } });
    expect(sent).toEqual([]);
    await store.actions.confirm();
    expect(sent).toEqual([
      {
        accountId: 'a1',
        replaces: 'QR26OLD',
        asked: {
          qrName: 'Counter 4',
          multipleUse: true,
          amount: 750,
          expiry: '2031-12-31T23:59:00',
          customParams: [['store', 'Pune']],
        },
      },
    ]);
    expect(now()).toMatchObject({ stage: 'ended', result: CREATED });
  });

  it('is sent once, however often that is confirmed', async () => {
    const { promise, resolve } = Promise.withResolvers<CreateResult>();
    answer = () => promise;
    asked();
    const all = [store.actions.confirm(), store.actions.confirm()];
    await vi.waitFor(() => expect(now()?.stage).toBe('sending'));
    store.actions.ask();
    store.actions.backToForm();
    store.actions.change({ amount: '1' });
    store.actions.close();
    expect(now()).toMatchObject({ stage: 'sending', form: { amount: '500' } });
    all.push(store.actions.confirm());
    resolve(CREATED);
    await Promise.all(all);
    await store.actions.confirm();
    expect(sent).toHaveLength(1);
  });

  it('is not sent without the question, nor in LIVE without the word', async () => {
    store.actions.begin(MAIN, 'QR26OLD', CODE);
    await store.actions.confirm();
    asked(LIVE);
    expect(now()?.word).toBe('CREATE');
    for (const typed of ['', 'create', 'CREATE 1']) {
      store.actions.setTyped(typed);
      await store.actions.confirm();
    }
    expect(sent).toEqual([]);
    store.actions.setTyped(' CREATE ');
    await store.actions.confirm();
    expect(sent).toMatchObject([{ accountId: 'a2' }]);
  });

  it('has to be asked about again, and the word typed again, after the form', () => {
    asked(LIVE);
    store.actions.setTyped('CREATE');
    store.actions.backToForm();
    expect(now()?.stage).toBe('form');
    store.actions.ask();
    expect(now()?.typed).toBe('');
  });

  it('says what is wrong, at once where the cancelled code brings it along, and forgets it as it is mended', () => {
    store.actions.begin(MAIN, 'QR26OLD', { ...CODE, expiry: '2026-01-01T10:00:00', qrName: '' });
    expect(now()?.problems).toEqual([{ field: 'expiry', code: 'passed' }]);
    store.actions.ask();
    expect(now()).toMatchObject({ stage: 'form' });
    expect(now()?.problems.map(({ field }) => field)).toEqual(['qrName', 'expiry']);
    store.actions.change({ expiry: '' });
    expect(now()?.problems.map(({ field }) => field)).toEqual(['qrName']);
  });

  it('does not take an expiry that was begun and not finished for none', () => {
    store.actions.begin(MAIN, 'QR26OLD', { ...CODE, qrName: '' });
    store.actions.change({ expiry: '' });
    store.actions.ask(true);
    expect(now()?.problems).toEqual([
      { field: 'qrName', code: 'required' },
      { field: 'expiry', code: 'not-a-time' },
    ]);
    store.actions.change({ qrName: 'Counter 5' });
    store.actions.ask(true);
    expect(now()).toMatchObject({ stage: 'form', problems: [{ field: 'expiry', code: 'not-a-time' }] });
    store.actions.ask(false);
    expect(now()?.stage).toBe('asking');
    expect(now()?.request).not.toHaveProperty('expiry');
  });

  it('has as many custom params as are wanted', () => {
    store.actions.begin(MAIN, 'QR26OLD', CODE);
    store.actions.addParam();
    store.actions.changeParam(1, { name: 'bill' });
    store.actions.changeParam(1, { value: '7' });
    store.actions.removeParam(0);
    expect(now()?.form.params).toEqual([{ name: 'bill', value: '7' }]);
  });
});

describe('a create that the background gave no answer to', () => {
  it('is told as not known, is not sent again, and leads to a search', async () => {
    answer = () => Promise.reject(new Error('The worker died.'));
    await ended();
    expect(now()?.result).toEqual({ outcome: { kind: 'unconfirmed', reason: 'interrupted' } });
    store.actions.backToForm();
    expect(now()?.stage).toBe('ended');
    store.actions.searchByName();
    expect(searched).toEqual(['Counter 4']);
    expect(now()).toBeUndefined();
    expect(sent).toHaveLength(1);
  });
});

describe('an earlier create for the same code', () => {
  const FIRST: ExistingReplacement = { attemptId: 7 };
  /** Lets the journal answer: its promises are settled already, and come before what is put off until now. */
  const told = () => new Promise((resolve) => setTimeout(resolve));

  it('is told on the form, whichever page made it', async () => {
    earlier = { 'UAT QR26OLD': FIRST };
    store.actions.begin(MAIN, 'QR26OLD', CODE);
    await told();
    expect(now()?.before).toEqual(FIRST);
    store.actions.begin(MAIN, 'QR26OTHER', CODE);
    await told();
    expect(now()?.before).toBeUndefined();
    store.actions.begin(LIVE, 'QR26OLD', CODE);
    await told();
    expect(now()?.before).toBeUndefined();
  });

  it('by another page is told on a form that is open already', async () => {
    store.actions.begin(MAIN, 'QR26OLD', CODE);
    await told();
    expect(now()?.before).toBeUndefined();
    earlier = { 'UAT QR26OLD': FIRST };
    await store.actions.lookAgain();
    expect(now()).toMatchObject({ stage: 'form', before: FIRST });
  });

  it('changes nothing in a question that is being read: its answer looks again', async () => {
    asked(MAIN);
    await told();
    earlier = { 'UAT QR26OLD': FIRST };
    await store.actions.lookAgain();
    expect(now()?.before).toBeUndefined();
    await store.actions.confirm();
    expect([now()?.stage, now()?.before, sent]).toEqual(['asking', FIRST, []]);
  });

  it('that was made since is told in the question', async () => {
    store.actions.begin(MAIN, 'QR26OLD', CODE);
    earlier = { 'UAT QR26OLD': FIRST };
    store.actions.ask();
    await told();
    expect(now()).toMatchObject({ stage: 'asking', before: FIRST });
    await store.actions.confirm();
    expect(sent).toHaveLength(1);
  });

  it('that nobody has read of yet keeps this one from being sent, until it is asked for again', async () => {
    asked(LIVE);
    await told();
    store.actions.setTyped('CREATE');
    earlier = { 'LIVE QR26OLD': FIRST };
    await store.actions.confirm();
    expect(sent).toEqual([]);
    expect(now()).toMatchObject({ stage: 'asking', before: FIRST, typed: '' });
    store.actions.setTyped('CREATE');
    earlier = { 'LIVE QR26OLD': { ...FIRST, qrCodeId: 'QR26NEW' } };
    await store.actions.confirm();
    expect(sent).toEqual([]);
    expect(now()).toMatchObject({ stage: 'asking', before: { qrCodeId: 'QR26NEW' } });
    store.actions.setTyped('CREATE');
    await store.actions.confirm();
    expect(sent).toHaveLength(1);
  });

  it('is looked for before what was asked about is sent, and nothing else by that answer', async () => {
    asked(MAIN);
    await told();
    const confirming = store.actions.confirm();
    store.actions.backToForm();
    store.actions.change({ amount: '7' });
    store.actions.ask();
    await confirming;
    expect(now()).toMatchObject({ stage: 'asking', request: { amount: 7 } });
    expect(sent).toEqual([]);
  });

  it('is looked for once, and what was locked meanwhile is not sent', async () => {
    asked(MAIN);
    await told();
    const confirming = [store.actions.confirm(), store.actions.confirm()];
    store.actions.follow(undefined);
    await Promise.all(confirming);
    expect(now()).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('is not told of another code that is filled in meanwhile', async () => {
    earlier = { 'UAT QR26OLD': FIRST };
    store.actions.begin(MAIN, 'QR26OLD', CODE);
    store.actions.begin(MAIN, 'QR26OTHER', CODE);
    await told();
    expect(now()?.before).toBeUndefined();
  });

  it('that can’t be looked for leaves it to the background whether this one can be written down', async () => {
    store = createReplacementStore({
      send,
      clock: { now: () => Date.UTC(2026, 10, 22) },
      earlier: () => Promise.reject(new Error('No journal.')),
      copy: async () => undefined,
      saveImage: () => undefined,
      search: () => undefined,
    });
    await ended({ kind: 'not-sent', reason: 'journal-unavailable' });
    expect(now()).toMatchObject({ stage: 'ended', result: { outcome: { kind: 'not-sent' } } });
  });
});

describe('a search for what may have been created', () => {
  it('is not made in another account, where it would find nothing', async () => {
    await ended({ kind: 'unconfirmed', reason: 'timeout' });
    store.actions.follow(pageWith(LIVE));
    expect(now()?.elsewhere).toBe(true);
    store.actions.searchByName();
    expect(searched).toEqual([]);
    expect(now()?.stage).toBe('ended');
    store.actions.follow(pageWith(MAIN, 'locked'));
    store.actions.follow(pageWith(MAIN));
    expect(now()?.elsewhere).toBe(false);
    store.actions.searchByName();
    expect(searched).toEqual(['Counter 4']);
  });
});

describe('what came of it', () => {
  it.each<CreateOutcome>([
    { kind: 'rejected', httpStatus: 200, code: 1, message: 'No' },
    { kind: 'not-sent', reason: 'offline' },
    { kind: 'unauthorized', httpStatus: 401, code: null, message: '' },
    { kind: 'rate-limited', until: 5, message: '' },
  ])('as %j leads back to the form, as it was', async (outcome) => {
    await ended(outcome);
    store.actions.backToForm();
    expect(now()).toMatchObject({ stage: 'form', form: { amount: '500' } });
  });

  it('stays through a lock and a change of account, unlike what is not sent yet', async () => {
    await ended();
    store.actions.follow(pageWith(LIVE));
    store.actions.follow(pageWith(MAIN, 'locked'));
    expect(now()?.stage).toBe('ended');
    for (const page of [pageWith(LIVE), pageWith(MAIN, 'locked')]) {
      asked();
      store.actions.follow(pageWith(MAIN));
      expect(now()?.stage).toBe('asking');
      store.actions.follow(page);
      expect(now()).toBeUndefined();
    }
  });

  it('can be copied and saved', async () => {
    await ended();
    await store.actions.copyId();
    store.actions.saveImage();
    expect(copied).toEqual(['QR26NEW']);
    expect(saved).toEqual([['qr-code-QR26NEW.png', IMAGE]]);
    expect(now()?.copied).toBe(true);
  });

  it('is saved under a harmless name where the id is of another form', async () => {
    answer = () => ({
      outcome: { kind: 'created', code: 0, message: '' },
      qrCode: { qrCodeId: '../x', qrCodeBase64: IMAGE },
    });
    await ended();
    store.actions.saveImage();
    expect(saved).toEqual([['qr-code.png', IMAGE]]);
  });

  it('can be read anew, and is then as it was read', async () => {
    await ended();
    read = { kind: 'ambiguous', reason: 'timeout' };
    await store.actions.refreshNewCode();
    expect(latestNewCode(now())?.qrName).toBe('Counter 4');
    read = { kind: 'answered', code: 0, message: '', payload: { qrCodeId: 'QR26NEW', qrName: 'As read' } };
    await store.actions.refreshNewCode();
    expect(latestNewCode(now())).toEqual({ qrCodeId: 'QR26NEW', qrName: 'As read' });
    read = undefined;
    await store.actions.refreshNewCode();
    expect(now()?.read).toEqual({ kind: 'ambiguous', reason: 'connection' });
  });

  it('offers nothing of a code that there is none of', async () => {
    await ended({ kind: 'unconfirmed', reason: 'timeout' });
    await store.actions.copyId();
    store.actions.saveImage();
    await store.actions.refreshNewCode();
    expect([copied, saved, now()?.read]).toEqual([[], [], undefined]);
  });
});
