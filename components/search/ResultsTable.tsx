import { useId, useMemo } from 'preact/hooks';
import type { SearchHit } from '../../utils/enkash/search.ts';
import { t } from '../../utils/i18n/i18n.ts';
import { SORT_COLUMNS, type Sort, type SortColumn } from '../../utils/search/sort.ts';
import type { SearchActions, SearchState } from '../../utils/stores/search-state.ts';
import { dateTimeText, formatAmount, usageLabel } from '../../utils/wording/code-fields.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { columnTitle } from '../../utils/wording/search.ts';
import { StatusBadge } from '../ui/Badge.tsx';
import type { ColumnWidth } from '../ui/fit-columns.ts';
import { focusTable } from '../ui/grid-keys.ts';
import { type Column, VirtualTable } from '../ui/VirtualTable.tsx';
import { gridKeys } from './table-keys.ts';

type TableActions = Pick<SearchActions, 'sortBy' | 'toggle' | 'extendTo' | 'move' | 'selectAll' | 'open'>;

interface ResultsTableProps {
  state: Pick<SearchState, 'rows' | 'selection' | 'sort'>;
  actions: TableActions;
}

/** The found codes. Rows are sorted, selected and opened by mouse and keyboard. */
export function ResultsTable({ state, actions }: ResultsTableProps) {
  const { rows, selection, sort } = state;
  const columns = useMemo(
    () => [selectColumn(selection.ids), ...columnsFor(sort, actions)],
    [selection.ids, sort, actions, t('language')],
  );
  const hint = useId();
  const { cursor } = selection;
  const cursorAt = useMemo(() => rows.findIndex(({ qrCodeId }) => qrCodeId === cursor), [rows, cursor]);
  return (
    <>
      <VirtualTable
        label={t('searchResults')}
        rows={rows}
        columns={columns}
        grid={{
          cursor: cursorAt,
          isSelected: ({ qrCodeId }) => selection.ids.has(qrCodeId),
          onClick: ({ qrCodeId }, event) => onRowClick(qrCodeId, event, actions),
          onKeyDown: (event) => gridKeys(event, cursor, actions),
          describedBy: hint,
        }}
      />
      <p id={hint} class="quiet select-hint">
        {t('selectHint')}
      </p>
    </>
  );
}

/** A click on a checkbox, or with Shift or Ctrl anywhere in the row, selects. Any other click opens the code. */
function onRowClick(qrCodeId: string, event: MouseEvent, actions: TableActions): void {
  const { target } = event;
  const onBox = target instanceof Element && target.closest('.box') !== null;
  const isClick = focusTable(event);
  if (event.shiftKey) {
    getSelection()?.removeAllRanges();
    actions.extendTo(qrCodeId);
  } else if (onBox || event.ctrlKey || event.metaKey) actions.toggle(qrCodeId);
  else if (isClick) void actions.open(qrCodeId);
}

function selectColumn(ids: ReadonlySet<string>): Column<SearchHit> {
  return {
    title: t('columnSelect'),
    width: 4.5,
    min: 4.5,
    cell: ({ qrCodeId }) => (
      <span class="box">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t('selectRow', qrCodeId)}
          checked={ids.has(qrCodeId)}
        />
      </span>
    ),
  };
}

/** The details of a row show what gives way. */
const WIDTHS: Record<SortColumn, ColumnWidth> = {
  qrCodeId: { width: 10.5, min: 9 },
  qrName: { width: 14, min: 9, grows: true, givesWay: 6, folds: true },
  amount: { width: 9, min: 7.5, givesWay: 5, folds: true },
  status: { width: 10.5, min: 10.3, givesWay: 7, folds: true },
  multipleUse: { width: 6.5, givesWay: 1 },
  referenceNumber: { width: 8, givesWay: 2 },
  createdOn: { width: 11.5, min: 10.5, givesWay: 4 },
  expiry: { width: 11.5, min: 10.5, givesWay: 3 },
};

/** A gateway text in at most two lines: a row must not be taller than the visible part of the table. */
const clipped = (text: string) => <bdi class="clipped">{text}</bdi>;

/** A date-time; as EnKash sent it in the tooltip. */
const dateCell = (value: string | number | undefined) =>
  value === undefined ? (
    ''
  ) : (
    <bdi class="clipped" title={escapeInvisibles(String(value))}>
      {dateTimeText(value)}
    </bdi>
  );

const CELLS: Record<SortColumn, Column<SearchHit>['cell']> = {
  qrCodeId: ({ qrCodeId }) => (
    <button type="button" class="open code" tabIndex={-1}>
      {qrCodeId}
    </button>
  ),
  qrName: ({ qrName }) => clipped(escapeInvisibles(qrName ?? '')),
  amount: ({ amount }) => (
    <span class="figures">{amount === undefined ? '' : clipped(formatAmount(amount))}</span>
  ),
  status: ({ status }) => <StatusBadge status={status} />,
  multipleUse: (code) => usageLabel(code) ?? '',
  referenceNumber: ({ referenceNumber }) => clipped(escapeInvisibles(String(referenceNumber ?? ''))),
  createdOn: ({ createdOn }) => dateCell(createdOn),
  expiry: ({ expiry }) => dateCell(expiry),
};

function columnsFor(sort: Sort | undefined, actions: TableActions): Column<SearchHit>[] {
  return SORT_COLUMNS.map((column) => ({
    title: columnTitle(column),
    ...WIDTHS[column],
    cell: CELLS[column],
    sorted: sort?.by !== column ? 'none' : sort.descending ? 'descending' : 'ascending',
    onSort: () => actions.sortBy(column),
  }));
}
