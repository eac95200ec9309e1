import type { LocalTime } from '../lib/local-time.ts';

/** A cancel that is later than this after its time asks first: the operator may not expect it any more. */
export const MAX_LATENESS_MS = 15 * 60_000;

/** The choices of the wait between the confirmation and the cancel, in seconds. */
export const WAIT_SECONDS = [0, 10, 30] as const;
export type WaitSeconds = (typeof WAIT_SECONDS)[number];

/** A wall time as a page asks for it, with the zone that the page showed beside it. */
export interface WallTime {
  /** `YYYY-MM-DDTHH:mm`. */
  wall: string;
  /** The IANA name of the zone. */
  zone: string;
}

/** The confirmed time of a job. */
export interface PlannedTime extends WallTime {
  /** Epoch milliseconds of the wall time in the zone in which it was confirmed. */
  at: number;
  /** Present if the job starts so many seconds after the confirmation. Its wall time was not confirmed then. */
  waitSeconds?: number;
}

/** Why a time can't be planned. `zone-changed`: the computer is in another zone than the page showed. */
export type PlanProblem = { code: 'past' } | { code: 'zone-changed'; zone: string };

/** Plans a wall time. `now` is epoch milliseconds. */
export function planTime({ wall, zone }: WallTime, local: LocalTime, now: number): PlannedTime | PlanProblem {
  const present = local.zone();
  if (zone !== present) return { code: 'zone-changed', zone: present };
  const at = local.instantOf(wall);
  // A wall time that clocks skip is stored as the time at which the job starts.
  return at > now ? { at, wall: local.wallAt(at), zone } : { code: 'past' };
}

/** Plans a start so many seconds from `now` (epoch ms). */
export function planWait(waitSeconds: number, local: LocalTime, now: number): PlannedTime {
  const at = now + waitSeconds * 1000;
  return { at, wall: local.wallAt(at), zone: local.zone(), waitSeconds };
}

/**
 * The earliest start (epoch ms): the confirmed moment, and not before the clock on the wall shows the confirmed time. In
 * the zone of the confirmation these are the same. In a zone further west the wall shows it later.
 */
export function earliestStart({ at, wall, waitSeconds }: PlannedTime, local: LocalTime): number {
  return waitSeconds === undefined ? Math.max(at, local.instantOf(wall)) : at;
}
