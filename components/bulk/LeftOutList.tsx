import { useMemo, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { isQrCodeId } from '../../utils/qr-code-id/id.ts';
import { type ListPart, lineName } from '../../utils/qr-code-id/list-sources.ts';
import type { LeftOut } from '../../utils/qr-code-id/reading.ts';
import { leftOutText } from '../../utils/wording/left-out.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import { type Column, VirtualTable } from '../ui/VirtualTable.tsx';

interface LeftOutListProps {
  leftOut: readonly LeftOut[];
  /** The parts of the list, to name each line's source. */
  parts: readonly ListPart[];
  /** Adds a left-out id to the list. */
  onTake: ((text: string) => void) | undefined;
}

const TEXT_SHOWN = 100;

/** The texts that are not in the list, each with its line and the reason. */
export function LeftOutList({ leftOut, parts, onTake }: LeftOutListProps) {
  const [open, setOpen] = useState(false);
  const columns = useMemo(() => columnsFor(parts, onTake), [parts, onTake, t('language')]);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('leftOutTitle')}</summary>
      {open && <VirtualTable label={t('leftOutTitle')} rows={leftOut} columns={columns} />}
    </details>
  );
}

function columnsFor(parts: readonly ListPart[], onTake: LeftOutListProps['onTake']): Column<LeftOut>[] {
  return [
    {
      title: t('columnLine'),
      width: parts.length > 1 ? 10 : 5,
      min: parts.length > 1 ? 5 : 3,
      cell: ({ line }) => <bdi>{escapeInvisibles(String(lineName(parts, line)))}</bdi>,
    },
    {
      title: t('columnText'),
      width: 12,
      min: 9,
      cell: ({ text }) => <bdi class="code">{escapeInvisibles(text.slice(0, TEXT_SHOWN))}</bdi>,
    },
    {
      title: t('columnWhy'),
      width: 14,
      min: 9,
      grows: true,
      cell: ({ reason }) => leftOutText(reason),
    },
    {
      title: t('columnTake'),
      width: 15,
      min: 12,
      givesWay: 1,
      folds: true,
      cell: ({ text, isId, reason }) =>
        onTake &&
        isId &&
        reason.code !== 'problem' &&
        isQrCodeId(text) && (
          <Button onClick={() => onTake(text)}>{t('takeIn', escapeInvisibles(text))}</Button>
        ),
    },
  ];
}
