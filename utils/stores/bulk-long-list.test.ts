import { beforeEach, describe, expect, it } from 'vitest';
import { type BulkFixture, idsOf, openBulk, requestsOf, review } from '../../tests/fixtures/bulk-store.ts';

const LONG = idsOf(10_000);
const OTHER = idsOf(10_003).slice(10_000);

let bulk: BulkFixture;
/** Called in each pause of a reading. */
let onPause: () => void;

beforeEach(() => {
  bulk = openBulk();
  onPause = () => undefined;
  bulk.slept.push = () => {
    onPause();
    return 0;
  };
  let now = bulk.now;
  Object.defineProperty(bulk, 'now', {
    // Each step takes 20 ms, so that each is followed by a pause.
    get: () => {
      now += 20;
      return now;
    },
    set: (value: number) => {
      now = value;
    },
  });
});

function countPauses(): () => number {
  let pauses = 0;
  onPause = () => {
    pauses += 1;
  };
  return () => pauses;
}
const requested = () =>
  requestsOf(bulk, 'getCodeStatuses').flatMap((request) => (request as { qrCodeIds: string[] }).qrCodeIds);

describe('a long list', () => {
  it('is read in slices, and as a whole before its first code is checked', async () => {
    const pauses = countPauses();
    const found = await review(bulk, LONG.join('\n'));
    expect(pauses()).toBeGreaterThan(10);
    expect(found?.ids).toEqual(LONG);
    expect(requested()).toEqual(LONG);
  });

  it('is read in slices if it is a table, with the same result', async () => {
    const pauses = countPauses();
    const rows = LONG.slice(0, 2_000).map((id, index) => `${id},Counter ${index},500`);
    const found = await review(bulk, ['QR code ID,Name,Amount', ...rows].join('\r\n'));
    expect(pauses()).toBeGreaterThan(10);
    expect(found?.ids).toEqual(LONG.slice(0, 2_000));
    expect(found?.list.columnName).toBe('QR code ID');
  });

  it('is dropped if another list is entered meanwhile', async () => {
    bulk.store.actions.setText(LONG.join('\n'));
    onPause = () => {
      onPause = () => undefined;
      bulk.store.actions.setText(OTHER.join('\n'));
    };
    await bulk.store.actions.review();
    expect(bulk.store.getState()).toMatchObject({
      text: OTHER.join('\n'),
      list: undefined,
      review: undefined,
    });
    await bulk.store.actions.review();
    expect(bulk.store.getState().review?.ids).toEqual(OTHER);
    expect(requested()).toEqual(OTHER);
  });

  it('is reviewed once if the review is requested twice', async () => {
    bulk.store.actions.setText(LONG.join('\n'));
    let second: Promise<void> | undefined;
    onPause = () => {
      onPause = () => undefined;
      second = bulk.store.actions.review();
    };
    await bulk.store.actions.review();
    await second;
    expect(requested()).toEqual(LONG);
  });

  it('leaves nothing to confirm while it is read again', async () => {
    const { actions } = bulk.store;
    await review(bulk, LONG.join('\n'));
    actions.ask();
    expect(bulk.store.getState().confirmation?.count).toBe(LONG.length);
    let pauses = 0;
    onPause = () => {
      pauses += 1;
      const { review: shown, confirmation, list } = bulk.store.getState();
      if (pauses === 1) expect([shown, confirmation, list?.ok]).toEqual([undefined, undefined, true]);
      actions.setTyped(`CANCEL ${LONG.length}`);
      void actions.confirm();
    };
    await actions.review();
    expect(pauses).toBeGreaterThan(1);
    expect(requestsOf(bulk, 'startJob')).toEqual([]);
  });
});
