import type { EnKashClient } from '../enkash/client.ts';
import type { AccountRef } from '../model/account.ts';
import { pickSummary } from '../model/attempt.ts';
import type { CodeStatus } from '../model/code-status.ts';
import { createConcurrencyLimiter } from './concurrency-limiter.ts';

/** Reads codes of a list, a few at once, and leaves no trace in the journal. */
export type ReadBatch = (account: AccountRef, qrCodeIds: readonly string[]) => Promise<CodeStatus[]>;

/**
 * Builds the way to read a list. Answers in the order of the ids. Waits for nothing: what the gateway asks to wait
 * for comes back as such, and after that no further request goes out.
 */
export function createBatchReader(client: EnKashClient, isMultiplexed: () => boolean): ReadBatch {
  const pace = createConcurrencyLimiter(isMultiplexed);
  return async (account, qrCodeIds) => {
    const reads: CodeStatus[] = [];
    let next = 0;
    async function worker(): Promise<void> {
      for (let index = next; index < qrCodeIds.length; index = next) {
        next += 1;
        const read = await toCodeStatus(client, account, String(qrCodeIds[index]));
        reads[index] = read;
        if (read.kind === 'status' || read.kind === 'not-found') pace.onSuccess();
        else if (read.kind === 'ambiguous' || read.kind === 'rate-limited') pace.onOverload();
      }
    }
    await Promise.all(Array.from({ length: pace.limit }, worker));
    return reads;
  };
}

async function toCodeStatus(
  client: EnKashClient,
  account: AccountRef,
  qrCodeId: string,
): Promise<CodeStatus> {
  const read = await client.getQrCode(account, qrCodeId, { failFast: true });
  if (read.kind !== 'answered') return read;
  return { kind: 'status', status: read.payload.status ?? '', ...pickSummary(read.payload) };
}
