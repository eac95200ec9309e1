import type { GatewaySession, GatewaySessionStore } from '../model/account.ts';

/** What keeps records by account; `utils/vault` has one that lives as long as the browser session. */
interface KeyedRecords {
  read(accountId: string): Promise<GatewaySession | undefined>;
  change(accountId: string, edit: (memory: GatewaySession | undefined) => GatewaySession): Promise<void>;
}

/** Remembers dealings with the gateway in the records it is given. */
export function createSessionStore(records: KeyedRecords): GatewaySessionStore {
  return {
    read: async (accountId) => (await records.read(accountId)) ?? {},
    write: (accountId, change) => records.change(accountId, (memory) => ({ ...memory, ...change })),
  };
}

/** Remembers as long as the object lives, for a client that leaves nothing behind. */
export function createInMemorySessionStore(): GatewaySessionStore {
  const memories = new Map<string, GatewaySession>();
  return {
    read: async (accountId) => memories.get(accountId) ?? {},
    async write(accountId, change) {
      memories.set(accountId, { ...memories.get(accountId), ...change });
    },
  };
}

/**
 * The memory of a client whose keys are not saved, for an account that is: its tokens pass with the object, whereas how
 * long to wait and how to write the header are the account's own, read from its memory and written to it.
 */
export function createTrialMemory(own: GatewaySessionStore): GatewaySessionStore {
  const passing = createInMemorySessionStore();
  return {
    async read(accountId) {
      const { rateLimitedUntil, scheme } = await own.read(accountId);
      return { ...(await passing.read(accountId)), rateLimitedUntil, scheme };
    },
    async write(accountId, { token, tokenExpiresAt, ...shared }) {
      if (token !== undefined) await passing.write(accountId, { token, tokenExpiresAt });
      if (Object.keys(shared).length > 0) await own.write(accountId, shared);
    },
  };
}
