import { plural, t } from '../../utils/i18n/i18n.ts';
import type { ChainBreak } from '../../utils/journal/hash-chain.ts';
import type { HistoryState } from '../../utils/stores/history-state.ts';
import { breakText } from '../../utils/wording/history.ts';
import { momentText } from '../../utils/wording/qr-code.ts';

/** As many breaks as are told one by one. */
const TOLD = 20;

type Known = Pick<HistoryState, 'chain' | 'times'>;

/** Whether the record is what was written, as far as its hashes can tell. */
export function ChainNote({ state }: { state: Known }) {
  return (
    <div role="status" class="chain-note">
      <Verdict {...state} />
    </div>
  );
}

function Verdict({ chain, times }: Known) {
  if (chain?.kind === 'checking') return <p class="quiet">{t('chainChecking')}</p>;
  if (chain?.kind === 'broken') return <Broken breaks={chain.breaks} times={times} />;
  if (!chain || chain.since === undefined) return null;
  return (
    <details class="report success">
      <summary>{plural('chainWhole', chain.rows, momentText(chain.since))}</summary>
      <p>{t('chainLimits')}</p>
    </details>
  );
}

function Broken({ breaks, times }: Pick<Known, 'times'> & { breaks: readonly ChainBreak[] }) {
  return (
    <div class="report danger">
      <strong>{t('chainBroken')}</strong>
      <ul>
        {breaks.slice(0, TOLD).map((found) => (
          <li key={JSON.stringify(found)}>{breakText(found, (row) => times.get(row))}</li>
        ))}
      </ul>
      {breaks.length > TOLD && <p>{plural('breakMore', breaks.length - TOLD)}</p>}
      <p>{t('chainBrokenNext')}</p>
    </div>
  );
}
