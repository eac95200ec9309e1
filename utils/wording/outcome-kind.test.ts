import { describe, expect, it } from 'vitest';
import { toOpenEntry } from '../history/history-entry.ts';
import type { Attempt } from '../model/attempt.ts';
import { itemKind } from '../model/job-item.ts';
import type { Outcome } from '../model/outcome.ts';
import { attemptBadge } from './attempt.ts';
import { itemBadge } from './bulk-item.ts';
import { evidenceText, lineBadge, outcomeChoice } from './history.ts';
import { cancelNotice } from './notice.ts';
import { outcomeReport } from './outcome.ts';

const ACCOUNT = { id: 'a1', name: 'Chandni Chowk', environment: 'UAT' } as const;
const REFUSED = { kind: 'rejected', httpStatus: 200, code: 512, message: 'No' } as const;

const OUTCOMES: [name: string, outcome: Outcome, title: string, badge: string][] = [
  ['refused, status not read', REFUSED, 'Result not confirmed', 'Not confirmed'],
  [
    'refused, another status',
    { ...REFUSED, currentStatus: 'ON_HOLD' },
    'Result not confirmed',
    'Not confirmed',
  ],
  ['refused, still active', { ...REFUSED, currentStatus: 'ACTIVE' }, 'QR code not cancelled', 'Rejected'],
  ['refused keys', { ...REFUSED, cause: 'unauthorized' }, 'QR code not cancelled', 'Rejected'],
  ['not confirmed', { kind: 'unconfirmed', reason: 'timeout' }, 'Result not confirmed', 'Not confirmed'],
  ['cancelled', { kind: 'cancelled', evidence: 'response' }, 'QR code cancelled', 'Cancelled'],
];

describe.each(OUTCOMES)('a cancel that is %s', (_, outcome, title, badge) => {
  const attempt: Attempt = {
    attemptId: 1,
    at: 0,
    accountId: 'a',
    accountName: 'A',
    environment: 'UAT',
    qrCodeId: 'QR1A',
    startedBy: 'popup',
    action: 'cancel',
    sendCount: 1,
    outcome,
  };

  it(`is headed “${title}” in the report and in the notification`, () => {
    expect(outcomeReport(outcome, ACCOUNT).title).toBe(title);
    expect(cancelNotice(outcome, 'QR1A', ACCOUNT).title).toBe(title);
  });

  it(`has the badge “${badge}” in Recent, in the history, in its filter and in the report of a job`, () => {
    const line = toOpenEntry(attempt);
    expect(attemptBadge(attempt).text).toBe(badge);
    expect(lineBadge(line).text).toBe(badge);
    expect(line.kind === 'attempt' && outcomeChoice(line.outcome)).toBe(badge);
    expect(evidenceText(attempt) === '').toBe(badge === 'Not confirmed');
    expect(itemBadge(itemKind(outcome), { kind: 'finished' }).text).toBe(badge);
  });
});
