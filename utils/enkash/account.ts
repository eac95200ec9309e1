import type { Environment } from '../environment.ts';

export type { Keys, OpenKeys } from '../vault/keys.ts';

/** What a call needs to know of an account. It is fixed when an action starts, whatever is switched later. */
export interface Account {
  id: string;
  name: string;
  environment: Environment;
}

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
