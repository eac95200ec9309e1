import { plural, t } from '../../utils/i18n/i18n.ts';
import type { IntegrityViolation } from '../../utils/journal/hash-chain.ts';
import type { HistoryState } from '../../utils/stores/history-state.ts';
import { breakText } from '../../utils/wording/history.ts';
import { formatDateTime } from '../../utils/wording/qr-code.ts';

/** Violations listed one by one. */
const MAX_LISTED = 20;

type ChainState = Pick<HistoryState, 'chain' | 'times'>;

/** The result of verifying the history's hash chain. */
export function IntegrityStatus({ state }: { state: ChainState }) {
  return (
    <div role="status" class="chain-note">
      <IntegrityMessage {...state} />
    </div>
  );
}

function IntegrityMessage({ chain, times }: ChainState) {
  if (chain?.kind === 'checking') return <p class="quiet">{t('chainChecking')}</p>;
  if (chain?.kind === 'broken') return <Broken breaks={chain.breaks} times={times} />;
  if (!chain || chain.since === undefined) return null;
  return (
    <details class="report success">
      <summary>{plural('chainWhole', chain.rows, formatDateTime(chain.since))}</summary>
      <p>{t('chainLimits')}</p>
    </details>
  );
}

function Broken({ breaks, times }: Pick<ChainState, 'times'> & { breaks: readonly IntegrityViolation[] }) {
  return (
    <div class="report danger">
      <strong>{t('chainBroken')}</strong>
      <ul>
        {breaks.slice(0, MAX_LISTED).map((found) => (
          <li key={JSON.stringify(found)}>{breakText(found, (row) => times.get(row))}</li>
        ))}
      </ul>
      {breaks.length > MAX_LISTED && <p>{plural('breakMore', breaks.length - MAX_LISTED)}</p>}
      <p>{t('chainBrokenNext')}</p>
    </div>
  );
}
