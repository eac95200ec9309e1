import type { AccountError, Request } from '../messaging/protocol.ts';
import type { AccountRecord } from '../model/account.ts';
import { type Credentials, mergeCredentials } from '../model/credentials.ts';
import type { Policy } from '../settings/policy.ts';

/** An account as the form submits it. An empty key means: as saved before. */
export type AccountDraft = Request<'saveAccount'>;

const MAX_ACCOUNT_NAME_LENGTH = 60;
/** Keys are sent as HTTP headers: no spaces, no control characters, ASCII only. */
const HEADER_SAFE = /^[!-~]+$/;

/** The problem of an account's name, if any. Names are unique among all accounts, regardless of case. */
export function nameError(name: string, others: readonly AccountRecord[]): AccountError | undefined {
  if (name === '') return { field: 'name', code: 'required' };
  if (name.length > MAX_ACCOUNT_NAME_LENGTH)
    return { field: 'name', code: 'too-long', limit: MAX_ACCOUNT_NAME_LENGTH };
  const isTaken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  return isTaken ? { field: 'name', code: 'taken' } : undefined;
}

/** The keys of a draft, completed with the saved ones, or everything that is wrong with them. */
export function resolveKeys(
  draft: AccountDraft,
  saved: Credentials | undefined,
  { environments }: Policy,
): { keys: Credentials | undefined; problems: AccountError[] } {
  const typed = { ...draft, accessKey: draft.accessKey.trim(), secret: draft.secret.trim() };
  const problems: AccountError[] = [];
  if (!environments.includes(draft.environment)) problems.push({ field: 'environment', code: 'forbidden' });
  if (!typed.accessKey && !saved) problems.push({ field: 'accessKey', code: 'required' });
  else if (typed.accessKey && !HEADER_SAFE.test(typed.accessKey))
    problems.push({ field: 'accessKey', code: 'not-printable' });
  if (typed.secret && !HEADER_SAFE.test(typed.secret))
    problems.push({ field: 'secret', code: 'not-printable' });
  else if (!typed.secret && saved?.authMethod !== draft.authMethod)
    problems.push({ field: 'secret', code: 'required' });
  return { keys: problems.length === 0 ? mergeCredentials(typed, saved) : undefined, problems };
}
