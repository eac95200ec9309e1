import { describe, expect, it } from 'vitest';
import { CANCELLED, jobOf, PENDING, times } from '../../tests/fixtures/bulk.ts';
import type { Item } from '../model/job-item.ts';
import { watchJob } from './job-view.ts';

const clock = { now: () => 1_000, sleep: async () => undefined };

/** A journal with one job of `count` pending codes. `looks` counts the reads of the items' states. */
function journalOf(count: number) {
  const { job, items } = jobOf(times(count, PENDING), { kind: 'running' });
  const journal = {
    job,
    items: [...items],
    looks: 0,
    change(positions: readonly number[]) {
      const revision = journal.job.revision + 1;
      journal.job = { ...journal.job, revision };
      for (const position of positions)
        journal.items[position - 1] = watched({
          ...(items.at(position - 1) as Item),
          state: CANCELLED,
          revision,
        });
    },
    reader: {
      latest: async () => journal.job,
      get: async () => journal.job,
      items: async (_: number, since = 0) => journal.items.filter(({ revision }) => revision > since),
    },
  };
  function watched({ state, ...item }: Item): Item {
    return Object.defineProperty({ ...item } as Item, 'state', {
      enumerable: true,
      get: () => {
        journal.looks += 1;
        return state;
      },
    });
  }
  journal.items = journal.items.map(watched);
  return journal;
}

describe('the view of a job', () => {
  it('has the changed items, and the view before stays as it was', async () => {
    const journal = journalOf(100);
    const watcher = watchJob(journal.reader, clock, 1);
    const before = await watcher.refresh();
    journal.change([2, 99]);
    const after = await watcher.refresh();
    expect(before?.counts).toMatchObject({ pending: 100, cancelled: 0 });
    expect(after?.counts).toMatchObject({ pending: 98, cancelled: 2 });
    expect([before, after].map((view) => view?.items.at(1)?.state.kind)).toEqual(['pending', 'cancelled']);
    expect([...(after?.items ?? [])].map(({ position }) => position)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });

  it.each([1_000, 100_000])('looks at the changed ones of %i items only', async (count) => {
    const journal = journalOf(count);
    const watcher = watchJob(journal.reader, clock, 1);
    await watcher.refresh();
    journal.change([1, 500, count]);
    journal.looks = 0;
    await watcher.refresh();
    // The states before and after the change.
    expect(journal.looks).toBe(2 * 3);
  });
});
