import { t } from '../../utils/i18n/i18n.ts';
import type { ListPart } from '../../utils/qr-code-id/list-sources.ts';
import type { BulkActions } from '../../utils/stores/bulk-state.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import { ColumnChoice } from './ColumnChoice.tsx';

interface PartColumnProps {
  part: ListPart;
  /** The part's index, from 0. */
  number: number;
  /** The name of the part's file, if the list has several parts. */
  of: string | undefined;
  actions: Pick<BulkActions, 'chooseColumn' | 'offerColumns'>;
}

/** The column in use, or the question which column holds the ids. */
export function PartColumn({ part, number, of, actions }: PartColumnProps) {
  const { choice, column, columns, columnName } = part;
  if (choice)
    return (
      <ColumnChoice
        choice={choice}
        chosen={column}
        of={of}
        onChoose={(chosen) => actions.chooseColumn(chosen, number)}
      />
    );
  if (columns.length < 2) return null;
  const name = escapeInvisibles(columnName);
  const other = t('columnOther');
  return (
    <p class="row">
      <span>
        {of === undefined ? t('columnFound', name) : t('columnFoundIn', escapeInvisibles(of), name)}
      </span>{' '}
      <Button
        {...(of !== undefined && { label: `${other}: ${escapeInvisibles(of)}` })}
        onClick={() => actions.offerColumns(number)}
      >
        {other}
      </Button>
    </p>
  );
}
