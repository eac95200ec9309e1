import { useId } from 'preact/hooks';
import { formatCount, t } from '../../utils/i18n/i18n.ts';
import type { Reason } from '../../utils/wording/reasons.ts';
import { Badge } from '../ui/Badge.tsx';
import './reason-list.css';

interface ReasonListProps {
  reasons: readonly Reason[];
  /** The key of the reason whose codes the table shows alone. */
  chosen: string | undefined;
  onChoose: (key: string | undefined) => void;
}

/** Equal reasons in one line each, with a count. Pressing a reason filters the table below; pressing it again shows all. */
export function ReasonList({ reasons, chosen, onChoose }: ReasonListProps) {
  const title = useId();
  if (reasons.length === 0) return null;
  return (
    <section class="stack reasons" aria-labelledby={title}>
      <div>
        <h3 id={title}>{t('reasonsTitle')}</h3>
        <p class="quiet">{t('reasonsHint')}</p>
      </div>
      <ul>
        {reasons.map(({ key, badge, text, count }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === chosen}
              onClick={() => onChoose(key === chosen ? undefined : key)}
            >
              <Badge tone={badge.tone}>{badge.text}</Badge>
              <bdi>{text}</bdi>
              <span class="figures">({formatCount(count)})</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
