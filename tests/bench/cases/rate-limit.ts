import { type Bench, NotMeasurable, type RowGroup } from '../bench.ts';
import type { Sample } from '../experiment.ts';
import type { Cancel } from '../gateway/gateway.ts';
import { arrivedDuringWait, leftDuringWait, longestHandOver } from '../retry-after.ts';
import { type Traffic, watchTraffic } from '../worker-traffic.ts';
import { type BulkKit, withBulkKit } from './bulk-fixture.ts';

const LATENCY_MS = 20;
const RETRY_AFTER_S = 1;
/** With a longer allowance the gateway would see only a small part of a `Retry-After`. */
const MAX_HAND_OVER_MS = 150;
/** Between two 429s the job reaches many simultaneous requests again. */
const EACH_429 = 75;
const LEFT =
  'job of 1,500 codes over HTTP/2, 20 of them answered by a 429: PATCHes that left during a Retry-After';
const ARRIVED = '… that reached the gateway during a Retry-After, at full speed';

/**
 * Whether a whole job obeys a 429 at once. One run is watched in the worker: the order of departures and arrivals in its
 * thread is exact, but watching makes it slower. The other runs at full speed, and is judged by the gateway's log. Its
 * allowance for requests on their way is the longest hand-over of a short watched run before it.
 */
export const rateLimit: RowGroup = { name: 'rate-limit', rows: [LEFT, ARRIVED], run };

async function run(bench: Bench): Promise<void> {
  await withBulkKit(bench, [], async (kit) => {
    const count = bench.quick ? 300 : 1_500;
    await kit.gateway.rateOf(kit.subject, { count: 100, latencyMs: LATENCY_MS });
    const common = { unit: 'PATCHes', rounds: bench.quick ? 2 : 4, warmUps: 0 };
    await bench.measure({
      ...common,
      name: 'rate-limit-left',
      arms: { left: () => countLeft(kit, count) },
      comparisons: [{ row: LEFT, of: 'left', limit: { atMost: 0 }, everyRound: true }],
    });
    await bench.measure({
      ...common,
      name: 'rate-limit-arrived',
      arms: { arrived: () => countArrived(kit, count) },
      comparisons: [{ row: ARRIVED, of: 'arrived', limit: { atMost: 0 }, everyRound: true }],
    });
  });
}

async function countLeft(kit: BulkKit, count: number): Promise<Sample> {
  const { traffic, cancels } = await watchedJob(kit, count);
  const late = leftDuringWait(traffic, RETRY_AFTER_S * 1000);
  return { value: late.length, details: { lateMs: late, ...summary(cancels, traffic) } };
}

/** A job at full speed, after a short watched one that shows the longest hand-over. */
async function countArrived(kit: BulkKit, count: number): Promise<Sample> {
  const watched = await watchedJob(kit, Math.min(count, 4 * EACH_429));
  const handOverMs = longestHandOver(watched.traffic, watched.cancels);
  if (handOverMs > MAX_HAND_OVER_MS)
    throw new NotMeasurable(`A request took ${Math.round(handOverMs)} ms from the worker to the gateway`);
  const cancels = await limitedJob(kit, count);
  const spans = { latencyMs: LATENCY_MS, handOverMs, retryAfterMs: RETRY_AFTER_S * 1000 };
  const late = arrivedDuringWait(cancels, spans);
  return { value: late.length, details: { lateMs: late, handOverMs, ...summary(cancels) } };
}

async function watchedJob(kit: BulkKit, count: number): Promise<{ traffic: Traffic; cancels: Cancel[] }> {
  const { traffic, stop } = await watchTraffic(kit.browser, kit.origin);
  try {
    const cancels = await limitedJob(kit, count);
    if (traffic.patches.length < cancels.length || traffic.rateLimited.length === 0)
      throw new Error(`The worker reported ${traffic.patches.length} of ${cancels.length} PATCHes`);
    return { traffic, cancels };
  } finally {
    await stop();
  }
}

/** Cancels codes, of which some get a 429 first. Returns what arrived at the gateway. */
async function limitedJob({ gateway, subject }: BulkKit, count: number): Promise<Cancel[]> {
  const ids = await gateway.addCodes(count, LATENCY_MS);
  const limited = ids.filter((_, index) => index % EACH_429 === EACH_429 - 1);
  await gateway.limitRate(limited, RETRY_AFTER_S);
  await subject(ids);
  const cancels = await gateway.cancelsUntilDone(ids);
  const answered = cancels.filter(({ status }) => status === 429).length;
  if (answered !== limited.length) throw new Error(`${answered} of ${limited.length} codes got a 429`);
  return cancels;
}

function summary(cancels: readonly Cancel[], traffic?: Traffic): Record<string, unknown> {
  return { cancels: cancels.length, ...(traffic && { handOverMs: longestHandOver(traffic, cancels) }) };
}
