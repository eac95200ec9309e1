import { describe, expect, it } from 'vitest';
import type { CreateOutcome } from '../model/outcome.ts';
import type { Difference } from '../qr-code/compare-created.ts';
import type { CreateResult } from '../qr-code/create.ts';
import type { FormProblem } from '../qr-code/replacement-form.ts';
import { createReport, differenceText, existingReplacementText, formProblemText } from './replacement.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'LIVE' } as const;
const UNTIL = Date.UTC(2026, 10, 22, 10, 30);
const REFUSAL = { httpStatus: 200, code: 512, message: 'Name is taken' };

const outcomes: CreateOutcome[] = [
  { kind: 'created', code: 0, message: 'SUCCESS' },
  { kind: 'created', code: 0, message: '' },
  { kind: 'rejected', ...REFUSAL },
  { kind: 'rejected', httpStatus: 400, code: null, message: '' },
  { kind: 'not-found', ...REFUSAL, httpStatus: 404 },
  { kind: 'unauthorized', ...REFUSAL },
  { kind: 'rate-limited', message: 'Slow down', until: UNTIL },
  { kind: 'not-sent', reason: 'not-once' },
  { kind: 'not-sent', reason: 'rate-limited', until: UNTIL },
  { kind: 'not-sent', reason: 'unauthorized', message: 'Unknown key' },
  { kind: 'unconfirmed', reason: 'timeout' },
  { kind: 'unconfirmed', reason: 'server-error', httpStatus: 502, message: 'Bad Gateway' },
  { kind: 'unconfirmed', reason: 'no-id', message: 'SUCCESS' },
  { kind: 'unconfirmed', reason: 'another-id', answeredId: 'QR26OLD' },
  { kind: 'unconfirmed', reason: 'interrupted' },
];

const resultOf = (outcome: CreateOutcome): CreateResult =>
  outcome.kind === 'created' ? { outcome, qrCode: { qrCodeId: 'QR26NEW' } } : { outcome };

describe('every outcome of a create', () => {
  it.each(outcomes.map((outcome) => [JSON.stringify(outcome), outcome] as const))(
    'has a complete report: %s',
    (_, outcome) => {
      const { tone, title, sentences } = createReport(resultOf(outcome), ACCOUNT);
      const text = [title, ...sentences].join(' ');
      for (const sentence of sentences) {
        expect(sentence).toMatch(/[.!…”]$/);
        expect(sentence).not.toMatch(/\$\d|undefined|null|NaN|Invalid Date|\[object/);
      }
      expect(tone === 'success').toBe(outcome.kind === 'created');
      const mayExist = outcome.kind === 'created' || outcome.kind === 'unconfirmed';
      const titles: Record<string, string> = {
        created: 'QR code created',
        unconfirmed: 'Not known whether a QR code was created',
      };
      expect(title).toBe(titles[outcome.kind] ?? 'No QR code created');
      expect(text.includes('No QR code was created.')).toBe(!mayExist);
      if (outcome.kind === 'unconfirmed') expect(text).toContain('Search for it before you try again');
      if (!mayExist) expect(text).toMatch(/[Tt]ry again/);
    },
  );

  it('shows EnKash’s message and code unchanged', () => {
    expect(createReport(resultOf({ kind: 'rejected', ...REFUSAL }), ACCOUNT).sentences[0]).toBe(
      'EnKash said: “Name is taken” (code 512).',
    );
    expect(
      createReport(resultOf({ kind: 'created', code: 0, message: 'SUCCESS' }), ACCOUNT).sentences,
    ).toEqual(['EnKash gave it the ID QR26NEW.', 'EnKash said: “SUCCESS” (code 0).']);
  });

  it('escapes invisible characters of EnKash’s texts', () => {
    const words = 'a\u202eb';
    for (const result of [
      { outcome: { kind: 'created', code: 0, message: words }, qrCode: { qrCodeId: words } },
      { outcome: { kind: 'rejected', httpStatus: 200, code: 1, message: words } },
      { outcome: { kind: 'unconfirmed', reason: 'another-id', answeredId: words } },
    ] satisfies CreateResult[])
      expect(createReport(result, ACCOUNT).sentences.join(' ')).not.toContain('\u202e');
  });
});

describe('an earlier create for the same code', () => {
  it('is shown if it created a code, or may have', () => {
    expect(existingReplacementText({ attemptId: 1, qrCodeId: 'QR26NEW' })).toContain('QR26NEW');
    expect(existingReplacementText({ attemptId: 1 })).toContain('not known');
    expect(existingReplacementText(undefined)).toBeUndefined();
  });
});

describe('a difference between request and result', () => {
  it.each<[Difference, string]>([
    [
      { field: 'amount', asked: { fixed: true, amount: 500 }, given: { fixed: true, amount: 50_000 } },
      'Amount: you asked for ₹500, EnKash says ₹50,000.',
    ],
    [
      {
        field: 'amount',
        asked: { fixed: false, amount: undefined },
        given: { fixed: true, amount: undefined },
      },
      'Amount: you asked for Any amount, EnKash says Fixed amount.',
    ],
    [
      { field: 'amount', asked: { fixed: true, amount: 5 }, given: { fixed: false, amount: 5 } },
      'Amount: you asked for ₹5, EnKash says Any amount (₹5).',
    ],
    [
      { field: 'multipleUse', asked: false, given: true },
      'Uses: you asked for Single, EnKash says Multiple.',
    ],
    [
      { field: 'status', asked: 'ACTIVE', given: 'PENDING' },
      'Status: you asked for Active, EnKash says PENDING.',
    ],
    [{ field: 'qrName', asked: 'A', given: 'a\u202e' }, 'Name: you asked for “A”, EnKash says “a‹U+202E›”.'],
    [{ field: 'expiry', given: '2026-12-31' }, 'Expiry: you asked for none, EnKash says “2026-12-31”.'],
    [
      { field: 'customParam', name: 'store', asked: 'Pune' },
      'store: you asked for “Pune”, EnKash gives none.',
    ],
  ])('is a sentence: %j', (difference, text) => {
    expect(differenceText(difference)).toBe(text);
  });
});

describe('every problem of the form', () => {
  const fields = ['qrName', 'use', 'amountKind', 'amount', 'params'] as const;
  it.each<FormProblem>([
    ...fields.map((field) => ({ field, code: 'required' as const })),
    { field: 'qrName', code: 'too-long', limit: 200 },
    { field: 'qrName', code: 'bad-character', character: '\u202e' },
    { field: 'amount', code: 'not-an-amount' },
    { field: 'amount', code: 'zero' },
    { field: 'amount', code: 'too-precise', limit: 2 },
    { field: 'amount', code: 'too-large', limit: 9_999_999_999 },
    { field: 'expiry', code: 'not-a-time' },
    { field: 'expiry', code: 'passed' },
    { field: 'params', index: 0, code: 'twice' },
    { field: 'params', index: 0, code: 'reserved' },
    { field: 'params', code: 'too-many', limit: 100 },
  ])('%j is a sentence', (problem) => {
    expect(formProblemText(problem)).toMatch(/^[A-Z].*\.$/);
    expect(formProblemText(problem)).not.toMatch(/\$\d|undefined/);
  });
});
