/** How an account signs in: with a secret key that fetches tokens, or with a token EnKash handed out. */
export type Keys =
  | { signIn: 'secret-key'; accessKey: string; secretKey: string }
  | { signIn: 'authorization-token'; accessKey: string; authorizationToken: string };

export type SignIn = Keys['signIn'];

/** What was typed for an account's keys. An empty text means: as saved before. */
export interface TypedKeys {
  signIn: SignIn;
  accessKey: string;
  secret: string;
}

/** Builds keys from what was typed and what was saved; `undefined` where a part is in neither. */
export function completeKeys(typed: TypedKeys, saved: Keys | undefined): Keys | undefined {
  const accessKey = typed.accessKey || saved?.accessKey;
  const sameKind = saved?.signIn === typed.signIn ? saved : undefined;
  if (!accessKey) return undefined;
  if (typed.signIn === 'secret-key') {
    const secretKey = typed.secret || (sameKind?.signIn === 'secret-key' ? sameKind.secretKey : '');
    return secretKey ? { signIn: 'secret-key', accessKey, secretKey } : undefined;
  }
  const authorizationToken =
    typed.secret || (sameKind?.signIn === 'authorization-token' ? sameKind.authorizationToken : '');
  return authorizationToken ? { signIn: 'authorization-token', accessKey, authorizationToken } : undefined;
}
