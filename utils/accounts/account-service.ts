import { createPassingMemory, createTrialMemory } from '../enkash/session-store.ts';
import type {
  AccountProblem,
  AccountRemoval,
  AccountView,
  CheckConnectionResult,
  Request,
  SaveAccountResult,
} from '../messaging/protocol.ts';
import type { Account, AccountRecord, GatewayMemoryStore, OpenKeys } from '../model/account.ts';
import type { ConnectionCheck } from '../model/connection-check.ts';
import { completeKeys, type Keys } from '../model/credentials.ts';
import type { Environment } from '../model/environment.ts';
import type { Policy } from '../settings/policy.ts';
import type { Vault } from '../vault/vault.ts';
import { deleteAccount, putAccount, readAccountBook, useAccount } from './account-store.ts';
import { type ConnectionCheckDeps, checkConnection } from './connection-check.ts';

type Draft = Request<'saveAccount'>;

export const MAX_ACCOUNT_NAME_LENGTH = 60;
/** Keys are sent as HTTP headers: no spaces, no control characters, nothing beyond ASCII. */
const PRINTABLE = /^[!-~]+$/;

export interface AccountOfficeDeps {
  vault: Pick<Vault, 'has' | 'open' | 'save' | 'remove' | 'state'>;
  readPolicy(): Promise<Policy>;
  /** Whether the browser lets us call the gateway: people can take a site from an extension. */
  mayReach(environment: Environment): Promise<boolean>;
  /** Forgets tokens and the like of an account whose keys have changed. */
  forgetMemory(accountId: string): Promise<void>;
  /** The client of the saved accounts, and what it remembers of EnKash. */
  client: ConnectionCheckDeps['client'];
  memory: GatewayMemoryStore;
  /** A client that opens just the keys it is given, with a memory of its own. */
  createProbe(openKeys: OpenKeys, memory: GatewayMemoryStore): ConnectionCheckDeps['client'];
}

export interface AccountOffice {
  list(): Promise<AccountView[]>;
  find(accountId: string): Promise<Account | undefined>;
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
export function createAccountOffice(deps: AccountOfficeDeps): AccountOffice {
  const { vault, forgetMemory, createProbe } = deps;

  const view = async (account: AccountRecord): Promise<AccountView> => ({
    ...account,
    hasKeys: await vault.has(account.id),
  });

  async function savedKeys(accountId: string | undefined): Promise<Keys | undefined> {
    const known = (await readAccountBook()).accounts.find(({ id }) => id === accountId);
    const opened = known && (await vault.open(known));
    return opened?.ok ? opened.keys : undefined;
  }

  async function complete(
    draft: Draft,
  ): Promise<{ keys?: Keys; saved?: Keys | undefined; problems: AccountProblem[] }> {
    if ((await vault.state()).status !== 'open') return { problems: [{ field: 'vault', code: 'closed' }] };
    const typed = { ...draft, accessKey: draft.accessKey.trim(), secret: draft.secret.trim() };
    const saved = await savedKeys(draft.id);
    const problems: AccountProblem[] = [];
    if (!(await deps.readPolicy()).environments.includes(draft.environment))
      problems.push({ field: 'environment', code: 'forbidden' });
    if (!typed.accessKey && !saved) problems.push({ field: 'accessKey', code: 'required' });
    else if (typed.accessKey && !PRINTABLE.test(typed.accessKey))
      problems.push({ field: 'accessKey', code: 'not-printable' });
    if (typed.secret && !PRINTABLE.test(typed.secret))
      problems.push({ field: 'secret', code: 'not-printable' });
    else if (!typed.secret && saved?.signIn !== draft.signIn)
      problems.push({ field: 'secret', code: 'required' });
    const keys = completeKeys(typed, saved);
    return keys && problems.length === 0 ? { keys, saved, problems } : { problems };
  }

  async function exists({ id, environment }: Pick<Account, 'id' | 'environment'>): Promise<boolean> {
    const { accounts } = await readAccountBook();
    return accounts.some((account) => account.id === id && account.environment === environment);
  }

  /**
   * The client for a draft's keys. Keys that are saved are checked with the account's own client, so that the check and
   * the real calls know the same of EnKash. New keys get a token of their own, and share with the account, if it exists,
   * how long to wait and how to write the header.
   */
  async function clientFor(account: Account, keys: Keys, saved: Keys | undefined) {
    const isSaved = await exists(account);
    if (isSaved && saved && sameKeys(keys, saved)) return deps.client;
    return createProbe(
      async ({ environment }) =>
        (await deps.mayReach(environment)) ? { ok: true, keys } : { ok: false, reason: 'no-site-access' },
      isSaved ? createTrialMemory(deps.memory) : createPassingMemory(),
    );
  }

  async function takeOut(accountId: string): Promise<AccountRemoval> {
    const keys = await vault.remove(accountId).catch(() => 'left' as const);
    const done = [forgetMemory(accountId), ...(keys === 'left' ? [] : [deleteAccount(accountId)])];
    const failed = (await Promise.allSettled(done)).some(({ status }) => status === 'rejected');
    return { keys, account: keys !== 'left' && !failed };
  }

  async function replaceAccount(oldId: string, newId: string): Promise<void> {
    if ((await readAccountBook()).currentId === oldId) await useAccount(newId);
    await takeOut(oldId);
  }

  return {
    list: async () => Promise.all((await readAccountBook()).accounts.map(view)),
    async find(accountId) {
      const found = (await readAccountBook()).accounts.find(({ id }) => id === accountId);
      return found && { id: found.id, name: found.name, environment: found.environment };
    },
    async save(draft) {
      const name = draft.name.trim();
      const { accounts } = await readAccountBook();
      const { keys, problems } = await complete(draft);
      const others = accounts.filter(({ id }) => id !== draft.id);
      const nameProblem = problemOfName(name, others);
      if (nameProblem || !keys)
        return { ok: false, problems: nameProblem ? [nameProblem, ...problems] : problems };
      const { environment, signIn, colour } = draft;
      const before = accounts.find(({ id }) => id === draft.id);
      // In another environment it is another account: a dialog that is open on the old one must not reach it.
      const moved = before !== undefined && before.environment !== environment;
      const account: AccountRecord = {
        id: moved || !draft.id ? crypto.randomUUID() : draft.id,
        name,
        environment,
        signIn,
        colour,
      };
      // It may have been locked while this was going on.
      if (!(await vault.save(account, keys)))
        return { ok: false, problems: [{ field: 'vault', code: 'closed' }] };
      await forgetMemory(account.id);
      await putAccount(account);
      if (moved) await replaceAccount(before.id, account.id);
      return { ok: true, account: await view(account) };
    },
    async check(draft, qrCodeId, onStep) {
      const { keys, saved, problems } = await complete(draft);
      if (!keys) return { ok: false, problems };
      const { environment } = draft;
      const account = { id: draft.id ?? 'probe', name: draft.name.trim(), environment };
      const client = await clientFor(account, keys, saved);
      const { signIn } = keys;
      return { ok: true, check: await checkConnection({ client, account, signIn, qrCodeId, onStep }) };
    },
    remove: takeOut,
  };
}

function problemOfName(name: string, others: readonly AccountRecord[]): AccountProblem | undefined {
  if (name === '') return { field: 'name', code: 'required' };
  if (name.length > MAX_ACCOUNT_NAME_LENGTH)
    return { field: 'name', code: 'too-long', limit: MAX_ACCOUNT_NAME_LENGTH };
  const taken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  return taken ? { field: 'name', code: 'taken' } : undefined;
}

function sameKeys(keys: Keys, saved: Keys): boolean {
  return Object.entries(keys).every(([part, value]) => Object(saved)[part] === value);
}
