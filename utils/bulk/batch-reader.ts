import type { EnKashClient } from '../enkash/client.ts';
import type { Account } from '../model/account.ts';
import { nameAndAmount } from '../model/attempt-record.ts';
import type { BriefRead } from '../model/code-status.ts';
import { createPace } from './concurrency-limiter.ts';

/** Reads codes of a list, a few at once, and leaves no trace in the journal. */
export type ReadList = (account: Account, qrCodeIds: readonly string[]) => Promise<BriefRead[]>;

/**
 * Builds the way to read a list. Answers in the order of the ids. Waits for nothing: what the gateway asks to wait
 * for comes back as such, and after that no further request goes out.
 */
export function createListReader(client: EnKashClient, isMultiplexed: () => boolean): ReadList {
  const pace = createPace(isMultiplexed);
  return async (account, qrCodeIds) => {
    const reads: BriefRead[] = [];
    let next = 0;
    async function readOn(): Promise<void> {
      for (let index = next; index < qrCodeIds.length; index = next) {
        next += 1;
        const read = await briefly(client, account, String(qrCodeIds[index]));
        reads[index] = read;
        if (read.kind === 'status' || read.kind === 'not-found') pace.succeeded();
        else if (read.kind === 'unclear' || read.kind === 'rate-limited') pace.struggled();
      }
    }
    await Promise.all(Array.from({ length: pace.limit }, readOn));
    return reads;
  };
}

async function briefly(client: EnKashClient, account: Account, qrCodeId: string): Promise<BriefRead> {
  const read = await client.getQrCode(account, qrCodeId, { atOnce: true });
  if (read.kind !== 'answered') return read;
  return { kind: 'status', status: read.payload.status ?? '', ...nameAndAmount(read.payload) };
}
