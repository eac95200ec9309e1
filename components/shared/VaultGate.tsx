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

/** Shows what needs keys only while they are to be had; else asks for the passphrase, or says what is wrong. */
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
