import type { Attempt } from '../qr-code/attempt.ts';
import { attemptBadge, startedByText } from './attempt.ts';
import { csvOf } from './csv.ts';

/** The history as CSV. Times are ISO 8601 in UTC. */
export function historyCsv(attempts: readonly Attempt[]): string {
  const rows = attempts.map((attempt) => ({
    time: new Date(attempt.at).toISOString(),
    account: attempt.accountName,
    environment: attempt.environment,
    action: attempt.action,
    qrCodeId: attempt.qrCodeId,
    name: attempt.qrName ?? '',
    amount: attempt.amount ?? '',
    outcome: attemptBadge(attempt).text,
    code: codeOf(attempt),
    message: messageOf(attempt),
    startedFrom: startedByText(attempt),
  }));
  return csvOf(rows);
}

function codeOf({ outcome }: Attempt): number | string {
  return (outcome && 'code' in outcome ? outcome.code : undefined) ?? '';
}

function messageOf({ outcome }: Attempt): string {
  return (outcome && 'message' in outcome && outcome.message) || '';
}
