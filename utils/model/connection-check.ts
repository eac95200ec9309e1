import type { GatewayFailure } from './gateway-result.ts';

/** The steps of a connection check, in order. None of them changes anything at EnKash. */
export const CHECK_STEPS = ['sign-in', 'qr-code', 'search'] as const;

export type CheckStep = (typeof CHECK_STEPS)[number];

export type CheckStepResult =
  | { kind: 'signed-in' }
  /** The account has an authorization token, so there is no sign-in call. */
  | { kind: 'no-sign-in-call' }
  | { kind: 'code-read'; status?: string }
  /** A response in EnKash's envelope, so the connection works. */
  | { kind: 'no-such-code' }
  | { kind: 'searched' }
  | { kind: 'failed'; failure: GatewayFailure }
  /** An earlier step failed, so this one was not tried. */
  | { kind: 'not-tried' };

/** The result of each step; absent until the step has ended. */
export type ConnectionCheck = Partial<Record<CheckStep, CheckStepResult>>;
