import type { GatewayFailure } from './gateway-result.ts';

/** What a check of a connection tries, in this order. None of it changes anything at EnKash. */
export const CHECK_STEPS = ['sign-in', 'qr-code', 'search'] as const;

export type CheckStep = (typeof CHECK_STEPS)[number];

export type CheckStepResult =
  | { kind: 'signed-in' }
  /** The account has an authorization token, so there is no sign-in call. */
  | { kind: 'no-sign-in-call' }
  | { kind: 'code-read'; status?: string }
  /** EnKash's own word, in its envelope: as good an answer as any. */
  | { kind: 'no-such-code' }
  | { kind: 'searched' }
  | { kind: 'failed'; failure: GatewayFailure }
  /** An earlier step makes this one impossible. */
  | { kind: 'not-tried' };

/** What came of each step; a step that has not ended yet is absent. */
export type ConnectionCheck = Partial<Record<CheckStep, CheckStepResult>>;
