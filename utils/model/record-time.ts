import type { PlannedTime } from './planned-time.ts';

/**
 * A time of a code's record. `at` (epoch ms): the record names the zone. `wall` (`YYYY-MM-DD` or `YYYY-MM-DDTHH:mm:ss`): it
 * does not, and EnKash does not publish which one it means, so it is never converted.
 */
export type RecordTime = { at: number } | { wall: string };

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Reads a date-time of a record; `undefined` if it is none. A number is none: nothing says whether it counts seconds or
 * milliseconds.
 */
export function readRecordTime(value: unknown): RecordTime | undefined {
  const parts = typeof value === 'string' ? DATE_TIME.exec(value.trim()) : null;
  if (!parts) return undefined;
  const [, day = '', minute, second = '00', fraction = '', zone] = parts;
  const wall = minute === undefined ? day : `${day}T${minute}:${second}`;
  const asUtc = Date.parse(minute === undefined ? day : `${wall}Z`);
  // A day such as 30 February would be read as one of March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(wall)) return undefined;
  if (zone === undefined) return { wall };
  const minutesEast = offsetOf(zone);
  if (minutesEast === undefined) return undefined;
  return { at: asUtc + Number(fraction.padEnd(3, '0').slice(0, 3)) - minutesEast * 60_000 };
}

/** A number that sorts times of records. Times with and without a zone may be in a wrong order within a day. */
export function sortKeyOf(time: RecordTime): number {
  return 'at' in time ? time.at : Date.parse(time.wall.length > 10 ? `${time.wall}Z` : time.wall);
}

/**
 * Whether a time of a record comes before a planned one. Without a zone it is compared with the wall time that the operator
 * confirmed, as both are shown. A day alone comes before it only if the whole day does.
 */
export function isBeforePlanned(time: RecordTime, planned: PlannedTime): boolean {
  if ('at' in time) return time.at < planned.at;
  const wall = planned.wall.slice(0, time.wall.length);
  return time.wall.length > 10 ? time.wall < `${planned.wall}:00` : time.wall < wall;
}

/** Minutes east of UTC; `undefined` if no zone has that offset. */
function offsetOf(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
