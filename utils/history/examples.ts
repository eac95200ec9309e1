import type { CancelAttempt, HistoryRow } from '../model/attempt.ts';

/** For tests: a row of the history that cancelled a code, by its number. */
export function rowOf(row: number, change: Partial<CancelAttempt> = {}): HistoryRow {
  return {
    row,
    hash: `hash ${row}`,
    attemptId: row,
    action: 'cancel',
    at: Date.UTC(2026, 10, 22, 10, row),
    finishedAt: Date.UTC(2026, 10, 22, 10, row) + 400,
    accountId: 'a1',
    accountName: 'Chandni Chowk',
    environment: 'UAT',
    qrCodeId: `QR26H${String(row).padStart(5, '0')}`,
    startedBy: 'popup',
    sendings: 1,
    outcome: { kind: 'cancelled', evidence: 'response' },
    ...change,
  };
}
