import type { QrCode } from '../enkash/qr-code.ts';
import type { Clock } from '../lib/clock.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';

/**
 * How a code stands, for somebody who is typing its id. `late` where it is not known in time; `no-answer` where not even
 * a failure came of the read.
 */
export type LookupResult = { qrCodeId: string } & (
  | { kind: 'locked' | 'no-account' | 'late' }
  | { kind: 'read'; account: AccountRef; answer: GatewayResult<QrCode> | { kind: 'no-answer' } }
);

export interface DebouncedLookupDeps {
  /** The account in use, or why nothing can be read now. */
  account(): Promise<AccountRef | 'locked' | 'no-account'>;
  read(account: AccountRef, qrCodeId: string): Promise<GatewayResult<QrCode>>;
  clock: Clock;
}

export interface DebouncedLookup {
  /** Reads a code once typing has rested; `undefined` where something else has been typed meanwhile. */
  lookup(qrCodeId: string): Promise<LookupResult | undefined>;
  /** Drops what is under way: it is not read any more, or not told. */
  cancel(): void;
}

/** Milliseconds without a key before anything is read. */
export const DEBOUNCE_MS = 400;
/** Milliseconds after the last key in which it has to be told: Chromium drops what comes after 1.5 s (measured). */
export const RESPONSE_DEADLINE_MS = 1_300;

/** Builds a look-up that reads one code at a time, and only the last that was typed. */
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
      const looked = await Promise.race([find(qrCodeId, isStale), late]);
      return isStale() ? undefined : looked;
    },
    cancel() {
      latestRequest += 1;
    },
  };
}

/** Shorter ones, and words without a digit, are most likely not typed to the end. */
const MIN_LENGTH = 6;

/** Whether an id is worth a read while it is being typed; any can be opened. */
export function isPlausibleId(qrCodeId: string): boolean {
  return qrCodeId.length >= MIN_LENGTH && /\d/.test(qrCodeId);
}
