import type { LocalTime } from '../lib/local-time.ts';

/** A start that is offered as a button. `wall` is `YYYY-MM-DDTHH:mm`. */
export interface QuickStart {
  kind: 'hour' | 'tonight' | 'month';
  wall: string;
}

const HOUR_MS = 3_600_000;

/** The starts to offer at a moment (epoch ms): in an hour, the end of this day, the start of the next month. */
export function quickStarts(local: LocalTime, now: number): QuickStart[] {
  const present = local.wallAt(now);
  const [year = 0, month = 0] = present.split('-').map(Number);
  const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const starts: QuickStart[] = [
    { kind: 'hour', wall: local.wallAt(now + HOUR_MS) },
    { kind: 'tonight', wall: `${present.slice(0, 10)}T23:59` },
    { kind: 'month', wall: `${next}T00:05` },
  ];
  return starts.filter(({ wall }) => local.instantOf(wall) > now);
}

/** The start that a question begins with: the end of the day, or in an hour if the day is over. */
export function firstStart(local: LocalTime, now: number): string {
  const [hour, tonight] = quickStarts(local, now);
  return tonight?.kind === 'tonight' ? tonight.wall : (hour?.wall ?? local.wallAt(now));
}
