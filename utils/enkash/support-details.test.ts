import { expect, it } from 'vitest';
import type { LoggedExchange } from './exchange-log.ts';
import { supportDetails } from './support-details.ts';

const EXCHANGE: LoggedExchange = {
  at: 5,
  ms: 9,
  bytes: 0,
  request: { method: 'GET', url: 'https://olympus-pg-uat.enkash.in/' },
  result: { kind: 'failed', reason: 'timeout' },
};
const FACTS = {
  version: '0.1.0',
  browser: 'Mozilla/5.0 Chrome/140.0.0.0',
  account: { id: 'a1', name: 'Main counter', environment: 'UAT' } as const,
  at: Date.UTC(2026, 10, 22, 10, 30),
};

it('A50 support details contain version, browser, account, time and exchanges', () => {
  expect(supportDetails({ ...FACTS, exchanges: [EXCHANGE] })).toBe(
    `QR Cancel for EnKash 0.1.0
Browser: Mozilla/5.0 Chrome/140.0.0.0
Account: Main counter (UAT)
Time: 2026-11-22T10:30:00.000Z

The last exchanges with EnKash, oldest first. Keys, tokens and customers’ data are left out.
1970-01-01T00:00:00.005Z GET olympus-pg-uat.enkash.in/ → no answer (timeout) after 9 ms`,
  );
});

it('A50 support details say that no exchange is known after a worker restart', () => {
  const text = supportDetails({ ...FACTS, account: undefined, exchanges: [] });
  expect(text).toContain('Account: none');
  expect(text).toContain('No exchange with EnKash is known');
});
