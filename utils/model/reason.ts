/** Characters of a reason: a sentence, not a report. */
export const MAX_REASON = 200;

/** Whether a reason may be sent: one that is asked for has to say something. */
export function isReasonSatisfied(reason: string | undefined, required: boolean): boolean {
  return !required || Boolean(reason?.trim());
}
