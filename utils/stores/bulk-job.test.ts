import { beforeEach, describe, expect, it } from 'vitest';
import {
  type BulkFixture,
  idsOf,
  LIVE,
  NOW,
  openBulk,
  putJob,
  requestsOf,
  review,
  use,
} from '../../tests/fixtures/bulk-store.ts';
import type { Job } from '../model/job.ts';
import type { ItemState } from '../model/job-item.ts';

let bulk: BulkFixture;
beforeEach(() => {
  bulk = openBulk();
});

describe('a job', () => {
  it('is updated from its changed codes', async () => {
    putJob(bulk, { kind: 'running' }, [{ kind: 'pending' }, { kind: 'pending' }]);
    await bulk.store.actions.refresh();
    putJob(bulk, { kind: 'running' }, [{ kind: 'cancelled', evidence: 'response' }, { kind: 'pending' }], 2);
    bulk.items = bulk.items.slice(0, 1);
    bulk.now += 2_000;
    await bulk.store.actions.refresh();
    expect(bulk.store.getState().job).toMatchObject({
      done: 1,
      counts: { cancelled: 1, pending: 1 },
      rate: 0.5,
      secondsLeft: 2,
    });
  });

  it('is not shown when the page opens if it finished more than a day ago', async () => {
    putJob(bulk, { kind: 'finished' }, []);
    bulk.job = { ...(bulk.job as Job), finishedAt: NOW - 25 * 3_600_000 };
    await bulk.store.actions.refresh();
    expect(bulk.store.getState().job).toBeUndefined();
  });

  it('is paused, resumed and ended with one message each', async () => {
    putJob(bulk, { kind: 'running' }, [{ kind: 'pending' }]);
    await bulk.store.actions.refresh();
    await bulk.store.actions.pause();
    await bulk.store.actions.resume();
    await bulk.store.actions.end();
    expect(bulk.sent).toEqual([
      { name: 'pauseJob', request: { jobId: 1 } },
      { name: 'resumeJob', request: { jobId: 1 } },
      { name: 'stopJob', request: { jobId: 1 } },
    ]);
    expect(bulk.store.getState().pendingCommand).toBeUndefined();
  });

  it('shows why the journal can’t be read, until it can', async () => {
    bulk.jobMarker = { at: NOW, total: 3 };
    bulk.trouble = 'elsewhere';
    await bulk.store.actions.refresh();
    expect(bulk.store.getState()).toMatchObject({ journal: 'elsewhere', job: undefined, error: undefined });
    bulk.trouble = undefined;
    await bulk.store.actions.refresh();
    expect(bulk.store.getState().journal).toBeUndefined();
  });

  it('shows an error if the background does not answer', async () => {
    putJob(bulk, { kind: 'running' }, [{ kind: 'pending' }]);
    await bulk.store.actions.refresh();
    bulk.answers.pauseJob = () => Promise.reject(new Error('none'));
    await bulk.store.actions.pause();
    expect(bulk.store.getState().error).not.toBeUndefined();
  });

  it('reviews its rejected codes with its own account', async () => {
    const rejected: ItemState = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: 'No.',
      currentStatus: 'ACTIVE',
    };
    putJob(bulk, { kind: 'finished' }, [{ kind: 'cancelled', evidence: 'response' }, rejected]);
    use(bulk, LIVE);
    await bulk.store.actions.refresh();
    await bulk.store.actions.retry('rejected');
    expect(requestsOf(bulk, 'getCodeStatuses')).toEqual([{ accountId: 'a1', qrCodeIds: ['QR26AB1001'] }]);
    expect(requestsOf(bulk, 'startJob')).toEqual([]);
    expect(bulk.store.getState()).toMatchObject({ job: undefined, review: { account: { id: 'a1' } } });
  });

  it.each([
    ['not-found', 'QR26AB1001'],
    ['unconfirmed', 'QR26AB1002'],
  ] as const)('A52 reviews its %s codes before anything is sent', async (ended, id) => {
    putJob(bulk, { kind: 'finished' }, [
      { kind: 'cancelled', evidence: 'response' },
      { kind: 'not-found' },
      { kind: 'unconfirmed', reason: 'timeout' },
    ]);
    await bulk.store.actions.refresh();
    await bulk.store.actions.retry(ended);
    expect(requestsOf(bulk, 'getCodeStatuses')).toEqual([{ accountId: 'a1', qrCodeIds: [id] }]);
    expect(requestsOf(bulk, 'startJob')).toEqual([]);
    expect(bulk.store.getState().review).toBeDefined();
  });

  it('checks its unconfirmed codes again, and the refused ones whose status was not read', async () => {
    const refused = { kind: 'rejected', httpStatus: 200, code: 9, message: 'No.' } as const;
    putJob(bulk, { kind: 'finished' }, [
      { kind: 'unconfirmed', reason: 'timeout' },
      refused,
      { ...refused, currentStatus: 'ACTIVE' },
    ]);
    await bulk.store.actions.refresh();
    expect(bulk.store.getState().job?.counts).toMatchObject({ unconfirmed: 2, rejected: 1 });
    await bulk.store.actions.checkAgain();
    expect(requestsOf(bulk, 'recheckJobItems')).toEqual([{ jobId: 1, numbers: [1, 2] }]);
  });

  it('is exported with formulas made harmless', async () => {
    const rejected: ItemState = {
      kind: 'rejected',
      httpStatus: 200,
      code: 9,
      message: '=cmd()',
      currentStatus: 'ACTIVE',
    };
    putJob(bulk, { kind: 'finished' }, [rejected]);
    await bulk.store.actions.refresh();
    await bulk.store.actions.downloadResults();
    const [name, , text = ''] = bulk.saved[0] ?? [];
    expect(name).toMatch(/\.csv$/);
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text).toContain("'=cmd()");
  });

  it('is reported as lost if the journal lacks it, until another job has finished', async () => {
    await review(bulk, idsOf(3).join('\n'));
    bulk.store.actions.ask();
    await bulk.store.actions.confirm();
    expect(bulk.jobMarker).toEqual({ at: NOW, total: 3 });
    expect(bulk.store.getState().error).toContain('bulk cancel of 3 QR codes');
    putJob(bulk, { kind: 'finished' }, []);
    await bulk.store.actions.refresh();
    expect(bulk.jobMarker).toBeNull();
  });
});
