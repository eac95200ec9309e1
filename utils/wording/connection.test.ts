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

describe('A45 how a check of a connection ended', () => {
  it('says that it works only if the sign-in and a read did, and what of it does not', () => {
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
    [of(PROXY, NOT_TRIED, NOT_TRIED), /^Connection failed\. The sign-in does not work\. .*Try again\.$/],
    [
      of({ kind: 'failed', failure: { kind: 'not-sent', reason: 'unauthorized' } }, NOT_TRIED, NOT_TRIED),
      /check that they are for UAT/,
    ],
  ])('%j', (check, said) => {
    expect(text(check)).toMatch(said);
    expect(connectionReport(check, ACCOUNT).tone).toBe('danger');
  });

  it.each([
    [PROXY, /between this computer and EnKash.*HTTP 404/],
    [{ kind: 'code-read', status: 'SUSPENDED' }, 'EnKash answered. Status: SUSPENDED.'],
    [READ, 'EnKash answered: no such QR code.'],
    [{ kind: 'no-sign-in-call' }, /No sign-in call needed/],
  ] as [CheckStepResult, string | RegExp][])('%j is told as it came', (result, said) => {
    expect(checkStepText(result, ACCOUNT)).toMatch(said);
  });
});
