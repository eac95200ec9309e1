import type { Account, OpenKeys } from './enkash/account.ts';
import type { EnKashClient } from './enkash/client.ts';
import type {
  AccountProblem,
  AccountView,
  Request,
  SaveAccountResult,
  TestConnectionResult,
} from './messages.ts';
import { type AccountRecord, deleteAccount, putAccount, readAccountBook } from './vault/accounts.ts';
import { completeKeys, type KeyStore, type Keys } from './vault/keys.ts';

type Draft = Request<'saveAccount'>;

export const MAX_ACCOUNT_NAME_LENGTH = 60;
/** Read when a connection is tested. That there is no such code is as good an answer as any. */
const TEST_QR_CODE_ID = 'connection-test';
/** Keys are sent as HTTP headers: no spaces, no control characters, nothing beyond ASCII. */
const PRINTABLE = /^[!-~]+$/;

export interface AccountOfficeDeps {
  keys: KeyStore;
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
  remove(accountId: string): Promise<void>;
}

/** Where accounts are entered, tested and taken out. */
export function createAccountOffice({ keys, forgetMemory, createProbe }: AccountOfficeDeps): AccountOffice {
  const view = async (account: AccountRecord): Promise<AccountView> => ({
    ...account,
    hasKeys: (await keys.read(account.id)) !== undefined,
  });

  async function complete(draft: Draft): Promise<{ keys?: Keys; problems: AccountProblem[] }> {
    const typed = { ...draft, accessKey: draft.accessKey.trim(), secret: draft.secret.trim() };
    const whole = completeKeys(typed, draft.id ? await keys.read(draft.id) : undefined);
    const problems: AccountProblem[] = [];
    const saved = draft.id ? await keys.read(draft.id) : undefined;
    if (!typed.accessKey && !saved) problems.push({ field: 'accessKey', code: 'required' });
    else if (typed.accessKey && !PRINTABLE.test(typed.accessKey))
      problems.push({ field: 'accessKey', code: 'not-printable' });
    if (typed.secret && !PRINTABLE.test(typed.secret))
      problems.push({ field: 'secret', code: 'not-printable' });
    else if (!typed.secret && saved?.signIn !== draft.signIn)
      problems.push({ field: 'secret', code: 'required' });
    return whole && problems.length === 0 ? { keys: whole, problems } : { problems };
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
      const { keys: whole, problems } = await complete(draft);
      const others = accounts.filter(({ id }) => id !== draft.id);
      const nameProblem = problemOfName(name, others);
      if (nameProblem || !whole)
        return { ok: false, problems: nameProblem ? [nameProblem, ...problems] : problems };
      const { environment, signIn } = draft;
      const account: AccountRecord = { id: draft.id ?? crypto.randomUUID(), name, environment, signIn };
      await keys.change(account.id, () => whole);
      await forgetMemory(account.id);
      await putAccount(account);
      return { ok: true, account: await view(account) };
    },
    async test(draft) {
      const { keys: whole, problems } = await complete(draft);
      if (!whole) return { ok: false, problems };
      const account = { id: 'probe', name: draft.name.trim(), environment: draft.environment };
      const answer = await createProbe(async () => whole).getQrCode(account, TEST_QR_CODE_ID);
      // Whatever the gateway says of a code that is not there, it let the keys in to say it.
      const letIn =
        answer.kind === 'answered' ||
        answer.kind === 'not-found' ||
        (answer.kind === 'rejected' && answer.httpStatus === 200);
      return letIn ? { ok: true } : { ok: false, failure: answer };
    },
    async remove(accountId) {
      await keys.remove(accountId);
      await forgetMemory(accountId);
      await deleteAccount(accountId);
    },
  };
}

function problemOfName(name: string, others: readonly AccountRecord[]): AccountProblem | undefined {
  if (name === '') return { field: 'name', code: 'required' };
  if (name.length > MAX_ACCOUNT_NAME_LENGTH)
    return { field: 'name', code: 'too-long', limit: MAX_ACCOUNT_NAME_LENGTH };
  const taken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  return taken ? { field: 'name', code: 'taken' } : undefined;
}
