import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createJobReader } from '../../../utils/bulk/job-reader.ts';
import { createJobStore } from '../../../utils/bulk/job-store.ts';
import { createConnectionProvider } from '../../../utils/journal/database.ts';
import { systemClock } from '../../../utils/lib/clock.ts';
import type { Send } from '../../../utils/messaging/protocol.ts';
import { startList } from '../../../utils/messaging/start-list.ts';
import { MAX_PART } from '../../../utils/model/job.ts';
import { DEFAULT_POLICY, type Policy } from '../../../utils/settings/policy.ts';
import type { Services } from '../services.ts';
import { createMessageHandlers } from './handlers.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const TOTAL = 2 * MAX_PART + 3;
const codes = Array.from({ length: TOTAL }, (_, index) => ({ qrCodeId: `QR26AB${100_000 + index}` }));

beforeEach(() => {
  fakeBrowser.reset();
  globalThis.indexedDB = new IDBFactory();
});

/** A page's `send` to the worker's handlers. `before` runs before each message with its number. */
function createTest(before: (message: number) => Promise<unknown> | unknown = () => undefined) {
  const machine = { locked: false, policy: DEFAULT_POLICY as Policy, hasAccount: true };
  const open = createConnectionProvider();
  const jobs = createJobStore(open, systemClock);
  const start = vi.fn(
    async (...[account, list, details]: Parameters<Services['bulk']['start']>) =>
      (await jobs.create(account, list, 'session', details)).jobId,
  );
  const services = {
    jobs,
    planned: { drop: vi.fn(async () => false) },
    bulk: { start },
    accounts: { find: async (id: string) => (machine.hasAccount && id === 'a1' ? ACCOUNT : undefined) },
    readPolicy: async () => machine.policy,
    vault: { state: async () => ({ status: machine.locked ? 'locked' : 'open' }) },
  } as unknown as Services;
  const handlers = createMessageHandlers(services);
  let messages = 0;
  const send = (async (name: 'startJob', request: never) => {
    messages += 1;
    await before(messages);
    return handlers[name](request);
  }) as Send;
  const begin = (list = codes, reason?: string) =>
    startList(send, { accountId: 'a1', codes: list, ...(reason ? { reason } : {}) });
  const left = async () => {
    const journal = await open();
    return [await journal.count('jobs'), await journal.count('items')];
  };
  return { machine, jobs, start, begin, left, reader: createJobReader(open), handlers };
}

describe('a long list', () => {
  it('starts once it is written and confirmed, with every code in its place', async () => {
    const { begin, reader, start, jobs } = createTest();
    expect(await begin()).toEqual({ ok: true, jobId: 1 });
    expect(start).toHaveBeenCalledOnce();
    expect(await jobs.open()).toMatchObject({ total: TOTAL, account: ACCOUNT, state: { kind: 'running' } });
    expect((await reader.items(1)).map(({ qrCodeId, position }) => [position, qrCodeId])).toEqual(
      codes.map(({ qrCodeId }, index) => [index + 1, qrCodeId]),
    );
  });

  it.each([1, 2, 3])('is refused, and leaves nothing, if a rule forbids it at message %i', async (at) => {
    const rules: [string, (machine: ReturnType<typeof createTest>['machine']) => void][] = [
      ['locked', (machine) => Object.assign(machine, { locked: true })],
      ['no-account', (machine) => Object.assign(machine, { hasAccount: false })],
      ['forbidden', (machine) => Object.assign(machine, { policy: { ...DEFAULT_POLICY, environments: [] } })],
      [
        'too-many',
        (machine) => Object.assign(machine, { policy: { ...DEFAULT_POLICY, maxJobSize: TOTAL - 1 } }),
      ],
      [
        'no-reason',
        (machine) => Object.assign(machine, { policy: { ...DEFAULT_POLICY, requireReason: true } }),
      ],
    ];
    for (const [code, apply] of rules) {
      const test = createTest((message) => message === at && apply(test.machine));
      expect(await test.begin()).toMatchObject({ ok: false, problem: { code } });
      expect({ code, start: test.start.mock.calls.length, left: await test.left() }).toEqual({
        code,
        start: 0,
        left: [0, 0],
      });
    }
  });

  it('is refused beside a job that has started in the meantime', async () => {
    const test = createTest(
      (message) => message === 3 && test.jobs.create(ACCOUNT, codes.slice(0, 1), 'session'),
    );
    expect(await test.begin()).toEqual({ ok: false, problem: { code: 'another-job' } });
    expect(await test.left()).toEqual([1, 1]);
  });

  it('was interrupted if another page began one, which then starts', async () => {
    const { begin, handlers, left } = createTest(
      (message) =>
        message === 2 && handlers.prepareJob({ accountId: 'a1', codes: [codes[0] as never], total: 2 }),
    );
    expect(await begin()).toEqual({ ok: false, problem: { code: 'interrupted' } });
    expect(await left()).toEqual([1, 1]);
    const prepared = { jobId: 2, count: 1 };
    const last = [codes[1] as never];
    expect(await handlers.startJob({ accountId: 'a1', codes: last, prepared })).toEqual({
      ok: true,
      jobId: 2,
    });
  });

  it.each([
    ['repeated', [{ qrCodeId: 'QR26AB1' }, { qrCodeId: 'QR26AB1' }]],
    ['no IDs', [{ qrCodeId: 'not an ID' }]],
  ])('is not written if codes of a part are %s', async (_, part) => {
    const { handlers, left } = createTest();
    await expect(handlers.prepareJob({ accountId: 'a1', codes: part, total: 9 })).rejects.toThrow();
    expect(await left()).toEqual([0, 0]);
  });
});
