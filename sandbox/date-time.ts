const IST_OFFSET_MS = 5.5 * 3_600_000;

/**
 * Formats a time (milliseconds since 1970) as the gateway does: Indian time without a zone, such as
 * `2026-02-14T18:05:09.120`.
 */
export function gatewayDateTime(moment: number): string {
  return new Date(moment + IST_OFFSET_MS).toISOString().slice(0, -1);
}
