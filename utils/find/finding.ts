import type { SearchHit } from '../enkash/search.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { PictureContent } from '../qr-picture/payment-text.ts';

/** A code of the account that may be the one in the picture. */
export type FoundCode = Omit<SearchHit, 'qrCodeBase64'>;

/** The codes of the account that may be the one in a picture. */
export interface Finding {
  /** Codes whose own picture says the very same as the picture. */
  equal: readonly FoundCode[];
  /** Codes whose ID stands in the picture, and whose own picture is missing or can't be read. */
  notCompared: readonly FoundCode[];
  /** Whether every code that was to be compared was compared. If not, another code may be equal too. */
  isComplete: boolean;
}

/** How far a run is. */
export interface FindProgress {
  /** The number of different codes that were read. */
  read: number;
  /** The number of them whose own picture was compared. */
  compared: number;
  /** Epoch ms until which the gateway asks to wait. */
  waitingUntil?: number | undefined;
}

/** The result of a run over one picture or several. */
export interface FindRun extends FindProgress {
  /** By the text of the picture. */
  findings: ReadonlyMap<string, Finding>;
  /**
   * `all`: every code was compared that had to be. `unsure`: the gateway's pages contradict each other. `full`: the account
   * has more codes than are read. `no-pictures`: the gateway gives no pictures of codes. `failed`: see `failure`.
   */
  end: 'all' | 'unsure' | 'full' | 'no-pictures' | 'stopped' | 'failed';
  failure?: GatewayFailure;
  /** What the own pictures of the account's codes say, one for each code that was compared. */
  others: readonly PictureContent[];
}

/**
 * The code in the picture. Only one whose own picture says the very same, and only if no other code does and none was left
 * out. Else `undefined`: then the operator decides.
 */
export function provenCode({ equal, isComplete }: Finding): FoundCode | undefined {
  return isComplete && equal.length === 1 ? equal[0] : undefined;
}
