import type { QrCode } from '../enkash/qr-code.ts';
import { t } from '../i18n/i18n.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { LookupResult } from '../qr-code/debounced-lookup.ts';
import { statusLine } from './code-fields.ts';
import { escapeInvisibles } from './qr-code.ts';

/** The most characters of a name or a status, since a suggestion has one line. */
const MAX_LENGTH = 60;

const NOT_READ_KEYS = {
  locked: 'omniboxLocked',
  'no-account': 'omniboxNoAccount',
  late: 'omniboxLate',
} as const;

/** The status of a code in one line. It includes the id, so that the status is not read as another code's. */
export function lookedUpSuggestion(result: LookupResult): string {
  return `${result.qrCodeId}: ${statusText(result)}`;
}

function statusText(result: LookupResult): string {
  if (result.kind !== 'read') return t(NOT_READ_KEYS[result.kind]);
  const { answer } = result;
  const name = shorten(result.account.name);
  const { environment } = result.account;
  if (answer.kind === 'not-found') return t('notFound', name, environment);
  return t(
    'omniboxOf',
    answer.kind === 'answered' ? shortStatusLine(answer.payload) : failureText(answer),
    name,
    environment,
  );
}

function failureText(answer: GatewayFailure | { kind: 'no-answer' }): string {
  return answer.kind === 'ambiguous' && answer.reason === 'intermediary'
    ? t('omniboxIntermediary', String(answer.httpStatus ?? '?'))
    : t('omniboxFailed');
}

function shortStatusLine({ status, qrName, amount }: QrCode): string {
  return statusLine({
    status: status && shorten(status),
    qrName: qrName && shorten(qrName),
    amount: typeof amount === 'string' ? shorten(amount) : amount,
  });
}

function shorten(text: string): string {
  const line = escapeInvisibles(text.slice(0, MAX_LENGTH + 1).replace(/\s+/g, ' '));
  return (line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line).toWellFormed();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Escapes a suggestion for Chromium, which parses it as XML, rejects all suggestions if one is malformed, and replaces
 * `%s` with the input.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('%s', '% s')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
