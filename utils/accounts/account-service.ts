import { createInMemorySessionStore, createTrialMemory } from '../enkash/session-store.ts';
import type {
  AccountError,
  AccountRemoval,
  AccountView,
  CheckConnectionResult,
  SaveAccountResult,
} from '../messaging/protocol.ts';
import type { AccountRecord, AccountRef, GatewaySessionStore, GetCredentials } from '../model/account.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';
import type { Credentials } from '../model/credentials.ts';
import type { Environment } from '../model/environment.ts';
import type { Policy } from '../settings/policy.ts';
import type { Vault } from '../vault/vault.ts';
import { deleteAccount, getAccounts, saveAccount, selectAccount } from './account-store.ts';
import { type ConnectionCheckDeps, checkConnection } from './connection-check.ts';
import { type AccountDraft, nameError, resolveKeys } from './validate-draft.ts';

export interface AccountServiceDeps {
  vault: Pick<Vault, 'has' | 'open' | 'save' | 'remove' | 'state'>;
  readPolicy(): Promise<Policy>;
  /** Whether the browser lets the extension call the gateway: users can revoke an extension's access to a site. */
  hasHostPermission(environment: Environment): Promise<boolean>;
  /** Deletes the token and the rest of the gateway session of an account whose keys have changed. */
  clearGatewaySession(accountId: string): Promise<void>;
  /** The client of the saved accounts, and its memory. */
  client: ConnectionCheckDeps['client'];
  memory: GatewaySessionStore;
  /** Creates a client with other keys and another memory. */
  createTestClient(openKeys: GetCredentials, memory: GatewaySessionStore): ConnectionCheckDeps['client'];
}

export interface AccountService {
  list(): Promise<AccountView[]>;
  find(accountId: string): Promise<AccountRef | undefined>;
  save(draft: AccountDraft): Promise<SaveAccountResult>;
  /** Checks the connection with the keys of a draft. Saves nothing. */
  check(
    draft: AccountDraft,
    qrCodeId: string | undefined,
    onStep: (check: ConnectionCheck) => void,
  ): Promise<CheckConnectionResult>;
  /** Deletes the keys, then the account. If the keys can't be deleted, the account stays in the list for another try. */
  remove(accountId: string): Promise<AccountRemoval>;
}

interface ResolvedCredentials {
  keys?: Credentials | undefined;
  saved?: Credentials | undefined;
  problems: AccountError[];
}

/** Creates the service that saves, checks and removes accounts. */
export function createAccountService(deps: AccountServiceDeps): AccountService {
  return {
    list: async () =>
      Promise.all((await getAccounts()).accounts.map((account) => toAccountView(deps.vault, account))),
    async find(accountId) {
      const account = await findRecord(accountId);
      return account && { id: account.id, name: account.name, environment: account.environment };
    },
    save: (draft) => save(deps, draft),
    async check(draft, qrCodeId, onStep) {
      const { keys, saved, problems } = await resolveCredentials(deps, draft);
      if (!keys) return { ok: false, problems };
      const { id = 'probe', environment } = draft;
      const account = { id, name: draft.name.trim(), environment };
      const client = await clientFor(deps, account, keys, saved);
      const check = await checkConnection({ client, account, signIn: keys.authMethod, qrCodeId, onStep });
      return { ok: true, check };
    },
    remove: (accountId) => remove(deps, accountId),
  };
}

async function save(deps: AccountServiceDeps, draft: AccountDraft): Promise<SaveAccountResult> {
  const name = draft.name.trim();
  const { accounts } = await getAccounts();
  const { keys, problems } = await resolveCredentials(deps, draft);
  const others = accounts.filter(({ id }) => id !== draft.id);
  const invalidName = nameError(name, others);
  if (invalidName || !keys)
    return { ok: false, problems: invalidName ? [invalidName, ...problems] : problems };
  const { environment, authMethod, colour } = draft;
  const before = accounts.find(({ id }) => id === draft.id);
  // A change of environment makes a new account: a dialog that is open for the old one must not act on it.
  const changesEnvironment = before !== undefined && before.environment !== environment;
  const id = changesEnvironment || !draft.id ? crypto.randomUUID() : draft.id;
  const account: AccountRecord = { id, name, environment, authMethod, colour };
  // The vault may have been locked in the meantime.
  if (!(await deps.vault.save(account, keys)))
    return { ok: false, problems: [{ field: 'vault', code: 'closed' }] };
  await deps.clearGatewaySession(account.id);
  await saveAccount(account);
  if (changesEnvironment) await replaceAccount(deps, before.id, account.id);
  return { ok: true, account: await toAccountView(deps.vault, account) };
}

async function remove(
  { vault, clearGatewaySession }: AccountServiceDeps,
  accountId: string,
): Promise<AccountRemoval> {
  const keys = await vault.remove(accountId).catch(() => 'left' as const);
  const steps = [clearGatewaySession(accountId), ...(keys === 'left' ? [] : [deleteAccount(accountId)])];
  const hasFailed = (await Promise.allSettled(steps)).some(({ status }) => status === 'rejected');
  return { keys, account: keys !== 'left' && !hasFailed };
}

async function replaceAccount(deps: AccountServiceDeps, oldId: string, newId: string): Promise<void> {
  if ((await getAccounts()).currentId === oldId) await selectAccount(newId);
  await remove(deps, oldId);
}

/** The keys of a draft and those that are saved for its account, or everything that is wrong with the draft's keys. */
async function resolveCredentials(
  { vault, readPolicy }: AccountServiceDeps,
  draft: AccountDraft,
): Promise<ResolvedCredentials> {
  if ((await vault.state()).status !== 'open') return { problems: [{ field: 'vault', code: 'closed' }] };
  const record = await findRecord(draft.id);
  const opened = record && (await vault.open(record));
  const saved = opened?.ok ? opened.keys : undefined;
  return { saved, ...resolveKeys(draft, saved, await readPolicy()) };
}

/**
 * The client for a draft's keys. Saved keys use the account's own client, so that the check and the real calls share what
 * they learn about EnKash. New keys get a token of their own. If the account exists, they share its rate limit and the
 * form of its `Authorization` header.
 */
async function clientFor(
  deps: AccountServiceDeps,
  account: AccountRef,
  keys: Credentials,
  saved: Credentials | undefined,
): Promise<ConnectionCheckDeps['client']> {
  const isSaved = (await findRecord(account.id))?.environment === account.environment;
  if (isSaved && saved && sameKeys(keys, saved)) return deps.client;
  return deps.createTestClient(
    async ({ environment }) =>
      (await deps.hasHostPermission(environment))
        ? { ok: true, keys }
        : { ok: false, reason: 'no-site-access' },
    isSaved ? createTrialMemory(deps.memory) : createInMemorySessionStore(),
  );
}

async function findRecord(accountId: string | undefined): Promise<AccountRecord | undefined> {
  return (await getAccounts()).accounts.find(({ id }) => id === accountId);
}

async function toAccountView(vault: Pick<Vault, 'has'>, account: AccountRecord): Promise<AccountView> {
  return { ...account, hasKeys: await vault.has(account.id) };
}

function sameKeys(keys: Credentials, saved: Credentials): boolean {
  return Object.entries(keys).every(([part, value]) => Object(saved)[part] === value);
}
