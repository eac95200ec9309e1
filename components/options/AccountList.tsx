import { useId } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { AccountView } from '../../utils/messaging/protocol.ts';
import { Badge, EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';

interface AccountListProps {
  accounts: readonly AccountView[];
  currentId: string | null;
  onUse: (accountId: string) => void;
  onEdit: (account: AccountView) => void;
  onRemove: (account: AccountView) => void;
}

/** The accounts, with the choice of the current one, and whether each has keys. */
export function AccountList({ accounts, currentId, onUse, onEdit, onRemove }: AccountListProps) {
  const group = useId();
  if (accounts.length === 0) return <p class="quiet">{t('accountsEmpty')}</p>;
  return (
    <div role="radiogroup" aria-label={t('accountsTitle')}>
      <ul class="account-list">
        {accounts.map((account) => (
          <li key={account.id} class={account.environment === 'LIVE' ? 'live' : undefined}>
            <label class="choice">
              <input
                type="radio"
                name={group}
                aria-label={t('useAccount', account.name)}
                checked={account.id === currentId}
                onChange={() => onUse(account.id)}
              />
              <bdi class="account-name">{account.name}</bdi>
            </label>
            <EnvironmentBadge environment={account.environment} />
            <Badge tone={account.hasKeys ? 'success' : 'warning'}>
              {account.hasKeys ? t('keysPresent') : t('keysAbsent')}
            </Badge>
            <span class="row end">
              <Button onClick={() => onEdit(account)}>{t('editAccount', account.name)}</Button>
              <Button kind="danger" onClick={() => onRemove(account)}>
                {t('removeAccount', account.name)}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
