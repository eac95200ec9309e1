export interface CallOptions {
  /** Called when the call is held back at the gateway's request, with the epoch ms at which it goes on. */
  onRateLimited?: (until: number) => void;
  /** Waits for nothing: a call that is or would be held back fails at once and says until when. */
  failFast?: boolean;
  /**
   * Called before a call leaves once more, after a refused token or a 429. If it rejects, the call does not leave.
   * `intermediarys` is the HTTP status by which an intermediary answered an earlier sending: that one may have been
   * carried out, whatever the next one is answered.
   */
  beforeResend?: (intermediarys?: number) => Promise<void>;
}
