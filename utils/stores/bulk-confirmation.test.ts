import { beforeEach, describe, expect, it } from 'vitest';
import {
  type BulkFixture,
  idsOf,
  LIVE,
  openBulk,
  requestsOf,
  review,
  UAT,
  use,
} from '../../tests/fixtures/bulk-store.ts';
import { chosen } from '../../tests/support/spreadsheet-files.ts';
import type { CodeStatus } from '../model/code-status.ts';
import { MAX_PART } from '../model/job.ts';

let bulk: BulkFixture;
beforeEach(() => {
  bulk = openBulk();
});

describe('a confirmation', () => {
  it.each([
    { count: 20, account: UAT, confirmationPhrase: undefined },
    { count: 21, account: UAT, confirmationPhrase: 'CANCEL 21' },
    { count: 1, account: LIVE, confirmationPhrase: 'CANCEL 1' },
  ])('of $count codes in $account.environment requires the phrase $confirmationPhrase', async (row) => {
    const { count, account, confirmationPhrase } = row;
    use(bulk, account);
    await review(bulk, idsOf(count).join('\n'));
    bulk.store.actions.ask();
    expect(bulk.store.getState().confirmation).toMatchObject({ count, confirmationPhrase });
  });

  it('starts nothing before the phrase is complete, and then one job', async () => {
    await review(bulk, idsOf(21).join('\n'));
    bulk.store.actions.ask();
    for (const typed of ['', 'CANCEL', '21', 'CANCEL 22']) {
      bulk.store.actions.setTyped(typed);
      await bulk.store.actions.confirm();
    }
    expect(requestsOf(bulk, 'startJob')).toEqual([]);
    bulk.store.actions.setTyped(' cancel 21 ');
    await Promise.all([bulk.store.actions.confirm(), bulk.store.actions.confirm()]);
    expect(requestsOf(bulk, 'startJob')).toEqual([
      { accountId: 'a1', codes: idsOf(21).map((qrCodeId) => ({ qrCodeId, qrName: 'Counter', amount: 500 })) },
    ]);
    expect(bulk.store.getState()).toMatchObject({ confirmation: undefined, review: undefined, text: '' });
  });

  it('covers only ACTIVE codes, and unread codes if the operator includes them', async () => {
    const [cancelled = '', failed = ''] = idsOf(2);
    const lost: CodeStatus = { kind: 'ambiguous', reason: 'timeout' };
    bulk.reads.set(cancelled, [{ kind: 'status', status: 'CANCELLED' }]);
    bulk.reads.set(failed, [lost]);
    await review(bulk, idsOf(3).join('\n'));
    bulk.store.actions.ask();
    expect(bulk.store.getState().confirmation?.count).toBe(1);
    bulk.store.actions.dismissConfirmation();
    bulk.store.actions.setAlsoUnread(true);
    bulk.store.actions.ask();
    await bulk.store.actions.confirm();
    expect(requestsOf(bulk, 'startJob')).toMatchObject([
      { codes: [{ qrCodeId: failed }, { qrCodeId: idsOf(3)[2] }] },
    ]);
  });

  it('uses the account of the review, even if another one is current', async () => {
    await review(bulk, idsOf(1).join('\n'));
    use(bulk, LIVE);
    bulk.store.actions.ask();
    await bulk.store.actions.confirm('Event called off');
    expect(requestsOf(bulk, 'startJob')).toMatchObject([{ accountId: 'a1', reason: 'Event called off' }]);
  });

  it('shows why no job was started, and keeps the list', async () => {
    bulk.answers.startJob = async () => ({ ok: false, problem: { code: 'another-job' } });
    await review(bulk, idsOf(1).join('\n'));
    bulk.store.actions.ask();
    await bulk.store.actions.confirm();
    expect(bulk.store.getState()).toMatchObject({
      confirmation: { busy: false, problem: { code: 'another-job' } },
      review: { state: 'read' },
    });
  });

  it('plans the cancel for the chosen time, in the zone that was shown, and writes no mark', async () => {
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    bulk.store.actions.planLater();
    const wall = '2030-02-01T00:05';
    bulk.store.actions.setStart({ wall, zone: 'Asia/Kolkata' });
    await bulk.store.actions.confirm();
    expect(requestsOf(bulk, 'startJob')).toMatchObject([{ at: { wall, zone: 'Asia/Kolkata' } }]);
    expect(bulk.planned).toEqual([1]);
    expect(bulk.jobMarker).toBeNull();
    expect(bulk.store.getState()).toMatchObject({ confirmation: undefined, text: '' });
  });

  it('sends nothing for a time that has passed, and keeps it', async () => {
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    const start = { wall: '2029-12-31T23:59', zone: 'Asia/Kolkata' };
    bulk.store.actions.setStart(start);
    await bulk.store.actions.confirm();
    expect(requestsOf(bulk, 'startJob')).toEqual([]);
    expect(bulk.store.getState().confirmation).toMatchObject({ start, problem: { code: 'past' } });
  });

  it('keeps the time if the zone has changed, and then asks in the present zone', async () => {
    bulk.answers.startJob = async () => ({
      ok: false,
      problem: { code: 'zone-changed', zone: 'Asia/Dubai' },
    });
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    bulk.store.actions.setStart({ wall: '2030-02-01T00:05', zone: 'Asia/Kolkata' });
    await bulk.store.actions.confirm();
    expect(bulk.store.getState().confirmation).toMatchObject({
      busy: false,
      start: { wall: '2030-02-01T00:05', zone: 'Asia/Dubai' },
    });
  });

  it('starts after the wait of the settings, but not beside a time', async () => {
    use(bulk, UAT, 'open', 30);
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    await bulk.store.actions.confirm();
    expect(requestsOf(bulk, 'startJob')).toMatchObject([{ waitSeconds: 30 }]);
    expect(bulk.planned).toEqual([1]);
  });

  it('shows how much of a long list is written, and is not closed once the list is confirmed', async () => {
    const total = MAX_PART + 1;
    const seen: unknown[] = [];
    bulk.answers.prepareJob = async () => ({ ok: true, jobId: 1 });
    bulk.answers.startJob = async () => {
      bulk.store.actions.dismissConfirmation();
      expect(bulk.store.getState().confirmation).toMatchObject({ busy: true });
      return { ok: true, jobId: 1 };
    };
    await review(bulk, idsOf(total).join('\n'));
    bulk.store.actions.ask();
    bulk.store.actions.setTyped(`CANCEL ${total}`);
    const stop = bulk.store.subscribe(({ confirmation }) => seen.push(confirmation?.prepared));
    await bulk.store.actions.confirm();
    stop();
    expect(seen.filter((count) => count !== undefined)).toEqual([0]);
    expect(requestsOf(bulk, 'startJob')).toMatchObject([{ prepared: { jobId: 1, count: MAX_PART } }]);
    expect(bulk.jobMarker).toMatchObject({ total });
  });

  it.each([
    { ok: true, jobId: 1 },
    { ok: false, problem: { code: 'locked' } },
  ])('that is closed while a long list is written starts nothing: %j', async (answer) => {
    bulk.answers.prepareJob = async () => {
      bulk.store.actions.dismissConfirmation();
      return answer;
    };
    await review(bulk, idsOf(MAX_PART + 1).join('\n'));
    bulk.store.actions.ask();
    bulk.store.actions.setTyped(`CANCEL ${MAX_PART + 1}`);
    await bulk.store.actions.confirm();
    expect(requestsOf(bulk, 'startJob')).toEqual([]);
    expect(requestsOf(bulk, 'dropJob')).toEqual(answer.ok ? [{ jobId: 1 }] : []);
    expect(bulk.store.getState()).toMatchObject({ confirmation: undefined, review: { state: 'read' } });
    expect(bulk.jobMarker).toBeNull();
  });

  it('starts nothing if a lock has emptied the review while the dialog was open', async () => {
    bulk.answers.startJob = async () => ({ ok: false, problem: { code: 'locked' } });
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    const confirming = bulk.store.actions.confirm();
    use(bulk, UAT, 'locked');
    await confirming;
    expect(bulk.store.getState().confirmation).toMatchObject({ count: 2, problem: { code: 'locked' } });
    use(bulk, UAT);
    await bulk.store.actions.confirm();
    expect(requestsOf(bulk, 'startJob')).toHaveLength(1);
    expect(bulk.store.getState().confirmation).toBeUndefined();
  });

  /** Confirms a long list, during whose preparation a file replaces the list. */
  async function replaceWhilePreparing() {
    bulk.answers.prepareJob = async () => {
      await bulk.store.actions.readFiles([chosen('other.csv', idsOf(MAX_PART + 1).join('\n'))]);
      return { ok: true, jobId: 1 };
    };
    await review(
      bulk,
      idsOf(MAX_PART + 1)
        .toReversed()
        .join('\n'),
    );
    bulk.store.actions.ask();
    bulk.store.actions.setTyped(`CANCEL ${MAX_PART + 1}`);
    await bulk.store.actions.confirm();
  }

  it('keeps a list that has replaced the confirmed one while that was written', async () => {
    await replaceWhilePreparing();
    expect(requestsOf(bulk, 'startJob')).toMatchObject([{ codes: [{ qrCodeId: idsOf(1)[0] }] }]);
    expect(bulk.store.getState()).toMatchObject({
      confirmation: undefined,
      text: `${idsOf(MAX_PART + 1).join('\n')}\n`,
      list: { ok: true },
    });
  });

  it('does not ask about a list that has replaced the confirmed one, if that was refused', async () => {
    bulk.answers.startJob = async () => ({ ok: false, problem: { code: 'another-job' } });
    await replaceWhilePreparing();
    expect(bulk.store.getState()).toMatchObject({ confirmation: undefined, error: expect.any(String) });
  });

  it('is not replaced while its list is written', async () => {
    const total = MAX_PART + 1;
    bulk.answers.prepareJob = async () => {
      await bulk.store.actions.loadList({ ids: ['QR26OTHER1'] });
      bulk.store.actions.ask();
      expect(bulk.store.getState().confirmation).toMatchObject({ count: total, busy: true });
      return { ok: true, jobId: 1 };
    };
    await review(bulk, idsOf(total).join('\n'));
    bulk.store.actions.ask();
    bulk.store.actions.setTyped(`CANCEL ${total}`);
    await bulk.store.actions.confirm();
    expect(bulk.jobMarker).toMatchObject({ total });
  });

  it('starts nothing for a list that has replaced the one it asked about', async () => {
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    await bulk.store.actions.loadList({ ids: ['QR26OTHER1', 'QR26OTHER2'] });
    expect(bulk.store.getState()).toMatchObject({ confirmation: undefined, review: { state: 'read' } });
    await bulk.store.actions.confirm();
    expect(requestsOf(bulk, 'startJob')).toEqual([]);
  });

  it('that was sent without a wait is marked as started, even if the setting has changed since', async () => {
    bulk.answers.startJob = async () => {
      use(bulk, UAT, 'open', 30);
      return { ok: true, jobId: 1 };
    };
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    await bulk.store.actions.confirm();
    expect(bulk.planned).toEqual([]);
    expect(bulk.jobMarker).toMatchObject({ total: 2 });
  });

  it('knows the expiry of its codes', async () => {
    const [first = ''] = idsOf(1);
    bulk.reads.set(first, [{ kind: 'status', status: 'ACTIVE', expiry: '2030-01-05 10:00:00' }]);
    await review(bulk, idsOf(2).join('\n'));
    bulk.store.actions.ask();
    expect(bulk.store.getState().confirmation?.expiries).toEqual(['2030-01-05T10:00']);
  });
});
