export interface CallOptions {
  /** Called if the call waits at the gateway's request. `until` is the epoch ms at which it continues. */
  onRateLimited?: (until: number) => void;
  /** Never waits: a call that would have to wait fails at once, with the time to retry at. */
  failFast?: boolean;
  /**
   * Called before the call is sent again, after a refused token or a 429. If it rejects, the call is not sent.
   * `intermediaryStatus` is the HTTP status with which an intermediary answered an earlier send. That send may have
   * been carried out, even if the next one is rejected.
   */
  beforeResend?: (intermediaryStatus?: number) => Promise<void>;
}
