import type { QrCode } from '../enkash/qr-code.ts';
import { MAX_RETRY_AFTER_MS } from '../enkash/retry-after.ts';
import type { Clock } from '../lib/clock.ts';
import type { Send } from '../messaging/protocol.ts';
import { sendWithRetry } from '../messaging/send-with-retry.ts';
import type { GatewayFailure, GatewayResult } from '../model/gateway-result.ts';
import { retryAtOf } from '../model/retry-at.ts';

/** The minimum wait after a read that the gateway refused for its rate. */
const LEAST_WAIT_MS = 1_000;
/** The failure if the background gave no answer. */
const NO_ANSWER: GatewayFailure = { kind: 'ambiguous', reason: 'connection' };
/** Failures of the account or the connection, which every other read would meet too. */
const LASTING: ReadonlySet<string> = new Set(['not-sent', 'unauthorized', 'sign-in-failed', 'rate-limited']);

/** What the reads of a run share. */
export interface ReadDeps {
  send: Send;
  clock: Clock;
  accountId: string;
  signal: AbortSignal;
  /** Called with the end of a wait (epoch ms) that the gateway asks for, and with `undefined` after it. */
  onWait: (until: number | undefined) => void;
}

/** Reads one code. Waits as long as the gateway asks, up to {@link MAX_RETRY_AFTER_MS}. */
export async function readCode(deps: ReadDeps, qrCodeId: string): Promise<GatewayResult<QrCode>> {
  const { send, clock, accountId, signal, onWait } = deps;
  for (;;) {
    const answer = (await sendWithRetry(() => send('getQrCode', { accountId, qrCodeId }))) ?? NO_ANSWER;
    const until = retryAtOf(answer);
    if (signal.aborted || until === undefined || until - clock.now() > MAX_RETRY_AFTER_MS) return answer;
    onWait(until);
    await clock.sleep(Math.max(LEAST_WAIT_MS, until - clock.now()), signal);
    onWait(undefined);
    if (signal.aborted) return answer;
  }
}

/** Whether the other reads of the account would fail for the same reason. */
export function isLasting(failure: GatewayFailure): boolean {
  return LASTING.has(failure.kind);
}
