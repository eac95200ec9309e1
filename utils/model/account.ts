import type { Credentials, SignIn } from './credentials.ts';
import type { Environment } from './environment.ts';

export type { Credentials } from './credentials.ts';

/** The account of an action: its name and environment as they are when the action starts, even if they change later. */
export interface AccountRef {
  id: string;
  name: string;
  environment: Environment;
}

/** An account's keys, or the reason they are unavailable. */
export type CredentialsResult =
  | { ok: true; keys: Credentials }
  | {
      ok: false;
      reason:
        | 'no-keys'
        | 'locked'
        | 'keys-unreadable'
        | 'forbidden'
        | 'passphrase-required'
        | 'no-site-access';
    };

/** Decrypts the keys for an account's calls. */
export type GetCredentials = (account: AccountRef) => Promise<CredentialsResult>;

/** How the `Authorization` header is written: `Bearer <token>` or the bare `<token>`. */
export type AuthorizationScheme = 'bearer' | 'bare';

/** The state of an account at the gateway between two calls. */
export interface GatewaySession {
  token?: string | undefined;
  /** Epoch milliseconds after which the token is renewed before use; absent if its lifetime is unknown. */
  tokenExpiresAt?: number | undefined;
  scheme?: AuthorizationScheme | undefined;
  /** Epoch milliseconds until which the gateway asked for no further call. */
  rateLimitedUntil?: number | undefined;
}

export interface GatewaySessionStore {
  read(accountId: string): Promise<GatewaySession>;
  write(accountId: string, change: GatewaySession): Promise<void>;
}

/** Colours that distinguish accounts, beside their names. */
export const ACCOUNT_COLOURS = ['blue', 'green', 'orange', 'purple', 'grey'] as const;

export type AccountColour = (typeof ACCOUNT_COLOURS)[number];

/** An account on disk, without its keys. */
export interface AccountRecord extends AccountRef {
  authMethod: SignIn;
  /** If absent, the first colour. */
  colour?: AccountColour | undefined;
}
