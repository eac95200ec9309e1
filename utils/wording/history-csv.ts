import { codeOf, type HistoryEntry, messageOf, operatorOf } from '../history/history-entry.ts';
import { sourceText } from './attempt.ts';
import { despiteText, evidenceText, lineBadge, recordText } from './history.ts';

const NOTHING = {
  row: '',
  attempt: '',
  time: '',
  durationMs: '',
  account: '',
  environment: '',
  action: '',
  qrCodeId: '',
  name: '',
  amount: '',
  outcome: '',
  evidence: '',
  code: '',
  message: '',
  startedFrom: '',
  job: '',
  sendings: '',
  reason: '',
  despite: '',
  operator: '',
  idColumn: '',
};

/** A line of the history as cells of a CSV. Times are ISO 8601 in UTC. */
export function historyCells(line: HistoryEntry): Record<keyof typeof NOTHING, string | number> {
  const known = { ...NOTHING, row: line.record.row ?? '', outcome: lineBadge(line).text };
  if (line.kind === 'unreadable') return known;
  const { action, at } = line.record;
  const begun = { ...known, action, time: new Date(at).toISOString(), operator: operatorOf(line) };
  if (line.kind !== 'attempt') return { ...begun, message: recordText(line) };
  const { record } = line;
  return {
    ...begun,
    attempt: record.attemptId,
    durationMs: record.finishedAt === undefined ? '' : record.finishedAt - at,
    account: record.accountName,
    environment: record.environment,
    qrCodeId: record.qrCodeId,
    name: record.qrName ?? '',
    amount: record.amount ?? '',
    evidence: evidenceText(record),
    code: codeOf(record) ?? '',
    message: messageOf(record),
    startedFrom: sourceText(record),
    job: record.jobId ?? '',
    sendings: 'sendCount' in record ? record.sendCount : '',
    reason: record.reason ?? '',
    despite: despiteText(record),
    idColumn: record.column ?? '',
  };
}
