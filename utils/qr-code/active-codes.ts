import type { EnKashClient } from '../enkash/client.ts';
import { ACTIVE } from '../enkash/qr-code.ts';
import type { AccountRef } from '../model/account.ts';
import { codeKey } from '../model/code-key.ts';

/** How many of the latest codes are remembered at least; twice as many at most. */
export const CAPACITY = 16_000;

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
  // Hashes take a fifth of the memory of the keys. Two codes rarely have the same; then the later read counts for both. Of two
  // sets the older one is dropped whole: a set whose oldest entry makes room for each new one grows to twice its size.
  let latest = new Set<number>();
  let earlier = new Set<number>();
  function remember(key: number): void {
    if (latest.size >= CAPACITY) [earlier, latest] = [latest, new Set()];
    latest.add(key);
  }
  return {
    client: {
      ...client,
      async getQrCode(account, qrCodeId, options) {
        const read = await client.getQrCode(account, qrCodeId, options);
        if (read.kind !== 'answered') return read;
        const key = hashOf(codeKey(account.id, qrCodeId));
        for (const codes of [latest, earlier]) codes.delete(key);
        if (read.payload.status === ACTIVE) remember(key);
        return read;
      },
    },
    wasActive(account, qrCodeId) {
      const key = hashOf(codeKey(account.id, qrCodeId));
      return latest.has(key) || earlier.has(key);
    },
  };
}

/** FNV-1a in 30 bits, a number that needs no memory of its own. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 2;
}
