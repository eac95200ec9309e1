import { codeOf, type HistoryEntry, messageOf, operatorOf } from '../history/history-entry.ts';
import { sourceText } from './attempt.ts';
import { despiteText, evidenceText, lineBadge, recordText } from './history.ts';

const EMPTY_CELLS = {
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

/** The cells of a line of the history, by column. Times are ISO 8601 in UTC. */
export function historyCells(line: HistoryEntry): Record<keyof typeof EMPTY_CELLS, string | number> {
  const common = { ...EMPTY_CELLS, row: line.record.row ?? '', outcome: lineBadge(line).text };
  if (line.kind === 'unreadable') return common;
  const { action, at } = line.record;
  const dated = { ...common, action, time: new Date(at).toISOString(), operator: operatorOf(line) };
  if (line.kind !== 'attempt') return { ...dated, message: recordText(line) };
  const { record } = line;
  return {
    ...dated,
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
