import * as v from 'valibot';
import type { Call } from '../call.ts';
import type { Operation } from '../operation.ts';
import type { QrCodeStore } from '../qr-code-store.ts';
import type { RawResponse } from '../raw-response.ts';
import type { TokenIssuer } from '../token-issuer.ts';

/** The calls that carry a token. */
export const QR_CALLS = ['get', 'search', 'create', 'cancel'] as const satisfies readonly Operation[];

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The schema of a dialect's options, which may come from curl. */
export const DIALECT_OPTIONS = v.strictObject({
  /** The operations it applies to, instead of the dialect's own list. */
  on: v.exactOptional(v.array(v.picklist([...QR_CALLS, 'token', 'other']))),
  /** Applies only to this QR code. */
  qrCodeId: v.exactOptional(v.string()),
  /** The number of matching requests that pass unchanged first. */
  after: v.exactOptional(count),
  /** After those, applies only to requests whose number is a multiple of this. */
  every: v.exactOptional(count),
  /** The response to a cancel that is applied: a 502 page, code 0 with ACTIVE, or a lost connection. */
  cancelAnswer: v.exactOptional(v.picklist(['page', 'says-active', 'lost'])),
  /** The requested wait, in seconds. */
  seconds: v.exactOptional(v.pipe(v.number(), v.integer())),
  /** How far the server's clock is ahead, in milliseconds; behind if negative. */
  skewMs: v.exactOptional(v.pipe(v.number(), v.integer())),
});

export type DialectOptions = v.InferOutput<typeof DIALECT_OPTIONS>;

/** The options that only some dialects have. */
type OwnOption = 'cancelAnswer' | 'seconds' | 'skewMs';

/** The gateway's state that a dialect may read and change. */
export interface World {
  qrCodes: QrCodeStore;
  tokens: TokenIssuer;
}

/** Passes a call on to the next inner dialect, or to the gateway. */
export type Next = (call: Call) => Promise<RawResponse>;

/** Answers one call itself, or with the response of `next`. */
export type Layer = (call: Call, next: Next) => RawResponse | Promise<RawResponse>;

/** A permanent behaviour of the gateway or of an intermediary. */
export interface Dialect {
  /** A description in one line. */
  description: string;
  /** The operations it applies to by default. */
  on: readonly Operation[];
  /** Default options. */
  defaults?: DialectOptions;
  /** The additional options that it has. */
  takes?: readonly OwnOption[];
  /** Called when the dialect is added. */
  start(options: DialectOptions, world: World): Layer;
  /** Called once, after the requests that `after` lets pass. */
  afterwards?(world: World): void;
}
