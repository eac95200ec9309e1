import type { AccountRef } from '../model/account.ts';
import { describeExchanges } from './describe-exchanges.ts';
import type { LoggedExchange } from './exchange-log.ts';

export interface SupportFacts {
  version: string;
  /** `navigator.userAgent`. */
  browser: string;
  account: AccountRef | undefined;
  /** Epoch milliseconds. */
  at: number;
  /** The worker's log. */
  exchanges: readonly LoggedExchange[];
}

/** The details that an operator passes to support. Always in English. */
export function supportDetails({ version, browser, account, at, exchanges }: SupportFacts): string {
  return [
    `QR Cancel for EnKash ${version}`,
    `Browser: ${browser}`,
    `Account: ${account ? `${account.name} (${account.environment})` : 'none'}`,
    `Time: ${new Date(at).toISOString()}`,
    '',
    exchanges.length === 0
      ? 'No exchange with EnKash is known: nothing was sent since the browser last started the extension’s worker.'
      : `The last exchanges with EnKash, oldest first. Keys, tokens and customers’ data are left out.\n${describeExchanges(exchanges)}`,
  ].join('\n');
}
