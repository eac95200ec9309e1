import { beforeEach, describe, expect, it, vi } from 'vitest';
import { JournalUnavailable } from '../journal/journal-trouble.ts';
import type { AccountView, AppState, MessageName, Request, Response, Send } from '../messaging/protocol.ts';
import type { CodeStatus } from '../model/code-status.ts';
import type { Job, JobState } from '../model/job.ts';
import type { Item, ItemState } from '../model/job-item.ts';
import type { JournalTrouble } from '../model/journal-trouble.ts';
import { createBulkStore } from './bulk.ts';
import type { BulkStore } from './bulk-state.ts';

const UAT = { id: 'a1', name: 'Main', environment: 'UAT', hasKeys: true } as AccountView;
const LIVE = { ...UAT, id: 'a2', environment: 'LIVE' } as AccountView;
const NOW = Date.UTC(2030, 0, 1);
const ids = (count: number) => Array.from({ length: count }, (_, index) => `QR26AB${1000 + index}`);
const active: CodeStatus = { kind: 'status', status: 'ACTIVE', qrName: 'Counter', amount: 500 };

type Answers = { [Name in MessageName]?: (request: Request<Name>) => Promise<unknown> };

let sent: { name: MessageName; request: unknown }[];
let reads: Map<string, CodeStatus[]>;
let job: Job | undefined;
let items: Item[];
let saved: string[][];
let slept: number[];
let now: number;
let answers: Answers;
let store: BulkStore;
let unreadable: JournalTrouble | undefined;
let begun: { at: number; total: number } | null;

beforeEach(() => {
  sent = [];
  reads = new Map();
  job = undefined;
  begun = null;
  unreadable = undefined;
  items = [];
  saved = [];
  slept = [];
  now = NOW;
  answers = {
    getCodeStatuses: async ({ qrCodeIds }) => qrCodeIds.map((id) => reads.get(id)?.shift() ?? active),
    startJob: async () => ({ ok: true, jobId: 1 }),
  };
  const send: Send = async (name, request) => {
    sent.push({ name, request });
    const answer = answers[name] as ((request: unknown) => Promise<unknown>) | undefined;
    return ((await answer?.(request)) ?? null) as Response<typeof name>;
  };
  store = createBulkStore({
    send,
    jobs: {
      async latest() {
        if (unreadable) throw new JournalUnavailable(unreadable);
        return job;
      },
      get: async () => job,
      items: async (_, since = -1) => items.filter(({ revision }) => revision > since),
    },
    clock: {
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms);
        now += ms;
      },
    },
    download: (name, type, content) => void saved.push([name, type, [content].flat().join('')]),
    jobMarker: {
      read: async () => begun,
      write: async (value) => {
        begun = value;
      },
      remove: async () => {
        begun = null;
      },
    },
  });
  use(UAT);
});

/** Tells the tab which account is in use from now on. */
function use(account: AccountView): void {
  const vault = { status: 'open', protection: 'device' } as const;
  store.actions.syncAccount({ accounts: [account], currentAccountId: account.id, vault } as AppState);
}

const review = async (text: string) => {
  store.actions.setText(text);
  await store.actions.review();
  return store.getState().review;
};
const requestsOf = (name: MessageName) =>
  sent.filter((each) => each.name === name).map(({ request }) => request);
function putJob(state: JobState, states: ItemState[], revision = 1): void {
  job = {
    jobId: 1,
    at: NOW,
    account: { id: 'a1', name: 'Main', environment: 'UAT' },
    total: states.length,
    state,
    epoch: 1,
    revision,
    browserSession: 's',
  };
  items = states.map((each, index) => ({
    jobId: 1,
    position: index + 1,
    qrCodeId: `QR26AB${1000 + index}`,
    state: each,
    sendings: 1,
    revision,
  }));
}

describe('a list', () => {
  it('is read in messages of a few dozen codes, each once', async () => {
    const found = await review(ids(100).join('\n'));
    expect(found?.counts['to-cancel']).toBe(100);
    expect(found?.state).toBe('read');
    const asked = requestsOf('getCodeStatuses').flatMap(
      (request) => (request as { qrCodeIds: string[] }).qrCodeIds,
    );
    expect(asked).toEqual(ids(100));
  });

  it('is sorted by what each code says', async () => {
    const [cancelled = '', other = '', none = '', failed = ''] = ids(4);
    reads.set(cancelled, [{ kind: 'status', status: 'CANCELLED' }]);
    reads.set(other, [{ kind: 'status', status: 'EXPIRED' }]);
    reads.set(none, [{ kind: 'not-found', httpStatus: 404, code: 1, message: '' }]);
    reads.set(failed, [{ kind: 'ambiguous', reason: 'server-error', httpStatus: 500 }]);
    const found = await review([...ids(5), ids(1)[0], '1.23E+15'].join('\n'));
    expect(found?.counts).toEqual({
      'to-cancel': 1,
      'already-cancelled': 1,
      'not-found': 1,
      'other-status': 1,
      'read-failed': 1,
      'not-read-yet': 0,
      duplicate: 1,
      refused: 1,
    });
  });

  it('is not read where there is no account to read with, but once there is one', async () => {
    store.actions.syncAccount(undefined);
    expect(await review(ids(3).join('\n'))).toBeUndefined();
    expect(store.getState().list).toMatchObject({ ok: true });
    expect(sent).toEqual([]);
    use(UAT);
    await vi.waitFor(() => expect(store.getState().review?.counts['to-cancel']).toBe(3));
    expect(requestsOf('getCodeStatuses')).toHaveLength(1);
  });

  it('that was typed over before there was an account is not read', async () => {
    store.actions.syncAccount(undefined);
    await review(ids(3).join('\n'));
    store.actions.setText(ids(2).join('\n'));
    use(UAT);
    expect(store.getState().review).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('that waited for an account is not read behind a job that was begun meanwhile', async () => {
    store.actions.syncAccount(undefined);
    await review(ids(3).join('\n'));
    putJob({ kind: 'running' }, [{ kind: 'pending' }]);
    await store.actions.refresh();
    use(UAT);
    expect(store.getState().review).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('is read once, however often the page is told of its account', async () => {
    await review(ids(3).join('\n'));
    use(UAT);
    use(LIVE);
    expect(requestsOf('getCodeStatuses')).toHaveLength(1);
    expect(store.getState().review?.account.id).toBe(UAT.id);
  });

  it('waits as long as the gateway asks to, and then reads the same codes', async () => {
    const [first = ''] = ids(1);
    reads.set(first, [{ kind: 'rate-limited', until: NOW + 3_000, message: '' }]);
    const found = await review(ids(2).join('\n'));
    expect(slept).toEqual([3_000]);
    expect(found?.counts['to-cancel']).toBe(2);
    expect(found?.waitingUntil).toBeUndefined();
  });

  it('stops where nothing more can be read, and reads on when asked to', async () => {
    const [first = ''] = ids(1);
    reads.set(first, [{ kind: 'not-sent', reason: 'locked' }]);
    const stopped = await review(ids(100).join('\n'));
    expect(stopped).toMatchObject({ state: 'stopped', failure: { reason: 'locked' } });
    expect(stopped?.counts['not-read-yet']).toBe(52);
    await store.actions.resumeReading();
    expect(store.getState().review).toMatchObject({ state: 'read', counts: { 'to-cancel': 100 } });
  });

  it('is asked for again where the worker died meanwhile', async () => {
    const answer = answers.getCodeStatuses;
    let dies = 1;
    answers.getCodeStatuses = async (request) => {
      dies -= 1;
      if (dies >= 0) throw new Error('The background gave no answer.');
      return answer?.(request);
    };
    expect((await review(ids(2).join('\n')))?.counts['to-cancel']).toBe(2);
  });

  it('that was stopped by the operator asks no more', async () => {
    answers.getCodeStatuses = async ({ qrCodeIds }) => {
      store.actions.stopReading();
      return qrCodeIds.map(() => active);
    };
    const stopped = await review(ids(100).join('\n'));
    expect(stopped?.state).toBe('stopped');
    expect(requestsOf('getCodeStatuses')).toHaveLength(1);
    expect(stopped?.counts['not-read-yet']).toBe(100);
  });

  it('that is typed over loses its review', async () => {
    await review(ids(3).join('\n'));
    store.actions.setText('QR26ZZ9999');
    expect(store.getState()).toMatchObject({ review: undefined, list: undefined });
  });

  it('goes into a file line by line', async () => {
    await review([...ids(1), '=cmd()'].join('\n'));
    store.actions.downloadReview();
    expect(saved[0]?.[2]).toContain("'=cmd()");
    expect(saved[0]?.[2]).toContain('Will be cancelled');
  });
});

describe('a lock', () => {
  const vaultOf = (status: 'open' | 'locked') => ({ status, protection: 'passphrase' }) as AppState['vault'];
  const follow = (status: 'open' | 'locked') =>
    store.actions.syncAccount({
      accounts: [UAT],
      currentAccountId: UAT.id,
      vault: vaultOf(status),
    } as AppState);

  it('takes along what was read of a list, and the question, but not the list', async () => {
    await review([...ids(2), 'a/b'].join('\n'));
    store.actions.setAlsoUnread(true);
    store.actions.ask();
    follow('open');
    expect(store.getState()).toMatchObject({ review: { state: 'read' }, confirmation: { count: 2 } });
    follow('locked');
    const { review: after, ...state } = store.getState();
    expect(state).toMatchObject({ confirmation: undefined, includeUnread: false, list: { ok: true } });
    expect(after).toMatchObject({
      account: { id: 'a1' },
      state: 'stopped',
      failure: { kind: 'not-sent', reason: 'locked' },
      counts: { 'not-read-yet': 2, refused: 1, 'to-cancel': 0 },
    });
    expect(JSON.stringify(after)).not.toContain('Counter');
  });

  it('leaves a list that can be read on once it is unlocked', async () => {
    await review(ids(2).join('\n'));
    follow('locked');
    follow('open');
    expect(store.getState().review?.counts['not-read-yet']).toBe(2);
    await store.actions.resumeReading();
    expect(store.getState().review).toMatchObject({ state: 'read', counts: { 'to-cancel': 2 } });
  });

  it('lets nothing in that was being read', async () => {
    const held = Promise.withResolvers<CodeStatus[]>();
    answers.getCodeStatuses = () => held.promise;
    const reading = review(ids(1).join('\n'));
    await vi.waitFor(() => expect(requestsOf('getCodeStatuses')).toHaveLength(1));
    follow('locked');
    held.resolve([active]);
    await reading;
    expect(store.getState().review).toMatchObject({ state: 'stopped', counts: { 'not-read-yet': 1 } });
  });
});

describe('the gate', () => {
  it.each([
    [20, UAT, undefined],
    [21, UAT, 'CANCEL 21'],
    [1, LIVE, 'CANCEL 1'],
  ])('for %i codes', async (count, inUse, confirmationPhrase) => {
    use(inUse);
    await review(ids(count).join('\n'));
    store.actions.ask();
    expect(store.getState().confirmation).toMatchObject({ count, confirmationPhrase });
  });

  it('lets nothing through before the word is there, and then once', async () => {
    await review(ids(21).join('\n'));
    store.actions.ask();
    for (const typed of ['', 'CANCEL', '21', 'CANCEL 22']) {
      store.actions.setTyped(typed);
      await store.actions.confirm();
    }
    expect(requestsOf('startJob')).toEqual([]);
    store.actions.setTyped(' cancel 21 ');
    await Promise.all([store.actions.confirm(), store.actions.confirm()]);
    expect(requestsOf('startJob')).toEqual([
      { accountId: 'a1', codes: ids(21).map((qrCodeId) => ({ qrCodeId, qrName: 'Counter', amount: 500 })) },
    ]);
    expect(store.getState()).toMatchObject({ confirmation: undefined, review: undefined, text: '' });
  });

  it('cancels only what was shown as ACTIVE, and what was ticked besides', async () => {
    const [cancelled = '', failed = ''] = ids(2);
    const lost: CodeStatus = { kind: 'ambiguous', reason: 'timeout' };
    reads.set(cancelled, [{ kind: 'status', status: 'CANCELLED' }]);
    reads.set(failed, [lost]);
    await review(ids(3).join('\n'));
    store.actions.ask();
    expect(store.getState().confirmation?.count).toBe(1);
    store.actions.dismissConfirmation();
    store.actions.setAlsoUnread(true);
    store.actions.ask();
    await store.actions.confirm();
    expect(requestsOf('startJob')).toMatchObject([
      { codes: [{ qrCodeId: failed }, { qrCodeId: ids(3)[2] }] },
    ]);
  });

  it('keeps to the account of the review, whatever is in use by then', async () => {
    await review(ids(1).join('\n'));
    use(LIVE);
    store.actions.ask();
    await store.actions.confirm('Event called off');
    expect(requestsOf('startJob')).toMatchObject([{ accountId: 'a1', reason: 'Event called off' }]);
  });

  it('says why nothing was started, and keeps the list', async () => {
    answers.startJob = async () => ({ ok: false, problem: { code: 'another-job' } });
    await review(ids(1).join('\n'));
    store.actions.ask();
    await store.actions.confirm();
    expect(store.getState()).toMatchObject({
      confirmation: { busy: false, problem: { code: 'another-job' } },
      review: { state: 'read' },
    });
  });
});

describe('a job', () => {
  it('is followed by what has changed', async () => {
    putJob({ kind: 'running' }, [{ kind: 'pending' }, { kind: 'pending' }]);
    await store.actions.refresh();
    putJob({ kind: 'running' }, [{ kind: 'cancelled', evidence: 'response' }, { kind: 'pending' }], 2);
    items = items.slice(0, 1);
    now += 2_000;
    await store.actions.refresh();
    expect(store.getState().job).toMatchObject({
      done: 1,
      counts: { cancelled: 1, pending: 1 },
      rate: 0.5,
      secondsLeft: 2,
    });
  });

  it('of long ago is not shown when the page opens', async () => {
    putJob({ kind: 'finished' }, []);
    job = { ...(job as Job), finishedAt: NOW - 25 * 3_600_000 };
    await store.actions.refresh();
    expect(store.getState().job).toBeUndefined();
  });

  it('asks for what was pressed', async () => {
    putJob({ kind: 'running' }, [{ kind: 'pending' }]);
    await store.actions.refresh();
    await store.actions.pause();
    await store.actions.resume();
    await store.actions.end();
    expect(sent).toEqual([
      { name: 'pauseJob', request: { jobId: 1 } },
      { name: 'resumeJob', request: { jobId: 1 } },
      { name: 'stopJob', request: { jobId: 1 } },
    ]);
    expect(store.getState().pendingCommand).toBeUndefined();
  });

  it('that can’t be read is told with the reason, until it can', async () => {
    begun = { at: NOW, total: 3 };
    unreadable = 'elsewhere';
    await store.actions.refresh();
    expect(store.getState()).toMatchObject({ journal: 'elsewhere', job: undefined, error: undefined });
    unreadable = undefined;
    await store.actions.refresh();
    expect(store.getState().journal).toBeUndefined();
  });

  it('says so where nothing answers', async () => {
    putJob({ kind: 'running' }, [{ kind: 'pending' }]);
    await store.actions.refresh();
    answers.pauseJob = () => Promise.reject(new Error('none'));
    await store.actions.pause();
    expect(store.getState().error).not.toBeUndefined();
  });

  it('has its rejected codes read again, with the account it was for', async () => {
    const rejected: ItemState = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: 'No.',
      currentStatus: 'ACTIVE',
    };
    putJob({ kind: 'finished' }, [{ kind: 'cancelled', evidence: 'response' }, rejected]);
    use(LIVE);
    await store.actions.refresh();
    await store.actions.retry('rejected');
    expect(requestsOf('getCodeStatuses')).toEqual([{ accountId: 'a1', qrCodeIds: ['QR26AB1001'] }]);
    expect(requestsOf('startJob')).toEqual([]);
    expect(store.getState()).toMatchObject({ job: undefined, review: { account: { id: 'a1' } } });
  });

  it.each([
    ['not-found', 'QR26AB1001'],
    ['unconfirmed', 'QR26AB1002'],
  ] as const)('A52 has its %s codes read again for a review before anything is sent', async (ended, id) => {
    putJob({ kind: 'finished' }, [
      { kind: 'cancelled', evidence: 'response' },
      { kind: 'not-found' },
      { kind: 'unconfirmed', reason: 'timeout' },
    ]);
    await store.actions.refresh();
    await store.actions.retry(ended);
    expect(requestsOf('getCodeStatuses')).toEqual([{ accountId: 'a1', qrCodeIds: [id] }]);
    expect(requestsOf('startJob')).toEqual([]);
    expect(store.getState().review).toBeDefined();
  });

  it('has its unconfirmed codes checked again', async () => {
    putJob({ kind: 'finished' }, [{ kind: 'unconfirmed', reason: 'timeout' }]);
    await store.actions.refresh();
    await store.actions.checkAgain();
    expect(requestsOf('recheckJobItems')).toEqual([{ jobId: 1, numbers: [1] }]);
  });

  it('goes into a file, with formulas made harmless', async () => {
    const rejected: ItemState = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: '=cmd()',
      currentStatus: 'ACTIVE',
    };
    putJob({ kind: 'finished' }, [rejected]);
    await store.actions.refresh();
    store.actions.downloadResults();
    const [name, , text = ''] = saved[0] ?? [];
    expect(name).toMatch(/\.csv$/);
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text).toContain("'=cmd()");
  });

  it('that the browser has lost is told of, until another one is seen to its end', async () => {
    await review(ids(3).join('\n'));
    store.actions.ask();
    await store.actions.confirm();
    expect(begun).toEqual({ at: NOW, total: 3 });
    expect(store.getState().error).toContain('list of 3 QR codes');
    putJob({ kind: 'finished' }, []);
    await store.actions.refresh();
    expect(begun).toBeNull();
  });

  it('that comes in place of another one leaves that to be had again', async () => {
    store.actions.setText('typed by hand');
    await store.actions.loadList({ text: ids(2).join('\n') });
    expect(store.getState()).toMatchObject({ text: ids(2).join('\n'), stashedList: 'typed by hand' });
    store.actions.restoreStashedList();
    expect(store.getState()).toMatchObject({ text: 'typed by hand', stashedList: ids(2).join('\n') });
    expect(store.getState().review).toBeUndefined();
    await store.actions.readFiles([new File([ids(3).join('\n')], 'list.txt')]);
    expect(store.getState().stashedList).toBe('typed by hand');
  });

  it('that was typed is still to be had after two others have come', async () => {
    store.actions.setText('typed by hand');
    await store.actions.loadList({ text: ids(2).join('\n') });
    await store.actions.loadList({ text: ids(3).join('\n') });
    expect(store.getState()).toMatchObject({ text: ids(3).join('\n'), stashedList: 'typed by hand' });
    store.actions.setText('typed on');
    await store.actions.loadList({ text: ids(4).join('\n') });
    expect(store.getState().stashedList).toBe('typed on');
  });

  it('that waits behind a job is still to be had after its rejected codes are read again', async () => {
    putJob({ kind: 'finished' }, [{ kind: 'rejected', httpStatus: 200, code: 1, message: '' }]);
    await store.actions.refresh();
    store.actions.setText('typed by hand');
    await store.actions.retry('rejected');
    expect(store.getState()).toMatchObject({ text: 'QR26AB1000', stashedList: 'typed by hand' });
  });

  it('that comes while a job is under way is not shown with the review of another one', async () => {
    await review(ids(3).join('\n'));
    putJob({ kind: 'running' }, [{ kind: 'pending' }]);
    await store.actions.refresh();
    await store.actions.loadList({ text: ids(2).join('\n') });
    expect(store.getState().review).toBeUndefined();
  });

  it.each(['', '  ', ` ${ids(2).join('\n')}\n`])('in place of %j leaves nothing', async (before) => {
    store.actions.setText(before);
    await store.actions.loadList({ text: ids(2).join('\n') });
    expect(store.getState().stashedList).toBeUndefined();
  });

  it('that comes while a job is under way leaves what was typed before that to be had again', async () => {
    store.actions.setText('typed by hand');
    putJob({ kind: 'running' }, [{ kind: 'pending' }]);
    await store.actions.refresh();
    await store.actions.loadList({ text: ids(2).join('\n') });
    expect(store.getState()).toMatchObject({ text: ids(2).join('\n'), stashedList: 'typed by hand' });
    expect(sent).toEqual([]);
  });

  it('under way keeps a list that another page hands over, and does not read it', async () => {
    putJob({ kind: 'running' }, [{ kind: 'pending' }]);
    await store.actions.refresh();
    await store.actions.loadList({ text: 'QR26AB1000' });
    expect(store.getState()).toMatchObject({ text: 'QR26AB1000', job: { done: 0 } });
    expect(sent).toEqual([]);
  });

  it('that is over gives way to a list that another page hands over', async () => {
    putJob({ kind: 'finished' }, [{ kind: 'pending' }]);
    await store.actions.refresh();
    await store.actions.loadList({ text: ids(2).join('\n') });
    await store.actions.refresh();
    await vi.waitFor(() => expect(store.getState().review?.state).toBe('read'));
    expect(store.getState().job).toBeUndefined();
  });
});
