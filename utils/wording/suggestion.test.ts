import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QrCode } from '../enkash/qr-code.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { LookupResult } from '../qr-code/debounced-lookup.ts';
import { escapeXml, lookedUpSuggestion } from './suggestion.ts';

const ID = 'QR26DU7U9NREWU';
const account = { id: 'a1', name: 'Main counter', environment: 'UAT' } as const;

function read(payload: QrCode): LookupResult {
  return {
    kind: 'read',
    qrCodeId: ID,
    account,
    answer: { kind: 'answered', code: 0, message: 'OK', payload },
  };
}
function failed(answer: GatewayFailure | { kind: 'no-answer' }): LookupResult {
  return { kind: 'read', qrCodeId: ID, account, answer };
}

describe('a suggestion in the address bar', () => {
  it('says how the code stands, and for which account', () => {
    expect(lookedUpSuggestion(read({ status: 'ACTIVE', qrName: 'Counter 4', amount: 500 }))).toBe(
      `${ID}: Active. Counter 4, ₹500. – Main counter (UAT)`,
    );
    expect(lookedUpSuggestion(read({ status: 'CANCELLED', qrName: 'Counter 4' }))).toBe(
      `${ID}: Cancelled. No longer accepts payments. – Main counter (UAT)`,
    );
    expect(lookedUpSuggestion(read({ status: 'ON_HOLD' }))).toBe(
      `${ID}: Status: ON_HOLD. – Main counter (UAT)`,
    );
    expect(lookedUpSuggestion(read({}))).toBe(`${ID}: EnKash gave no status. – Main counter (UAT)`);
  });

  it('never shows a status if the read gave none', () => {
    const failures: (GatewayFailure | { kind: 'no-answer' })[] = [
      { kind: 'no-answer' },
      { kind: 'not-sent', reason: 'offline' },
      { kind: 'not-sent', reason: 'rate-limited', until: 0 },
      { kind: 'unauthorized', httpStatus: 401, code: 117, message: 'ACTIVE' },
      { kind: 'rejected', httpStatus: 200, code: 1, message: 'CANCELLED' },
      { kind: 'rate-limited', until: 0, message: '' },
      { kind: 'ambiguous', reason: 'timeout' },
    ];
    for (const failure of failures)
      expect(lookedUpSuggestion(failed(failure))).toBe(
        `${ID}: Could not be checked. Press Enter to try again. – Main counter (UAT)`,
      );
    expect(lookedUpSuggestion(failed({ kind: 'not-found', httpStatus: 404, code: null, message: '' }))).toBe(
      `${ID}: No QR code with this ID in Main counter (UAT).`,
    );
    for (const kind of ['locked', 'no-account', 'late'] as const)
      expect(lookedUpSuggestion({ kind, qrCodeId: ID })).toMatch(/: .*(not checked|No answer yet)/);
  });

  it('A16 shows hostile names literally in one short line', () => {
    const line = lookedUpSuggestion(
      read({ status: 'ACTIVE', qrName: `\u202ea\nb<b>${'x'.repeat(100_000)}`, amount: 'y'.repeat(100_000) }),
    );
    expect(line).toContain('Active. ‹U+202E›a b<b>');
    expect(line.length).toBeLessThan(300);
    expect(line).toContain('– Main counter (UAT)');
  });
});

describe('an escaped suggestion for Chromium', () => {
  const read = (xml: string) =>
    xml
      .replace(
        /&(lt|gt|quot|apos);/g,
        (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'" })[name as 'lt'],
      )
      .replaceAll('&amp;', '&');

  it('is XML that parses to the text', () => {
    expect(escapeXml(`<url>&"'</url>`)).toBe('&lt;url&gt;&amp;&quot;&apos;&lt;/url&gt;');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const xml = escapeXml(text);
        expect(xml).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|apos);)/);
        expect(read(xml)).toBe(text.replaceAll('%s', '% s'));
      }),
    );
  });

  it('has no `%s`, which Chromium would replace by the input', () =>
    expect(escapeXml('100%sale')).toBe('100% sale'));
});
