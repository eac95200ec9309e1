import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { systemClock } from '../../utils/lib/clock.ts';
import { systemLocalTime } from '../../utils/lib/local-time.ts';
import type { WallTime } from '../../utils/model/planned-time.ts';
import { quickStarts } from '../../utils/model/quick-starts.ts';
import { quickStartText } from '../../utils/wording/planned.ts';
import { distanceText, wallTimeText, zoneText } from '../../utils/wording/wall-time.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import './start-time.css';

export interface StartTimeFieldProps {
  start: WallTime;
  /** A remark on this time. */
  hint?: string | undefined;
  error: string | undefined;
  disabled: boolean;
  onStart: (start: WallTime) => void;
}

/** Without it, Chromium and Firefox give this control roles that differ, and that no ARIA role stands for. */
const TEXTBOX = { role: 'textbox' } as object;

/** The date and time of a planned start, with the zone that it is in and some times to choose. */
export function StartTimeField({ start, hint, error, disabled, onStart }: StartTimeFieldProps) {
  const { wall, zone } = start;
  const at = systemLocalTime.instantOf(wall);
  // The buttons keep their times while the operator reads them.
  const [quick] = useState(() => quickStarts(systemLocalTime, systemClock.now()));
  return (
    <div class="start-time">
      <Field
        label={t('startAt')}
        hint={
          <>
            {/* The control shows it in the browser's own form, in which day and month may change places. */}
            {at > 0 && (
              <p class="figures">
                {wallTimeText(wall)} · {distanceText(at, systemClock.now())}
              </p>
            )}
            <p aria-live="polite">{hint}</p>
          </>
        }
        error={error}
        control={(attributes) => (
          <div class="start-line">
            <input
              {...attributes}
              aria-describedby={`${attributes.id}-zone ${attributes['aria-describedby']}`}
              type="datetime-local"
              {...TEXTBOX}
              required
              disabled={disabled}
              value={wall}
              onInput={(event) => onStart({ wall: event.currentTarget.value.slice(0, 16), zone })}
            />
            <span class="quiet" id={`${attributes.id}-zone`}>
              {zoneText(zone, at)}
            </span>
          </div>
        )}
      />
      <div class="row">
        {quick.map((choice) => (
          <Button
            key={choice.kind}
            disabled={disabled}
            onClick={() => onStart({ wall: choice.wall, zone: systemLocalTime.zone() })}
          >
            {quickStartText(choice)}
          </Button>
        ))}
      </div>
      <p class="quiet">{t('planLimits')}</p>
    </div>
  );
}
