import type { GatewaySession, GatewaySessionStore } from '../model/account.ts';

/** Storage of one record per account. */
interface KeyedRecords {
  read(accountId: string): Promise<GatewaySession | undefined>;
  change(accountId: string, edit: (session: GatewaySession | undefined) => GatewaySession): Promise<void>;
}

/** Stores gateway sessions in the given records. */
export function createSessionStore(records: KeyedRecords): GatewaySessionStore {
  return {
    read: async (accountId) => (await records.read(accountId)) ?? {},
    write: (accountId, change) => records.change(accountId, (session) => ({ ...session, ...change })),
  };
}

/** Stores gateway sessions in the object only, for a client that leaves nothing behind. */
export function createInMemorySessionStore(): GatewaySessionStore {
  const sessions = new Map<string, GatewaySession>();
  return {
    read: async (accountId) => sessions.get(accountId) ?? {},
    async write(accountId, change) {
      sessions.set(accountId, { ...sessions.get(accountId), ...change });
    },
  };
}

/**
 * The session store of a client that tries unsaved keys for a saved account. Tokens stay in the object. The rate limit
 * and the header's scheme are shared with the account's `own` store.
 */
export function createTrialMemory(own: GatewaySessionStore): GatewaySessionStore {
  const temporary = createInMemorySessionStore();
  return {
    async read(accountId) {
      const { rateLimitedUntil, scheme } = await own.read(accountId);
      return { ...(await temporary.read(accountId)), rateLimitedUntil, scheme };
    },
    async write(accountId, { token, tokenExpiresAt, ...shared }) {
      if (token !== undefined) await temporary.write(accountId, { token, tokenExpiresAt });
      if (Object.keys(shared).length > 0) await own.write(accountId, shared);
    },
  };
}
