import { plural, t } from '../../utils/i18n/i18n.ts';
import { hiddenRowCount, type SheetSource } from '../../utils/qr-code-id/list-sources.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { RadioGroup } from '../ui/RadioGroup.tsx';

interface HiddenRowsProps {
  source: SheetSource;
  onChange: (include: boolean) => void;
}

/** The number of hidden rows in a sheet, and the choice whether to include them in the list. */
export function HiddenRows({ source, onChange }: HiddenRowsProps) {
  const count = hiddenRowCount(source.sheet);
  if (count === 0) return null;
  return (
    <RadioGroup
      legend={plural('hiddenRows', count, escapeInvisibles(source.name))}
      value={source.includeHidden ? 'include' : 'leave-out'}
      options={[
        { value: 'leave-out', label: t('hiddenLeftOut') },
        { value: 'include', label: t('hiddenIncluded') },
      ]}
      onChange={(value) => onChange(value === 'include')}
    />
  );
}
