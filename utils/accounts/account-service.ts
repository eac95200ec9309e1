import { createInMemorySessionStore, createTrialMemory } from '../enkash/session-store.ts';
import type {
  AccountError,
  AccountRemoval,
  AccountView,
  CheckConnectionResult,
  Request,
  SaveAccountResult,
} from '../messaging/protocol.ts';
import type { AccountRecord, AccountRef, GatewaySessionStore, GetCredentials } from '../model/account.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';
import { type Credentials, mergeCredentials } from '../model/credentials.ts';
import type { Environment } from '../model/environment.ts';
import type { Policy } from '../settings/policy.ts';
import type { Vault } from '../vault/vault.ts';
import { deleteAccount, getAccounts, saveAccount, selectAccount } from './account-store.ts';
import { type ConnectionCheckDeps, checkConnection } from './connection-check.ts';

type Draft = Request<'saveAccount'>;

export const MAX_ACCOUNT_NAME_LENGTH = 60;
/** Keys are sent as HTTP headers: no spaces, no control characters, nothing beyond ASCII. */
const HEADER_SAFE = /^[!-~]+$/;

export interface AccountServiceDeps {
  vault: Pick<Vault, 'has' | 'open' | 'save' | 'remove' | 'state'>;
  readPolicy(): Promise<Policy>;
  /** Whether the browser lets us call the gateway: people can take a site from an extension. */
  hasHostPermission(environment: Environment): Promise<boolean>;
  /** Forgets tokens and the like of an account whose keys have changed. */
  clearGatewaySession(accountId: string): Promise<void>;
  /** The client of the saved accounts, and what it remembers of EnKash. */
  client: ConnectionCheckDeps['client'];
  memory: GatewaySessionStore;
  /** A client that opens just the keys it is given, with a memory of its own. */
  createTestClient(openKeys: GetCredentials, memory: GatewaySessionStore): ConnectionCheckDeps['client'];
}

export interface AccountService {
  list(): Promise<AccountView[]>;
  find(accountId: string): Promise<AccountRef | undefined>;
  save(draft: Draft): Promise<SaveAccountResult>;
  /** Checks the connection with the keys of a draft, saved or not, and saves nothing. */
  check(
    draft: Draft,
    qrCodeId: string | undefined,
    onStep: (check: ConnectionCheck) => void,
  ): Promise<CheckConnectionResult>;
  /** Deletes the keys first. An account whose keys are left stays in the list, so that it can be tried again. */
  remove(accountId: string): Promise<AccountRemoval>;
}

/** Where accounts are entered, checked and taken out. */
export function createAccountService(deps: AccountServiceDeps): AccountService {
  const { vault, clearGatewaySession, createTestClient } = deps;

  const toAccountView = async (account: AccountRecord): Promise<AccountView> => ({
    ...account,
    hasKeys: await vault.has(account.id),
  });

  async function savedKeys(accountId: string | undefined): Promise<Credentials | undefined> {
    const known = (await getAccounts()).accounts.find(({ id }) => id === accountId);
    const opened = known && (await vault.open(known));
    return opened?.ok ? opened.keys : undefined;
  }

  async function resolveCredentials(
    draft: Draft,
  ): Promise<{ keys?: Credentials; saved?: Credentials | undefined; problems: AccountError[] }> {
    if ((await vault.state()).status !== 'open') return { problems: [{ field: 'vault', code: 'closed' }] };
    const typed = { ...draft, accessKey: draft.accessKey.trim(), secret: draft.secret.trim() };
    const saved = await savedKeys(draft.id);
    const problems: AccountError[] = [];
    if (!(await deps.readPolicy()).environments.includes(draft.environment))
      problems.push({ field: 'environment', code: 'forbidden' });
    if (!typed.accessKey && !saved) problems.push({ field: 'accessKey', code: 'required' });
    else if (typed.accessKey && !HEADER_SAFE.test(typed.accessKey))
      problems.push({ field: 'accessKey', code: 'not-printable' });
    if (typed.secret && !HEADER_SAFE.test(typed.secret))
      problems.push({ field: 'secret', code: 'not-printable' });
    else if (!typed.secret && saved?.authMethod !== draft.authMethod)
      problems.push({ field: 'secret', code: 'required' });
    const keys = mergeCredentials(typed, saved);
    return keys && problems.length === 0 ? { keys, saved, problems } : { problems };
  }

  async function exists({ id, environment }: Pick<AccountRef, 'id' | 'environment'>): Promise<boolean> {
    const { accounts } = await getAccounts();
    return accounts.some((account) => account.id === id && account.environment === environment);
  }

  /**
   * The client for a draft's keys. Keys that are saved are checked with the account's own client, so that the check and
   * the real calls know the same of EnKash. New keys get a token of their own, and share with the account, if it exists,
   * how long to wait and how to write the header.
   */
  async function clientFor(account: AccountRef, keys: Credentials, saved: Credentials | undefined) {
    const isSaved = await exists(account);
    if (isSaved && saved && sameKeys(keys, saved)) return deps.client;
    return createTestClient(
      async ({ environment }) =>
        (await deps.hasHostPermission(environment))
          ? { ok: true, keys }
          : { ok: false, reason: 'no-site-access' },
      isSaved ? createTrialMemory(deps.memory) : createInMemorySessionStore(),
    );
  }

  async function removeFromVault(accountId: string): Promise<AccountRemoval> {
    const keys = await vault.remove(accountId).catch(() => 'left' as const);
    const done = [clearGatewaySession(accountId), ...(keys === 'left' ? [] : [deleteAccount(accountId)])];
    const failed = (await Promise.allSettled(done)).some(({ status }) => status === 'rejected');
    return { keys, account: keys !== 'left' && !failed };
  }

  async function replaceAccount(oldId: string, newId: string): Promise<void> {
    if ((await getAccounts()).currentId === oldId) await selectAccount(newId);
    await removeFromVault(oldId);
  }

  return {
    list: async () => Promise.all((await getAccounts()).accounts.map(toAccountView)),
    async find(accountId) {
      const found = (await getAccounts()).accounts.find(({ id }) => id === accountId);
      return found && { id: found.id, name: found.name, environment: found.environment };
    },
    async save(draft) {
      const name = draft.name.trim();
      const { accounts } = await getAccounts();
      const { keys, problems } = await resolveCredentials(draft);
      const others = accounts.filter(({ id }) => id !== draft.id);
      const nameProblem = problemOfName(name, others);
      if (nameProblem || !keys)
        return { ok: false, problems: nameProblem ? [nameProblem, ...problems] : problems };
      const { environment, authMethod, colour } = draft;
      const before = accounts.find(({ id }) => id === draft.id);
      // In another environment it is another account: a dialog that is open on the old one must not reach it.
      const changesEnvironment = before !== undefined && before.environment !== environment;
      const account: AccountRecord = {
        id: changesEnvironment || !draft.id ? crypto.randomUUID() : draft.id,
        name,
        environment,
        authMethod,
        colour,
      };
      // It may have been locked while this was going on.
      if (!(await vault.save(account, keys)))
        return { ok: false, problems: [{ field: 'vault', code: 'closed' }] };
      await clearGatewaySession(account.id);
      await saveAccount(account);
      if (changesEnvironment) await replaceAccount(before.id, account.id);
      return { ok: true, account: await toAccountView(account) };
    },
    async check(draft, qrCodeId, onStep) {
      const { keys, saved, problems } = await resolveCredentials(draft);
      if (!keys) return { ok: false, problems };
      const { environment } = draft;
      const account = { id: draft.id ?? 'probe', name: draft.name.trim(), environment };
      const client = await clientFor(account, keys, saved);
      const { authMethod } = keys;
      return {
        ok: true,
        check: await checkConnection({ client, account, signIn: authMethod, qrCodeId, onStep }),
      };
    },
    remove: removeFromVault,
  };
}

function problemOfName(name: string, others: readonly AccountRecord[]): AccountError | undefined {
  if (name === '') return { field: 'name', code: 'required' };
  if (name.length > MAX_ACCOUNT_NAME_LENGTH)
    return { field: 'name', code: 'too-long', limit: MAX_ACCOUNT_NAME_LENGTH };
  const taken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  return taken ? { field: 'name', code: 'taken' } : undefined;
}

function sameKeys(keys: Credentials, saved: Credentials): boolean {
  return Object.entries(keys).every(([part, value]) => Object(saved)[part] === value);
}
