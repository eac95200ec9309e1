/** The result of an action as texts: what happened, whether the QR code was changed, and what to do next. */
export interface Report {
  tone: 'success' | 'neutral' | 'warning' | 'danger';
  title: string;
  /** Complete sentences, in reading order. */
  sentences: string[];
  /** Whether to offer another check, because it may give more information. */
  offerCheck?: boolean;
  /** Whether to offer the cancel although the read failed: without an answer from EnKash, the code may exist. */
  offerCancelAnyway?: boolean;
  /** Whether to offer the settings, because the operator can fix the cause there. */
  offerSettings?: boolean;
}
