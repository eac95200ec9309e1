import { randomBytes } from 'node:crypto';
import type { Environment } from './environment.ts';
import { MERCHANTS } from './merchants.ts';

const TOKEN_LIFETIME_MS = 30 * 60_000;

/** An issued token; `expiry` in milliseconds since 1970. */
export interface IssuedToken {
  token: string;
  expiry: number;
}

/** Issues and validates tokens. */
export class TokenIssuer {
  readonly #issued = new Map<string, { environment: Environment; expiry: number }>();

  /** Issues a token that is valid for half an hour in one environment; `withSigns`: with characters that encodings escape. */
  issue(environment: Environment, withSigns: boolean): IssuedToken {
    const digits = randomBytes(12).toString('hex');
    const token = withSigns
      ? `SANDBOX+${environment}/TOKEN/${digits}==`
      : `SANDBOX-${environment}-TOKEN-${digits}`;
    const expiry = Date.now() + TOKEN_LIFETIME_MS;
    this.#issued.set(token, { environment, expiry });
    return { token, expiry };
  }

  /** Whether the token is valid in the environment: issued there and not stale, or its merchant's ready-made one. */
  accepts(environment: Environment, token: string): boolean {
    if (token === MERCHANTS[environment].readyMadeToken) return true;
    const found = this.#issued.get(token);
    return found?.environment === environment && found.expiry > Date.now();
  }

  /** Makes all issued tokens stale. The ready-made ones stay valid. */
  expire(): void {
    this.#issued.clear();
  }
}
