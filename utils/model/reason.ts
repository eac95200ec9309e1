/** The longest reason, in characters. */
export const MAX_REASON = 200;

/** Whether a reason is acceptable. A required one must not be blank. */
export function isReasonSatisfied(reason: string | undefined, required: boolean): boolean {
  return !required || Boolean(reason?.trim());
}
