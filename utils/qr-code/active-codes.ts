import type { EnKashClient } from '../enkash/client.ts';
import { ACTIVE } from '../enkash/qr-code.ts';
import type { AccountRef } from '../model/account.ts';
import { codeKey } from '../model/code-key.ts';

/** How many codes are remembered. The oldest is dropped first. */
export const CAPACITY = 20_000;

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
  // Hashes take a fifth of the memory of the keys. Two of 20,000 codes rarely have the same; then the later read counts for both.
  const active = new Set<number>();
  return {
    client: {
      ...client,
      async getQrCode(account, qrCodeId, options) {
        const read = await client.getQrCode(account, qrCodeId, options);
        if (read.kind !== 'answered') return read;
        const key = hashOf(codeKey(account.id, qrCodeId));
        active.delete(key);
        if (read.payload.status === ACTIVE) active.add(key);
        const [oldest] = active;
        if (active.size > CAPACITY && oldest !== undefined) active.delete(oldest);
        return read;
      },
    },
    wasActive: (account, qrCodeId) => active.has(hashOf(codeKey(account.id, qrCodeId))),
  };
}

/** FNV-1a in 30 bits, a number that needs no memory of its own. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 2;
}
