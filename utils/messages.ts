import { defineExtensionMessaging } from '@webext-core/messaging';
import type { InferOutput } from 'valibot';
import type { GatewayAnswer } from './enkash/errors.ts';
import type { QrCode } from './enkash/qr-code.ts';
import type { HandOver } from './hand-over.ts';
import type { messageSchemas } from './message-schemas.ts';
import type { Attempt } from './qr-code/attempt.ts';
import type { CancelResult } from './qr-code/cancel.ts';
import type { CheckResult } from './qr-code/check.ts';
import type { Settings } from './settings.ts';
import type { AccountRecord } from './vault/accounts.ts';

/** An account as pages see it: never with its keys, only with whether they are at hand. */
export interface AccountView extends AccountRecord {
  hasKeys: boolean;
}

export interface PageState {
  accounts: AccountView[];
  currentId: string | null;
  settings: Settings;
}

/** Why a draft of an account was not saved. Nothing was changed then. */
export type AccountProblem =
  | { field: 'name'; code: 'required' | 'taken' }
  | { field: 'name'; code: 'too-long'; limit: number }
  | { field: 'accessKey' | 'secret'; code: 'required' | 'not-printable' };

export type SaveAccountResult =
  | { ok: true; account: AccountView }
  | { ok: false; problems: AccountProblem[] };

export type TestConnectionResult =
  | { ok: true }
  | { ok: false; problems: AccountProblem[] }
  | { ok: false; failure: Exclude<GatewayAnswer<never>, { kind: 'answered' }> };

interface Answers {
  readPage: PageState;
  takeHandOver: HandOver | null;
  readQrCode: GatewayAnswer<QrCode>;
  checkStatus: CheckResult;
  cancelQrCode: CancelResult;
  readLastCancel: Attempt | null;
  reviewIds: null;
  openQrCode: null;
  readAttempts: Attempt[];
  saveAccount: SaveAccountResult;
  testConnection: TestConnectionResult;
  useAccount: null;
  removeAccount: null;
  changeSettings: Settings;
  eraseHistory: null;
  forgetEverything: null;
}

export type MessageName = keyof typeof messageSchemas;
export type Request<Name extends MessageName> = InferOutput<(typeof messageSchemas)[Name]>;
export type Answer<Name extends MessageName> = Answers[Name];

type Protocol = { [Name in MessageName]: (request: Request<Name>) => Answer<Name> };

/** The one protocol between our pages and the background. */
export const messenger = defineExtensionMessaging<Protocol>();

/** Sends a request to the background. Rejects where it gave no answer, as when it died meanwhile. */
export type Send = <Name extends MessageName>(name: Name, request: Request<Name>) => Promise<Answer<Name>>;

export const send: Send = (name, request) =>
  // The library types its data by overloads that a generic name can't be matched against.
  messenger.sendMessage(name, request as never) as Promise<Answer<typeof name>>;
