import {
  type AccountService,
  type AccountServiceDeps,
  createAccountService,
} from '../../utils/accounts/account-service.ts';
import { createSessionRecords, type SessionRecords } from '../../utils/browser/session-records.ts';
import { createInMemorySessionStore } from '../../utils/enkash/session-store.ts';
import type { AccountView, CheckConnectionResult, Request } from '../../utils/messaging/protocol.ts';
import type { AccountRef, GatewaySessionStore, GetCredentials } from '../../utils/model/account.ts';
import type { Credentials } from '../../utils/model/credentials.ts';
import type { Environment } from '../../utils/model/environment.ts';
import { DEFAULT_POLICY, type Policy } from '../../utils/settings/policy.ts';
import type { VaultState } from '../../utils/vault/vault.ts';

export const DRAFT = {
  name: 'Main counter',
  environment: 'UAT',
  colour: 'blue',
  authMethod: 'secret-key',
  accessKey: 'AK-1',
  secret: 'SK-1',
} as const;

type ClientName = 'account' | 'probe';

/** An account service with a vault that keeps keys in plain form. A test changes the fields to change what it meets. */
export class AccountServiceFixture {
  policy: Policy = DEFAULT_POLICY;
  state: VaultState = { status: 'open', protection: 'device' };
  /** Whether the vault is locked before it saves. */
  locksBeforeSaving = false;
  removalFails = false;
  reachable: Environment[] = ['UAT', 'LIVE'];
  /** The accounts whose gateway session was cleared. */
  readonly cleared: string[] = [];
  /** The calls of checks: by which client, with which keys. */
  readonly calls: { by: ClientName; call: string; accountId: string; keys: Credentials }[] = [];
  readonly memory = createInMemorySessionStore();
  readonly keys: SessionRecords<Credentials> = createSessionRecords<Credentials>('keys');
  readonly service: AccountService;

  constructor() {
    const vault = this.#vault();
    this.service = createAccountService({
      vault,
      readPolicy: async () => this.policy,
      hasHostPermission: async (environment) => this.reachable.includes(environment),
      clearGatewaySession: async (accountId) => void this.cleared.push(accountId),
      client: this.#client('account', (account) => vault.open(account), this.memory),
      memory: this.memory,
      createTestClient: (openKeys, memory) => this.#client('probe', openKeys, memory),
    });
  }

  check(draft: Request<'saveAccount'>): Promise<CheckConnectionResult> {
    return this.service.check(draft, undefined, () => undefined);
  }

  async saved(): Promise<AccountView> {
    const result = await this.service.save(DRAFT);
    if (!result.ok) throw new Error('not saved');
    return result.account;
  }

  #vault(): AccountServiceDeps['vault'] {
    const { keys } = this;
    return {
      state: async () => this.state,
      has: async (id) => (await keys.read(id)) !== undefined,
      async open({ id }) {
        const found = await keys.read(id);
        return found ? { ok: true, keys: found } : { ok: false, reason: 'no-keys' };
      },
      save: async ({ id }, changed) => {
        if (this.locksBeforeSaving) return false;
        await keys.change(id, () => changed);
        return true;
      },
      remove: async (id) => {
        if (this.removalFails) throw new Error('disk full');
        await keys.remove(id);
        return 'gone';
      },
    };
  }

  /** A client that EnKash accepts. It stores a session after each call. */
  #client(by: ClientName, openKeys: GetCredentials, memory: GatewaySessionStore) {
    const call = (name: string) => async (account: AccountRef) => {
      const opened = await openKeys(account);
      if (!opened.ok) return { kind: 'not-sent', reason: opened.reason } as const;
      this.calls.push({ by, call: name, accountId: account.id, keys: opened.keys });
      await memory.write(account.id, { token: 'SANDBOX-TOKEN', scheme: 'bare', rateLimitedUntil: 5 });
      return { kind: 'answered', code: 0, message: '', payload: {} as never } as const;
    };
    return { signIn: call('sign-in'), getQrCode: call('get'), searchQrCodes: call('search') };
  }
}
