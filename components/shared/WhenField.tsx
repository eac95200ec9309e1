import { t } from '../../utils/i18n/i18n.ts';
import type { WallTime } from '../../utils/model/planned-time.ts';
import { RadioGroup } from '../ui/RadioGroup.tsx';
import { StartTimeField, type StartTimeFieldProps } from './StartTimeField.tsx';

interface WhenFieldProps extends Omit<StartTimeFieldProps, 'start' | 'onStart'> {
  /** The chosen time; now if undefined. */
  start: WallTime | undefined;
  /** Chooses a time to come. */
  onLater: () => void;
  onStart: (start: WallTime | undefined) => void;
}

/** Whether a cancel starts now or at a time. */
export function WhenField({ start, onLater, onStart, ...time }: WhenFieldProps) {
  return (
    <>
      <RadioGroup
        legend={t('when')}
        value={start ? 'later' : 'now'}
        options={[
          { value: 'now', label: t('whenNow'), disabled: time.disabled },
          { value: 'later', label: t('whenLater'), disabled: time.disabled },
        ]}
        onChange={(value) => (value === 'later' ? onLater() : onStart(undefined))}
      />
      {start && <StartTimeField {...time} start={start} onStart={onStart} />}
    </>
  );
}
