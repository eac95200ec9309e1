import type { StoreApi } from 'zustand/vanilla';
import type { NewQrCode } from '../enkash/create.ts';
import type { QrCode } from '../enkash/qr-code.ts';
import type { ExistingReplacement, FindReplacement } from '../history/find-replacements.ts';
import type { Clock } from '../lib/clock.ts';
import type { AppState, Send } from '../messaging/protocol.ts';
import type { AccountRef } from '../model/account.ts';
import type { GatewayResult } from '../model/gateway-result.ts';
import type { CreateResult } from '../qr-code/create.ts';
import type { FormProblem, ParamField, ReplacementForm } from '../qr-code/replacement-form.ts';

/** A replacement of a cancelled code: its form, its confirmation, one create request, and the result. */
export interface Replacement {
  account: AccountRef;
  /** The id of the cancelled code. */
  replaces: string;
  /** The cancelled code's expiry, as the gateway wrote it. */
  givenExpiry: string;
  form: ReplacementForm;
  problems: readonly FormProblem[];
  stage: 'form' | 'asking' | 'sending' | 'ended';
  /** An earlier create for the same code, by any page, so that the operator does not create a second one unknowingly. */
  before?: ExistingReplacement | undefined;
  /** Whether another account has become current since the request: a search would use that account and find nothing. */
  elsewhere?: boolean;
  /** The create request, from the confirmation on. */
  request?: NewQrCode;
  /** The word that the operator must type before the request; none in UAT. */
  word?: string | undefined;
  typed: string;
  result?: CreateResult;
  /** The last read of the new code. */
  read?: 'reading' | GatewayResult<QrCode>;
  /** Whether the new code's id is in the clipboard. */
  copied?: boolean;
}

export interface ReplacementState {
  replacement: Replacement | undefined;
}

export interface ReplacementActions {
  /** Opens the form, filled from a cancelled code of an account. */
  begin(account: Replacement['account'], replaces: string, code: QrCode): void;
  /**
   * Follows the current account and the lock. Closes a replacement that is not sent yet if its account is locked or no
   * longer current. After the request it stays until it is closed; the page hides it while the keys are locked.
   */
  follow(page: AppState | undefined): void;
  /** Looks again for an earlier create while the form is open, because another page may have sent one since. */
  lookAgain(): Promise<void>;
  change(change: Partial<ReplacementForm>): void;
  changeParam(index: number, change: Partial<ParamField>): void;
  addParam(): void;
  removeParam(index: number): void;
  /**
   * Opens the confirmation, or shows the problems of the form. The value of a half-typed expiry is empty, as if there
   * were none, so the page passes `isExpiryUnfinished`.
   */
  ask(isExpiryUnfinished?: boolean): void;
  setTyped(typed: string): void;
  /** Goes back to the form, from the confirmation or from a result without a new code. */
  backToForm(): void;
  /** Sends the confirmed request, once, however often it is called. */
  confirm(): Promise<void>;
  /** Reads the new code, for the fields that the create's answer lacked. */
  refreshNewCode(): Promise<void>;
  copyId(): Promise<void>;
  saveImage(): void;
  /** Searches the replacement's account for the requested name, if it is unknown whether a code was created. */
  searchByName(): void;
  close(): void;
}

export type ReplacementStore = StoreApi<ReplacementState> & { actions: ReplacementActions };

export interface ReplacementDeps {
  send: Send;
  clock: Pick<Clock, 'now'>;
  /** Finds the latest create for the same code in the journal. */
  earlier: FindReplacement;
  copy: (text: string) => Promise<void>;
  /** Saves an image (a `data:` URL) as a file. */
  saveImage: (fileName: string, address: string) => void;
  /** Searches for a text in the search tab. */
  search: (text: string) => void;
}

/** What the slices of the replacement's store share. */
export interface ReplacementContext extends ReplacementDeps {
  /** The replacement on screen. */
  get(): Replacement | undefined;
  /** Changes it, unless it was closed. */
  set(change: Partial<Replacement>): void;
  /** Opens another one in its place, or none. */
  replace(replacement: Replacement | undefined): void;
}

/** Whether there is, or may be, a new code. */
export function mayExist({ outcome }: CreateResult): boolean {
  return outcome.kind === 'created' || outcome.kind === 'unconfirmed';
}

/** The latest state of the new code: from a read since, else from the create's answer. */
export function latestNewCode(replacement: Replacement | undefined) {
  const created = replacement?.result?.qrCode;
  const read = replacement?.read;
  if (!created || typeof read !== 'object' || read.kind !== 'answered') return created;
  return { ...read.payload, qrCodeId: created.qrCodeId };
}
