import type { EnKashClient } from '../enkash/client.ts';
import type { AccountRef } from '../model/account.ts';
import { pickSummary } from '../model/attempt.ts';
import type { CodeStatus } from '../model/code-status.ts';
import { createConcurrencyLimiter } from './concurrency-limiter.ts';

/** Reads codes of a list concurrently. Writes nothing to the journal. */
export type ReadBatch = (account: AccountRef, qrCodeIds: readonly string[]) => Promise<CodeStatus[]>;

/**
 * Creates a reader that returns statuses in the order of the ids. It fails fast: if the gateway limits the rate, the
 * remaining codes are returned as rate-limited without a request.
 */
export function createBatchReader(client: EnKashClient, isMultiplexed: () => boolean): ReadBatch {
  const limiter = createConcurrencyLimiter(isMultiplexed);
  return async (account, qrCodeIds) => {
    const reads: CodeStatus[] = [];
    let next = 0;
    async function worker(): Promise<void> {
      for (let index = next; index < qrCodeIds.length; index = next) {
        next += 1;
        const read = await toCodeStatus(client, account, String(qrCodeIds[index]));
        reads[index] = read;
        if (read.kind === 'status' || read.kind === 'not-found') limiter.onSuccess();
        else if (read.kind === 'ambiguous' || read.kind === 'rate-limited') limiter.onOverload();
      }
    }
    await Promise.all(Array.from({ length: limiter.limit }, worker));
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
  const { status = '', expiry } = read.payload;
  return {
    kind: 'status',
    status,
    ...(expiry === undefined ? {} : { expiry }),
    ...pickSummary(read.payload),
  };
}
