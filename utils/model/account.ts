import type { Credentials, SignIn } from './credentials.ts';
import type { Environment } from './environment.ts';

export type { Credentials } from './credentials.ts';

/** The account of a call. It is fixed when an action starts, even if the operator switches accounts later. */
export interface Account {
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

/** Returns the keys for an account's calls. */
export type GetCredentials = (account: Account) => Promise<CredentialsResult>;

/** How the `Authorization` header is written: `Bearer <token>` or the bare `<token>`. */
export type AuthorizationScheme = 'bearer' | 'bare';

/** The gateway state of an account between two calls. */
export interface GatewaySession {
  token?: string | undefined;
  /** Epoch milliseconds after which the token is renewed before use; absent if its lifetime is unknown. */
  tokenExpiresAt?: number | undefined;
  scheme?: AuthorizationScheme | undefined;
  /** Epoch milliseconds before which the gateway asked for no further call. */
  rateLimitedUntil?: number | undefined;
}

export interface GatewaySessionStore {
  read(accountId: string): Promise<GatewaySession>;
  write(accountId: string, change: GatewaySession): Promise<void>;
}

/** Colours that distinguish accounts, besides their names. */
export const ACCOUNT_COLOURS = ['blue', 'green', 'orange', 'purple', 'grey'] as const;

export type AccountColour = (typeof ACCOUNT_COLOURS)[number];

/** An account as stored on disk, without its keys. */
export interface AccountRecord {
  id: string;
  name: string;
  environment: Environment;
  authMethod: SignIn;
  /** Absent in accounts that were saved before colours existed; the first colour then applies. */
  colour?: AccountColour | undefined;
}
