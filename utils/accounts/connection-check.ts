import type { EnKashClient } from '../enkash/client.ts';
import type { AccountRef } from '../model/account.ts';
import {
  CHECK_STEPS,
  type CheckStep,
  type CheckStepResult,
  type ConnectionCheck,
} from '../model/connection-check.ts';
import type { SignIn } from '../model/credentials.ts';
import type { GatewayFailure, GatewayResult, NotSentReason } from '../model/gateway-result.ts';

/** The id that is read if the operator names no QR code. No code has it. */
const HARMLESS_ID = 'connection-test';

/** Reasons for which a call is not sent because it has no token. Every other reason holds for all later calls too. */
const NO_TOKEN_REASONS: readonly NotSentReason[] = ['auth-unavailable', 'unreachable'];

const FAIL_FAST = { failFast: true };
const ONE_ENTRY = { offset: 0, limit: 1 };
const NOT_TRIED: CheckStepResult = { kind: 'not-tried' };

export interface ConnectionCheckDeps {
  client: Pick<EnKashClient, 'signIn' | 'getQrCode' | 'searchQrCodes'>;
  account: AccountRef;
  signIn: SignIn;
  /** The QR code to read; if absent, an id that no code has. */
  qrCodeId?: string | undefined;
  /** Called after each step with all results so far. */
  onStep: (check: ConnectionCheck) => void;
}

/**
 * Tries the sign-in, the read of one QR code and a search, one after the other. Skips a step only if an earlier failure
 * makes it impossible. Never waits for a rate limit, and never throws.
 */
export async function checkConnection(deps: ConnectionCheckDeps): Promise<ConnectionCheck> {
  const { client, account, qrCodeId = HARMLESS_ID } = deps;
  const steps: Record<CheckStep, () => Promise<CheckStepResult>> = {
    'sign-in': () => signIn(deps),
    'qr-code': async () => readResult(await client.getQrCode(account, qrCodeId, FAIL_FAST)),
    search: async () => searchResult(await client.searchQrCodes(account, {}, ONE_ENTRY, FAIL_FAST)),
  };
  let check: ConnectionCheck = {};
  for (const step of CHECK_STEPS) {
    const result = preventsLaterSteps(check) ? NOT_TRIED : withoutSignInFailure(check, await steps[step]());
    check = { ...check, [step]: result };
    deps.onStep(check);
  }
  return check;
}

/** Whether every step of a check has its result. */
export function isOver(check: ConnectionCheck): boolean {
  return CHECK_STEPS.every((step) => check[step] !== undefined);
}

/** Whether EnKash accepts the account: the sign-in passed, and EnKash itself answered at least one read. */
export function connectionWorks(check: ConnectionCheck): boolean {
  return passed(check['sign-in']) && (passed(check['qr-code']) || passed(check.search));
}

/** Whether a step was tried and EnKash answered it. */
export function passed(result: CheckStepResult | undefined): boolean {
  return result !== undefined && result.kind !== 'failed' && result.kind !== 'not-tried';
}

async function signIn(deps: ConnectionCheckDeps): Promise<CheckStepResult> {
  if (deps.signIn === 'authorization-token') return { kind: 'no-sign-in-call' };
  const answer = await deps.client.signIn(deps.account);
  return answer.kind === 'answered' ? { kind: 'signed-in' } : { kind: 'failed', failure: answer };
}

function readResult(answer: Awaited<ReturnType<EnKashClient['getQrCode']>>): CheckStepResult {
  if (answer.kind === 'not-found') return { kind: 'no-such-code' };
  if (answer.kind !== 'answered') return { kind: 'failed', failure: answer };
  const { status } = answer.payload;
  return { kind: 'code-read', ...(status === undefined ? {} : { status }) };
}

function searchResult(answer: GatewayResult<unknown>): CheckStepResult {
  return answer.kind === 'answered' ? { kind: 'searched' } : { kind: 'failed', failure: answer };
}

/** A read that was not sent for want of a token adds nothing to the failed sign-in: it counts as not tried. */
function withoutSignInFailure(check: ConnectionCheck, result: CheckStepResult): CheckStepResult {
  const isUnsent = result.kind === 'failed' && result.failure.kind === 'not-sent';
  return check['sign-in']?.kind === 'failed' && isUnsent ? NOT_TRIED : result;
}

function preventsLaterSteps(check: ConnectionCheck): boolean {
  return Object.values(check).some(
    (result) =>
      result.kind === 'not-tried' || (result.kind === 'failed' && !affectsOneCallOnly(result.failure)),
  );
}

function affectsOneCallOnly(failure: GatewayFailure): boolean {
  if (failure.kind === 'not-sent') return NO_TOKEN_REASONS.includes(failure.reason);
  return failure.kind !== 'unauthorized' && failure.kind !== 'rate-limited';
}
