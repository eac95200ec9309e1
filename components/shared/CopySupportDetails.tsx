import { useContext, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import type { AccountRef } from '../../utils/model/account.ts';
import { Button } from '../ui/Button.tsx';
import { SupportDetails } from './support-details.ts';
import './copy-support-details.css';

interface CopySupportDetailsProps {
  /** The account of the failed request; default: the current account. */
  account?: AccountRef | undefined;
}

/** The button beside every failure that copies its technical details, without keys or customer data. */
export function CopySupportDetails({ account }: CopySupportDetailsProps) {
  const copy = useContext(SupportDetails);
  const [copied, setCopied] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  async function press(): Promise<void> {
    setBusy(true);
    setCopied(undefined);
    setCopied(await copy(account).catch(() => false));
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
