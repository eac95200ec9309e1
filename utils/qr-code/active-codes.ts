import type { EnKashClient } from '../enkash/client.ts';
import { ACTIVE } from '../enkash/qr-code.ts';
import type { AccountRef } from '../model/account.ts';
import { codeKey } from '../model/code-key.ts';

/** How many codes are remembered; the oldest goes first. */
const CAPACITY = 20_000;

/** The same client, and which codes its reads found ACTIVE since the worker started. */
export interface WatchedClient {
  client: EnKashClient;
  wasActive(account: AccountRef, qrCodeId: string): boolean;
}

/**
 * Remembers the codes that were read as ACTIVE. If EnKash says later that such a code does not exist, something is wrong
 * that only a further check can settle, so that this is not final.
 */
export function watchActiveCodes(client: EnKashClient): WatchedClient {
  const active = new Set<string>();
  return {
    client: {
      ...client,
      async getQrCode(account, qrCodeId, options) {
        const read = await client.getQrCode(account, qrCodeId, options);
        if (read.kind !== 'answered') return read;
        const key = codeKey(account.id, qrCodeId);
        active.delete(key);
        if (read.payload.status === ACTIVE) active.add(key);
        const [oldest] = active;
        if (active.size > CAPACITY && oldest !== undefined) active.delete(oldest);
        return read;
      },
    },
    wasActive: (account, qrCodeId) => active.has(codeKey(account.id, qrCodeId)),
  };
}
