import { describe, expect, it } from 'vitest';
import type { Attempt } from '../model/attempt.ts';
import type { AmbiguousReason, GatewayFailure, NotSentReason } from '../model/gateway-result.ts';
import type { CreateOutcome, Outcome } from '../model/outcome.ts';
import { attemptBadge } from './attempt.ts';
import { verdictNote } from './bulk-line.ts';
import { failedCheckReport } from './check.ts';
import { failureText } from './gateway.ts';
import { cancelNotice, checkNotice } from './notice.ts';
import { outcomeReport } from './outcome.ts';
import { createReport } from './replacement.ts';
import type { Report } from './report.ts';
import { searchFailureText } from './search.ts';
import { lookedUpSuggestion } from './suggestion.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const UNTIL = Date.UTC(2026, 10, 22, 10, 30);

const notSent: Record<NotSentReason, true> = {
  offline: true,
  'no-keys': true,
  unauthorized: true,
  'auth-unavailable': true,
  unreachable: true,
  'not-once': true,
  'rate-limited': true,
  'invalid-id': true,
  'no-reason': true,
  'not-active': true,
  'not-checked': true,
  'journal-unavailable': true,
  locked: true,
  'keys-unreadable': true,
  forbidden: true,
  'passphrase-required': true,
  'no-site-access': true,
};
const unclear: Record<AmbiguousReason, true> = {
  timeout: true,
  connection: true,
  redirect: true,
  intermediary: true,
  'no-longer-found': true,
  'server-error': true,
  'too-large': true,
  'not-json': true,
  empty: true,
  'wrong-shape': true,
  'another-id': true,
  'no-id': true,
  'not-cancelled-in-answer': true,
};
const keysOf = <Key extends string>(record: Record<Key, true>) => Object.keys(record) as Key[];
const STATUSES = [undefined, 'ACTIVE', 'CANCELLED', 'ON_HOLD'];
const status = (currentStatus: string | undefined) => (currentStatus === undefined ? {} : { currentStatus });

const refusal = { httpStatus: 200, code: 512, message: 'Approval pending' };
const outcomes: Outcome[] = [
  { kind: 'cancelled', evidence: 'response' },
  { kind: 'cancelled', evidence: 'check' },
  { kind: 'already-cancelled' },
  { kind: 'already-cancelled', code: 5, message: 'Already cancelled' },
  { kind: 'not-found' },
  { kind: 'not-found', message: 'No such code' },
  ...keysOf(notSent).map((reason): Outcome => ({ kind: 'not-sent', reason, until: UNTIL })),
  ...STATUSES.map((now): Outcome => ({ kind: 'rejected', ...refusal, ...status(now) })),
  { kind: 'rejected', httpStatus: 400, code: null, message: '' },
  { kind: 'rejected', ...refusal, cause: 'unauthorized' },
  { kind: 'rejected', ...refusal, cause: 'rate-limited', until: UNTIL },
  { kind: 'rejected', httpStatus: 503, code: null, message: 'try later', cause: 'sign-in-failed' },
  { kind: 'rejected', httpStatus: 0, code: null, message: '', cause: 'sign-in-failed' },
  ...[...keysOf(unclear), 'interrupted' as const].flatMap((reason) =>
    STATUSES.map(
      (now): Outcome => ({ kind: 'unconfirmed', reason, ...status(now), answeredId: 'QR2', httpStatus: 502 }),
    ),
  ),
];
const failures: GatewayFailure[] = [
  ...keysOf(notSent).map((reason): GatewayFailure => ({ kind: 'not-sent', reason, until: UNTIL })),
  { kind: 'rejected', ...refusal },
  { kind: 'rejected', httpStatus: 400, code: null, message: '' },
  { kind: 'unauthorized', ...refusal },
  { kind: 'sign-in-failed', reason: 'auth-unavailable', httpStatus: 503, message: 'try later' },
  { kind: 'sign-in-failed', reason: 'unreachable' },
  { kind: 'not-found', ...refusal },
  { kind: 'rate-limited', until: UNTIL, message: '' },
  ...keysOf(unclear).map((reason): GatewayFailure => ({ kind: 'ambiguous', reason })),
];

/** The sentences on whether the code was changed. */
const CHANGED =
  /^QR code cancelled|already cancelled|not changed|still active|now cancelled|could not be read|gave its status as|may or may not|No QR code with this ID/;
/** The sentences on what to do next. A cancelled code needs none. */
const NEXT =
  /Try again|try again|Check again|Check the|Check that|Read EnKash|cancel it again|ask EnKash|Settings|nothing to do|Ask your administrator|Unlock/;

function expectComplete({ title, sentences }: Report): void {
  expect(title).not.toBe('');
  expect(sentences.length).toBeGreaterThan(0);
  for (const sentence of sentences) {
    expect(sentence.trim()).not.toBe('');
    expect(sentence).not.toMatch(/\$\d|undefined|null|NaN|Invalid Date|\[object/);
    expect(sentence).toMatch(/[.!…”]$/);
  }
}

describe('every outcome of a cancel', () => {
  it.each(outcomes.map((outcome) => [JSON.stringify(outcome), outcome] as const))(
    'has a complete report: %s',
    (_, outcome) => {
      const report = outcomeReport(outcome, ACCOUNT);
      expectComplete(report);
      const text = [report.title, ...report.sentences].join(' ');
      expect(text).toMatch(CHANGED);
      if (outcome.kind !== 'cancelled') expect(text).toMatch(NEXT);
      expect(report.tone === 'success').toBe(outcome.kind === 'cancelled');
      if (outcome.kind === 'unconfirmed') expect(report.offerCheck).toBe(true);
    },
  );

  it('promises no more than its state proves', () => {
    for (const outcome of outcomes) {
      const text = outcomeReport(outcome, ACCOUNT).sentences.join(' ');
      const isUnsent = outcome.kind === 'not-sent';
      const wasRefused = outcome.kind === 'rejected' && outcome.cause !== undefined;
      const wasActive = 'currentStatus' in outcome && outcome.currentStatus === 'ACTIVE';
      expect(text.includes('Nothing was sent.')).toBe(isUnsent);
      expect(text.includes('The QR code was not changed.')).toBe(isUnsent || wasRefused);
      expect(text.includes('still active after that.')).toBe(wasActive);
    }
  });

  it('has one of four titles in its notification', () => {
    const titles = new Set(outcomes.map((outcome) => cancelNotice(outcome, 'QR1A', ACCOUNT).title));
    expect(titles).toEqual(
      new Set([
        'QR code cancelled',
        'QR code was already cancelled',
        'QR code not cancelled',
        'Result not confirmed',
      ]),
    );
  });

  it('names id, account and environment in its notification', () => {
    for (const outcome of outcomes)
      expect(cancelNotice(outcome, 'QR26DU7U9NREWU', ACCOUNT).message).toContain(
        'QR26DU7U9NREWU · Chandni Chowk · UAT',
      );
  });

  it('has a badge', () => {
    const base = {
      attemptId: 1,
      at: 0,
      accountId: 'a',
      accountName: 'A',
      environment: 'UAT',
      qrCodeId: 'QR1A',
      startedBy: 'popup',
    } as const;
    const badges = outcomes.map((outcome): Attempt => ({ ...base, action: 'cancel', sendCount: 1, outcome }));
    for (const attempt of badges) expect(attemptBadge(attempt).text).not.toBe('');
    expect(attemptBadge({ ...base, action: 'cancel', sendCount: 1 }).text).toBe('Not confirmed yet');
  });
});

describe('every failed check', () => {
  it.each(failures.map((failure) => [JSON.stringify(failure), failure] as const))(
    'has a complete report: %s',
    (_, failure) => {
      const report = failedCheckReport(failure, ACCOUNT);
      expectComplete(report);
      expect(report.sentences.join(' ')).toContain('The QR code was not changed by this.');
      expect(report.sentences.at(-1)).toMatch(NEXT);
      expect(failureText(failure, ACCOUNT).trim()).not.toBe('');
      expect(checkNotice(failure, 'QR1A', ACCOUNT).title).not.toBe('');
    },
  );
});

describe('A9 a rejection', () => {
  it('shows message and code unchanged, and says that the code was still active', () => {
    const { title, sentences } = outcomeReport(
      { kind: 'rejected', ...refusal, currentStatus: 'ACTIVE' },
      ACCOUNT,
    );
    expect(title).toBe('QR code not cancelled');
    expect(sentences.slice(0, 2)).toEqual([
      'EnKash said: “Approval pending” (code 512).',
      'The QR code was still active after that.',
    ]);
  });
});

describe('A44 a failed sign-in', () => {
  const httpStatus = 503;
  const message = 'Service <b>busy</b>';
  const failed: GatewayFailure = { kind: 'not-sent', reason: 'auth-unavailable', httpStatus, message };
  const texts = {
    check: failureText(failed, ACCOUNT),
    'renewal for a check': failureText({ ...failed, kind: 'sign-in-failed' } as GatewayFailure, ACCOUNT),
    cancel: outcomeReport(failed as Outcome, ACCOUNT).sentences.join(' '),
    'renewal for a cancel': outcomeReport(
      { kind: 'rejected', cause: 'sign-in-failed', httpStatus, code: null, message },
      ACCOUNT,
    ).sentences.join(' '),
    create: createReport({ outcome: failed as CreateOutcome }, ACCOUNT).sentences.join(' '),
    search: searchFailureText(failed, ACCOUNT),
  };
  it.each(Object.entries(texts))('is shown with its HTTP status and message: %s', (_, text) => {
    expect(text).toMatch(/^Could not sign in to EnKash UAT \(HTTP 503\)\..*“Service <b>busy<\/b>”/);
    expect(text).not.toMatch(/did not accept|No QR code with this ID/);
  });

  it('says of a cancel that the QR code was not changed', () => {
    for (const text of [texts.cancel, texts['renewal for a cancel']])
      expect(text).toContain('The QR code was not changed.');
  });

  it('names the keys only if EnKash refused them', () => {
    const refused: GatewayFailure = {
      kind: 'not-sent',
      reason: 'unauthorized',
      httpStatus: 200,
      message: 'Invalid access key',
    };
    expect(failureText(refused, ACCOUNT)).toBe(
      'EnKash did not accept the keys of Chandni Chowk (UAT). EnKash said: “Invalid access key”.',
    );
  });
});

describe('A41 a refusal by an intermediary', () => {
  const failure: GatewayFailure = {
    kind: 'ambiguous',
    reason: 'intermediary',
    httpStatus: 404,
    message: 'no Route matched',
  };
  const unconfirmed = { ...failure, kind: 'unconfirmed' } as Outcome & { kind: 'unconfirmed' };
  it.each(
    Object.entries({
      check: failureText(failure, ACCOUNT),
      cancel: outcomeReport(unconfirmed, ACCOUNT).sentences.join(' '),
      create: createReport({ outcome: unconfirmed }, ACCOUNT).sentences.join(' '),
      'a line of a review': verdictNote({ kind: 'read-failed', failure }, ACCOUNT),
      search: searchFailureText(failure, ACCOUNT),
    }),
  )('is not attributed to EnKash, and has instructions: %s', (_, text) => {
    expect(text).toMatch(/Something between this computer and EnKash refused it \(HTTP 404\).*Try another/);
    expect(text).toContain('It said: “no Route matched”.');
    expect(text).not.toMatch(/EnKash said|No QR code/);
  });

  it('is named in the address bar', () => {
    expect(
      lookedUpSuggestion({ kind: 'read', qrCodeId: 'QR1A', account: ACCOUNT, answer: failure }),
    ).toContain('something between this computer and EnKash refused it (HTTP 404)');
  });

  it('is recognised in a web page under HTTP 200', () => {
    expect(failureText({ kind: 'ambiguous', reason: 'not-json', httpStatus: 200 }, ACCOUNT)).toMatch(
      /can’t be read as an answer of EnKash’s.*web page.*HTTP 200/,
    );
  });
});

describe('A13 an unknown id', () => {
  it('names the account and the environment', () => {
    const { sentences } = outcomeReport({ kind: 'not-found' }, ACCOUNT);
    expect(sentences[0]).toBe('No QR code with this ID in Chandni Chowk (UAT).');
  });
});

describe('a check’s notification', () => {
  it.each([
    ['ACTIVE', 'QR code is active'],
    ['CANCELLED', 'QR code is cancelled'],
    ['ON_HOLD', 'QR code is “ON_HOLD”'],
  ])('for status %s has the title “%s”, without customer data', (now, title) => {
    const payload = { status: now, customerName: 'Asha Rao', qrName: 'Asha’s', customerMobile: '9876543210' };
    const notice = checkNotice({ kind: 'answered', code: 0, message: 'OK', payload }, 'QR1A', ACCOUNT);
    expect(notice).toEqual({ title, message: 'QR1A · Chandni Chowk · UAT' });
  });
});

describe('A16 hostile messages of the gateway', () => {
  it('have visible direction and control characters', () => {
    const message = '<b>\u202eevil\u0000</b>';
    for (const outcome of [
      { kind: 'rejected', httpStatus: 200, code: 1, message },
      { kind: 'not-found', message },
      { kind: 'unconfirmed', reason: 'another-id', answeredId: message, message },
    ] satisfies Outcome[]) {
      const text = outcomeReport(outcome, ACCOUNT).sentences.join(' ');
      expect(text).toContain('<b>‹U+202E›evil‹U+0000›</b>');
      expect(text).not.toMatch(/[\u202e\0]/);
    }
  });
});
