import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { SheetQuestion } from '../../utils/stores/bulk-files.ts';
import type { BulkActions } from '../../utils/stores/bulk-state.ts';
import { escapeInvisibles } from '../../utils/wording/qr-code.ts';
import { Button } from '../ui/Button.tsx';
import { RadioGroup } from '../ui/RadioGroup.tsx';

interface SheetChoiceProps {
  question: SheetQuestion;
  actions: Pick<BulkActions, 'chooseSheet' | 'leaveFileOut'>;
}

/** The question which sheet holds the ids. No sheet is read before it is answered. */
export function SheetChoice({ question, actions }: SheetChoiceProps) {
  const { key, name, sheets, missed, reading } = question;
  const [chosen, setChosen] = useState('');
  const [pressed, setPressed] = useState(false);
  return (
    <div class="stack sheet-choice">
      <RadioGroup
        legend={t('sheetQuestion', escapeInvisibles(name))}
        value={chosen}
        options={sheets.map((sheet, index) => ({
          value: String(index),
          label: sheet.hidden ? t('sheetHidden', escapeInvisibles(sheet.name)) : escapeInvisibles(sheet.name),
        }))}
        error={(missed || pressed) && chosen === '' ? t('sheetMissing') : undefined}
        onChange={setChosen}
      />
      <div class="row">
        <Button
          busy={reading}
          onClick={() => {
            setPressed(true);
            if (chosen !== '') void actions.chooseSheet(key, Number(chosen));
          }}
        >
          {t('readSheet')}
        </Button>
        <Button onClick={() => actions.leaveFileOut(key)}>{t('leaveFileOut')}</Button>
      </div>
    </div>
  );
}
