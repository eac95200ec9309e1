import type { QrCode } from '../enkash/qr-code.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';

/**
 * The status of a code whose id is being typed. `late`: the read did not end in time. `no-answer`: the read failed in the
 * extension itself.
 */
export type LookupResult = { qrCodeId: string } & (
  | { kind: 'locked' | 'no-account' | 'late' }
  | { kind: 'read'; account: AccountRef; answer: GatewayResult<QrCode> | { kind: 'no-answer' } }
);

export interface DebouncedLookupDeps {
  /** The current account, or the reason that nothing can be read. */
  account(): Promise<AccountRef | 'locked' | 'no-account'>;
  read(account: AccountRef, qrCodeId: string): Promise<GatewayResult<QrCode>>;
  clock: Clock;
}

export interface DebouncedLookup {
  /** Reads a code after a pause in typing; `undefined` if another id was typed in the meantime. */
  lookup(qrCodeId: string): Promise<LookupResult | undefined>;
  /** Cancels the running lookup, which then resolves with `undefined`. */
  cancel(): void;
}

/** Milliseconds without a keystroke before a read. */
export const DEBOUNCE_MS = 400;
/** Milliseconds after the last keystroke until the result. Chromium ignores suggestions after 1.5 s (measured). */
export const RESPONSE_DEADLINE_MS = 1_300;

/** Creates a lookup that reads one code at a time, and only the last one typed. */
export function createDebouncedLookup({ account, read, clock }: DebouncedLookupDeps): DebouncedLookup {
  let latestRequest = 0;
  let inFlight: Promise<unknown> = Promise.resolve();

  async function find(qrCodeId: string, isStale: () => boolean): Promise<LookupResult | undefined> {
    await clock.sleep(DEBOUNCE_MS);
    await inFlight;
    if (isStale()) return undefined;
    const user = await account();
    if (isStale()) return undefined;
    if (typeof user === 'string') return { kind: user, qrCodeId };
    const reading = read(user, qrCodeId).catch(() => ({ kind: 'no-answer' as const }));
    inFlight = reading;
    return { kind: 'read', qrCodeId, account: user, answer: await reading };
  }

  return {
    async lookup(qrCodeId) {
      latestRequest += 1;
      const request = latestRequest;
      const isStale = () => request !== latestRequest;
      const late = clock.sleep(RESPONSE_DEADLINE_MS).then((): LookupResult => ({ kind: 'late', qrCodeId }));
      const result = await Promise.race([find(qrCodeId, isStale), late]);
      return isStale() ? undefined : result;
    },
    cancel() {
      latestRequest += 1;
    },
  };
}

/** Shorter ids, and words without a digit, are probably incomplete. */
const MIN_LENGTH = 6;

/** Whether an id that is being typed is worth a read. */
export function isPlausibleId(qrCodeId: string): boolean {
  return qrCodeId.length >= MIN_LENGTH && /\d/.test(qrCodeId);
}
