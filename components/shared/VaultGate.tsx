import type { ComponentChildren } from 'preact';
import { t } from '../../utils/i18n/i18n.ts';
import type { VaultState } from '../../utils/vault/vault.ts';
import { vaultProblemText } from '../../utils/wording/vault.ts';
import { UnlockForm } from './UnlockForm.tsx';

interface VaultGateProps {
  vault: VaultState;
  onUnlock: (passphrase: string) => Promise<string | undefined>;
  children?: ComponentChildren;
}

/** Shows its children only if the keys are available; else the unlock form or the vault's problem. */
export function VaultGate({ vault, onUnlock, children }: VaultGateProps) {
  if (vault.status === 'locked') return <UnlockForm onUnlock={onUnlock} />;
  if (vault.status === 'problem')
    return (
      <div class="report danger" role="alert">
        <strong>{t('vaultProblemTitle')}</strong>
        <p>{vaultProblemText(vault.problem)}</p>
      </div>
    );
  return <>{children}</>;
}
