import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import {
  type AttemptLine,
  codeOf,
  type HistoryLine,
  messageOf,
  operatorOf,
} from '../../utils/history/history-entry.ts';
import { countText, t } from '../../utils/i18n/i18n.ts';
import type { HistoryState } from '../../utils/stores/history-state.ts';
import { tookText } from '../../utils/wording/duration.ts';
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
import { amountText, exactMomentText, literal } from '../../utils/wording/qr-code.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { Badge, EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import '../ui/dialog.css';

interface LineDialogProps {
  line: HistoryLine;
  marks: HistoryState['marks'];
  times: HistoryState['times'];
  onClose: () => void;
}

type Fact = readonly [title: string, content: ComponentChildren];

/** A line of the history with everything that is known of it, in full. */
export function LineDialog({ line, marks, times, onClose }: LineDialogProps) {
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
      ? [[t('detailRecord'), <code>{literal(JSON.stringify(line.record) ?? '')}</code>] as const]
      : []),
    [t('detailRow'), row === undefined ? '' : countText(Number(row))],
    [t('detailHash'), <code>{literal(String(hash ?? ''))}</code>],
  ];
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="line-heading" onClose={onClose}>
      <div class="stack">
        <h2 id="line-heading" class="code">
          {literal(lineTitle(line))}
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
            <CopySupportDetails
              account={{ name: line.record.accountName, environment: line.record.environment }}
            />
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
  const sendings = 'sendings' in record ? record.sendings : undefined;
  return [
    [t('columnEvidence'), evidenceText(record)],
    [t('detailExplanation'), explanationOf(record)],
    [t('columnSaid'), literal(messageOf(record))],
    [t('detailCode'), String(codeOf(record) ?? '')],
    [t('operator'), literal(operator ?? '')],
    [t('reason'), literal(reason ?? '')],
    [t('detailDespite'), despiteText(record)],
    [t('columnWithIds'), literal(column ?? '')],
    [t('columnAction'), actionText(record.action)],
    [t('qrCodeIdLabel'), literal(record.qrCodeId)],
    [t('detailReplaces'), record.action === 'create' ? literal(record.replaces ?? '') : ''],
    [t('detailName'), literal(qrName ?? '')],
    [t('detailAmount'), amount === undefined ? '' : amountText(amount)],
    [
      t('detailAccount'),
      <>
        {literal(accountName)} <EnvironmentBadge environment={environment} />
      </>,
    ],
    [t('columnHow'), startedText(record)],
    [t('columnTime'), exactMomentText(at)],
    [t('detailFinished'), finishedAt === undefined ? '' : exactMomentText(finishedAt)],
    [t('columnDuration'), tookText(record)],
    [t('detailSendings'), sendings === undefined ? '' : String(sendings)],
    [t('detailAttempt'), String(attemptId)],
  ];
}

function recordFacts(line: HistoryLine & { kind: 'erasure' | 'loss' }): Fact[] {
  return [
    [t('detailExplanation'), recordText(line)],
    [t('operator'), literal(operatorOf(line))],
    [t('columnTime'), exactMomentText(line.record.at)],
  ];
}
