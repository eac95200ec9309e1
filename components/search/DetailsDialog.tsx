import { useEffect, useRef } from 'preact/hooks';
import { CANCELLED, type QrCode } from '../../utils/enkash/qr-code.ts';
import { t } from '../../utils/i18n.ts';
import type { FoundDetails, SearchActions } from '../../utils/views/search-state.ts';
import { failedCheckReport } from '../../utils/wording/check.ts';
import type { AccountNamed } from '../../utils/wording/gateway.ts';
import { QrCodeDetails } from '../QrCodeDetails.tsx';
import { ReportBox } from '../ReportBox.tsx';
import { EnvironmentBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import '../ui/dialog.css';

interface DetailsDialogProps {
  details: FoundDetails;
  account: AccountNamed;
  actions: Pick<SearchActions, 'close' | 'copyId' | 'copyRow' | 'saveImage'>;
  /** Told which cancelled code a replacement is wanted for. */
  onReplace: (qrCodeId: string, code: QrCode) => void;
}

/** One code with all its fields and its image, read afresh, and what can be taken along of it. */
export function DetailsDialog({ details, account, actions, onReplace }: DetailsDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { qrCodeId, read, copied } = details;
  const code = read?.kind === 'answered' ? read.payload : undefined;
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="details-heading" onClose={actions.close}>
      <div class="stack">
        <h2 id="details-heading" class="code">
          {qrCodeId}
        </h2>
        <p class="row">
          <bdi>{account.name}</bdi> <EnvironmentBadge environment={account.environment} />
        </p>
        <p role="status">{read === undefined && t('reading')}</p>
        {read && read.kind !== 'answered' && <ReportBox report={failedCheckReport(read, account)} />}
        {code && <QrCodeDetails qrCodeId={qrCodeId} qrCode={code} />}
        <div class="row">
          <Button onClick={() => void actions.copyId()}>{t('copyId')}</Button>
          {code && <Button onClick={() => void actions.copyRow()}>{t('copyRow')}</Button>}
          {code?.qrCodeBase64 && <Button onClick={actions.saveImage}>{t('downloadImage')}</Button>}
          <span role="status">{copied !== undefined && (copied ? t('copied') : t('notCopied'))}</span>
        </div>
        <div class="actions">
          {code?.status === CANCELLED && (
            <Button onClick={() => onReplace(qrCodeId, code)}>{t('createReplacementDots')}</Button>
          )}
          <Button onClick={() => dialog.current?.close()}>{t('close')}</Button>
        </div>
      </div>
    </dialog>
  );
}
