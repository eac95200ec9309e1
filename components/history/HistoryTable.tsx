import { useMemo } from 'preact/hooks';
import { groupOf, type HistoryListItem, type JobGroup } from '../../utils/history/group-by-job.ts';
import { type HistoryEntry, operatorOf } from '../../utils/history/history-entry.ts';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import { isDroppedJob, type Job } from '../../utils/model/job.ts';
import type { HistoryActions, HistoryState } from '../../utils/stores/history-state.ts';
import { subjectText } from '../../utils/wording/bulk-line.ts';
import { formatElapsed } from '../../utils/wording/duration.ts';
import {
  actionText,
  breakBadge,
  evidenceText,
  gatewayMessageText,
  jobHeadingText,
  lineBadge,
  lineTimeTexts,
  recordText,
  startedText,
} from '../../utils/wording/history.ts';
import { plannedJobText } from '../../utils/wording/planned.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Badge, EnvironmentBadge } from '../ui/Badge.tsx';
import type { ColumnWidth } from '../ui/fit-columns.ts';
import { focusTable, rowStepForKey } from '../ui/grid-keys.ts';
import { type Column, VirtualTable } from '../ui/VirtualTable.tsx';

type TableActions = Pick<HistoryActions, 'activate' | 'move' | 'setJobExpanded'>;
type Marks = HistoryState['violationsBySequence'];

interface HistoryTableProps {
  state: Pick<HistoryState, 'shown' | 'cursor' | 'chosen' | 'violationsBySequence'>;
  actions: TableActions;
}

/** The history, newest first. A bulk cancel is one row that expands. */
export function HistoryTable({ state, actions }: HistoryTableProps) {
  const { shown, cursor, chosen, violationsBySequence } = state;
  const columns = useMemo(() => columnsFor(violationsBySequence), [violationsBySequence, t('language')]);
  const cursorAt = useMemo(() => shown.findIndex(({ key }) => key === cursor), [shown, cursor]);
  return (
    <VirtualTable
      label={t('historyTable')}
      rows={shown}
      columns={columns}
      keyOf={({ key }) => key}
      fullWidthCell={(row) => {
        if (row.kind === 'planned') return <PlannedHeading job={row.job} />;
        return row.kind === 'job' ? <Heading heading={row} /> : undefined;
      }}
      grid={{
        cursor: cursorAt,
        treePosition,
        isCurrent: (row) => chosen !== undefined && row.kind === 'attempt' && row.record.attemptId === chosen,
        onClick: (row, event) => focusTable(event) && actions.activate(row),
        onKeyDown: (event) => onKey(event, shown[cursorAt], actions),
      }}
    />
  );
}

function treePosition(row: HistoryListItem): { level: number; open?: boolean } {
  if (row.kind === 'job') return { level: 1, open: row.open };
  return { level: groupOf(row) === undefined ? 1 : 2 };
}

/** Up and down move, right and left expand and collapse a bulk cancel, Enter opens a row's details. */
function onKey(event: KeyboardEvent, at: HistoryListItem | undefined, actions: TableActions): void {
  const step = rowStepForKey(event.key);
  if (step !== undefined) actions.move(step);
  else if (event.key === 'ArrowRight') actions.setJobExpanded(true);
  else if (event.key === 'ArrowLeft') actions.setJobExpanded(false);
  else if ((event.key === 'Enter' || event.key === ' ') && at) actions.activate(at);
  else return;
  event.preventDefault();
}

function Heading({ heading }: { heading: JobGroup }) {
  const { sample, open, shown, total } = heading;
  return (
    <span class="job-heading">
      <span class="job-arrow" aria-hidden="true">
        {open ? '▾' : '▸'}
      </span>
      <strong>{jobHeadingText(heading)}</strong>
      <span>
        <bdi>{escapeInvisibles(sample.accountName)}</bdi>{' '}
        <EnvironmentBadge environment={sample.environment} />
      </span>
      {shown < total && <span class="quiet">{t('jobShown', formatCount(shown), formatCount(total))}</span>}
      {sample.operator && <bdi class="quiet">{escapeInvisibles(sample.operator)}</bdi>}
      {sample.reason && <bdi class="quiet">{escapeInvisibles(sample.reason)}</bdi>}
    </span>
  );
}

/** A planned job that has sent nothing. */
function PlannedHeading({ job }: { job: Job }) {
  const { account, operator, reason } = job;
  const isDropped = isDroppedJob(job);
  return (
    <span class="job-heading">
      <span class="job-arrow" />
      <strong>{plannedJobText(job)}</strong>
      <span>
        <bdi>{escapeInvisibles(account.name)}</bdi> <EnvironmentBadge environment={account.environment} />
      </span>
      <Badge tone={isDropped ? 'neutral' : 'warning'}>
        {t(isDropped ? 'historyDropped' : 'historyWaits')}
      </Badge>
      {operator && <bdi class="quiet">{escapeInvisibles(operator)}</bdi>}
      {reason && <bdi class="quiet">{escapeInvisibles(reason)}</bdi>}
    </span>
  );
}

type Cell = (line: HistoryEntry) => ReturnType<Column<HistoryEntry>['cell']>;

const CELLS: Record<string, Cell> = {
  account: (line) =>
    line.kind === 'attempt' && (
      <>
        <bdi class="clipped">{escapeInvisibles(line.record.accountName)}</bdi>
        <EnvironmentBadge environment={line.record.environment} />
      </>
    ),
  code: (line) =>
    line.kind === 'attempt' && (
      <>
        <span class="code">{escapeInvisibles(line.record.qrCodeId)}</span>
        <bdi class="clipped quiet">{subjectText(line.record)}</bdi>
      </>
    ),
  action: (line) => line.kind !== 'unreadable' && actionText(line.record.action),
  outcome: (line) => {
    const { text, tone } = lineBadge(line);
    return (
      <>
        <Badge tone={tone}>{text}</Badge>
        {line.kind === 'attempt' && <p>{evidenceText(line.record)}</p>}
      </>
    );
  },
  said: (line) => (
    <bdi class="clipped">{line.kind === 'attempt' ? gatewayMessageText(line.record) : recordText(line)}</bdi>
  ),
  how: (line) => (
    <>
      {line.kind === 'attempt' && startedText(line.record)}
      {line.kind !== 'unreadable' && <bdi class="clipped quiet">{escapeInvisibles(operatorOf(line))}</bdi>}
    </>
  ),
  duration: (line) => line.kind === 'attempt' && <span class="figures">{formatElapsed(line.record)}</span>,
  reason: (line) =>
    line.kind === 'attempt' && <bdi class="clipped">{escapeInvisibles(line.record.reason ?? '')}</bdi>,
};

/** The details of a row show what gives way. */
function columnsFor(marks: Marks): Column<HistoryListItem>[] {
  const column = (title: string, width: ColumnWidth, cell: Cell | undefined): Column<HistoryListItem> => ({
    title,
    ...width,
    cell: (row) => row.kind !== 'job' && row.kind !== 'planned' && cell?.(row),
  });
  return [
    column(t('columnTime'), { width: 9, min: 5.8 }, (line) => <Time line={line} marks={marks} />),
    column(t('columnAccount'), { width: 9, min: 7.5, givesWay: 6, folds: true }, CELLS.account),
    column(t('columnCode'), { width: 11, min: 9 }, CELLS.code),
    column(t('columnAction'), { width: 7, min: 6.5, givesWay: 5, folds: true }, CELLS.action),
    column(t('columnOutcome'), { width: 13, min: 12, givesWay: 7, folds: true }, CELLS.outcome),
    column(t('columnSaid'), { width: 12, min: 10, grows: true, givesWay: 4 }, CELLS.said),
    column(t('columnHow'), { width: 10, min: 7, givesWay: 3 }, CELLS.how),
    column(t('columnDuration'), { width: 6.5, givesWay: 1 }, CELLS.duration),
    column(t('reason'), { width: 9, min: 8, givesWay: 2 }, CELLS.reason),
  ];
}

function Time({ line, marks }: { line: HistoryEntry; marks: Marks }) {
  const { row } = line.record;
  const when = lineTimeTexts(line);
  const found = row === undefined ? undefined : marks.get(row);
  return (
    <>
      {when?.day}
      {when && <p>{when.time}</p>}
      {found && <Badge tone="danger">{breakBadge(found)}</Badge>}
    </>
  );
}
