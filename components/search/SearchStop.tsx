import { t } from '../../utils/i18n.ts';
import type { Found } from '../../utils/views/search-state.ts';
import { searchFailureText } from '../../utils/wording/search.ts';
import { Button } from '../ui/Button.tsx';

/** Why a search was not read to its end, and the way on; nothing where it was, or is being read. */
export function SearchStop({ found, onSearchOn }: { found: Found; onSearchOn: () => void }) {
  const { account, failure, state } = found;
  if (state !== 'stopped') return null;
  const on = (
    <div class="row">
      <Button onClick={onSearchOn}>{t('searchOn')}</Button>
    </div>
  );
  if (!failure) return on;
  return (
    <div class="report danger">
      <div class="stack" role="alert">
        <strong>{t('searchFailed')}</strong>
        <p>{searchFailureText(failure, account)}</p>
      </div>
      {on}
    </div>
  );
}
