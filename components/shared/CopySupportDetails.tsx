import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/wording/gateway.ts';
import { Button } from '../ui/Button.tsx';
import './copy-support-details.css';

/** Copies the details of the last calls, as of an account; answers whether that worked. */
export type CopyDetails = (account: AccountRef | undefined) => Promise<boolean>;

/** How the page copies details for support. */
export const SupportDetails = createContext<CopyDetails>(async () => false);

interface CopySupportDetailsProps {
  /** The account that the failure is about; if absent, the one in use. */
  account?: AccountRef | undefined;
}

/** Stands beside every failure: copies what support needs to know of it, without a key or a customer's data. */
export function CopySupportDetails({ account }: CopySupportDetailsProps) {
  const copy = useContext(SupportDetails);
  const [copied, setCopied] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  async function press(): Promise<void> {
    setBusy(true);
    setCopied(undefined);
    const named = account && { name: account.name, environment: account.environment };
    setCopied(await copy(named).catch(() => false));
    setBusy(false);
  }
  return (
    <span class="row copy-details">
      <Button kind="plain" busy={busy} onClick={() => void press()}>
        {t('copySupportDetails')}
      </Button>
      <span aria-live="polite">{copied !== undefined && (copied ? t('copied') : t('notCopied'))}</span>
    </span>
  );
}
