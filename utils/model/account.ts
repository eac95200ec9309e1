import type { Credentials, SignIn } from './credentials.ts';
import type { Environment } from './environment.ts';

export type { Credentials } from './credentials.ts';

/** The account of an action: its name and environment as they are when the action starts, even if they change later. */
export interface AccountRef {
  id: string;
  name: string;
  environment: Environment;
}

/** An account's keys, or why they are not to be had now. */
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

/** Opens the keys that an account's calls are made with. */
export type GetCredentials = (account: AccountRef) => Promise<CredentialsResult>;

/** How the `Authorization` header is written: `Bearer <token>` or the bare `<token>`. */
export type AuthorizationScheme = 'bearer' | 'bare';

/** What is remembered of an account's dealings with the gateway between two calls. */
export interface GatewaySession {
  token?: string | undefined;
  /** Epoch milliseconds after which the token is renewed before use; absent where its life is not known. */
  tokenExpiresAt?: number | undefined;
  scheme?: AuthorizationScheme | undefined;
  /** Epoch milliseconds before which the gateway asked for no further call. */
  rateLimitedUntil?: number | undefined;
}

export interface GatewaySessionStore {
  read(accountId: string): Promise<GatewaySession>;
  write(accountId: string, change: GatewaySession): Promise<void>;
}

/** Colours that tell accounts apart at a glance, beside their names. */
export const ACCOUNT_COLOURS = ['blue', 'green', 'orange', 'purple', 'grey'] as const;

export type AccountColour = (typeof ACCOUNT_COLOURS)[number];

/** What is kept of an account on disk. Its keys are elsewhere. */
export interface AccountRecord extends AccountRef {
  authMethod: SignIn;
  /** Absent in accounts that were saved before there were colours; then it is the first one. */
  colour?: AccountColour | undefined;
}
