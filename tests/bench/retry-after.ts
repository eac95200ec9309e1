import type { Cancel } from './gateway/gateway.ts';
import type { Traffic } from './worker-traffic.ts';

/**
 * A worker's timer starts at the answer, and its clock has a resolution of a millisecond. A request that leaves in the last
 * milliseconds of the wait is not early.
 */
const TIMER_MS = 5;

/** A span in which nothing may be sent, in milliseconds of any clock. */
interface Wait {
  from: number;
  until: number;
}

/**
 * The times of PATCHes that left the worker after a 429 had arrived in it and before its `Retry-After` was over, in
 * milliseconds after that 429. Both times are those of the worker's thread, so that neither the network nor a queue of the
 * browser's other processes matters.
 */
export function leftDuringWait({ patches, rateLimited }: Traffic, retryAfterMs: number): number[] {
  const waits = rateLimited.map(({ at }) => waitFrom(at * 1000, retryAfterMs));
  return during(
    patches.map(({ at }) => at * 1000),
    waits,
  );
}

/**
 * The same, seen from the gateway. A 429 that left the gateway, and a PATCH that left the worker just before, take time on
 * their way through the browser's processes. `handOverMs` is the longest such time that was measured. It counts twice, once
 * for each way. A PATCH that arrives later than that left the worker after the 429 had arrived, or waited in the browser.
 */
export function arrivedDuringWait(
  cancels: readonly Cancel[],
  { latencyMs, handOverMs, retryAfterMs }: { latencyMs: number; handOverMs: number; retryAfterMs: number },
): number[] {
  const waits = cancels
    .filter(({ status }) => status === 429)
    .map(({ at }) => {
      const answeredAt = at + latencyMs;
      return { ...waitFrom(answeredAt, retryAfterMs), from: answeredAt + 2 * handOverMs };
    });
  return during(
    cancels.map(({ at }) => at),
    waits,
  );
}

/** The longest time, in ms, from a PATCH's departure in the worker to its arrival at the gateway. */
export function longestHandOver({ patches }: Traffic, cancels: readonly Cancel[]): number {
  const arrivals = Map.groupBy(cancels, ({ qrCodeId }) => qrCodeId);
  const sent = Map.groupBy(patches, ({ url }) => /qr-code\/([^/]+)\//.exec(url)?.[1] ?? '');
  const times = [...sent].flatMap(([id, departures]) =>
    departures.map(({ wallTimeMs }, index) => (arrivals.get(id)?.[index]?.at ?? wallTimeMs) - wallTimeMs),
  );
  return Math.max(0, ...times);
}

function waitFrom(from: number, retryAfterMs: number): Wait {
  return { from, until: from + retryAfterMs - TIMER_MS };
}

/** Of the times inside a wait: the milliseconds since the earliest of the waits that it is in. */
function during(times: readonly number[], waits: readonly Wait[]): number[] {
  return times.flatMap((time) => {
    const starts = waits.filter(({ from, until }) => from < time && time < until).map(({ from }) => from);
    return starts.length > 0 ? [Math.round(time - Math.min(...starts))] : [];
  });
}
