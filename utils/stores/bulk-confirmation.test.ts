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
import type { CodeStatus } from '../model/code-status.ts';

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
});
