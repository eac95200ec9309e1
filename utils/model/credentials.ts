/** The keys of an account: a secret key that fetches tokens, or an authorization token from EnKash. */
export type Credentials =
  | { authMethod: 'secret-key'; accessKey: string; secretKey: string }
  | { authMethod: 'authorization-token'; accessKey: string; authorizationToken: string };

export type SignIn = Credentials['authMethod'];

/** The keys as typed. An empty text means the saved value. */
export interface CredentialInput {
  authMethod: SignIn;
  accessKey: string;
  secret: string;
}

/** Merges typed and saved keys; `undefined` if a part is in neither. */
export function mergeCredentials(
  typed: CredentialInput,
  saved: Credentials | undefined,
): Credentials | undefined {
  const accessKey = typed.accessKey || saved?.accessKey;
  const sameKind = saved?.authMethod === typed.authMethod ? saved : undefined;
  if (!accessKey) return undefined;
  if (typed.authMethod === 'secret-key') {
    const secretKey = typed.secret || (sameKind?.authMethod === 'secret-key' ? sameKind.secretKey : '');
    return secretKey ? { authMethod: 'secret-key', accessKey, secretKey } : undefined;
  }
  const authorizationToken =
    typed.secret || (sameKind?.authMethod === 'authorization-token' ? sameKind.authorizationToken : '');
  return authorizationToken
    ? { authMethod: 'authorization-token', accessKey, authorizationToken }
    : undefined;
}
