import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DialectOptions } from '../../sandbox/dialects/dialect.ts';
import type { DialectName } from '../../sandbox/dialects.ts';
import { createServiceFixture, type ServiceFixture } from '../../tests/support/service-fixture.ts';
import { openJournal } from '../journal/database.ts';
import { isFinalJob, type Job, type JobState } from '../model/job.ts';
import { type Item, isFinalItem } from '../model/job-item.ts';
import { cancelAndResolve } from '../qr-code/cancel.ts';
import { createJobController, type JobController } from './job-controller.ts';
import { createJobReader } from './job-reader.ts';
import { createJobStore } from './job-store.ts';

const COUNT = 60;
const ids = Array.from({ length: COUNT }, (_, index) => `QR26DIA${1000 + index}`);

let kit: ServiceFixture;
let controller: JobController;
let states: JobState[];
let reader: ReturnType<typeof createJobReader>;
let journal: ReturnType<typeof openJournal>;
beforeAll(async () => {
  kit = await createServiceFixture();
});
afterAll(() => kit.close());

beforeEach(() => {
  kit.reset();
  for (const qrCodeId of ids) kit.sandbox.qrCodes.put('UAT', { qrCodeId, qrName: qrCodeId, amount: 250 });
  states = [];
  journal = openJournal();
  reader = createJobReader(() => journal);
  const { client, clock } = kit;
  let lock: Promise<void> = Promise.resolve();
  controller = createJobController({
    jobs: createJobStore(() => journal, clock),
    clock,
    isMultiplexed: () => false,
    send: (account, { qrCodeId, sendings }, recordResend) =>
      cancelAndResolve(
        client,
        {
          account,
          qrCodeId,
          noteSentAgain: recordResend,
          noResend: true,
          mayAlreadyBeApplied: sendings > 1,
          wasActive: true,
        },
        { failFast: true },
      ),
    read: (account, qrCodeId) => client.getQrCode(account, qrCodeId, { failFast: true }),
    withExclusiveLock(work) {
      lock = lock.catch(() => undefined).then(work);
      return lock;
    },
    keepAlive: (work) => work,
    alarm: { set: async () => undefined, clear: async () => undefined },
    browserSession: async () => 'session',
    onChange: ({ state }: Job) => void states.push(state),
    onProgress: () => undefined,
    onFinished: () => undefined,
  });
});
afterEach(async () => {
  await controller.stop(1);
  (await journal).close();
});

const start = () =>
  controller.start(
    kit.account,
    ids.map((qrCodeId) => ({ qrCodeId })),
  );
const items = async () => (await reader.latest().then((job) => reader.items(job?.jobId ?? 0))) as Item[];
const kinds = async () => {
  const counts: Record<string, number> = {};
  for (const { state } of await items()) counts[state.kind] = (counts[state.kind] ?? 0) + 1;
  return counts;
};
const isPausedBy = (by: string) => expect.poll(() => states.at(-1)).toMatchObject({ kind: 'paused', by });
const finishes = () => expect.poll(() => states.some(isFinalJob), { timeout: 15_000 }).toBe(true);
const cancelCount = (id: string) => kit.sandbox.qrCodes.countCancels('UAT', id);
const statusOf = (id: string) => kit.sandbox.qrCodes.get('UAT', id)?.status;

/** Compares the journal with the state of the gateway. */
async function expectTruth(): Promise<void> {
  for (const { qrCodeId, state, sendings } of await items()) {
    const isCancelled = statusOf(qrCodeId) === 'CANCELLED';
    const actual = `${qrCodeId} ${state.kind} ${isCancelled}`;
    if (state.kind === 'cancelled') expect(actual).toBe(`${qrCodeId} cancelled true`);
    if (isFinalItem(state) && state.kind !== 'cancelled' && state.kind !== 'unconfirmed')
      expect(actual).toBe(`${qrCodeId} ${state.kind} false`);
    expect(sendings).toBeGreaterThanOrEqual(kit.sandbox.requests.of('cancel', qrCodeId).length);
    expect(cancelCount(qrCodeId)).toBeLessThanOrEqual(1);
  }
}

describe('A42 a token that becomes stale in the middle of a job of 60', () => {
  it.each<DialectName>([
    'stale-117-under-200',
    'stale-117-under-403',
    'stale-403-html',
    'stale-401-empty',
    'stale-401-envelope',
  ])('and is refused as %s is renewed once, and each code is cancelled', async (name) => {
    kit.sandbox.dialects.use(name, { after: 20 });
    await start();
    await finishes();
    expect(await kinds()).toEqual({ cancelled: COUNT });
    expect(ids.map(cancelCount)).toEqual(ids.map(() => 1));
    expect(kit.sandbox.requests.of('token')).toHaveLength(2);
    expect(states.filter(({ kind }) => kind === 'paused')).toEqual([]);
    await expectTruth();
  });
});

/** Dialects that refuse every call from the 20th on. */
const REFUSED_FOR_GOOD: [string, DialectName, DialectOptions, string][] = [
  ['a page 403', 'waf-403-html', {}, 'intermediary'],
  ['a page 404', 'proxy-404-html', {}, 'intermediary'],
  ['a router’s JSON 404', 'router-404-json', {}, 'intermediary'],
  ['a page 405', 'proxy-405', { on: ['cancel'] }, 'intermediary'],
  // A `fetch` takes 407 for a lost connection.
  ['a page 407', 'proxy-407', {}, 'server'],
  ['a page 451', 'legal-451', {}, 'intermediary'],
  ['a page 511', 'captive-511', {}, 'intermediary'],
  ['401 for each header, then 403', 'bearer-401-bare-403', {}, 'intermediary'],
  ['a page 502', 'proxy-502-html', {}, 'server'],
  ['a page 200', 'html-200', {}, 'intermediary'],
];

describe('A40 A41 A42 a job of 60 that is refused from the 20th call on', () => {
  it.each(REFUSED_FOR_GOOD)(
    'by %s pauses without losing a code, and in the end cancels all of them',
    async (_, name, options, by) => {
      kit.sandbox.dialects.use(name, { ...options, after: 20 });
      await start();
      await isPausedBy(by);
      for (const { state } of await items())
        expect(['cancelled', 'pending', 'retry-scheduled', 'unresolved']).toContain(state.kind);
      const sent = kit.sandbox.requests.of('cancel').length;
      const probes = kit.sandbox.requests.of('get').length;
      await expect.poll(() => kit.sandbox.requests.of('get').length).toBeGreaterThan(probes);
      if (options.on === undefined) expect(kit.sandbox.requests.of('cancel')).toHaveLength(sent);
      await expectTruth();
      kit.sandbox.dialects.clear();
      await finishes();
      expect(await kinds()).toEqual({ cancelled: COUNT });
      expect(ids.map(cancelCount)).toEqual(ids.map(() => 1));
      await expectTruth();
    },
  );
});

describe('A39 a cancel that is carried out', () => {
  it.each<DialectName>(['carried-out-then-404', 'carried-out-then-502'])(
    'and answered by %s is confirmed by a read',
    async (name) => {
      kit.sandbox.dialects.use(name);
      await start();
      await finishes();
      expect(await kinds()).toEqual({ cancelled: COUNT });
      await expectTruth();
    },
  );

  it('is not confirmed if EnKash then does not know the code', async () => {
    kit.sandbox.dialects.use('cancelled-then-get-404-envelope');
    await start();
    await isPausedBy('refused');
    const { unconfirmed = 0, ...others } = await kinds();
    expect(unconfirmed).toBeGreaterThanOrEqual(5);
    expect(
      Object.keys(others).filter((kind) => !['pending', 'retry-scheduled', 'unresolved'].includes(kind)),
    ).toEqual([]);
    await expectTruth();
  });

  it('stays unresolved if an intermediary then blocks the read', async () => {
    kit.sandbox.dialects.use('cancelled-then-get-404-page');
    await start();
    await expect.poll(() => states.at(-1)?.kind).toBe('paused');
    expect((await items()).filter(({ state }) => isFinalItem(state))).toEqual([]);
    await expectTruth();
  });
});

describe('A44 a token call that fails after a 117', () => {
  it.each<DialectName>([
    'token-503',
    'token-html',
    'token-404',
    'token-405',
    'token-415',
    'token-missing-header',
  ])('as %s pauses the job, which resumes automatically', async (name) => {
    kit.sandbox.dialects.use('stale-117-under-200', { after: 20 });
    kit.sandbox.dialects.use(name, { after: 1 });
    await start();
    await isPausedBy('auth-unavailable');
    for (const { state } of await items())
      expect(['cancelled', 'pending', 'retry-scheduled']).toContain(state.kind);
    kit.sandbox.dialects.clear();
    await finishes();
    expect(await kinds()).toEqual({ cancelled: COUNT });
    await expectTruth();
  });

  it('as a refusal of the keys pauses the job until the operator acts', async () => {
    kit.sandbox.dialects.use('stale-117-under-200', { after: 20 });
    kit.sandbox.dialects.use('token-refused-200', { after: 1 });
    await start();
    await isPausedBy('sign-in');
    for (const { state } of await items())
      expect(['cancelled', 'pending', 'retry-scheduled']).toContain(state.kind);
  });
});

it('A52 identical refusals pause the job, and the remaining codes are not sent', async () => {
  kit.sandbox.dialects.use('any-code-under-200', { on: ['cancel'], after: 20 });
  await start();
  await isPausedBy('refused');
  expect(states.at(-1)).toMatchObject({
    response: { httpStatus: 200, code: 118, message: 'Invalid merchantAccessKey' },
  });
  const { cancelled, rejected = 0, pending = 0, ...others } = await kinds();
  expect([cancelled, others]).toEqual([20, {}]);
  expect(rejected).toBeGreaterThanOrEqual(5);
  expect(kit.sandbox.requests.of('cancel')).toHaveLength(20 + rejected);
  expect(pending).toBeGreaterThan(20);
  await expectTruth();
});
