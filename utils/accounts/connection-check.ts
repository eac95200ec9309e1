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

/** Read if the operator names no QR code. No code has this id. */
const HARMLESS_ID = 'connection-test';

/** Reasons why a call did not leave that are those of a failed sign-in. Every other one holds for all further calls. */
const FOR_WANT_OF_A_TOKEN: readonly NotSentReason[] = ['auth-unavailable', 'unreachable'];

const AT_ONCE = { failFast: true };
const ONE_ENTRY = { offset: 0, limit: 1 };
const NOT_TRIED: CheckStepResult = { kind: 'not-tried' };

export interface ConnectionCheckDeps {
  client: Pick<EnKashClient, 'signIn' | 'getQrCode' | 'searchQrCodes'>;
  account: AccountRef;
  signIn: SignIn;
  /** The QR code to read; if absent, an id that no code has. */
  qrCodeId?: string | undefined;
  /** Called after each step with all that is known by then. */
  onStep: (check: ConnectionCheck) => void;
}

/**
 * Tries the sign-in, the read of one QR code and a search, one after the other, and never waits for a rate limit. A
 * failed step stops the later ones only if they can't be tried. Never throws.
 */
export async function checkConnection(deps: ConnectionCheckDeps): Promise<ConnectionCheck> {
  const { client, account, qrCodeId = HARMLESS_ID } = deps;
  const tries: Record<CheckStep, () => Promise<CheckStepResult>> = {
    'sign-in': () => signIn(deps),
    'qr-code': async () => ofRead(await client.getQrCode(account, qrCodeId, AT_ONCE)),
    search: async () => ofSearch(await client.searchQrCodes(account, {}, ONE_ENTRY, AT_ONCE)),
  };
  let check: ConnectionCheck = {};
  for (const step of CHECK_STEPS) {
    const result = stopsLater(check) ? NOT_TRIED : unlessForSignIn(check, await tries[step]());
    check = { ...check, [step]: result };
    deps.onStep(check);
  }
  return check;
}

/** Whether a check is over, so that every step has its result. */
export function isOver(check: ConnectionCheck): boolean {
  return CHECK_STEPS.every((step) => check[step] !== undefined);
}

/** Whether EnKash let the account in: the sign-in worked, and at least one read was answered by EnKash itself. */
export function connectionWorks(check: ConnectionCheck): boolean {
  return passed(check['sign-in']) && (passed(check['qr-code']) || passed(check.search));
}

export function passed(result: CheckStepResult | undefined): boolean {
  return result !== undefined && result.kind !== 'failed' && result.kind !== 'not-tried';
}

async function signIn(deps: ConnectionCheckDeps): Promise<CheckStepResult> {
  if (deps.signIn === 'authorization-token') return { kind: 'no-sign-in-call' };
  const answer = await deps.client.signIn(deps.account);
  return answer.kind === 'answered' ? { kind: 'signed-in' } : { kind: 'failed', failure: answer };
}

function ofRead(answer: Awaited<ReturnType<EnKashClient['getQrCode']>>): CheckStepResult {
  if (answer.kind === 'not-found') return { kind: 'no-such-code' };
  if (answer.kind !== 'answered') return { kind: 'failed', failure: answer };
  const { status } = answer.payload;
  return { kind: 'code-read', ...(status === undefined ? {} : { status }) };
}

function ofSearch(answer: GatewayResult<unknown>): CheckStepResult {
  return answer.kind === 'answered' ? { kind: 'searched' } : { kind: 'failed', failure: answer };
}

/** A read for which there was no token tells nothing that the failed sign-in has not told. */
function unlessForSignIn(check: ConnectionCheck, result: CheckStepResult): CheckStepResult {
  const isUnsent = result.kind === 'failed' && result.failure.kind === 'not-sent';
  return check['sign-in']?.kind === 'failed' && isUnsent ? NOT_TRIED : result;
}

function stopsLater(check: ConnectionCheck): boolean {
  return Object.values(check).some(
    (result) => result.kind === 'not-tried' || (result.kind === 'failed' && !concernsOneCall(result.failure)),
  );
}

function concernsOneCall(failure: GatewayFailure): boolean {
  if (failure.kind === 'not-sent') return FOR_WANT_OF_A_TOKEN.includes(failure.reason);
  return failure.kind !== 'unauthorized' && failure.kind !== 'rate-limited';
}
