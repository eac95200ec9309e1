import { describe, expect, it } from 'vitest';
import { createRunnerKit } from '../../tests/support/runner-fixture.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { PauseReason } from '../model/job.ts';

const page = (httpStatus: number): GatewayFailure => ({
  kind: 'ambiguous',
  reason: 'intermediary',
  httpStatus,
});
const REFUSED: GatewayFailure = { kind: 'rejected', httpStatus: 200, code: 2041, message: 'Under review' };
const UNKNOWN: GatewayFailure = { kind: 'not-found', httpStatus: 404, code: 404, message: 'No such QR' };
const FAILED: GatewayFailure = { kind: 'ambiguous', reason: 'server-error', httpStatus: 503 };
/** Five, and the requests that were in flight with them. */
const MOST_BEFORE_A_PAUSE = 10;

describe('A40 A41 an intermediary that refuses five consecutive requests', () => {
  it.each([403, 404, 405, 407, 451, 511])('pauses the job with %d, and no code is lost', async (status) => {
    const kit = await createRunnerKit(60);
    kit.play({ cancel: () => page(status), read: () => page(status) });
    await kit.start();
    const state = await kit.untilPaused();
    expect(state).toMatchObject({ by: 'intermediary', response: { httpStatus: status } });
    expect(kit.sent().length).toBeLessThanOrEqual(MOST_BEFORE_A_PAUSE);
    expect(await kit.finals()).toEqual([]);
    kit.play({});
    expect(await kit.untilOver()).toEqual({ kind: 'finished' });
    expect(await kit.kinds()).toEqual({ cancelled: 60 });
  });

  it('is probed with single reads at growing intervals, and nothing is sent', async () => {
    const kit = await createRunnerKit(60);
    kit.play({ cancel: () => page(404), read: () => page(404) });
    await kit.start();
    await kit.untilPaused();
    kit.calls.length = 0;
    for (let failedProbes = 1; failedProbes <= 4; failedProbes += 1)
      expect(await kit.untilPaused()).toMatchObject({ by: 'intermediary', failedProbes });
    expect(kit.calls.map(({ what }) => what)).toEqual(['read', 'read', 'read', 'read']);
    expect(new Set(kit.calls.map(({ qrCodeId }) => qrCodeId)).size).toBe(4);
    const waits = kit.calls.slice(1).map(({ at }, index) => at - (kit.calls[index]?.at ?? 0));
    expect(waits.map((wait) => Math.round(wait / 1_000))).toEqual([20, 40, 80]);
  });

  it('never ends a code as not confirmed while it lets reads pass', async () => {
    const kit = await createRunnerKit(30);
    kit.play({ cancel: () => page(405) });
    await kit.start();
    for (let times = 0; times < 8; times += 1) {
      expect(await kit.untilPaused()).toMatchObject({ by: 'intermediary' });
      expect(await kit.finals()).toEqual([]);
    }
    kit.play({});
    await kit.untilOver();
    expect(await kit.kinds()).toEqual({ cancelled: 30 });
  });

  it('leaves only one code not confirmed if it blocks only that one', async () => {
    const kit = await createRunnerKit(30);
    const blocked = (id: string) => (id === 'QR1010' ? page(403) : undefined);
    kit.play({ cancel: blocked, read: blocked });
    await kit.start();
    expect(await kit.untilOver()).toEqual({ kind: 'finished' });
    expect(await kit.kinds()).toEqual({ cancelled: 29, unconfirmed: 1 });
    expect((await kit.items())[10]?.state).toEqual({
      kind: 'unconfirmed',
      reason: 'intermediary',
      httpStatus: 403,
    });
  });

  it('leaves only six codes not confirmed if it blocks only these', async () => {
    const kit = await createRunnerKit(30);
    const blocked = (id: string) => (id >= 'QR1024' ? page(403) : undefined);
    kit.play({ cancel: blocked, read: blocked });
    await kit.start();
    expect(await kit.untilOver()).toEqual({ kind: 'finished' });
    expect(await kit.kinds()).toEqual({ cancelled: 24, unconfirmed: 6 });
  });

  it('does not stop the other codes if it blocks the first six', async () => {
    const kit = await createRunnerKit(40);
    kit.play({ cancel: (id) => (id < 'QR1006' ? page(403) : undefined) });
    await kit.start();
    await kit.untilPaused();
    while ((await kit.kinds()).cancelled !== 34)
      expect(await kit.untilPaused()).toMatchObject({ by: 'intermediary' });
    expect(await kit.kinds()).toEqual({ cancelled: 34, 'retry-scheduled': 6 });
  });
});

describe('A52 five consecutive identical refusals', () => {
  it('pause the job with EnKash’s response, and the remaining codes are not sent', async () => {
    const kit = await createRunnerKit(60);
    kit.play({ cancel: () => REFUSED });
    await kit.start();
    expect(await kit.untilPaused()).toEqual({
      kind: 'paused',
      by: 'refused',
      response: { httpStatus: 200, code: 2041, message: 'Under review' },
    });
    const { rejected = 0, pending = 0 } = await kit.kinds();
    expect(rejected).toBeGreaterThanOrEqual(5);
    expect([rejected + pending, kit.sent().length]).toEqual([60, rejected]);
    expect(rejected).toBeLessThanOrEqual(MOST_BEFORE_A_PAUSE);
    kit.play({});
    void kit.controller.resume(1);
    await kit.untilOver();
    expect(await kit.kinds()).toEqual({ rejected, cancelled: pending });
  });

  it('pause the job if EnKash knows none of the codes', async () => {
    const kit = await createRunnerKit(40);
    kit.play({ cancel: () => UNKNOWN, read: () => UNKNOWN });
    await kit.start();
    expect(await kit.untilPaused()).toEqual({
      kind: 'paused',
      by: 'refused',
      response: { message: 'No such QR', isNotFound: true },
    });
    const { 'not-found': unknown = 0, ...others } = await kit.kinds();
    expect(others).toEqual({ pending: 40 - unknown });
    const sent = kit.sent().length;
    void kit.controller.stop(1);
    expect(await kit.untilOver()).toEqual({ kind: 'ended' });
    expect(kit.sent()).toHaveLength(sent);
  });

  it('do not pause the job if successes come between them', async () => {
    const kit = await createRunnerKit(60);
    kit.play({ cancel: (id) => (id.endsWith('5') ? REFUSED : undefined) });
    await kit.start();
    expect(await kit.untilOver()).toEqual({ kind: 'finished' });
    expect(await kit.kinds()).toEqual({ cancelled: 54, rejected: 6 });
  });
});

describe('A39 “not found” after an ambiguous cancel', () => {
  it('ends as not confirmed', async () => {
    const kit = await createRunnerKit(3);
    kit.play({
      cancel(id) {
        kit.cancelled.add(id);
        return FAILED;
      },
      read: () => UNKNOWN,
    });
    await kit.start();
    await kit.untilOver();
    expect(await kit.kinds()).toEqual({ unconfirmed: 3 });
    expect((await kit.items())[0]?.state).toMatchObject({ reason: 'server-error', message: 'No such QR' });
  });
});

describe('A44 a failed sign-in', () => {
  it.each<GatewayFailure>([
    { kind: 'sign-in-failed', reason: 'auth-unavailable', httpStatus: 503, message: 'Down' },
    { kind: 'not-sent', reason: 'auth-unavailable', httpStatus: 503, message: 'Down' },
  ])('as “$kind” pauses the job, which resumes automatically', async (failure) => {
    const kit = await createRunnerKit(40);
    kit.play({ cancel: () => failure, read: () => failure });
    await kit.start();
    expect(await kit.untilPaused()).toMatchObject({
      by: 'auth-unavailable',
      response: { httpStatus: 503, message: 'Down' },
    });
    expect(await kit.untilPaused()).toMatchObject({ by: 'auth-unavailable', failedProbes: 1 });
    expect(await kit.finals()).toEqual([]);
    kit.play({});
    expect(await kit.untilOver()).toEqual({ kind: 'finished' });
    expect(await kit.kinds()).toEqual({ cancelled: 40 });
  });

  it('because of refused keys pauses the job until the operator acts', async () => {
    const kit = await createRunnerKit(40);
    const keys = { kind: 'unauthorized', httpStatus: 200, code: 117, message: 'Invalid' } as const;
    kit.play({ cancel: () => keys });
    await kit.start();
    expect(await kit.untilPaused()).toEqual({
      kind: 'paused',
      by: 'sign-in',
      response: { httpStatus: 200, code: 117, message: 'Invalid' },
    });
    expect(await kit.finals()).toEqual([]);
  });
});

describe('A46 between two requests of one call', () => {
  /** EnKash refuses the token of each call once. The callback runs before the second request. */
  function renewing(beforeSecond: () => unknown) {
    let sent = 0;
    return {
      sent: () => sent,
      async cancel(_id: string, { beforeResend }: { beforeResend?: () => Promise<void> }) {
        sent += 1;
        void beforeSecond();
        try {
          await beforeResend?.();
        } catch {
          return { kind: 'unauthorized', httpStatus: 200, code: 117, message: '' } as const;
        }
        sent += 1;
        return undefined;
      },
    };
  }

  it('the job counts each request', async () => {
    const kit = await createRunnerKit(8);
    kit.play(renewing(() => undefined));
    await kit.start();
    await kit.untilOver();
    expect((await kit.items()).map(({ sendings, state }) => `${sendings} ${state.kind}`)).toEqual(
      Array(8).fill('2 cancelled'),
    );
  });

  type Kit = Awaited<ReturnType<typeof createRunnerKit>>;

  it.each<[PauseReason, (kit: Kit) => unknown]>([
    ['locked', (kit) => kit.controller.lock()],
    ['user', (kit) => kit.controller.pause('user', () => true)],
    ['account', (kit) => kit.controller.pause('account', () => true)],
  ])('nothing leaves after a pause by “%s”', async (by, pause) => {
    const kit = await createRunnerKit(20);
    const script = renewing(() => pause(kit));
    kit.play(script);
    await kit.start();
    expect(await kit.untilPaused()).toEqual({ kind: 'paused', by });
    const items = await kit.items();
    expect(kit.cancelled.size).toBe(0);
    expect(items.reduce((sum, { sendings }) => sum + sendings, 0)).toBe(script.sent());
  });
});

it('does not stop the job if a read fails in the extension itself', async () => {
  const kit = await createRunnerKit(8);
  let failures = 4;
  kit.play({
    cancel: () => (failures > 0 ? FAILED : undefined),
    read() {
      failures -= 1;
      if (failures >= 0) throw new Error('No storage.');
      return undefined;
    },
  });
  await kit.start();
  expect(await kit.untilOver()).toEqual({ kind: 'finished' });
  expect(await kit.kinds()).toEqual({ cancelled: 8 });
});
