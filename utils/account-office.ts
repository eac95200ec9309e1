import type { Account, OpenKeys } from './enkash/account.ts';
import type { EnKashClient } from './enkash/client.ts';
import type { Environment } from './environment.ts';
import type {
  AccountProblem,
  AccountRemoval,
  AccountView,
  Request,
  SaveAccountResult,
  TestConnectionResult,
} from './messages.ts';
import type { Policy } from './policy.ts';
import {
  type AccountRecord,
  deleteAccount,
  putAccount,
  readAccountBook,
  useAccount,
} from './vault/accounts.ts';
import { completeKeys, type Keys } from './vault/keys.ts';
import type { Vault } from './vault/vault.ts';

type Draft = Request<'saveAccount'>;

export const MAX_ACCOUNT_NAME_LENGTH = 60;
/** Read when a connection is tested. That there is no such code is as good an answer as any. */
const TEST_QR_CODE_ID = 'connection-test';
/** Keys are sent as HTTP headers: no spaces, no control characters, nothing beyond ASCII. */
const PRINTABLE = /^[!-~]+$/;

export interface AccountOfficeDeps {
  vault: Pick<Vault, 'has' | 'open' | 'save' | 'remove' | 'state'>;
  readPolicy(): Promise<Policy>;
  /** Whether the browser lets us call the gateway: people can take a site from an extension. */
  mayReach(environment: Environment): Promise<boolean>;
  /** Forgets tokens and the like of an account whose keys have changed. */
  forgetMemory(accountId: string): Promise<void>;
  /** A client that opens just the keys it is given and remembers nothing. */
  createProbe(openKeys: OpenKeys): EnKashClient;
}

export interface AccountOffice {
  list(): Promise<AccountView[]>;
  find(accountId: string): Promise<Account | undefined>;
  save(draft: Draft): Promise<SaveAccountResult>;
  test(draft: Draft): Promise<TestConnectionResult>;
  /** Deletes the keys first. An account whose keys are left stays in the list, so that it can be tried again. */
  remove(accountId: string): Promise<AccountRemoval>;
}

/** Where accounts are entered, tested and taken out. */
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

  async function complete(draft: Draft): Promise<{ keys?: Keys; problems: AccountProblem[] }> {
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
    return keys && problems.length === 0 ? { keys, problems } : { problems };
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
    async test(draft) {
      const { keys, problems } = await complete(draft);
      if (!keys) return { ok: false, problems };
      const account = { id: 'probe', name: draft.name.trim(), environment: draft.environment };
      const probe = createProbe(async ({ environment }) =>
        (await deps.mayReach(environment)) ? { ok: true, keys } : { ok: false, reason: 'no-site-access' },
      );
      const answer = await probe.getQrCode(account, TEST_QR_CODE_ID);
      // Whatever the gateway says of a code that is not there, it let the keys in to say it.
      const letIn =
        answer.kind === 'answered' ||
        answer.kind === 'not-found' ||
        (answer.kind === 'rejected' && answer.httpStatus === 200);
      return letIn ? { ok: true } : { ok: false, failure: answer };
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
