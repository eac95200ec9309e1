import { describe, expect, it } from 'vitest';
import type { CancelAttempt } from '../model/attempt.ts';
import type { Outcome } from '../model/outcome.ts';
import { itemNote } from './bulk-item.ts';
import { explanationOf } from './history.ts';
import { outcomeReport } from './outcome.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const INTERRUPTED = { kind: 'unconfirmed', reason: 'interrupted', currentStatus: 'ACTIVE' } as const;

/** The texts of a result after so many sends: in a report, in a job's report and in the history. */
function textsAfter(sendCount: number, outcome: Outcome & { kind: 'unconfirmed' } = INTERRUPTED): string[] {
  const attempt: CancelAttempt = {
    action: 'cancel',
    attemptId: 1,
    at: 0,
    accountId: ACCOUNT.id,
    accountName: ACCOUNT.name,
    environment: ACCOUNT.environment,
    qrCodeId: 'QR1234',
    startedBy: 'workbench',
    sendCount,
    outcome,
  };
  return [
    outcomeReport(outcome, ACCOUNT, sendCount).sentences.join(' '),
    itemNote({ state: outcome, sendings: sendCount }, { kind: 'ended' }, ACCOUNT),
    explanationOf(attempt),
  ];
}

describe('an interrupted cancel', () => {
  it('was not sent again if it was sent once', () => {
    for (const text of textsAfter(1)) expect(text).toContain('It was not sent again.');
  });

  it('of a job that sent it again is not said to be sent once', () => {
    for (const text of textsAfter(2)) {
      expect(text).not.toContain('It was not sent again.');
      expect(text).toContain('still active after that.');
    }
  });
});
