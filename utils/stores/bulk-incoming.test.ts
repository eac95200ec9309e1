import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type BulkFixture, idsOf, openBulk, putJob, review } from '../../tests/fixtures/bulk-store.ts';

let bulk: BulkFixture;
beforeEach(() => {
  bulk = openBulk();
});

describe('a new list', () => {
  it('stashes the list before it, which can be restored', async () => {
    bulk.store.actions.setText('typed by hand');
    await bulk.store.actions.loadList({ text: idsOf(2).join('\n') });
    expect(bulk.store.getState()).toMatchObject({ text: idsOf(2).join('\n'), stashedList: 'typed by hand' });
    bulk.store.actions.restoreStashedList();
    expect(bulk.store.getState()).toMatchObject({ text: 'typed by hand', stashedList: idsOf(2).join('\n') });
    expect(bulk.store.getState().review).toBeUndefined();
    await bulk.store.actions.readFiles([new File([idsOf(3).join('\n')], 'list.txt')]);
    expect(bulk.store.getState().stashedList).toBe('typed by hand');
  });

  it('does not replace a stashed typed list with an imported one', async () => {
    bulk.store.actions.setText('typed by hand');
    await bulk.store.actions.loadList({ text: idsOf(2).join('\n') });
    await bulk.store.actions.loadList({ text: idsOf(3).join('\n') });
    expect(bulk.store.getState()).toMatchObject({ text: idsOf(3).join('\n'), stashedList: 'typed by hand' });
    bulk.store.actions.setText('typed on');
    await bulk.store.actions.loadList({ text: idsOf(4).join('\n') });
    expect(bulk.store.getState().stashedList).toBe('typed on');
  });

  it('stashes a typed list when the rejected codes of a job replace it', async () => {
    const refused = {
      kind: 'rejected',
      httpStatus: 200,
      code: 1,
      message: '',
      currentStatus: 'ACTIVE',
    } as const;
    putJob(bulk, { kind: 'finished' }, [refused]);
    await bulk.store.actions.refresh();
    bulk.store.actions.setText('typed by hand');
    await bulk.store.actions.retry('rejected');
    expect(bulk.store.getState()).toMatchObject({ text: 'QR26AB1000', stashedList: 'typed by hand' });
  });

  it.each(['', '  ', ` ${idsOf(2).join('\n')}\n`])('stashes nothing in place of %j', async (before) => {
    bulk.store.actions.setText(before);
    await bulk.store.actions.loadList({ text: idsOf(2).join('\n') });
    expect(bulk.store.getState().stashedList).toBeUndefined();
  });

  it('stashes a typed list also while a job is in progress', async () => {
    bulk.store.actions.setText('typed by hand');
    putJob(bulk, { kind: 'running' }, [{ kind: 'pending' }]);
    await bulk.store.actions.refresh();
    await bulk.store.actions.loadList({ text: idsOf(2).join('\n') });
    expect(bulk.store.getState()).toMatchObject({ text: idsOf(2).join('\n'), stashedList: 'typed by hand' });
    expect(bulk.sent).toEqual([]);
  });

  it('removes the review of the list before it while a job is in progress', async () => {
    await review(bulk, idsOf(3).join('\n'));
    putJob(bulk, { kind: 'running' }, [{ kind: 'pending' }]);
    await bulk.store.actions.refresh();
    await bulk.store.actions.loadList({ text: idsOf(2).join('\n') });
    expect(bulk.store.getState().review).toBeUndefined();
  });

  it('from another page is not reviewed while a job is in progress', async () => {
    putJob(bulk, { kind: 'running' }, [{ kind: 'pending' }]);
    await bulk.store.actions.refresh();
    await bulk.store.actions.loadList({ text: 'QR26AB1000' });
    expect(bulk.store.getState()).toMatchObject({ text: 'QR26AB1000', job: { done: 0 } });
    expect(bulk.sent).toEqual([]);
  });

  it('from another page replaces a finished job', async () => {
    putJob(bulk, { kind: 'finished' }, [{ kind: 'pending' }]);
    await bulk.store.actions.refresh();
    await bulk.store.actions.loadList({ text: idsOf(2).join('\n') });
    await bulk.store.actions.refresh();
    await vi.waitFor(() => expect(bulk.store.getState().review?.state).toBe('read'));
    expect(bulk.store.getState().job).toBeUndefined();
  });
});
