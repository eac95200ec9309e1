import type { Keys, SignIn } from './credentials.ts';
import type { Environment } from './environment.ts';

export type { Keys } from './credentials.ts';

/** What a call needs to know of an account. It is fixed when an action starts, whatever is switched later. */
export interface Account {
  id: string;
  name: string;
  environment: Environment;
}

/** An account's keys, or why they are not to be had now. */
export type OpenedKeys =
  | { ok: true; keys: Keys }
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
export type OpenKeys = (account: Account) => Promise<OpenedKeys>;

/** How the `Authorization` header is written: `Bearer <token>` or the bare `<token>`. */
export type AuthorizationScheme = 'bearer' | 'bare';

/** What is remembered of an account's dealings with the gateway between two calls. */
export interface GatewayMemory {
  token?: string | undefined;
  /** Epoch milliseconds after which the token is renewed before use; absent where its life is not known. */
  tokenExpiresAt?: number | undefined;
  scheme?: AuthorizationScheme | undefined;
  /** Epoch milliseconds before which the gateway asked for no further call. */
  holdUntil?: number | undefined;
}

export interface GatewayMemoryStore {
  read(accountId: string): Promise<GatewayMemory>;
  write(accountId: string, change: GatewayMemory): Promise<void>;
}

/** Colours that tell accounts apart at a glance, beside their names. */
export const ACCOUNT_COLOURS = ['blue', 'green', 'orange', 'purple', 'grey'] as const;

export type AccountColour = (typeof ACCOUNT_COLOURS)[number];

/** What is kept of an account on disk. Its keys are elsewhere. */
export interface AccountRecord {
  id: string;
  name: string;
  environment: Environment;
  signIn: SignIn;
  /** Absent in accounts that were saved before there were colours; then it is the first one. */
  colour?: AccountColour | undefined;
}
