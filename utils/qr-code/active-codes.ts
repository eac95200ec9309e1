import type { EnKashClient } from '../enkash/client.ts';
import { ACTIVE } from '../enkash/qr-code.ts';
import type { AccountRef } from '../model/account.ts';
import { codeKey } from '../model/code-key.ts';

/** How many codes are remembered. The oldest is dropped first. */
const CAPACITY = 20_000;

/** A client that remembers the codes that its reads found ACTIVE since the worker started. */
export interface WatchedClient {
  client: EnKashClient;
  wasActive(account: AccountRef, qrCodeId: string): boolean;
}

/**
 * Wraps a client to remember the codes that were read as ACTIVE. If EnKash later reports such a code as not found, that
 * is not final, because only another check can settle it.
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
