import type { QrCode } from '../enkash/qr-code.ts';
import { t } from '../i18n/i18n.ts';
import type { GatewayFailure } from '../model/gateway-result.ts';
import type { LookupResult } from '../qr-code/debounced-lookup.ts';
import { escapeInvisibles, statusLine } from './qr-code.ts';

/** Characters of a name or a status; an address bar has one line for all of it. */
const MAX_LENGTH = 60;

const UNREAD = {
  locked: 'omniboxLocked',
  'no-account': 'omniboxNoAccount',
  late: 'omniboxLate',
} as const;

/** How a code stands, in one line that names it, so that it is never taken for another one's. */
export function lookedUpSuggestion(looked: LookupResult): string {
  return `${looked.qrCodeId}: ${statusText(looked)}`;
}

function statusText(looked: LookupResult): string {
  if (looked.kind !== 'read') return t(UNREAD[looked.kind]);
  const { answer } = looked;
  const name = short(looked.account.name);
  const { environment } = looked.account;
  if (answer.kind === 'not-found') return t('notFound', name, environment);
  return t(
    'omniboxOf',
    answer.kind === 'answered' ? shortStatusLine(answer.payload) : failed(answer),
    name,
    environment,
  );
}

function failed(answer: GatewayFailure | { kind: 'no-answer' }): string {
  return answer.kind === 'ambiguous' && answer.reason === 'intermediary'
    ? t('omniboxIntermediary', String(answer.httpStatus ?? '?'))
    : t('omniboxFailed');
}

function shortStatusLine({ status, qrName, amount }: QrCode): string {
  return statusLine({
    status: status && short(status),
    qrName: qrName && short(qrName),
    amount: typeof amount === 'string' ? short(amount) : amount,
  });
}

function short(text: string): string {
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
 * A text for Chromium, which reads suggestions as XML, refuses them whole where they are none, and puts what was typed
 * in the place of `%s`.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('%s', '% s')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
