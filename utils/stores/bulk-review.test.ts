import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ACTIVE,
  type BulkFixture,
  idsOf,
  LIVE,
  NOW,
  openBulk,
  putJob,
  requestsOf,
  review,
  UAT,
  use,
} from '../../tests/fixtures/bulk-store.ts';
import type { CodeStatus } from '../model/code-status.ts';

let bulk: BulkFixture;
beforeEach(() => {
  bulk = openBulk();
});

describe('the review of a list', () => {
  it('reads each code once, a few dozen with one message', async () => {
    const found = await review(bulk, idsOf(100).join('\n'));
    expect(found?.counts['to-cancel']).toBe(100);
    expect(found?.state).toBe('read');
    const asked = requestsOf(bulk, 'getCodeStatuses').flatMap(
      (request) => (request as { qrCodeIds: string[] }).qrCodeIds,
    );
    expect(asked).toEqual(idsOf(100));
  });

  it('counts the lines by the status of their codes', async () => {
    const [cancelled = '', other = '', none = '', failed = ''] = idsOf(4);
    bulk.reads.set(cancelled, [{ kind: 'status', status: 'CANCELLED' }]);
    bulk.reads.set(other, [{ kind: 'status', status: 'EXPIRED' }]);
    bulk.reads.set(none, [{ kind: 'not-found', httpStatus: 404, code: 1, message: '' }]);
    bulk.reads.set(failed, [{ kind: 'ambiguous', reason: 'server-error', httpStatus: 500 }]);
    const found = await review(bulk, [...idsOf(5), idsOf(1)[0], '1.23E+15'].join('\n'));
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

  it('waits as long as the gateway asks, and then reads the same codes', async () => {
    const [first = ''] = idsOf(1);
    bulk.reads.set(first, [{ kind: 'rate-limited', until: NOW + 3_000, message: '' }]);
    const found = await review(bulk, idsOf(2).join('\n'));
    expect(bulk.slept).toEqual([3_000]);
    expect(found?.counts['to-cancel']).toBe(2);
    expect(found?.waitingUntil).toBeUndefined();
  });

  it('stops if the keys are locked, and continues on request', async () => {
    const [first = ''] = idsOf(1);
    bulk.reads.set(first, [{ kind: 'not-sent', reason: 'locked' }]);
    const stopped = await review(bulk, idsOf(100).join('\n'));
    expect(stopped).toMatchObject({ state: 'stopped', failure: { reason: 'locked' } });
    expect(stopped?.counts['not-read-yet']).toBe(52);
    await bulk.store.actions.resumeReading();
    expect(bulk.store.getState().review).toMatchObject({ state: 'read', counts: { 'to-cancel': 100 } });
  });

  it('repeats a request if the worker died during it', async () => {
    const answer = bulk.answers.getCodeStatuses;
    let dies = 1;
    bulk.answers.getCodeStatuses = async (request) => {
      dies -= 1;
      if (dies >= 0) throw new Error('The background gave no answer.');
      return answer?.(request);
    };
    expect((await review(bulk, idsOf(2).join('\n')))?.counts['to-cancel']).toBe(2);
  });

  it('sends no more requests after the operator has stopped it', async () => {
    bulk.answers.getCodeStatuses = async ({ qrCodeIds }) => {
      bulk.store.actions.stopReading();
      return qrCodeIds.map(() => ACTIVE);
    };
    const stopped = await review(bulk, idsOf(100).join('\n'));
    expect(stopped?.state).toBe('stopped');
    expect(requestsOf(bulk, 'getCodeStatuses')).toHaveLength(1);
    expect(stopped?.counts['not-read-yet']).toBe(100);
  });

  it('is dropped when the text changes', async () => {
    await review(bulk, idsOf(3).join('\n'));
    bulk.store.actions.setText('QR26ZZ9999');
    expect(bulk.store.getState()).toMatchObject({ review: undefined, list: undefined });
  });

  it('is exported line by line', async () => {
    await review(bulk, [...idsOf(1), '=cmd()'].join('\n'));
    await bulk.store.actions.downloadReview();
    expect(bulk.saved[0]?.[2]).toContain("'=cmd()");
    expect(bulk.saved[0]?.[2]).toContain('Will be cancelled');
  });
});

describe('a review without an account', () => {
  it('waits for an account if there is none, and then reads the codes', async () => {
    bulk.store.actions.syncAccount(undefined);
    expect(await review(bulk, idsOf(3).join('\n'))).toBeUndefined();
    expect(bulk.store.getState().list).toMatchObject({ ok: true });
    expect(bulk.sent).toEqual([]);
    use(bulk, UAT);
    await vi.waitFor(() => expect(bulk.store.getState().review?.counts['to-cancel']).toBe(3));
    expect(requestsOf(bulk, 'getCodeStatuses')).toHaveLength(1);
  });

  it('does not start for a list that was replaced before there was an account', async () => {
    bulk.store.actions.syncAccount(undefined);
    await review(bulk, idsOf(3).join('\n'));
    bulk.store.actions.setText(idsOf(2).join('\n'));
    use(bulk, UAT);
    expect(bulk.store.getState().review).toBeUndefined();
    expect(bulk.sent).toEqual([]);
  });

  it('does not start after the wait if a job was started in the meantime', async () => {
    bulk.store.actions.syncAccount(undefined);
    await review(bulk, idsOf(3).join('\n'));
    putJob(bulk, { kind: 'running' }, [{ kind: 'pending' }]);
    await bulk.store.actions.refresh();
    use(bulk, UAT);
    expect(bulk.store.getState().review).toBeUndefined();
    expect(bulk.sent).toEqual([]);
  });

  it('starts once, however often the account changes', async () => {
    await review(bulk, idsOf(3).join('\n'));
    use(bulk, UAT);
    use(bulk, LIVE);
    expect(requestsOf(bulk, 'getCodeStatuses')).toHaveLength(1);
    expect(bulk.store.getState().review?.account.id).toBe(UAT.id);
  });
});

describe('a lock', () => {
  it('removes the data that was read and the dialog, but not the list', async () => {
    await review(bulk, [...idsOf(2), 'a/b'].join('\n'));
    bulk.store.actions.setAlsoUnread(true);
    bulk.store.actions.ask();
    use(bulk, UAT, 'open');
    expect(bulk.store.getState()).toMatchObject({ review: { state: 'read' }, confirmation: { count: 2 } });
    use(bulk, UAT, 'locked');
    const { review: after, ...state } = bulk.store.getState();
    expect(state).toMatchObject({ confirmation: undefined, includeUnread: false, list: { ok: true } });
    expect(after).toMatchObject({
      account: { id: 'a1' },
      state: 'stopped',
      failure: { kind: 'not-sent', reason: 'locked' },
      counts: { 'not-read-yet': 2, refused: 1, 'to-cancel': 0 },
    });
    expect(JSON.stringify(after)).not.toContain('Counter');
  });

  it('leaves a review that can continue after the unlock', async () => {
    await review(bulk, idsOf(2).join('\n'));
    use(bulk, UAT, 'locked');
    use(bulk, UAT, 'open');
    expect(bulk.store.getState().review?.counts['not-read-yet']).toBe(2);
    await bulk.store.actions.resumeReading();
    expect(bulk.store.getState().review).toMatchObject({ state: 'read', counts: { 'to-cancel': 2 } });
  });

  it('drops the answers to reads that were in progress', async () => {
    const answer = Promise.withResolvers<CodeStatus[]>();
    bulk.answers.getCodeStatuses = () => answer.promise;
    const reading = review(bulk, idsOf(1).join('\n'));
    await vi.waitFor(() => expect(requestsOf(bulk, 'getCodeStatuses')).toHaveLength(1));
    use(bulk, UAT, 'locked');
    answer.resolve([ACTIVE]);
    await reading;
    expect(bulk.store.getState().review).toMatchObject({ state: 'stopped', counts: { 'not-read-yet': 1 } });
  });
});
