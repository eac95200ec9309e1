/**
 * How the gateway treats one call. `…-done` cancels the code all the same; `late` cancels it after the caller has given
 * up. `page` and `blocked` are an intermediary's 404 and 403, `rate-page` its 429. `missing` is EnKash's own "not
 * found". `renewed` refuses the token once, and the same call sends the cancel again. `doubted` is a page 403, after
 * which the same call sends the cancel again.
 */
export type GatewayFault =
  | 'fine'
  | 'dropped-done'
  | 'dropped'
  | 'failed-done'
  | 'failed'
  | 'late'
  | 'refused'
  | 'missing'
  | 'missing-done'
  | 'page'
  | 'page-done'
  | 'blocked'
  | 'blocked-done'
  | 'rate-limited'
  | 'rate-page'
  | 'rate-page-done'
  | 'unauthorized'
  | 'sign-in-failed'
  | 'renewed'
  | 'doubted'
  | 'doubted-done'
  | 'unreadable';

/** An action of the operator or a change of the machine, `at` milliseconds after the start. */
export interface ScenarioEvent {
  at: number;
  what:
    | 'pause'
    | 'resume'
    | 'end'
    | 'lock'
    | 'unlock'
    | 'offline'
    | 'online'
    | 'quota-full'
    | 'clock-back'
    | 'clock-forward'
    | 'browser-restart';
}

export interface Scenario {
  codes: number;
  /** The faults of the cancels, in order. Later cancels are `fine`. */
  cancels: readonly GatewayFault[];
  reads: readonly GatewayFault[];
  /** The worker is killed at these awaits, counted from the start. */
  deaths: readonly number[];
  happenings: readonly ScenarioEvent[];
  multiplexed: boolean;
  /** Whether the job was planned, so that each code is read just before it is sent. */
  planned?: boolean;
  /** Milliseconds until it is due; absent if it has just started. */
  dueAfter?: number;
  /** A page writes the list in parts of so many codes and then confirms it; absent if the job is there from the start. */
  parts?: number;
}
