import { describe, expect, it } from 'vitest';
import type { CheckStepResult, ConnectionCheck } from '../model/connection-check.ts';
import { checkStepText, connectionReport } from './connection.ts';

const ACCOUNT = { id: 'a1', name: 'Main counter', environment: 'UAT' } as const;
const WORKS = { kind: 'signed-in' } as const;
const READ = { kind: 'no-such-code' } as const;
const NOT_TRIED = { kind: 'not-tried' } as const;
const PROXY: CheckStepResult = {
  kind: 'failed',
  failure: { kind: 'ambiguous', reason: 'intermediary', httpStatus: 404, message: 'no Route matched' },
};
const of = (signIn: CheckStepResult, qrCode: CheckStepResult, search: CheckStepResult): ConnectionCheck => ({
  'sign-in': signIn,
  'qr-code': qrCode,
  search,
});
const text = (check: ConnectionCheck) => {
  const { title, sentences } = connectionReport(check, ACCOUNT);
  return [title, ...sentences].join(' ');
};

describe('A45 the report of a connection check', () => {
  it('says that the connection works only if the sign-in and a read do, and names the part that fails', () => {
    expect(text(of(WORKS, READ, { kind: 'searched' }))).toBe(
      'Connection works. EnKash accepted the keys for UAT.',
    );
    expect(text(of(WORKS, READ, PROXY))).toMatch(/^Connection works\..*Searching does not work/);
    expect(text(of(WORKS, PROXY, { kind: 'searched' }))).toMatch(/^Connection works\..*cancelling may fail/);
  });

  it.each([
    [of(WORKS, PROXY, PROXY), /^Connection failed\. The sign-in works\./],
    [of({ kind: 'no-sign-in-call' }, PROXY, PROXY), /^Connection failed\. Checking a QR code and searching/],
    [of(PROXY, READ, NOT_TRIED), /^Connection failed\. The sign-in does not work now/],
    [
      of(PROXY, NOT_TRIED, NOT_TRIED),
      /^Connection failed\. The sign-in does not work, so cancelling may fail too\. Try again\.$/,
    ],
    [
      of({ kind: 'failed', failure: { kind: 'not-sent', reason: 'unauthorized' } }, NOT_TRIED, NOT_TRIED),
      /check that they are for UAT/,
    ],
  ])('names the failed part of %j', (check, expected) => {
    expect(text(check)).toMatch(expected);
    expect(connectionReport(check, ACCOUNT).tone).toBe('danger');
  });

  it.each([
    [PROXY, /between this computer and EnKash.*HTTP 404/],
    [{ kind: 'code-read', status: 'SUSPENDED' }, 'EnKash answered. Status: SUSPENDED.'],
    [READ, 'EnKash answered: no such QR code.'],
    [{ kind: 'no-sign-in-call' }, /No sign-in call needed/],
  ] as [CheckStepResult, string | RegExp][])('shows the answer of %j', (result, expected) => {
    expect(checkStepText(result, ACCOUNT)).toMatch(expected);
  });
});
