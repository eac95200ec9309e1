const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?)?$/;

/** A date-time of EnKash without a zone. */
export interface ZonelessTime {
  /** Its digits as epoch milliseconds in UTC. Only for formatting in UTC, since EnKash does not document its zone. */
  asUtc: number;
  has: 'day' | 'minutes' | 'seconds';
  /** `YYYY-MM-DDTHH:mm`; a day without a time begins at `00:00`. */
  wall: string;
}

/** Reads a date-time without a zone, such as `2026-12-18 11:00:36`; `undefined` if the value is anything else. */
export function readZonelessTime(value: string | number | undefined): ZonelessTime | undefined {
  if (typeof value !== 'string') return undefined;
  const [, day, minutes, seconds] = DATE_TIME.exec(value.trim()) ?? [];
  if (day === undefined) return undefined;
  const asUtc = Date.parse(`${day}T${minutes ?? '00:00'}${seconds ?? ':00'}Z`);
  // `Date.parse` reads 31 February as a day of March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return undefined;
  const has = minutes === undefined ? 'day' : seconds === undefined ? 'minutes' : 'seconds';
  return { asUtc, has, wall: `${day}T${minutes ?? '00:00'}` };
}
