import * as v from 'valibot';
import type { Call } from '../call.ts';
import type { Operation } from '../operation.ts';
import type { QrCodeStore } from '../qr-code-store.ts';
import type { RawResponse } from '../raw-response.ts';
import type { TokenIssuer } from '../token-issuer.ts';

/** The calls that bear a token. */
export const QR_CALLS = ['get', 'search', 'create', 'cancel'] as const satisfies readonly Operation[];

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Checks the options of a dialect, whatever their origin. */
export const DIALECT_OPTIONS = v.strictObject({
  /** The operations it strikes, in place of those that the dialect names. */
  on: v.exactOptional(v.array(v.picklist([...QR_CALLS, 'token', 'other']))),
  /** Strikes for this QR code alone. */
  qrCodeId: v.exactOptional(v.string()),
  /** How many of those requests pass first. */
  after: v.exactOptional(count),
  /** From then on, strikes each request whose number is a multiple of this. */
  every: v.exactOptional(count),
  /** How a cancel that is carried out is answered: with a 502 page, code 0 and ACTIVE, or a lost connection. */
  cancelAnswer: v.exactOptional(v.picklist(['page', 'says-active', 'lost'])),
  /** The wait that is asked for, in seconds. */
  seconds: v.exactOptional(v.pipe(v.number(), v.integer())),
  /** By how many milliseconds the server's clock is ahead; behind if negative. */
  skewMs: v.exactOptional(v.pipe(v.number(), v.integer())),
});

export type DialectOptions = v.InferOutput<typeof DIALECT_OPTIONS>;

/** The options that only some dialects take. */
type OwnOption = 'cancelAnswer' | 'seconds' | 'skewMs';

/** What a dialect may look at and change at the gateway. */
export interface World {
  qrCodes: QrCodeStore;
  tokens: TokenIssuer;
}

/** Hands a call on to the next dialect, and in the end to the gateway. */
export type Next = (call: Call) => Promise<RawResponse>;

/** Answers one call, by itself or with what `next` answers. */
export type Layer = (call: Call, next: Next) => RawResponse | Promise<RawResponse>;

/** A standing behaviour of the gateway or of something before it. */
export interface Dialect {
  /** What it does, in one line. */
  description: string;
  /** The operations it strikes unless its options say otherwise. */
  on: readonly Operation[];
  /** Options that apply unless given. */
  defaults?: DialectOptions;
  /** The options of its own that it takes. */
  takes?: readonly OwnOption[];
  /** Called when it is switched on. */
  start(options: DialectOptions, world: World): Layer;
  /** Called once, when the requests that `after` lets pass are over. */
  afterwards?(world: World): void;
}
