import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import {
  type AttemptLine,
  codeOf,
  type HistoryEntry,
  messageOf,
  operatorOf,
} from '../../utils/history/history-entry.ts';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import { accountOf } from '../../utils/model/attempt.ts';
import type { HistoryState } from '../../utils/stores/history-state.ts';
import { formatAmount } from '../../utils/wording/code-fields.ts';
import { formatElapsed } from '../../utils/wording/duration.ts';
import {
  actionText,
  breakText,
  despiteText,
  evidenceText,
  explanationOf,
  lineBadge,
  lineTitle,
  recordText,
  startedText,
} from '../../utils/wording/history.ts';
import { escapeInvisibles, formatDateTimeWithZone } from '../../utils/wording/qr-code.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { Badge, EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import '../ui/dialog.css';

interface EntryDialogProps {
  line: HistoryEntry;
  marks: HistoryState['violationsBySequence'];
  times: HistoryState['times'];
  onClose: () => void;
}

type Fact = readonly [title: string, content: ComponentChildren];

/** All fields of a history entry, in full. */
export function EntryDialog({ line, marks, times, onClose }: EntryDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { text, tone } = lineBadge(line);
  const { row, hash } = line.record;
  const found = row === undefined ? undefined : marks.get(row);
  const facts: Fact[] = [
    [t('columnOutcome'), <Badge tone={tone}>{text}</Badge>],
    ...(line.kind === 'attempt' ? factsOf(line.record) : []),
    ...(line.kind === 'erasure' || line.kind === 'loss' ? recordFacts(line) : []),
    ...(line.kind === 'unreadable'
      ? [[t('detailRecord'), <code>{escapeInvisibles(JSON.stringify(line.record) ?? '')}</code>] as const]
      : []),
    [t('detailRow'), row === undefined ? '' : formatCount(Number(row))],
    [t('detailHash'), <code>{escapeInvisibles(String(hash ?? ''))}</code>],
  ];
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="line-heading" onClose={onClose}>
      <div class="stack">
        <h2 id="line-heading" class="code">
          {escapeInvisibles(lineTitle(line))}
        </h2>
        {found && <p class="report danger">{breakText(found, (each) => times.get(each))}</p>}
        <dl class="line-facts">
          {facts
            .filter(([, content]) => content !== '' && content !== undefined)
            .map(([title, content]) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>
                  <bdi>{content}</bdi>
                </dd>
              </div>
            ))}
        </dl>
        <div class="actions">
          {line.kind === 'attempt' && (tone === 'danger' || tone === 'warning') && (
            <CopySupportDetails account={accountOf(line.record)} />
          )}
          <Button onClick={() => dialog.current?.close()}>{t('close')}</Button>
        </div>
      </div>
    </dialog>
  );
}

function factsOf(record: AttemptLine['record']): Fact[] {
  const { at, finishedAt, qrName, amount, operator, reason, column, accountName, environment, attemptId } =
    record;
  const sendings = 'sendCount' in record ? record.sendCount : undefined;
  return [
    [t('columnEvidence'), evidenceText(record)],
    [t('detailExplanation'), explanationOf(record)],
    [t('columnSaid'), escapeInvisibles(messageOf(record))],
    [t('detailCode'), String(codeOf(record) ?? '')],
    [t('operator'), escapeInvisibles(operator ?? '')],
    [t('reason'), escapeInvisibles(reason ?? '')],
    [t('detailDespite'), despiteText(record)],
    [t('columnWithIds'), escapeInvisibles(column ?? '')],
    [t('columnAction'), actionText(record.action)],
    [t('qrCodeIdLabel'), escapeInvisibles(record.qrCodeId)],
    [t('detailReplaces'), record.action === 'create' ? escapeInvisibles(record.replaces ?? '') : ''],
    [t('detailName'), escapeInvisibles(qrName ?? '')],
    [t('detailAmount'), amount === undefined ? '' : formatAmount(amount)],
    [
      t('detailAccount'),
      <>
        {escapeInvisibles(accountName)} <EnvironmentBadge environment={environment} />
      </>,
    ],
    [t('columnHow'), startedText(record)],
    [t('columnTime'), formatDateTimeWithZone(at)],
    [t('detailFinished'), finishedAt === undefined ? '' : formatDateTimeWithZone(finishedAt)],
    [t('columnDuration'), formatElapsed(record)],
    [t('detailSendings'), sendings === undefined ? '' : String(sendings)],
    [t('detailAttempt'), String(attemptId)],
  ];
}

function recordFacts(line: HistoryEntry & { kind: 'erasure' | 'loss' }): Fact[] {
  return [
    [t('detailExplanation'), recordText(line)],
    [t('operator'), escapeInvisibles(operatorOf(line))],
    [t('columnTime'), formatDateTimeWithZone(line.record.at)],
  ];
}
