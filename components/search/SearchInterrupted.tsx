import { t } from '../../utils/i18n/i18n.ts';
import type { Found } from '../../utils/search/search-result.ts';
import { searchFailureText } from '../../utils/wording/search.ts';
import { CopySupportDetails } from '../shared/CopySupportDetails.tsx';
import { Button } from '../ui/Button.tsx';

/** Why a search stopped early, with a button to continue. Renders nothing if the search is complete or running. */
export function SearchInterrupted({ found, onSearchOn }: { found: Found; onSearchOn: () => void }) {
  const { account, failure, state } = found;
  if (state !== 'stopped') return null;
  const on = <Button onClick={onSearchOn}>{t('searchOn')}</Button>;
  if (!failure) return <div class="row">{on}</div>;
  return (
    <div class="report danger">
      <div class="stack" role="alert">
        <strong>{t('searchFailed')}</strong>
        <p>{searchFailureText(failure, account)}</p>
      </div>
      <div class="row">
        {on}
        <CopySupportDetails account={account} />
      </div>
    </div>
  );
}
