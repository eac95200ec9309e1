/** The time zone of the computer. Tests replace it. */
export interface LocalTime {
  /** The IANA name of the zone, such as `Asia/Kolkata`. */
  zone(): string;
  /**
   * Epoch milliseconds at which the clock on the wall shows `YYYY-MM-DDTHH:mm`. If it shows that twice, because clocks are
   * set back, the second time. If it skips it, the same time after the gap. `NaN` if the text is no such time.
   */
  instantOf(wall: string): number;
  /** What the clock on the wall shows at a moment (epoch ms), as `YYYY-MM-DDTHH:mm`. */
  wallAt(at: number): string;
}

const MINUTE_MS = 60_000;
/** By how many minutes zones set their clocks back, at the end of summer time. */
const SET_BACK_MINUTES = [30, 60, 120] as const;

/** The zone that the browser has from the system. It follows a change of the system at once. */
export const systemLocalTime: LocalTime = {
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  instantOf: (wall) => lastInstantOf(Date.parse(wall), wallAt),
  wallAt,
};

/** Of the moments that read alike on the wall, the last one. `Date.parse` gives the first one. */
function lastInstantOf(first: number, wallAt: (at: number) => string): number {
  if (Number.isNaN(first)) return first;
  const later = SET_BACK_MINUTES.map((minutes) => first + minutes * MINUTE_MS);
  return later.find((at) => wallAt(at) === wallAt(first)) ?? first;
}

function wallAt(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}
