import type { Environment } from '../utils/environment.ts';
import { t } from '../utils/i18n.ts';
import { EnvironmentBadge } from './ui/Badge.tsx';

/** The account in use; its place is kept while it is not known yet. */
export function AccountBar({ account }: { account: { name: string; environment: Environment } | undefined }) {
  return (
    <header class={account?.environment === 'LIVE' ? 'account-bar live' : 'account-bar'}>
      {account ? (
        <>
          <span class="visually-hidden">{t('accountInUse')}</span>
          <bdi class="account-name">{account.name}</bdi>
          <EnvironmentBadge environment={account.environment} />
        </>
      ) : (
        <span class="account-name">{t('extensionName')}</span>
      )}
    </header>
  );
}
