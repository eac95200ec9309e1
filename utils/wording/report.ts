/** Something that ended, in words: what happened, whether the QR code was changed, what to do next. */
export interface Report {
  tone: 'success' | 'neutral' | 'warning' | 'danger';
  title: string;
  /** Whole sentences, in the order to be read. */
  sentences: string[];
  /** Where a further check would tell more. */
  offerCheck?: boolean;
  /** If a read was no answer of EnKash's, so that the code may be there to be cancelled. */
  offerCancelAnyway?: boolean;
  /** Where the operator has to do something in the settings. */
  offerSettings?: boolean;
}
